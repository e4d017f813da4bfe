import type { Construct } from 'constructs';
import { AnalysisRunArgument, RolloutAnalysis, ValueFromPodTemplateHash } from './analysis-props';
import { AnalysisTemplate } from './analysis-template';
import { Argument, Metric } from './analysis-template-props';
import { jobPolicies } from './job';
import { providerOf } from './providers';
import { RolloutsVersion } from './version';
import { Finding } from '../../../core/diagnostics/finding';
import { isFinding, QueryContext, queryOf } from '../../metrics/query';
import { verdictOf } from '../../metrics/verdict';
import type { MetricPlan, StrategyPlan } from '../../plan';
import type { RolloutTarget } from '../../target';

/** Where an analysis stands in a strategy. */
export type Place =
  | { readonly kind: 'background' | 'pre-promotion' | 'post-promotion' }
  | { readonly kind: 'step' | 'experiment'; readonly index: number };

/** The argument of a template that tells the pods of the new version from those of the old one. */
const HASH = 'new-version';

/** What keeps the metrics of a target from being asked for, each where it stands. */
export function analysisFindings(target: Omit<RolloutTarget, 'template'>): Finding[] {
  return analysesOf(target.strategy).flatMap(({ place, metrics }) => metrics.flatMap(metric => {
    const query = queryOf(metric, contextOf(target, place));
    const verdict = isFinding(query) ? query : verdictOf(metric, query, target);
    return isFinding(verdict) ? [verdict] : [];
  }));
}

/** All analyses of a strategy. */
function analysesOf(strategy: StrategyPlan): Array<{ place: Place; metrics: MetricPlan[] }> {
  switch (strategy.kind) {
    case 'rolling': case 'recreate': return [];
    case 'blue-green': return [
      { place: { kind: 'pre-promotion' }, metrics: strategy.prePromotion },
      { place: { kind: 'post-promotion' }, metrics: strategy.postPromotion },
    ];
    case 'canary': return [
      { place: { kind: 'background' }, metrics: strategy.analysis },
      ...strategy.steps.flatMap((step, index): Array<{ place: Place; metrics: MetricPlan[] }> => step.kind === 'analysis' || step.kind === 'experiment'
        ? [{ place: { kind: step.kind === 'analysis' ? 'step' : 'experiment', index }, metrics: step.metrics }] : []),
    ];
  }
}

/** The AnalysisTemplate for one place of a strategy. */
export function analysisTemplate(chart: Construct, target: RolloutTarget, place: Place, metrics: MetricPlan[], version: RolloutsVersion): void {
  const context = contextOf(target, place);
  new AnalysisTemplate(chart, idOf(place), {
    metadata: { name: nameOf(target, place) },
    ...(place.kind === 'experiment' ? {} : { args: [Argument.required(HASH)] }),
    metrics: metrics.flatMap(metric => metricOf(metric, target, place, context) ?? []),
    version,
  });
  if (metrics.some(metric => metric.measure.kind === 'job')) {
    jobPolicies(chart, target);
  }
}

/** How a Rollout runs the template of a place. */
export function analysisRef(target: RolloutTarget, place: Place): RolloutAnalysis {
  return {
    templates: [{ templateName: nameOf(target, place) }],
    ...(place.kind === 'experiment' ? {} : { args: [AnalysisRunArgument.podTemplateHash(HASH, ValueFromPodTemplateHash.LATEST)] }),
  };
}

function metricOf(metric: MetricPlan, target: RolloutTarget, place: Place, context: QueryContext): Metric | undefined {
  const query = queryOf(metric, context);
  const verdict = isFinding(query) ? query : verdictOf(metric, query, target);
  if (isFinding(query) || isFinding(verdict)) {
    return undefined; // reported by `analysisFindings`; nothing is written then
  }
  return {
    name: metric.name,
    interval: `${metric.intervalSeconds}s`,
    ...(metric.initialDelaySeconds > 0 ? { initialDelay: `${metric.initialDelaySeconds}s` } : {}),
    // Only a background analysis may go on as long as the rollout (validation.go, "inline metrics must terminate").
    ...(place.kind === 'background' ? {} : { count: metric.samples }),
    ...verdict,
    provider: providerOf(query, target),
  };
}

function contextOf(target: Omit<RolloutTarget, 'template'>, place: Place): QueryContext {
  const { path, environment, namespace, name, service, strategy } = target;
  const router = strategy.kind === 'canary' ? strategy.router : { kind: 'none' as const };
  return {
    path,
    environment,
    namespace,
    workload: name,
    service: serviceOf(target),
    // Pods are called after their ReplicaSet: Rollout and hash, or Rollout, hash, revision, step and template of an experiment (experiments/replicaset.go).
    pods: place.kind === 'experiment' ? `${name}-[0-9a-z]+-[0-9]+-[0-9]+-candidate-.*` : `${name}-{{args.${HASH}}}-.*`,
    portName: service?.portName,
    router,
    hosts: service?.hosts ?? [],
  };
}

/** The Service of the new version, where there is one that is always its own. */
function serviceOf({ strategy, name, service }: Omit<RolloutTarget, 'template'>): string | undefined {
  if (!service || strategy.kind === 'rolling' || strategy.kind === 'recreate') {
    return undefined;
  }
  if (strategy.kind === 'blue-green') {
    return `${name}-preview`;
  }
  return strategy.router.kind === 'none' || strategy.router.kind === 'alb' ? undefined : `${name}-canary`;
}

function idOf(place: Place): string {
  return place.kind === 'step' || place.kind === 'experiment' ? `analysis-${place.kind}-${place.index}` : `analysis-${place.kind}`;
}

function nameOf({ name }: RolloutTarget, place: Place): string {
  return `${name}-${idOf(place).replace(/^analysis-/, '')}`;
}
