import { Duration } from 'cdk8s';
import * as messages from './messages';
import type { Metric } from './metric';
import { options, podsOrPercent, seconds, whole } from './numbers';
import type { BlueGreenPlan, CanaryPlan, PromotionPlan, StepPlan, StrategyPlan } from './plan';
import type { Promotion } from './promotion';
import { metricPlans, Step } from './step';
import { slowestAnalysisSeconds, totalSeconds } from './total-time';
import type { TrafficRouter } from './traffic-router';

/** Each step is looked at together with those before it, here and by every controller. */
const MOST_STEPS = 1000;

/** How pods are replaced in batches. */
export interface RollingUpdateOptions {
  /**
   * Pods beyond the wanted number, or a percentage of it.
   *
   * @default '25%'
   */
  readonly maxSurge?: any;

  /**
   * Pods that may be missing, or a percentage of the wanted number.
   *
   * @default 0
   */
  readonly maxUnavailable?: any;
}

/** How a canary grows. */
export interface CanaryOptions extends RollingUpdateOptions {
  /** The steps; after the last one the new version gets everything. */
  readonly steps: Step[];

  /**
   * What splits the traffic.
   *
   * @default TrafficRouter.none()
   */
  readonly router?: TrafficRouter;

  /**
   * What is watched in the background while the canary grows; when it fails, the rollout is undone.
   *
   * @default - nothing
   */
  readonly analysis?: Metric[];

  /**
   * The step from which the background analysis runs, counted from 0. Before it the new version may have no traffic to judge.
   *
   * @default - the first step after the first that sends requests to the new version
   */
  readonly analysisFromStep?: number;

  /**
   * Who says that the new version takes over after the last step.
   *
   * @default Promotion.automatic()
   */
  readonly promotion?: Promotion;

  /**
   * Whether the old version shrinks as the new one grows, instead of staying whole until the end.
   * Cheaper, and slower to undo. Needs a router.
   *
   * @default false
   */
  readonly dynamicStableScale?: boolean;

  /**
   * How many pods each side has at least. Needs a router.
   *
   * @default 2 - with a router, and where so many pods are wanted at all
   */
  readonly minPodsPerSide?: number;

  /**
   * How long old pods stay after traffic has left them. Needs a router.
   *
   * @default Duration.seconds(60)
   */
  readonly scaleDownDelay?: Duration;

  /**
   * How long the new pods stay after an abort, to be looked at. Needs a router.
   *
   * @default Duration.seconds(60)
   */
  readonly abortScaleDownDelay?: Duration;

  /**
   * Going back to one of so many former versions is done at once, without steps and analysis. A
   * version that was aborted counts as a former one, too.
   *
   * @default - none: a former version is judged as a new one
   */
  readonly rollbackWindow?: number;
}

/** How one whole set of pods takes over from another. */
export interface BlueGreenOptions {
  /**
   * What the new version is judged by before it gets traffic.
   *
   * @default - nothing but its readiness
   */
  readonly prePromotion?: Metric[];

  /**
   * What the new version is judged by with traffic; when it fails, traffic goes back.
   *
   * @default - nothing
   */
  readonly postPromotion?: Metric[];

  /**
   * Who says that it takes over.
   *
   * @default Promotion.automatic()
   */
  readonly promotion?: Promotion;

  /**
   * How many pods the new version has until it is promoted.
   *
   * @default - as many as the old one
   */
  readonly previewReplicas?: number;

  /**
   * How long the old pods stay after the switch, to go back to.
   *
   * @default - 60 seconds, or a minute longer than the analysis after the promotion
   */
  readonly scaleDownDelay?: Duration;

  /**
   * How long the new pods stay after an abort, to be looked at.
   *
   * @default Duration.seconds(60)
   */
  readonly abortScaleDownDelay?: Duration;

  /**
   * Going back to one of so many former versions is done at once, without steps and analysis. A
   * version that was aborted counts as a former one, too.
   *
   * @default - none: a former version is judged as a new one
   */
  readonly rollbackWindow?: number;
}

/** How a new version of a workload takes over from the old one. Free of any engine. */
export class RolloutStrategy {
  /**
   * New pods replace old ones in batches. The default: no request is lost, and nothing but
   * readiness is judged.
   *
   * @param props sizes of the batches. Throws FW606 for what is none, FW607 when nothing could move
   */
  public static rollingUpdate(props: RollingUpdateOptions = {}): RolloutStrategy {
    return new RolloutStrategy({ kind: 'rolling', ...batches(options('rolling update', props)) });
  }

