import { escapeTemplate, hasMacro } from './escape';
import type { PipelinePlan } from './plan';
import { ownScript, Step } from './step';
import type { JobValues } from './values';
import { freeName } from '../../../core/free-name';
import { approximated, emulated, native, unsupported } from '../../gaps';
import { ContainerNode, JobNode, RunnerNode, ServiceNode } from '../../graph';
import { quote } from '../../shell';

/** Where a job runs. */
export function poolOf(runner: RunnerNode, plan: PipelinePlan, job: string): Record<string, unknown> {
  if (runner.labels.length === 0) {
    if (runner.arch === 'arm64' && !plan.settings.images.get(runner.os)!.includes('arm64')) {
      plan.rows.push(unsupported(`${runner.os} on arm64`, 'Microsoft-hosted agents have another processor; give the runner the label of a pool, or name an image of one in the option images', job));
    }
    return { vmImage: plan.settings.images.get(runner.os) };
  }
  const [first, ...others] = runner.labels;
  const systems = { linux: 'Linux', windows: 'Windows_NT', macos: 'Darwin' };
  return {
    name: escapeTemplate(plan.settings.pools.get(first) ?? first),
    demands: [
      `Agent.OS -equals ${systems[runner.os]}`,
      `Agent.OSArchitecture -equals ${runner.arch === 'arm64' ? 'ARM64' : 'X64'}`,
      ...others.map(escapeTemplate),
    ],
  };
}

/** Containers of services, and the ones that jobs run in, by their names in `resources.containers`. */
export class Containers {
  public readonly resources: Array<Record<string, unknown>> = [];
  private readonly names = new Map<string, string>();
  private readonly taken = new Set<string>();

  public constructor(private readonly plan: PipelinePlan) {}

  /** The same containers, for a look at what would be written. */
  public aside(plan: PipelinePlan): Containers {
    const other = new Containers(plan);
    this.names.forEach((name, key) => other.names.set(key, name));
    this.taken.forEach(name => other.taken.add(name));
    return other;
  }

  /** The container that a job runs in. */
  public ofJob(container: ContainerNode, values: JobValues): Record<string, unknown> {
    return this.described(container.image, container.env, container.credentials !== undefined, values);
  }

  /** The services of a job: names by which they are reached, and of the containers. */
  public ofServices(services: readonly ServiceNode[], values: JobValues): Record<string, string> {
    return Object.fromEntries(services.map(service => [service.name, this.resource(service, values)]));
  }

  private resource(service: ServiceNode, values: JobValues): string {
    if (service.command.length > 0) {
      this.plan.rows.push(unsupported(`command of the service ${service.name}`, 'a container of a pipeline runs the command of its image', values.job.job.id));
    }
    const health = service.readiness;
    const options = health === undefined ? undefined : [
      `--health-cmd ${quote(health.command.map(quote).join(' '))}`,
      `--health-interval ${health.intervalSeconds}s`,
      `--health-timeout ${health.timeoutSeconds}s`,
      `--health-retries ${health.retries}`,
    ].join(' ');
    if (options !== undefined && hasMacro(options)) {
      this.plan.rows.push(unsupported(`readiness of the service ${service.name}`, '$(name) in the command may be replaced', values.job.job.id));
    }
    const resource = {
      ...this.described(service.image, service.env, false, values),
      ...options !== undefined && { options: escapeTemplate(options) },
      ...service.ports.length > 0 && { ports: service.ports.map(port => `${port}:${port}`) },
    };
    const key = JSON.stringify([service.name, resource]);
    const known = this.names.get(key);
    if (known !== undefined) {
      return known;
    }
    const name = freeName(service.name, this.taken);
    this.taken.add(name);
    this.names.set(key, name);
    this.resources.push({ container: name, ...resource });
    return name;
  }

  private described(image: string, env: ContainerNode['env'], credentials: boolean, values: JobValues): Record<string, unknown> {
    const endpoint = this.plan.settings.registryConnections.get(registryOf(image));
    if (credentials && endpoint === undefined) {
      this.plan.rows.push(unsupported(`credentials for ${image}`, `images are pulled by service connections; name one for ${registryOf(image)} in the option registryConnections`, values.job.job.id));
    }
    const variables = Object.entries(env).map(([name, text]) => [name, values.text(text)]);
    return {
      image: escapeTemplate(image),
      ...endpoint !== undefined && { endpoint },
      ...variables.length > 0 && { env: Object.fromEntries(variables) },
    };
  }
}

