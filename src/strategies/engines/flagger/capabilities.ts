import { askedBy, noDataOf, unaskable } from './metrics';
import { FlaggerOptions } from './options';
import { checksOf, Schedule, scheduleOf, thresholdOf } from './schedule';
import { CapabilityRow, Support } from '../../../core/capability';
import { isFinding } from '../../metrics/query';
import type { BlueGreenPlan, CanaryPlan, MetricPlan, RollingPlan, RecreatePlan, RouterPlan, StepPlan } from '../../plan';
import type { RolloutTarget } from '../../target';

type Described = Omit<RolloutTarget, 'template'>;

/** How Flagger carries out each part of a strategy. */
export function capabilitiesOf(target: Described, options: FlaggerOptions): CapabilityRow[] {
  const { strategy } = target;
  switch (strategy.kind) {
    case 'rolling': case 'recreate': return plainRows(strategy);
    case 'canary': return canaryRows(target, strategy, options);
    case 'blue-green': return blueGreenRows(target, strategy, options);
  }
}

function plainRows(strategy: RollingPlan | RecreatePlan): CapabilityRow[] {
  return strategy.kind === 'recreate'
    ? [native('recreate', 'Deployment spec.strategy.type Recreate, without a Canary')]
    : [native('rolling update', `Deployment spec.strategy.rollingUpdate: maxSurge ${strategy.maxSurge}, maxUnavailable ${strategy.maxUnavailable}; no Canary`)];
}

function canaryRows(target: Described, plan: CanaryPlan, options: FlaggerOptions): CapabilityRow[] {
  const schedule = scheduleOf(plan);
  return [
    routerRow(plan.router, target.service?.portName),
    weightsRow(schedule),
    ...(schedule.leadSeconds > 0 ? [leadRow(schedule)] : []),
    ...approvalRows(schedule, options),
    ...plan.steps.flatMap(step => stepRows(step, plan.router, schedule)),
    ...(schedule.early.length > 0 ? [unsupported('analysis before the first weight', 'checks begin when the canary has traffic; put the weight before the analysis')] : []),
    ...plan.steps.some(step => step.kind === 'analysis') && schedule.early.length === 0
      ? [approximated('analysis step', 'its metrics are checked at every beat, and the weight is kept as long as the step takes')] : [],
    ...(plan.analysisFromStep > firstWeight(plan) ? [approximated('later start of the analysis', 'metrics are checked from the first weight on')] : []),
    ...metricRows(target, schedule.metrics, schedule.intervalSeconds, options),
    ...podRows(target, plan),
    ...delayRows(plan),
  ];
}

function firstWeight({ steps }: CanaryPlan): number {
  const index = steps.findIndex(step => step.kind === 'weight' && step.weight > 0);
  return index === -1 ? 0 : index + 1;
}

function routerRow(router: RouterPlan, portName: string | undefined): CapabilityRow {
  const part = `router: ${router.kind}`;
  switch (router.kind) {
    case 'none': return unsupported('canary without a router', 'it shifts traffic by routes alone, not by numbers of pods; '
      + 'give the canary a router, or take RolloutStrategy.blueGreen() or rollingUpdate()');
    case 'gateway-api': return portName === 'grpc'
      ? { ...native(part, 'an HTTPRoute that it makes, which carries gRPC as HTTP/2'), support: Support.EMULATED }
      : native(part, 'provider gatewayapi:v1: an HTTPRoute that it makes');
    case 'istio': return native(part, 'provider istio: a VirtualService and two DestinationRules that it makes');
    case 'nginx': return native(part, 'provider nginx: a second Ingress that it makes');
    case 'traefik': return native(part, 'provider traefik: a TraefikService that it makes');
    case 'apisix': return native(part, 'provider apisix: a second ApisixRoute that it makes');
    case 'alb': return unsupported(part, 'no provider splits by an ALB; the AWS Gateway API controller works with TrafficRouter.gatewayApi()');
    case 'plugin': return unsupported(part, 'it has no plug-ins');
  }
}

function weightsRow({ weights, holds, intervalSeconds }: Schedule): CapabilityRow {
  const list = weights.map(weight => `${weight}%`).join(', ');
  if (weights.length === 0) {
    return unsupported('canary without weights', 'without a weight it sends no traffic; add Step.weight(…)');
  }
  const isEven = holds.every(hold => hold === intervalSeconds);
  return isEven
    ? native(`weights ${list}, each for ${intervalSeconds} s`, 'analysis.stepWeights and analysis.interval')
    : approximated(`weights ${list} for ${holds.join(', ')} s`, `there is one interval for all weights: each is kept for ${intervalSeconds} s`);
}

function leadRow({ leadSeconds, intervalSeconds }: Schedule): CapabilityRow {
  const part = `wait of ${leadSeconds} s before the first weight`;
  return leadSeconds <= intervalSeconds
    ? { ...native(part, `the first interval, of ${intervalSeconds} s, is without traffic`), support: Support.EMULATED }
    : { part, support: Support.UNSUPPORTED, how: `only the first interval, of ${intervalSeconds} s, is without traffic`, matters: false };
}

function approvalRows({ approvals: { atStart, between, atEnd } }: Schedule, options: FlaggerOptions): CapabilityRow[] {
  const gated = (part: string, how: string) => gateRow(part, how, options);
  return [
    ...(atStart ? [gated('approval before the first weight', 'a webhook of the type confirm-rollout, before the canary has pods')] : []),
    ...(between ? [unsupported('approval between two weights', 'it asks before the start, before every rise or before the promotion, '
      + 'never at one weight; put Step.approval() first or last')] : []),
    ...(atEnd ? [gated('approval after the last weight', 'a webhook of the type confirm-promotion')] : []),
  ];
}