  /**
   * All old pods stop before the first new one starts. For what must never run twice; there is
   * downtime with every release.
   *
   * @param reason why the downtime is accepted. Throws FW606 without one
   */
  public static recreate(reason: string): RolloutStrategy {
    if (typeof reason !== 'string' || reason.trim() === '') {
      throw messages.invalidStrategy.error('', { what: 'reason of a recreate', value: reason, fault: 'is empty: it accepts downtime with every release' });
    }
    return new RolloutStrategy({ kind: 'recreate', reason: reason.trim() });
  }

  /**
   * The new version gets a growing share, is watched meanwhile, and undone when a metric fails.
   *
   * @param props steps, router and metrics. Throws FW606 for what does not fit, FW613 for what needs a router
   */
  public static canary(props: CanaryOptions): RolloutStrategy {
    return new RolloutStrategy(canaryPlan(options('canary', props)));
  }

  /**
   * A whole second set of pods is started, judged, and takes over in one switch.
   *
   * @param props metrics and promotion. Throws FW606 for what does not fit, FW618 when the old pods would go too early
   */
  public static blueGreen(props: BlueGreenOptions = {}): RolloutStrategy {
    return new RolloutStrategy(blueGreenPlan(options('blue-green delivery', props)));
  }

  /** @internal */
  public readonly _plan: StrategyPlan;

  private constructor(plan: StrategyPlan) {
    this._plan = plan;
  }

  /**
   * What the strategy takes when nothing goes wrong, beyond the starts of pods: pauses, samples and
   * waits. Nothing when a person is waited for.
   */
  public get totalTime(): Duration | undefined {
    const total = totalSeconds(this._plan);
    return total === undefined ? undefined : Duration.seconds(total);
  }
}

function batches({ maxSurge = '25%', maxUnavailable = 0 }: RollingUpdateOptions) {
  podsOrPercent('maxSurge', maxSurge);
  podsOrPercent('maxUnavailable', maxUnavailable);
  if ([maxSurge, maxUnavailable].every(value => parseInt(String(value), 10) === 0)) {
    throw messages.stuckRollout.error('', { maxSurge, maxUnavailable });
  }
  return { maxSurge, maxUnavailable };
}

function canaryPlan(props: CanaryOptions): CanaryPlan {
  const { steps: given, router, promotion, dynamicStableScale = false, minPodsPerSide, scaleDownDelay, abortScaleDownDelay } = props;
  const refuse = (what: string, value: unknown, fault: string) => messages.invalidStrategy.error('', { what, value, fault });
  if (!Array.isArray(given) || given.length === 0 || [...given].some(step => typeof step?._plan?.kind !== 'string')) {
    throw refuse('list of steps', given, 'holds no Step');
  }
  if (given.length > MOST_STEPS) {
    throw refuse('number of steps', given.length, `is more than ${MOST_STEPS}`);
  }
  if (router !== undefined && typeof router?._plan?.kind !== 'string') {
    throw messages.invalidRouter.error('', { what: 'router', value: router, fault: 'is no TrafficRouter' });
  }
  const steps = [...given.map(step => step._plan), ...promotionSteps(promotionOf(promotion))];
  const routerPlan = router?._plan ?? { kind: 'none' };
  const isRouted = routerPlan.kind !== 'none';
  checkSteps(steps, isRouted);
  const needRouter = { dynamicStableScale: dynamicStableScale || undefined, minPodsPerSide, scaleDownDelay, abortScaleDownDelay };
  for (const [part, value] of Object.entries(needRouter)) {
    if (value !== undefined && !isRouted) {
      throw messages.needsRouter.error('', { part });
    }
  }
  if (dynamicStableScale && (scaleDownDelay ?? abortScaleDownDelay) !== undefined) {
    // Argo Rollouts refuses the first (validation.go), and hangs after an abort with the second up to 1.9 (#4900).
    throw refuse('scale-down delay', 'given', 'cannot be kept with dynamicStableScale: the old pods go as the new ones come');
  }
  return {
    kind: 'canary',
    steps,
    router: routerPlan,
    analysis: props.analysis === undefined ? [] : metricPlans('canary', props.analysis),
    analysisFromStep: analysisFromStep(props.analysisFromStep, steps),
    ...batches(props),
    dynamicStableScale,
    ...rollbackWindow(props.rollbackWindow),
    ...(isRouted ? {
      minPodsPerSide: whole('minimum of pods of each side', minPodsPerSide ?? 2, 1, 100),
      ...(dynamicStableScale ? {} : {
        scaleDownDelaySeconds: scaleDownDelay === undefined ? 60 : seconds('scale-down delay', scaleDownDelay, 1),
        abortScaleDownDelaySeconds: abortScaleDownDelay === undefined ? 60 : seconds('scale-down delay after an abort', abortScaleDownDelay, 1),
      }),
    } : {}),
  };
}

