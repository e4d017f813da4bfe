import { Construct } from 'constructs';
import { checkServiceProps, entriesOf } from './delivery-checks';
import { entering, imageJobs, loginTo, ON_BRANCH, ON_CHANGE, routeOf, updateJob } from './delivery-jobs';
import { ServiceDeliveryProps } from './service-props';
import { Diagnostics } from '../core/diagnostics/diagnostics';
import { Platform } from '../core/platform';
import { Environment } from '../environments';
import { CodeHost, ImageStep, Job, JobEnvironment, JobStep, Pipeline, PipelineSecret, PlatformStep, Setup, Trigger } from '../pipelines';
import * as messages from '../pipelines/delivery/messages';

/** Where the platform is checked out, in the workspace of a job. */
const PLATFORM = 'platform';

/**
 * The delivery of a service whose source lies in a repository of its own: tests and a build on a pull request; on the branch one image, which is
 * scanned, signed and attested, and then handed over by its digest to the environments that the road of the platform begins with. From there the
 * platform promotes it, with its `DeliveryPipeline`. A second pipeline can update dependencies. Each takes further jobs.
 *
 * It is declared in the program of the platform, since it reads the environments that are declared by then (FW1061). Its files are written into a
 * folder, from where the repository of the service takes them over.
 */
export class ServiceDelivery extends Construct {
  /** Tests, builds, and hands over. */
  public readonly delivery: Pipeline;

  /** Updates dependencies, where `renovate` says what does. What runs is scanned by the platform. */
  public readonly maintenance?: Pipeline;

  /**
   * @param scope the platform, or a construct in it. Throws FW110 outside of one
   * @param id a DNS label, of which the files are named
   * @param props what is delivered, and how. Throws FW1000 to FW1002, FW1042, FW1055 (also for times of updates without `renovate`), FW1056; FW1060 without a host, FW1061 without environments, FW1063
   * for a workload or an image that is not of the platform, FW1064 for a workload that enters nowhere, FW1065 for a token that reaches only the service
   */
  public constructor(scope: Construct, id: string, props: ServiceDeliveryProps) {
    super(scope, id);
    const platform = Platform.ofConstruct(this);
    const entries = checkServiceProps(this, props);
    const { engine, runner, workload, repository: address, branch = 'main' } = props;
    const repository = { address, folder: props.folder ?? `services/${workload.name}` };
    const triggers = [Trigger.pullRequest({ branches: [branch] }), Trigger.push({ branches: [branch] })];
    this.delivery = new Pipeline(this, id, { engine, runner, repository, name: 'Delivery', triggers });
    this.deliver(platform, entries, props);
    if (props.renovate) {
      const times = [Trigger.schedule({ cron: props.maintenance ?? '23 4 * * 1-5' }), Trigger.manual()];
      this.maintenance = new Pipeline(this, `${id}-maintenance`, { engine, runner, repository, name: 'Maintenance', triggers: times });
      updateJob(this.maintenance, this.ownHost(props), props.renovate);
    } else if (props.maintenance !== undefined) {
      const remedy = 'Give renovate: JobContainer.of(\'ghcr.io/renovatebot/renovate:44@sha256:…\').';
      throw messages.unfitOptions.error(this, { step: 'delivery', fault: 'maintenance says when dependencies are updated, and nothing says with what', remedy });
    }
    Diagnostics.of(this).addCheck({
      check: () => entriesOf(this).filter(each => workload.runsIn(each) && !entries.includes(each))
        .map(each => messages.noRoad.at(this, { fault: `was made before the environment ${each.name}` })),
    });
  }

  private deliver(platform: Platform, entries: Environment[], props: ServiceDeliveryProps): void {
    const { delivery } = this;
    const { workload, context = '.', dockerfile, platforms, repository, test = [], platformBranch: branch = 'main' } = props;
    const source = { workload, context, dockerfile, platforms };
    const checks = test.length > 0 ? [new Job(delivery, 'test', { steps: [JobStep.checkout(), ...test] })] : [];
    // Beside the tests, and without a right to push.
    const trial = ImageStep.buildImage({ image: workload.image.repository, context, dockerfile, platforms, push: false });
    new Job(delivery, 'image', { condition: ON_CHANGE, steps: [JobStep.checkout(), trial] });
    const { digest, ready } = imageJobs(delivery, { source, suffix: '', logins: loginTo(props), rules: props, checks });
    const setup = props.setup ?? [Setup.node({ cache: false }), JobStep.run('npm ci', { id: 'install', workingDirectory: PLATFORM })];
    const change = { route: routeOf(platform, props), branch, paths: [platform.releases, platform.publishedPath, '.fairway'], folder: PLATFORM };
    for (const environment of entries) {
      const host = this.hostOf(platform, environment, props);
      new Job(delivery, `deploy-${environment.name}`, {
        condition: ON_BRANCH,
        dependsOn: [ready],
        environment: JobEnvironment.of(environment),
        steps: [
          PlatformStep.checkout({ host, folder: PLATFORM, ref: branch, depth: 0 }),
          ...setup,
          entering({ ...change, host }, { environment, workload, digest, sourceRepository: repository }),
        ],
      });
    }
  }

  /** The repository of the service. */
  private ownHost({ repository, serviceHost = CodeHost._ofAddress(repository) }: ServiceDeliveryProps): CodeHost {
    if (serviceHost === undefined) {
      throw messages.noHost.error(this, { whose: 'service', repository, remedy: 'Say it: serviceHost: CodeHost.gitlab({ api: \'https://gitlab.example.com/api/v4\' }).' });
    }
    return serviceHost;
  }

  /** The repository of the platform. Its token is kept for the environment: no other job of the service gets it. */
  private hostOf({ repository }: Platform, environment: Environment, { host }: ServiceDeliveryProps): CodeHost {
    const found = host ?? CodeHost._ofOther(repository, PipelineSecret.named('PLATFORM_TOKEN', { environment: environment.name }));
    if (found === undefined) {
      const remedy = 'Say it: host: CodeHost.gitlab({ api: \'https://gitlab.example.com/api/v4\', repository: \'acme/platform\', token: PipelineSecret.named(\'PLATFORM_TOKEN\') }).';
      throw messages.noHost.error(this, { whose: 'platform', repository, remedy });
    }
    return found;
  }
}
