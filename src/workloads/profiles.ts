import { RESOURCES } from './defaults';
import { quantityValue, Resources } from './resources';
import { ClusterProfile } from '../environments/cluster';

/*
 * What managed platforms ask of the resources of a pod. Sources: GKE "Resource requests in
 * Autopilot" (general-purpose compute class, clusters that support bursting), EKS "Fargate Pod
 * configuration". Platforms that only round up are left alone: what is written is what is asked for.
 */

const MI = 2 ** 20;
const GI = 2 ** 30;

/** The smallest requests of a container, and how memory follows CPU. Less is raised by the platform, which would then differ from the repository. */
const AUTOPILOT = { cpu: 0.05, memory: 52 * MI, ephemeralStorage: 10 * MI, gibPerCpu: { least: 1, most: 6.5 } };

/** The largest pod that a platform takes. */
export const LARGEST_POD: Record<ClusterProfile, { cpu: number; memory: number; disk: number } | undefined> = {
  [ClusterProfile.GENERIC]: undefined,
  [ClusterProfile.GKE_AUTOPILOT]: { cpu: 30, memory: 110 * GI, disk: 10 * GI },
  // 256 MB of the memory are taken by the kubelet of the pod's own node.
  [ClusterProfile.EKS_FARGATE]: { cpu: 16, memory: 120 * GI - 256 * MI, disk: 175 * GI },
};

/** Resources as a platform takes them without changing them. They must have been checked before. */
export function profiled(profile: ClusterProfile, resources: Resources): Resources {
  switch (profile) {
    case ClusterProfile.GENERIC: return resources;
    // All pods are of the class "Guaranteed": limits are the requests.
    case ClusterProfile.EKS_FARGATE: return { ...resources, cpuLimit: resources.cpuLimit ?? resources.cpu ?? RESOURCES.cpu };
    case ClusterProfile.GKE_AUTOPILOT: return autopilot(resources);
  }
}

function autopilot(given: Resources): Resources {
  const value = (quantity: string) => quantityValue('', '', quantity, 0);
  const requests = { cpu: given.cpu ?? RESOURCES.cpu, memory: given.memory ?? RESOURCES.memory };
  // Local disk has no bursts there: the request is what may be used.
  const disk = given.ephemeralStorageLimit ?? given.ephemeralStorage ?? '256Mi';
  const { least, most } = AUTOPILOT.gibPerCpu;
  const cpu = Math.max(value(requests.cpu), AUTOPILOT.cpu, value(requests.memory) / GI / most);
  const memory = Math.max(value(requests.memory), AUTOPILOT.memory, cpu * least * GI);
  const storage = Math.max(value(disk), AUTOPILOT.ephemeralStorage);
  const raised = {
    cpu: cpu > value(requests.cpu) ? `${Math.ceil(cpu * 1000 - 1e-6)}m` : requests.cpu,
    memory: memory > value(requests.memory) ? `${Math.ceil(memory / MI - 1e-6)}Mi` : requests.memory,
    ephemeralStorage: storage > value(disk) ? `${Math.ceil(storage / MI)}Mi` : disk,
  };
  const atLeast = (limit: string | undefined, request: string) => limit !== undefined && value(limit) < value(request) ? request : limit;
  return {
    ...raised,
    cpuLimit: atLeast(given.cpuLimit, raised.cpu),
    memoryLimit: atLeast(given.memoryLimit, raised.memory),
    ephemeralStorageLimit: raised.ephemeralStorage,
  };
}
