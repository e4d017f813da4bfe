import { nameOf } from './names';
import type { PlannedJob } from './plan';
import { ARTIFACTS, CACHE, SHARED, SOURCE } from './scripts';
import { Gate, StepLowering } from './steps';
import { BuiltEnv, EnvVar, forKubernetes, liveNames, PipelineValues, TaskParam, TaskValues } from './values';
import type { LoweredObject, PipelineRow } from '../../../engine';
import { approximated, dropped, emulated, holdsGates, native, unsupported } from '../../../gaps';
import type { JobNode, PipelineGraph, ServiceNode } from '../../../graph';
import { flattened, legNames } from '../../../graph';
import { shellCondition } from '../../../shell';
import { twins } from '../../../twins';
import { LIVE } from '../references';
import type { Settings } from '../settings';

/** What a Task of a job comes to, and what its pod has to have. */
export interface LoweredJob {
  readonly task: LoweredObject;
  readonly params: readonly TaskParam[];
  readonly rows: readonly PipelineRow[];
  readonly images: readonly string[];
  readonly usesArtifacts: boolean;
  readonly usesCache: boolean;
  /** Parts of the pod that differ from those of the other jobs. */
  readonly podTemplate: Readonly<Record<string, unknown>>;
}

/** What the pod security standard `restricted` asks of containers. */
export const CONTAINER_SECURITY = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

const IDENTITIES = '/var/run/fairway/identity';

/** A Task for a job: a container for each step. The steps share a folder with the sources, one for what they tell each other, and the home. */
export function lowerJob(graph: PipelineGraph, planned: PlannedJob, pipeline: PipelineValues, settings: Settings): LoweredJob {
  const { job } = planned;
  const rows: PipelineRow[] = [];
  const environments = new Map(graph.secrets.map(secret => [secret.name, secret.environment]));
  const secretOf = (name: string) => {
    const environment = environments.get(name);
    return { name: environment === undefined ? settings.secrets : `${settings.secrets}-${environment}`, key: name };
  };
  const axes = job.matrix === undefined ? [] : axesOf(job);
  const values = new TaskValues(pipeline, axes, planned.isLast, secretOf);
  const identities = job.identities.map(identity => ({ name: `${identity.name}_FILE`, value: `${IDENTITIES}/${identity.name.toLowerCase()}/token` }));
  const lowering = new StepLowering(graph, job, values, settings, rows, gateOf(planned, values), identities);
  flattened(job.steps).forEach(step => lowering.add(step));
  const { steps, results, images, usesArtifacts, usesCache, isBuilding } = lowering.finished();
  sayLive(graph, job, rows);
  saySize(steps, job, rows);
  const sidecars = job.services.map(service => sidecar(service, values, rows, job));
  sayTheRest(job, rows);
  const params = values.all;
  const combinations = job.matrix?.kind === 'static' ? job.matrix.combinations : [];
  const gaps = axes.filter(axis => combinations.some(each => !Object.hasOwn(each, axis)));
  const labels: Record<string, string> = { 'app.kubernetes.io/part-of': graph.id, 'app.kubernetes.io/managed-by': 'cdk8s-fairway' };
  const title = job.name.map(part => typeof part === 'string' ? part : part.kind === 'matrix' ? part.axis : '').join('');
  const task = {
    apiVersion: 'tekton.dev/v1',
    kind: 'Task',
    metadata: { name: nameOf(graph.id, job.id), namespace: settings.namespace, labels, ...job.environment && { annotations: { 'cdk8s-fairway/environment': job.environment.name } } },
    spec: {
      ...title !== '' && { displayName: unlike(title) },
      ...params.length > 0 && { params: params.map(({ name }) => ({ name, ...gaps.includes(name) && { default: '' } })) },
      ...results.length > 0 && { results },
      ...(usesArtifacts || usesCache) && {
        workspaces: [
          ...usesArtifacts ? [{ name: 'artifacts', mountPath: ARTIFACTS }] : [],
          ...usesCache ? [{ name: 'cache', mountPath: CACHE, optional: true }] : [],
        ],
      },
      stepTemplate: {
        env: [{ name: 'HOME', value: '/tekton/home' }],
        volumeMounts: [
          { name: 'source', mountPath: SOURCE },
          { name: 'fairway', mountPath: SHARED },
          ...job.identities.map(({ name }) => ({ name: volumeOf(name), mountPath: `${IDENTITIES}/${name.toLowerCase()}`, readOnly: true })),
        ],
        securityContext: CONTAINER_SECURITY,
      },
      steps,
      ...sidecars.length > 0 && { sidecars },
      volumes: [
        { name: 'source', emptyDir: {} },
        { name: 'fairway', emptyDir: {} },
        ...job.identities.map(({ name, audience }) => ({ name: volumeOf(name), projected: { sources: [{ serviceAccountToken: { audience, path: 'token', expirationSeconds: 3600 } }] } })),
      ],
    },
  };
  const hosts = job.services.map(service => service.name);
  const node = nodeSelector(job, settings, rows);
  return {
    task,
    params,
    rows,
    images: [...images, ...job.services.map(service => service.image)],
    usesArtifacts,
    usesCache,
    podTemplate: {
      ...Object.keys(node).length > 0 && { nodeSelector: node },
      ...hosts.length > 0 && { hostAliases: [{ ip: '127.0.0.1', hostnames: hosts }] },
      ...isBuilding && { hostUsers: false },
    },
  };
}

