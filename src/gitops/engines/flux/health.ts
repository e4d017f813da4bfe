import type { ApiObject } from 'cdk8s';
import type { HealthCheckExpression } from './references';

/** Since a status may be about an older object, or not be there yet: an expression over a field that is missing counts as not yet well. */
const accepted = 'c.type == \'Accepted\'';
const isOfNow = 'has(c.observedGeneration) && c.observedGeneration == metadata.generation';

const route = (kind: string): HealthCheckExpression => ({
  apiVersion: 'gateway.networking.k8s.io/v1',
  kind,
  // A route has a status for each Gateway that it is attached to.
  failed: `has(status.parents) && status.parents.exists(p, p.conditions.exists(c, ${accepted} && c.status == 'False' && ${isOfNow}))`,
  current: `has(status.parents) && status.parents.size() > 0 && status.parents.all(p, p.conditions.exists(c, ${accepted} && c.status == 'True' && ${isOfNow}))`,
});

/**
 * How the health of kinds is told that have no condition `Ready`: without an expression, Flux takes such an object for well as soon as it is there
 * (fluxcd/cli-utils pkg/kstatus/status/generic.go).
 */
const EXPRESSIONS: Record<string, HealthCheckExpression> = {
  // argo-rollouts pkg/apis/rollouts/v1alpha1/types.go, RolloutPhase. The generation that was observed is a text there, which Flux does not compare
  // itself (fluxcd/pkg runtime/cel/status_evaluator.go). A release that waits for a person serves: it is well.
  'argoproj.io/Rollout': {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Rollout',
    inProgress: '!has(status.observedGeneration) || status.observedGeneration != string(metadata.generation)',
    failed: 'has(status.phase) && status.phase == \'Degraded\'',
    current: 'has(status.phase) && status.phase in [\'Healthy\', \'Paused\']',
  },
  // flagger pkg/apis/flagger/v1beta1/status.go, CanaryPhase. It observes no generation: after a release, this is about the one before until Flagger looks.
  'flagger.app/Canary': {
    apiVersion: 'flagger.app/v1beta1',
    kind: 'Canary',
    failed: 'has(status.phase) && status.phase == \'Failed\'',
    current: 'has(status.phase) && status.phase in [\'Initialized\', \'Waiting\', \'WaitingPromotion\', \'Succeeded\']',
  },
  // gateway-api apis/v1/shared_types.go and gateway_types.go.
  'gateway.networking.k8s.io/GRPCRoute': route('GRPCRoute'),
  'gateway.networking.k8s.io/HTTPRoute': route('HTTPRoute'),
  'gateway.networking.k8s.io/Gateway': {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    current: `has(status.conditions) && status.conditions.exists(c, c.type == 'Programmed' && c.status == 'True' && ${isOfNow})`,
  },
  // keda apis/keda/v1alpha1/condition_types.go: one without conditions has not been looked at.
  'keda.sh/ScaledObject': {
    apiVersion: 'keda.sh/v1alpha1',
    kind: 'ScaledObject',
    current: 'has(status.conditions) && status.conditions.exists(c, c.type == \'Ready\' && c.status == \'True\')',
  },
};

/** The expressions for the kinds that occur, sorted. */
export function healthCheckExprsOf(objects: ApiObject[]): HealthCheckExpression[] {
  const kinds = new Set(objects.map(object => `${object.apiGroup}/${object.kind}`));
  return Object.entries(EXPRESSIONS).filter(([kind]) => kinds.has(kind)).map(([, expression]) => expression);
}