function registryOf(image: string): string {
  const [first, ...rest] = image.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}

/** A job that runs on the agent itself reaches services at localhost: their names are made to mean that. */
export function hostsStep(job: JobNode, plan: PipelinePlan): Step[] {
  if (job.services.length === 0 || job.container !== undefined) {
    return [];
  }
  plan.rows.push(emulated('names of services', 'lines of /etc/hosts', job.id));
  const lines = job.services.map(service => `echo '127.0.0.1 ${service.name}' | sudo tee -a /etc/hosts`);
  return [ownScript(lines.join('\n'), 'Name the services')];
}

/** The only audience of tokens of Azure Pipelines (learn.microsoft.com, Oidctoken - Create). */
const AUDIENCE = 'api://AzureADTokenExchange';

/** A step for each identity: its token goes into a file of the agent, which is emptied with the job. */
export function identitySteps(job: JobNode, plan: PipelinePlan): { steps: Step[]; files: Record<string, string> } {
  const files: Record<string, string> = {};
  const steps = job.identities.map(identity => {
    if (identity.audience !== AUDIENCE) {
      plan.rows.push(unsupported(`identity for ${identity.audience}`, `tokens of Azure Pipelines are for ${AUDIENCE} alone`, job.id));
    } else {
      plan.rows.push(native(`identity ${identity.name}`, 'a token of System.OidcRequestUri', job.id));
    }
    const file = `$(Agent.TempDirectory)/fairway-${identity.name}.jwt`;
    files[`${identity.name}_FILE`] = file;
    const connection = plan.settings.identityConnection === undefined ? '' : '&serviceConnectionId=$SERVICE_CONNECTION_ID';
    return ownScript([
      'umask 077',
      `curl --fail --silent --show-error --retry 3 --request POST --header 'Content-Type: application/json' --header 'Content-Length: 0' --header @- "$OIDC_REQUEST_URI?api-version=7.1${connection}" <<< "Authorization: Bearer $SYSTEM_ACCESSTOKEN" |`,
      '  sed -n \'s/.*"oidcToken" *: *"\\([^"]*\\)".*/\\1/p\' > "$TOKEN_FILE"',
      '[ -s "$TOKEN_FILE" ]',
    ].join('\n'), `Get the identity ${identity.name}`, {
      env: {
        OIDC_REQUEST_URI: '$(System.OidcRequestUri)',
        SYSTEM_ACCESSTOKEN: '$(System.AccessToken)',
        ...plan.settings.identityConnection !== undefined && { SERVICE_CONNECTION_ID: plan.settings.identityConnection },
        TOKEN_FILE: file,
      },
    });
  });
  return { steps, files };
}

/** What an agent of a pool may do, for explain(). */
export function grantRows(job: JobNode, plan: PipelinePlan): void {
  for (const { capability, reason } of job.grants) {
    switch (capability) {
      case 'writeCode':
        plan.rows.push(native('grant writeCode', `the build service may contribute: ${reason}`, job.id));
        plan.remain('Give the build service of the project the permission Contribute: a job pushes.', 'Project settings > Repositories > Security');
        break;
      case 'commentOnChange':
        plan.rows.push(native('grant commentOnChange', `the build service may contribute to pull requests: ${reason}`, job.id));
        plan.remain('Give the build service of the project the permission Contribute to pull requests: a job comments.', 'Project settings > Repositories > Security');
        break;
      case 'uploadFindings':
      case 'writeChecks':
      case 'writeDeployments':
      case 'publishPages':
      case 'attest':
        plan.rows.push(approximated(`grant ${capability}`, 'Azure Pipelines has nothing of the kind to write to; the script needs credentials of its own', job.id));
        break;
      default:
        plan.rows.push(native(`grant ${capability}`, `every job has the token of the build service: ${reason}`, job.id));
    }
  }
}