function promotionOf(promotion: Promotion | undefined): PromotionPlan {
  if (promotion !== undefined && typeof promotion?._plan?.kind !== 'string') {
    throw messages.invalidStrategy.error('', { what: 'promotion', value: promotion, fault: 'is no Promotion' });
  }
  return promotion?._plan ?? { kind: 'automatic' };
}

function promotionSteps(promotion: PromotionPlan): StepPlan[] {
  switch (promotion.kind) {
    case 'automatic': return [];
    case 'after': return [{ kind: 'pause', seconds: promotion.seconds }];
    case 'approval': return [{ kind: 'approval' }];
  }
}

/** Throws FW606 for steps that go backwards or contradict each other, FW613 for what only a router can do. */
function checkSteps(steps: StepPlan[], isRouted: boolean): void {
  let weight = -1;
  let scaled = false;
  const names = new Set<string>();
  for (const step of steps) {
    if (step.kind === 'weight') {
      if (step.weight <= weight) {
        throw messages.invalidStrategy.error('', { what: 'weight', value: step.weight, fault: `comes after ${weight}: a canary grows` });
      }
      if (scaled && step.weight > 0) {
        // 90% of the traffic on 10% of the pods (argo-rollouts docs/features/canary/index.md).
        throw messages.invalidStrategy.error('', { what: 'weight', value: step.weight, fault: 'comes after a fixed scale, which it would outgrow: put Step.scale(CanaryScale.matchTraffic()) before it' });
      }
      weight = step.weight;
    }
    if (step.kind === 'scale') {
      if (step.scale.kind === 'percent' && step.scale.percent < weight) {
        throw messages.invalidStrategy.error('', { what: 'size of the canary', value: step.scale.percent, fault: `is less than its share of the traffic, ${weight}%` });
      }
      scaled = step.scale.kind !== 'match-traffic';
    }
    if (!isRouted && (['scale', 'header-route', 'mirror'].includes(step.kind) || (step.kind === 'experiment' && step.weight !== undefined))) {
      throw messages.needsRouter.error('', { part: step.kind });
    }
    if (step.kind === 'experiment' && step.weight !== undefined) {
      const sides = step.baseline ? 2 : 1;
      if (step.weight * sides + Math.max(weight, 0) > 100) {
        // What is left for the stable pods would be less than nothing (rollout/trafficrouting.go, calculateWeightDestinationsFromExperiment).
        throw messages.invalidStrategy.error('', {
          what: 'weight of an experiment', value: step.weight, fault: `is more than is left beside a canary of ${weight}%, on ${sides === 2 ? 'each of two sides' : 'one side'}`,
        });
      }
    }
    if (step.kind === 'header-route' || step.kind === 'mirror') {
      if (names.has(step.name)) {
        throw messages.invalidStrategy.error('', { what: 'name of a route', value: step.name, fault: 'is taken by another step' });
      }
      names.add(step.name);
    }
  }
}

function analysisFromStep(given: number | undefined, steps: StepPlan[]): number {
  if (given !== undefined) {
    return whole('step from which the analysis runs', given, 0, steps.length - 1);
  }
  const first = steps.findIndex(step => step.kind === 'weight' ? step.weight > 0 : step.kind === 'header-route' || step.kind === 'mirror');
  return first === -1 ? 0 : Math.min(first + 1, steps.length - 1);
}

function blueGreenPlan(props: BlueGreenOptions): BlueGreenPlan {
  const prePromotion = metricPlans('analysis before the promotion', props.prePromotion ?? [], 0);
  const postPromotion = metricPlans('analysis after the promotion', props.postPromotion ?? [], 0);
  const analysis = slowestAnalysisSeconds(postPromotion);
  const delay = props.scaleDownDelay === undefined ? Math.max(60, analysis + 60) : seconds('scale-down delay', props.scaleDownDelay, 1);
  if (delay < analysis) {
    throw messages.analysisOutlasts.error('', { name: 'blue-green delivery', analysis, delay });
  }
  return {
    kind: 'blue-green',
    ...(props.previewReplicas === undefined ? {} : { previewReplicas: whole('number of preview pods', props.previewReplicas, 1) }),
    prePromotion,
    postPromotion,
    promotion: promotionOf(props.promotion),
    scaleDownDelaySeconds: delay,
    abortScaleDownDelaySeconds: props.abortScaleDownDelay === undefined ? 60 : seconds('scale-down delay after an abort', props.abortScaleDownDelay, 1),
    ...rollbackWindow(props.rollbackWindow),
  };
}

function rollbackWindow(revisions: number | undefined): { rollbackWindow?: number } {
  return revisions === undefined ? {} : { rollbackWindow: whole('rollback window', revisions, 1, 10) };
}
