import * as messages from './messages';
import type { WorkloadPlan } from './plan';
import { LARGEST_POD } from './profiles';
import { podRequests } from './requests';
import type { Finding } from '../core/diagnostics/finding';
import type { Environment } from '../environments';
import { ClusterProfile } from '../environments/cluster';

const TITLES: Record<ClusterProfile, string> = {
  [ClusterProfile.GENERIC]: 'Kubernetes',
  [ClusterProfile.GKE_AUTOPILOT]: 'GKE Autopilot',
  [ClusterProfile.EKS_FARGATE]: 'EKS Fargate',
};

/** What holds for a whole environment on its platform. */
export function environmentFindings(environment: Environment): Finding[] {
  const { profile } = environment.cluster;
  return profile === ClusterProfile.EKS_FARGATE
    ? [messages.platformChanges.at(environment, {
      profile: TITLES[profile], environment: environment.name, what: 'network policies', fault: 'are not enforced: every pod may reach every other',
    })]
    : [];
}

/** What the platform of a cluster refuses about a workload, or does otherwise. */
export function profileFindings(plan: WorkloadPlan): Finding[] {
  const { environment, path } = plan;
  const profile = environment.cluster.profile;
  const said = { profile: TITLES[profile], environment: environment.name };
  return [
    ...sizeFaults(plan, profile).map(fault => messages.platformRefuses.at(path, { ...said, what: 'its pods', fault })),
    ...(profile === ClusterProfile.EKS_FARGATE ? fargate(plan, said) : []),
  ];
}

function sizeFaults(plan: WorkloadPlan, profile: ClusterProfile): string[] {
  const largest = LARGEST_POD[profile];
  if (!largest) {
    return [];
  }
  const { cpu, memory, disk } = podRequests(plan);
  const gib = (bytes: number) => `${Math.round(bytes / 2 ** 30 * 100) / 100} GiB`;
  return [
    ...(cpu > largest.cpu ? [`they ask for ${cpu} CPUs, and ${largest.cpu} are the most`] : []),
    ...(memory > largest.memory ? [`they ask for ${gib(memory)} of memory, and ${gib(largest.memory)} is the most`] : []),
    ...(disk > largest.disk ? [`they ask for ${gib(disk)} of local disk, and ${gib(largest.disk)} is the most`] : []),
  ];
}

function fargate(plan: WorkloadPlan, said: { profile: string; environment: string }): Finding[] {
  const unequal = [...plan.containers, ...plan.initContainers]
    .filter(({ resources: { requests, limits } }) => ['cpu', 'memory'].some(each => requests![each].value !== limits![each].value))
    .map(({ name }) => name);
  const hasBlockStorage = plan.shape.kind === 'stateful' || plan.volumes.some(({ source }) => 'ephemeral' in source);
  return [
    ...(hasBlockStorage ? [messages.platformRefuses.at(plan.path, { ...said, what: 'its volumes', fault: 'block storage cannot be mounted, only EFS that exists already' })] : []),
    ...unequal.map(name => messages.platformChanges.at(plan.path, { ...said, what: `the limits of the container ${JSON.stringify(name)}`, fault: 'differ from its requests, and count for nothing' })),
  ];
}
