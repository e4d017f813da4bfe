import type { k8s } from 'cdk8s-plus-28';
import { ContainerProps, RunAs, SidecarProps } from './container-props';
import { sidecarPortName } from './container-validation';
import { PROBES, RESOURCES, RESTRICTED } from './defaults';
import { inOrderOfReference } from './env';
import { PodVolumes, sourcesOf } from './mounts';
import type { ContainerPlan, PortPlan, ServicePlan } from './plan';
import { Probe, ProbeSeconds } from './probe';
import { profiled } from './profiles';
import { quantityValue, resolveResources, Resources } from './resources';
import { ClusterProfile } from '../environments/cluster';

type ContainerContent = Omit<ContainerProps, 'name'>;

/** What a container stands in. */
export interface ContainerContext {
  readonly path: string;
  readonly profile: ClusterProfile;
  readonly user: number;
  readonly group: number;
  readonly volumes: PodVolumes;
}

/** The user and group of a process, with what they follow from. */
export function identity(runAs: RunAs | undefined, fallback: { user: number; group: number }): { user: number; group: number } {
  return runAs ? { user: runAs.user, group: runAs.group ?? runAs.user } : { user: fallback.user, group: fallback.group };
}

/** The main container: it serves, and it is what its workload is called after. */
export function mainContainer(
  context: ContainerContext, name: string, props: ContainerContent, service: ServicePlan | undefined, further: PortPlan[],
): ContainerPlan {
  const ports = [...(service ? [{ name: service.portName, port: service.port }] : []), ...further];
  return { ...common(context, name, props, ''), ports, probes: service ? serviceProbes(service) : {}, isSidecar: false };
}

/** A container that goes before the main one. */
export function initContainer(context: ContainerContext, props: ContainerProps): ContainerPlan {
  return { ...common(context, props.name, props, `${props.name}-`), ports: [], probes: {}, isSidecar: false };
}

/** A container that runs for as long as the main one. */
export function sidecarContainer(context: ContainerContext, props: SidecarProps, isNative: boolean): ContainerPlan {
  const { port } = props;
  const name = sidecarPortName(props);
  return {
    ...common(context, props.name, props, `${props.name}-`),
    ports: port === undefined ? [] : [{ name, port }],
    probes: port === undefined ? {} : sidecarProbes(props, port, name),
    isSidecar: isNative,
  };
}

function common(context: ContainerContext, name: string, props: ContainerContent, prefix: string): Omit<ContainerPlan, 'ports' | 'probes' | 'isSidecar'> {
  const plain = inOrderOfReference(props.env ?? {});
  const secret = Object.entries(props.secretEnv ?? {}).sort(([a], [b]) => a < b ? -1 : 1);
  return {
    name,
    image: props.image.reference,
    command: props.command,
    args: props.args,
    // Secrets first, so that other variables may refer to them.
    env: [...secret, ...plain],
    resources: resolveResources(context.path, profiled(context.profile, withRoomFor(props))),
    ...identity(props.runAs, context),
    mounts: context.volumes.mount(props, prefix),
  };
}

/**
 * Resources with a limit of local disk that holds the folders of the container, where the program
 * says nothing of it: they count, and a pod above its limit is evicted before a folder is full.
 */
function withRoomFor(props: ContainerContent): Resources {
  const resources = props.resources ?? {};
  if (resources.ephemeralStorage !== undefined || resources.ephemeralStorageLimit !== undefined) {
    return resources;
  }
  const bytes = (quantity: string) => quantityValue('', '', quantity, 0);
  const sizes = Object.values(sourcesOf(props)).flatMap(({ _facts: { size } }) => size === undefined ? [] : [bytes(size)]);
  const needed = sizes.reduce((sum, size) => sum + size, bytes(RESOURCES.ephemeralStorage));
  const usual = RESOURCES.ephemeralStorageLimitFactor * bytes(RESOURCES.ephemeralStorage);
  return needed <= usual ? resources : { ...resources, ephemeralStorageLimit: `${Math.ceil(needed / 2 ** 20)}Mi` };
}

function serviceProbes(service: ServicePlan): ContainerPlan['probes'] {
  const { readiness, liveness, startup, port, portName } = service;
  return {
    readinessProbe: { ...readiness._handler(port, portName), ...readiness._seconds(PROBES.readiness) },
    livenessProbe: { ...liveness._handler(port, portName), ...liveness._seconds(PROBES.liveness) },
    startupProbe: { ...(startup ?? readiness)._handler(port, portName), ...startupSeconds(readiness, startup) },
  };
}

function sidecarProbes({ readiness, liveness = Probe.tcp(), startup }: SidecarProps, port: number, portName: string): ContainerPlan['probes'] {
  const probe = (asked: Probe, seconds: ProbeSeconds): k8s.Probe => ({ ...asked._handler(port, portName), ...seconds });
  return {
    ...(readiness ? { readinessProbe: probe(readiness, readiness._seconds(PROBES.readiness)) } : {}),
    livenessProbe: probe(liveness, liveness._seconds(PROBES.liveness)),
    ...(startup ?? readiness ? { startupProbe: probe((startup ?? readiness)!, startupSeconds((readiness ?? startup)!, startup)) } : {}),
  };
}

/** A readiness probe that doubles as start-up probe keeps its question, not its impatience. */
function startupSeconds(readiness: Probe, startup: Probe | undefined): ProbeSeconds {
  const { periodSeconds, failureThreshold } = PROBES.startup;
  return startup ? startup._seconds(PROBES.startup) : { ...readiness._seconds(PROBES.startup), periodSeconds, failureThreshold };
}

/** How long a container may take until its start-up probe gives up, in seconds. */
export function slowestStart(probe: k8s.Probe | undefined): number {
  if (!probe) {
    return 0;
  }
  const { initialDelaySeconds = 0, periodSeconds = 10, timeoutSeconds = 1, failureThreshold = 3 } = probe;
  // A probe waits for the one before: what takes longer than the period sets the pace.
  return initialDelaySeconds + Math.max(periodSeconds, timeoutSeconds) * failureThreshold;
}

/** The user and group of processes by default. */
export const NONROOT = { user: RESTRICTED.runAsUser, group: RESTRICTED.runAsGroup };
