import { Finding } from '../core/diagnostics/finding';
import { Environment } from '../environments';
import { looksSecret } from './env';
import { WorkloadGraph } from './graph';
import * as messages from './messages';
import type { WorkloadPlan } from './plan';
import { shutdownOf, SLEEP_ACTION_SINCE } from './planning';
import { podFindings } from './pod-findings';
import { PreStop } from './pod-props';
import { profileFindings } from './profile-findings';
import { engineOf, rolloutFindings, RolloutPlan } from './rollout';
import type { Workload } from './workload';
import { Platform } from '../core/platform';
import * as environmentMessages from '../environments/messages';
import * as imageMessages from '../images/messages';

/** What is wrong with a workload among its neighbours, and in its environments. */
export function findingsOf(workload: Workload): Finding[] {
  const platform = Platform.ofConstruct(workload);
  const plans = workload.environments.map(environment => workload._plan(environment));
  const engine = engineOf(platform);
  return [
    ...overrideFindings(workload, platform),
    ...imageFindings(workload, plans),
    ...releaseFindings(workload),
    ...roadFindings(workload),
    ...dependencyFindings(workload, platform),
    ...secretFindings(workload, plans),
    ...replicaFindings(workload, plans),
    ...versionFindings(workload),
    ...podFindings(workload, plans),
    ...plans.flatMap(plan => profileFindings(plan)),
    ...plans.filter((plan): plan is RolloutPlan => plan.shape.kind === 'rollout').flatMap(plan => rolloutFindings(plan, engine)),
  ];
}

function overrideFindings(workload: Workload, platform: Platform): Finding[] {
  const names = Environment.allIn(platform).map(e => e.name);
  const own = workload.environments.map(e => e.name);
  return workload._overridden().filter(name => !own.includes(name)).map(environment => environmentMessages.unknownEnvironment.at(workload, {
    environment,
    known: own,
    where: `An override of ${JSON.stringify(workload.name)}`,
    ...(names.includes(environment) ? { fault: 'where it does not run' } : {}),
  }));
}

function imageFindings(workload: Workload, plans: WorkloadPlan[]): Finding[] {
  return plans.filter(plan => plan.environment.isFinal).flatMap(({ containers, initContainers, environment }) =>
    [...containers, ...initContainers]
      .filter(({ image }) => !image.includes('@'))
      .map(({ image }) => imageMessages.noDigest.at(workload, { image, environment: environment.name })));
}

/** A release of another repository than the program names: a promotion moves digests, not images. */
function releaseFindings(workload: Workload): Finding[] {
  return workload.environments.flatMap(environment => {
    const record = environment._releaseOf(workload.name);
    const expected = workload._declaredImage(environment).repository;
    const args = { workload: workload.name, environment: environment.name, expected };
    return record && record.image !== expected ? [environmentMessages.releaseOfOtherImage.at(workload, { ...args, image: record.image })] : [];
  });
}

/** Environments that no release of the workload can come to. */
function roadFindings(workload: Workload): Finding[] {
  return workload.environments
    .filter(({ promotedFrom }) => promotedFrom.length > 0 && !promotedFrom.some(source => workload.runsIn(source)))
    .map(({ name, promotedFrom }) => environmentMessages.brokenRoad.at(workload, {
      workload: workload.name, environment: name, sources: promotedFrom.map(source => source.name),
    }));
}

function dependencyFindings(workload: Workload, platform: Platform): Finding[] {
  const graph = WorkloadGraph.of(platform);
  return workload.dependsOn.flatMap(name => {
    if (graph.hasNeighbour(name)) {
      return [];
    }
    const dependency = graph.tryFind(name);
    if (!dependency) {
      return [messages.unknownWorkload.at(workload, { what: 'The dependency', workload: name, known: graph.names })];
    }
    return workload.environments
      .filter(e => !dependency.runsIn(e))
      .map(e => messages.dependencyAbsent.at(workload, { dependency: name, environment: e.name }));
  });
}

function secretFindings(workload: Workload, plans: WorkloadPlan[]): Finding[] {
  const variables = plans.flatMap(plan => [...plan.containers, ...plan.initContainers]).flatMap(container => container.env);
  const literal = variables.filter(([name, value]) => typeof value === 'string' && looksSecret(name) && value !== '').map(([name]) => name);
  const referred = [...new Set(variables.filter(([, value]) => typeof value !== 'string').map(([name]) => name))].sort();
  const files = plans.flatMap(plan => plan.configMaps)
    .flatMap(({ data, binaryData }) => Object.keys({ ...data, ...binaryData }))
    .filter(looksSecretFile);
  return [
    ...[...new Set(literal)].map(variable => messages.secretInEnv.at(workload, { variable })),
    ...(referred.length > 0 ? [messages.secretVariable.at(workload, { variables: referred })] : []),
    ...(files.length > 0 ? [messages.secretInConfig.at(workload, { files: [...new Set(files)].sort() })] : []),
  ];
}

/** A file that is called after a secret, whatever its extension. */
function looksSecretFile(name: string): boolean {
  return looksSecret(name.replace(/\.\w+$/, '')) || /\.(pem|key|p12|jks|keystore)$/i.test(name);
}

function replicaFindings(workload: Workload, plans: WorkloadPlan[]): Finding[] {
  const fewest = ({ shape }: WorkloadPlan) => shape.kind === 'rollout' ? shape.replicas.minimum : shape.kind === 'stateful' ? shape.pods : 0;
  const single = plans.filter(plan => plan.environment.isFinal && fewest(plan) === 1).map(plan => plan.environment.name);
  return single.length > 0 ? [messages.singleReplica.at(workload, { environments: single })] : [];
}

function versionFindings(workload: Workload): Finding[] {
  return workload.environments.filter(e => !e.cluster.isAtLeast(SLEEP_ACTION_SINCE)).flatMap(environment => {
    const { preStop, preStopWaitSeconds } = shutdownOf(workload._pod(environment).shutdown ?? {}, workload._preStopWait, false);
    return preStop !== PreStop.SLEEP_ACTION || preStopWaitSeconds === 0 ? [] : [messages.newerKubernetes.at(workload, {
      what: 'sleep action', since: SLEEP_ACTION_SINCE, version: environment.cluster.kubernetesVersion, environment: environment.name,
    })];
  });
}