/** A text for people, in which Tekton finds no reference. */
export function unlike(text: string): string {
  return LIVE.test(text) ? text.replaceAll('$(', '$ (') : text;
}

/** The axes of a matrix, those that only `include` has among them. */
export function axesOf({ matrix }: JobNode): string[] {
  return matrix === undefined ? [] : matrix.kind === 'dynamic' ? [...matrix.axes] : [...new Set([...matrix.axes.map(axis => axis.name), ...matrix.combinations.flatMap(Object.keys)])];
}

function volumeOf(identity: string): string {
  return `identity-${identity.toLowerCase().replaceAll('_', '-')}`.replace(/-+$/, '').slice(0, 63);
}

/** The condition that the task works out itself: a command, and the variables that it reads. */
function gateOf({ gate, ancestors }: PlannedJob, values: TaskValues): Gate | undefined {
  if (gate === undefined) {
    return undefined;
  }
  const env: EnvVar[] = [];
  const read = (value: string) => {
    env.push({ name: `FAIRWAY_GATE_${env.length + 1}`, value });
    return `"$FAIRWAY_GATE_${env.length}"`;
  };
  const command = shellCondition(gate, {
    word: value => read(values.reference(value)),
    event: () => read(values.reference({ kind: 'context', name: 'event' })),
    status: () => `[[ ${read(values.param('statuses', ancestors.map(id => `$(tasks.${id}.status)`).join(' ')))} == *Failed* ]]`,
    result: job => values.result(job, read(values.reference({ kind: 'result', job }))),
    changed: () => 'false',
  });
  return { command, env, condition: gate };
}

function sidecar(service: ServiceNode, values: TaskValues, rows: PipelineRow[], job: JobNode): Record<string, unknown> {
  const { env, exports }: BuiltEnv = values.environment([service.env]);
  if (exports.length > 0) {
    rows.push(unsupported(`service ${service.name}`, 'its environment puts a secret or an output into a longer text, which only a script can', job.id));
  }
  const { readiness, ports } = service;
  rows.push(native(`service ${service.name}`, `sidecar, by the name ${service.name} and at localhost${readiness === undefined ? '; it counts as ready when it runs' : ', with a readiness probe'}`, job.id));
  return {
    name: service.name,
    image: service.image,
    ...env.length > 0 && { env },
    ...service.command.length > 0 && { args: service.command.map(argument => forKubernetes(argument)) },
    ...ports.length > 0 && { ports: ports.map(containerPort => ({ containerPort })) },
    ...readiness && {
      readinessProbe: {
        exec: { command: [...readiness.command] },
        periodSeconds: readiness.intervalSeconds,
        timeoutSeconds: readiness.timeoutSeconds,
        failureThreshold: readiness.retries,
      },
    },
    securityContext: CONTAINER_SECURITY,
  };
}

function nodeSelector({ id, runner }: JobNode, settings: Settings, rows: PipelineRow[]): Record<string, string> {
  const selector: Record<string, string> = runner.arch === 'arm64' ? { 'kubernetes.io/arch': 'arm64' } : {};
  if (runner.os !== 'linux') {
    rows.push(unsupported(`runner ${runner.os}`, 'steps are containers of Linux', id));
  }
  for (const label of runner.labels) {
    if (Object.hasOwn(settings.runnerLabels, label)) {
      const [name, value] = settings.runnerLabels[label].split('=');
      selector[name] = value;
      rows.push(native(`runner ${label}`, `nodeSelector ${name}=${value}`, id));
    } else {
      rows.push(unsupported(`runner ${label}`, 'no node is known for the label: say TektonOptions.runnerLabels', id));
    }
  }
  return selector;
}

/** Texts of variables that Tekton would take for its own. */
function sayLive(graph: PipelineGraph, job: JobNode, rows: PipelineRow[]): void {
  const environments = [graph.env, job.env, ...flattened(job.steps).map(step => step.env), ...job.services.map(service => service.env)];
  for (const name of new Set(environments.flatMap(liveNames))) {
    rows.push(unsupported(`variable ${name}`, 'its text has something like $(params.x) in it, which Tekton puts a value in place of', job.id));
  }
}

