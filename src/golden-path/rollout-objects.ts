import * as messages from './messages';

/** A Kubernetes object as it is printed. */
export type Manifest = Record<string, any>;

/** What a simulation needs of a workload. */
export interface RolloutObjects {
  /** The Rollout, or one with the rules of the Deployment. */
  readonly rollout: Manifest;
  readonly analysisTemplates: Manifest[];
}

/**
 * Finds what is rolled out among the objects of a workload.
 *
 * @param where the construct path, for errors
 * @param workload the name of the workload
 * @param own its objects
 * @param shared objects beside it: templates that it may refer to
 */
export function rolloutObjects(where: string, workload: string, own: readonly Manifest[], shared: readonly Manifest[] = []): RolloutObjects {
  if (own.some(object => object.kind === 'Canary' && String(object.apiVersion).startsWith('flagger.app/'))) {
    throw messages.flagger.error(where, { workload });
  }
  const rollout = chosen(own.filter(object => object.kind === 'Rollout'), workload)
    ?? chosen(own.filter(object => object.kind === 'Deployment'), workload);
  if (rollout === undefined) {
    throw messages.nothingRollsOut.error(where, { workload, kinds: [...new Set(own.map(o => String(o.kind)).filter(kind => ['CronJob', 'StatefulSet', 'Job', 'DaemonSet'].includes(kind)))] });
  }
  if (rollout.kind === 'Deployment' && rollout.spec?.strategy?.type === 'Recreate') {
    throw messages.recreated.error(where, { workload });
  }
  const namespace: unknown = rollout.metadata?.namespace;
  return {
    rollout: withReplicas(rollout.kind === 'Deployment' ? asRollout(rollout) : rollout, own),
    analysisTemplates: templatesOf([...own, ...shared], namespace),
  };
}

/** The one with the name of the workload, else the first. */
function chosen(objects: readonly Manifest[], workload: string): Manifest | undefined {
  return objects.find(object => object.metadata?.name === workload) ?? objects[0];
}

/**
 * A Deployment as a Rollout that behaves as it does: a canary without steps replaces pods in batches, by
 * `maxSurge` and `maxUnavailable`, as the Deployment controller does (Argo Rollouts, rollout/canary.go,
 * utils/replicaset/canary.go). Only what decides that is taken over.
 */
function asRollout({ metadata, spec = {} }: Manifest): Manifest {
  const { maxSurge, maxUnavailable } = spec.strategy?.rollingUpdate ?? {};
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    metadata,
    spec: defined({
      replicas: spec.replicas,
      minReadySeconds: spec.minReadySeconds,
      progressDeadlineSeconds: spec.progressDeadlineSeconds,
      paused: spec.paused,
      strategy: { canary: defined({ maxSurge, maxUnavailable }) },
    }),
  };
}

/** The number of replicas, where none is written because an autoscaler decides: its minimum. */
function withReplicas(rollout: Manifest, own: readonly Manifest[]): Manifest {
  if (typeof rollout.spec?.replicas === 'number') {
    return rollout;
  }
  const minimum = own.flatMap(({ kind, spec }) => kind === 'HorizontalPodAutoscaler' ? spec?.minReplicas ?? [] : kind === 'ScaledObject' ? spec?.minReplicaCount ?? [] : [])[0] as unknown;
  return typeof minimum === 'number' && minimum > 0 ? { ...rollout, spec: { ...rollout.spec, replicas: minimum } } : rollout;
}

/** The templates that a Rollout in a namespace can refer to, each once. */
function templatesOf(objects: readonly Manifest[], namespace: unknown): Manifest[] {
  const found = new Map<string, Manifest>();
  for (const object of objects) {
    const isReachable = object.kind === 'ClusterAnalysisTemplate'
      || (object.kind === 'AnalysisTemplate' && (object.metadata?.namespace === namespace || object.metadata?.namespace === undefined));
    const key = `${object.kind}/${object.metadata?.name}`;
    if (isReachable && !found.has(key)) {
      found.set(key, object);
    }
  }
  return [...found.values()];
}

function defined<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== undefined)) as T;
}