function gateRow(part: string, how: string, { gate }: FlaggerOptions): CapabilityRow {
  return gate === undefined
    ? unsupported(part, 'a person answers through a gate: give RolloutEngine.flagger({ gate: \'http://flagger-loadtester.test/gate/check\' })')
    : { ...native(part, `${how}, at ${gate}`), support: Support.EMULATED };
}

function stepRows(step: StepPlan, router: RouterPlan, { mirrorPercent }: Schedule): CapabilityRow[] {
  switch (step.kind) {
    case 'experiment': return [unsupported('experiment', 'it compares no versions beside each other')];
    case 'header-route': return [unsupported('header route', 'requests are told apart by headers in A/B testing alone, which has no weights')];
    case 'mirror': return router.kind === 'istio' && mirrorPercent !== undefined
      ? [approximated('mirrored traffic', `analysis.mirror: ${step.percent}% for one interval, until the first weight`)]
      : [unsupported('mirrored traffic', router.kind === 'istio' ? 'it mirrors before the first weight alone' : `the provider of ${router.kind} mirrors in no canary`)];
    case 'scale': return step.scale.kind === 'match-traffic' ? []
      : [approximated('scale of the canary', 'it has as many pods as its autoscaler wants, or as the primary')];
    default: return [];
  }
}

function podRows({ replicas }: Described, { dynamicStableScale, minPodsPerSide = 0 }: CanaryPlan): CapabilityRow[] {
  return [
    ...(dynamicStableScale ? [approximated('stable pods that shrink', 'the primary keeps all its pods until the end')] : []),
    ...(minPodsPerSide > 0 ? [native(`at least ${minPodsPerSide} pods on each side`, `the canary has ${replicas.minimum} pods from the beginning`)] : []),
  ];
}

/** What keeps pods for a while that have no traffic any more; those that are said by default are no gap. */
function delayRows(plan: CanaryPlan | BlueGreenPlan): CapabilityRow[] {
  const { scaleDownDelaySeconds, abortScaleDownDelaySeconds, rollbackWindow } = plan;
  return [
    ...(scaleDownDelaySeconds === undefined && abortScaleDownDelaySeconds === undefined ? [] : [{
      part: 'old pods that stay for a while',
      support: Support.EMULATED,
      how: 'the route leaves pods before they are told to stop, and they drain as long as their grace period says',
      matters: false,
    }]),
    ...(rollbackWindow === undefined ? [] : [
      { part: 'rollback without steps', support: Support.UNSUPPORTED, how: 'a former version is judged as a new one', matters: false },
    ]),
  ];
}

function blueGreenRows(target: Described, plan: BlueGreenPlan, options: FlaggerOptions): CapabilityRow[] {
  const { intervalSeconds, iterations, metrics } = checksOf(plan);
  return [
    approximated('switch of all traffic', 'the primary is updated by a rolling update once the checks have passed: for that time both versions answer'),
    native('checks before the promotion', `analysis.iterations: ${iterations}, one every ${intervalSeconds} s`),
    promotionRow(plan, options),
    ...(plan.previewReplicas === undefined ? [] : [approximated(`preview of ${plan.previewReplicas} pods`, 'it has as many pods as its autoscaler wants, or as the primary')]),
    ...(plan.postPromotion.length > 0 ? [unsupported('analysis after the promotion', 'it watches nothing once a release is promoted; judge it before the promotion')] : []),
    ...metricRows(target, metrics, intervalSeconds, options),
    ...delayRows(plan),
  ];
}

function promotionRow({ promotion }: BlueGreenPlan, options: FlaggerOptions): CapabilityRow {
  switch (promotion.kind) {
    case 'automatic': return native('automatic promotion', 'after the last iteration');
    case 'after': return { ...native(`promotion after ${promotion.seconds} s`, 'as many further iterations'), support: Support.EMULATED };
    case 'approval': return gateRow('approval before the promotion', 'a webhook of the type confirm-promotion', options);
  }
}

function metricRows(target: Described, metrics: MetricPlan[], intervalSeconds: number, { version }: FlaggerOptions): CapabilityRow[] {
  const threshold = thresholdOf(metrics, intervalSeconds);
  return metrics.flatMap(metric => {
    const query = askedBy(target, metric, intervalSeconds);
    if (isFinding(query)) {
      return []; // an error of its own
    }
    const part = `metric ${metric.name}`;
    const fault = unaskable(query, version);
    if (fault !== undefined) {
      return [unsupported(part, fault)];
    }
    const noData = noDataOf(metric, query);
    return [
      metric.intervalSeconds === intervalSeconds && threshold === metric.toleratedFailures + 1
        ? native(part, `a MetricTemplate; the ${ordinal(threshold)} failed check of all metrics together undoes the release`)
        : approximated(part, `checked every ${intervalSeconds} s over that time; the ${ordinal(threshold)} failed check of all metrics together undoes the release`),
      { part: `no data for ${metric.name}`, ...noData, matters: true },
    ];
  });
}

function ordinal(number: number): string {
  const ending = [11, 12, 13].includes(number % 100) ? 'th' : { 1: 'st', 2: 'nd', 3: 'rd' }[number % 10] ?? 'th';
  return `${number}${ending}`;
}

function native(part: string, how: string): CapabilityRow {
  return { part, support: Support.NATIVE, how, matters: true };
}

function approximated(part: string, how: string): CapabilityRow {
  return { part, support: Support.APPROXIMATED, how, matters: true };
}

function unsupported(part: string, how: string): CapabilityRow {
  return { part, support: Support.UNSUPPORTED, how, matters: true };
}