/** What the kernel takes as one argument of a program (execve(2), MAX_ARG_STRLEN). */
const LONGEST_ARGUMENT = 128 * 1024;

/** Lines around each script (pkg/pod/script.go, convertListOfSteps). */
const AROUND = 200;

/** Tekton hands over all scripts of a Task as one argument of a container that puts them into files. */
function saySize(steps: ReadonlyArray<Record<string, unknown>>, job: JobNode, rows: PipelineRow[]): void {
  const lengths = steps.map(({ script }) => typeof script === 'string' ? Buffer.byteLength(script, 'utf8') : 0);
  const encoded = lengths.reduce((sum, length) => sum + Math.ceil(length / 3) * 4 + AROUND, 0);
  if (encoded > LONGEST_ARGUMENT) {
    const total = lengths.reduce((sum, length) => sum + length, 0);
    rows.push(unsupported('scripts', `they have ${total} bytes together, and no pod starts with more than about 95000: put them into files of the repository`, job.id));
  }
}

/** What there is to say of a job beside its steps. */
function sayTheRest(job: JobNode, rows: PipelineRow[]): void {
  const { matrix, id } = job;
  if (matrix?.kind === 'dynamic') {
    rows.push(unsupported('matrix', 'combinations that another job computes are no matrix of Tekton', id));
  } else if (matrix !== undefined) {
    const isExpanded = matrix.include.length + matrix.exclude.length > 0;
    rows.push(isExpanded ? emulated('matrix', `matrix.include, ${matrix.combinations.length} combinations written out`, id) : native('matrix', 'matrix.params', id));
    if (matrix.combinations.some(each => Object.values(each).some(value => value.includes('$(')))) {
      rows.push(unsupported('matrix', 'a value has $( in it, which Tekton takes for a reference', id));
    }
    const same = twins(axesOf(job));
    if (same !== undefined) {
      rows.push(unsupported('matrix', same, id));
    }
    if (matrix.failFast && matrix.combinations.length > 1) {
      rows.push(dropped('failFast', 'all combinations run to their end', id));
    }
    if (matrix.maxParallel !== undefined) {
      rows.push(dropped('maxParallel', 'all combinations start at once', id));
    }
    if (job.uploads.length > 0 && legNames(matrix.combinations).some((name, i, all) => all.some((other, j) => j < i && other.replace(/-\d+$/, '') === name.replace(/-\d+$/, '')))) {
      rows.push(approximated('matrix', 'artifacts of combinations with values that differ in punctuation alone land in one folder', id));
    }
  }
  if (job.environment !== undefined) {
    rows.push(emulated(`environment ${job.environment.name}`, 'an annotation of the Task; Tekton keeps no record of deployments', id));
    const { soakMinutes, restrictedTimes = false, requireHealth = false, requireAnalysis = [] } = job.environment.protection ?? {};
    if (soakMinutes !== undefined || restrictedTimes || requireHealth || requireAnalysis.length > 0) {
      rows.push(holdsGates(job)
        ? emulated(`gates of ${job.environment.name}`, 'fairway promote holds them', id)
        : approximated(`gates of ${job.environment.name}`, 'fairway promote holds them, and the job does not run that', id));
    }
  }
  if (job.grants.length > 0) {
    const reasons = job.grants.map(grant => `${grant.capability} ${grant.reason}`).join(', ');
    const how = `runs have no rights in the cluster; those at the host are of the Secrets that they read; ${reasons}`;
    rows.push(emulated(`grants ${job.grants.map(grant => grant.capability).join(', ')}`, how, id));
  }
  job.identities.forEach(identity => rows.push(native(`identity ${identity.name}`, `a token of the ServiceAccount for ${identity.audience}, in a projected volume`, id)));
  if (job.attempts > 1) {
    rows.push(job.allowFailure
      ? approximated('attempts', 'a task that may fail is not tried again (onError: continue and retries exclude each other)', id)
      : native('attempts', `retries: ${job.attempts - 1}`, id));
  }
  if (job.allowFailure) {
    rows.push(native('allowFailure', 'onError: continue', id));
  }
  rows.push(native('timeout', `timeout: ${job.timeoutMinutes}m0s`, id));
  if (job.container?.credentials !== undefined) {
    rows.push(unsupported('container credentials', 'pull secrets are of the ServiceAccount: put them into its imagePullSecrets', id));
  }
  if (job.outputs.length > 0) {
    rows.push(job.matrix === undefined
      ? native(`outputs ${job.outputs.map(output => output.name).join(', ')}`, 'results, of at most 4096 bytes for the whole job', id)
      : unsupported('outputs', 'results of a matrix are known as a list alone', id));
  }
}
