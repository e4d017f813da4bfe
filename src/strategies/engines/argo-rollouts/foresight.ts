import { wholePods } from './whole-pods';
import { Finding } from '../../../core/diagnostics/finding';
import * as messages from '../../messages';
import { NoData } from '../../metric';
import type { BlueGreenPlan, CanaryPlan, MetricPlan, StepPlan } from '../../plan';
import type { RolloutTarget } from '../../target';
import { stepsSeconds } from '../../total-time';

/*
 * What each part of a strategy does not show, but a calculation over all of it: verdicts that come too late, weights
 * that no number of pods has, requests that are not there.
 */

type Target = Omit<RolloutTarget, 'template'>;

/** More percent than this beside the weight, and a step is not what it says. */
const COARSE = 10;

/** What would come of a strategy in time, in whole pods and in requests. */
export function foresight(target: Target): Finding[] {
  const { strategy } = target;
  switch (strategy.kind) {
    case 'rolling': case 'recreate': return [];
    case 'canary': return [...lateVerdicts(target, strategy), ...coarseWeight(target, strategy), ...unseen(target, strategy), ...overloaded(target, strategy)];
    case 'blue-green': return unseenPreview(target, strategy);
  }
}

/** Seconds from the beginning of an analysis to the sample that first can undo the rollout. */
function firstVerdict({ initialDelaySeconds, intervalSeconds, toleratedFailures }: MetricPlan): number {
  return initialDelaySeconds + intervalSeconds * toleratedFailures;
}

/** The background analysis ends with the canary, whether it has judged or not (rollout/analysis.go, reconcileBackgroundAnalysisRun). */
function lateVerdicts({ path, name }: Target, { steps, analysis, analysisFromStep }: CanaryPlan): Finding[] {
  const left = stepsSeconds(steps.slice(analysisFromStep)) ?? Infinity;
  return analysis.filter(metric => firstVerdict(metric) > left)
    .map(metric => messages.lateVerdict.at(path, { name, metric: metric.name, first: firstVerdict(metric), left }));
}

/** The first weight that comes out otherwise; those that follow are seldom better. */
function coarseWeight({ path, name, environment, replicas }: Target, { steps, router, maxSurge }: CanaryPlan): Finding[] {
  if (router.kind !== 'none' || replicas.minimum === 0) {
    return [];
  }
  for (const step of steps) {
    if (step.kind === 'weight') {
      const { canary, pods } = wholePods(replicas.minimum, step.weight, maxSurge);
      if (Math.abs(canary * 100 / pods - step.weight) > COARSE) {
        return [messages.coarseWeight.at(path, { name, environment: environment.name, weight: step.weight, canary, pods })];
      }
    }
  }
  return [];
}

function isOfRequests({ measure, noData }: MetricPlan): boolean {
  return ['success-rate', 'error-rate', 'latency'].includes(measure.kind) && noData !== NoData.PASS;
}

function sendsRequests(step: StepPlan): boolean {
  return step.kind === 'weight' ? step.weight > 0 : step.kind === 'header-route' || step.kind === 'mirror';
}

function unseen({ path, name }: Target, { steps, analysis, analysisFromStep }: CanaryPlan): Finding[] {
  const first = steps.findIndex(sendsRequests);
  const blind = first === -1 ? steps : steps.slice(0, first);
  const say = (where: string) => (metric: MetricPlan) => messages.unseenVersion.at(path, { name, metric: metric.name, where });
  const time = stepsSeconds(blind.slice(analysisFromStep)) ?? Infinity;
  return [
    ...blind.flatMap((step, i) => step.kind === 'analysis' ? step.metrics.filter(isOfRequests).map(say(`in step ${i}, before a step sends it any`)) : []),
    ...analysis.filter(metric => isOfRequests(metric) && time > firstVerdict(metric)).map(say('in the background, and gives up before a step sends it any')),
  ];
}

/** A test among the metrics may be what calls the preview. */
function unseenPreview({ path, name }: Target, { prePromotion }: BlueGreenPlan): Finding[] {
  return prePromotion.some(({ measure }) => measure.kind === 'job' || measure.kind === 'http') ? [] : prePromotion.filter(isOfRequests)
    .map(metric => messages.unseenVersion.at(path, { name, metric: metric.name, where: 'before the promotion, which only sends it any' }));
}

/** A share in percent grows with the pods; a number of them must do for all that there may be. */
function overloaded({ path, name, environment, replicas: { maximum } }: Target, { steps }: CanaryPlan): Finding[] {
  let weight = 0;
  for (const step of steps) {
    if (step.kind === 'weight') {
      weight = step.weight;
    } else if (step.kind === 'scale' && step.scale.kind === 'replicas' && step.scale.replicas * 100 < weight * maximum) {
      return [messages.overloadedCanary.at(path, { name, environment: environment.name, replicas: step.scale.replicas, weight, maximum })];
    }
  }
  return [];
}
