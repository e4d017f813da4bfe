import type { Environment } from '../environments';
import { sidecarPortName } from './container-validation';
import { identity, initContainer, mainContainer, NONROOT, sidecarContainer } from './containers';
import { ZERO_DOWNTIME } from './defaults';
import { PodVolumes } from './mounts';
import type { ClaimPlan, ContainerPlan, MetricsPlan, PortPlan, ServicePeer, ServicePlan, ShapePlan, ShutdownPlan, WorkloadPlan } from './plan';
import { PodProps, PreStop, Shutdown } from './pod-props';

/** The Kubernetes version that has the `sleep` action by default (KEP-3960). */
export const SLEEP_ACTION_SINCE = '1.30';

/** The Kubernetes version in which init containers may go on running, by default (KEP-753). */
export const SIDECARS_SINCE = '1.29';

/** A workload in one environment, its overrides applied. */
export interface Settings {
  readonly path: string;
  readonly name: string;
  readonly platform: string;
  readonly environment: Environment;
  readonly pod: PodProps;
  readonly service: ServicePlan | undefined;
  readonly shape: ShapePlan;
  /** The storage of each pod, by mount path. */
  readonly claims: Record<string, ClaimPlan>;
  readonly preStopWaitSeconds: number;
  readonly calls: ServicePeer[];
}

/** Everything that is settled about a workload in an environment. */
export function planOf({ path, name, platform, environment, pod, service, shape, claims, preStopWaitSeconds, calls }: Settings): WorkloadPlan {
  const { cluster } = environment;
  const volumes = new PodVolumes(name);
  const context = { path, profile: cluster.profile, ...identity(pod.runAs, NONROOT), volumes };
  const metrics = metricsOf(pod, service);
  const isOwnPort = metrics && metrics.port !== service?.port && !pod.sidecars?.some(({ port }) => port === metrics.port);
  const claimMounts = Object.entries(claims).map(([mountPath, claim]) => ({ path: mountPath, volume: volumes.reserve(claim.name), readOnly: false }));
  const main = mainContainer(context, name, pod, service, isOwnPort ? [{ name: metrics.portName, port: metrics.port }] : []);
  const areNative = cluster.isAtLeast(SIDECARS_SINCE);
  const sidecars = (pod.sidecars ?? []).map(sidecar => sidecarContainer(context, sidecar, areNative));
  const inits = (pod.initContainers ?? []).map(each => initContainer(context, each));
  const priority = 100 * (environment.stage + 1);
  return {
    path,
    name,
    platform,
    environment,
    namespace: environment.namespaceOf(name),
    version: pod.image.tag,
    containers: [withMounts(main, claimMounts), ...(areNative ? [] : sidecars)],
    initContainers: [...(areNative ? sidecars : []), ...inits],
    volumes: volumes.volumes,
    configMaps: volumes.configMaps,
    user: context.user,
    group: context.group,
    shutdown: shutdownOf(pod.shutdown ?? {}, preStopWaitSeconds, cluster.isAtLeast(SLEEP_ACTION_SINCE)),
    // The value of a PriorityClass cannot be changed: another value is another class.
    priority: { name: `${platform}-${environment.name}-${priority}`, value: priority },
    labels: { ...environment.labels, ...pod.labels },
    podAnnotations: { ...pod.podAnnotations },
    serviceAccountAnnotations: { ...pod.serviceAccountAnnotations },
    imagePullSecrets: [...pod.imagePullSecrets ?? []],
    egress: [...pod.egress ?? []],
    calls,
    service,
    metrics,
    shape,
  };
}

/** How a pod stops. */
export function shutdownOf(shutdown: Shutdown, defaultWait: number, hasSleepAction: boolean): ShutdownPlan {
  const wait = shutdown.preStopWait?.toSeconds() ?? defaultWait;
  const drain = shutdown.drain?.toSeconds() ?? ZERO_DOWNTIME.drainSeconds;
  const preStop = wait === 0 ? PreStop.NONE : shutdown.preStop ?? (hasSleepAction ? PreStop.SLEEP_ACTION : PreStop.SLEEP_COMMAND);
  const preStopWaitSeconds = preStop === PreStop.NONE ? 0 : wait;
  return { preStop, preStopWaitSeconds, gracePeriodSeconds: preStopWaitSeconds + drain + ZERO_DOWNTIME.graceMarginSeconds };
}

function metricsOf({ metrics, sidecars }: PodProps, service: ServicePlan | undefined): MetricsPlan | undefined {
  const port = metrics?.port ?? service?.port;
  if (!metrics || port === undefined) {
    return undefined;
  }
  const isServicePort = port === service?.port;
  const sidecar = sidecars?.find(each => each.port === port);
  return {
    port,
    isServicePort,
    portName: isServicePort ? service!.portName : sidecar ? sidecarPortName(sidecar) : METRICS_PORT,
    path: metrics.path ?? '/metrics',
    intervalSeconds: metrics.interval?.toSeconds() ?? 30,
    labels: { ...metrics.labels },
  };
}

function withMounts(container: ContainerPlan, more: ContainerPlan['mounts']): ContainerPlan {
  return more.length === 0 ? container : { ...container, mounts: [...container.mounts, ...more].sort((a, b) => a.path < b.path ? -1 : 1) };
}

/** The name of a port that only metrics are asked at. */
export const METRICS_PORT = 'metrics';

/** All ports of a pod. */
export function portsOf(plan: Pick<WorkloadPlan, 'containers' | 'initContainers'>): PortPlan[] {
  return [...plan.containers, ...plan.initContainers].flatMap(container => container.ports);
}
