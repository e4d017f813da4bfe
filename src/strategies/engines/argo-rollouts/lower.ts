import { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { analysisRef, analysisTemplate, Place } from './analysis';
import { RolloutAnalysis } from './analysis-props';
import { BlueGreenStrategyProps } from './blue-green';
import { CanaryStrategyProps } from './canary';
import { CanaryScale, CanaryStep } from './canary-step';
import { ReplicaSetSpecRef } from './experiment-step';
import { Rollout } from './rollout';
import { routing } from './routing';
import { Strategy } from './strategy';
import { StringMatch } from './string-match';
import { RolloutsVersion } from './version';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { podSelector } from '../../objects/deployment';
import { deliverRoute } from '../../objects/plain';
import { service } from '../../objects/service';
import type { BlueGreenPlan, CanaryPlan, HeaderMatchPlan, MetricPlan, StepPlan } from '../../plan';
import type { RolloutTarget } from '../../target';
import { sampledThroughout, slowestAnalysisSeconds } from '../../total-time';

/** The Rollout of a target, with its Services, its route and what judges it. */
export function lower(chart: Construct, target: RolloutTarget, plan: CanaryPlan | BlueGreenPlan, version: RolloutsVersion): void {
  const { name, labels, replicas, template, minReadySeconds, progressDeadlineSeconds, revisionHistoryLimit } = target;
  const strategy = plan.kind === 'canary'
    ? Strategy.canary(canary(chart, target, plan, version))
    : Strategy.blueGreen(blueGreen(chart, target, plan, version));
  const rollout = new Rollout(chart, 'rollout', {
    metadata: { name, labels },
    // An autoscaler owns the number; writing it here would reset it with every sync.
    ...(replicas.isAutoscaled ? {} : { replicas: replicas.minimum }),
    selector: { matchLabels: podSelector(target) },
    template,
    minReadySeconds,
    progressDeadlineSeconds: progressDeadlineSeconds + analysisDeadline(plan),
    // Without it a version that does not start keeps its share until a person looks (argo-rollouts #1593).
    progressDeadlineAbort: true,
    ...(revisionHistoryLimit === undefined ? {} : { revisionHistoryLimit }),
    ...(plan.rollbackWindow === undefined ? {} : { rollbackWindow: { revisions: plan.rollbackWindow } }),
    strategy,
    version,
  });
  Diagnostics.of(rollout)._leaveToModel('FW786'); // FW616 and FW617
  if (template.spec?.containers[0].lifecycle?.preStop) {
    Diagnostics.of(rollout)._leaveToModel('FW788'); // the pods wait before they stop
  }
  // Written, the number would be set back with every release. A new Rollout has one pod until its autoscaler acts, seconds later.
  Diagnostics.of(rollout)._leaveToModel('FW774');
  Diagnostics.of(rollout)._leaveToModel('FW771'); // FW439
}

/**
 * The deadline runs on while a blue-green rollout is judged (rollout/sync.go calculateRolloutConditions stops it for
 * steps of canaries alone): without this, a long analysis would abort every release.
 */
function analysisDeadline(plan: CanaryPlan | BlueGreenPlan): number {
  return plan.kind === 'blue-green' ? slowestAnalysisSeconds(plan.prePromotion) + slowestAnalysisSeconds(plan.postPromotion) : 0;
}

function canary(chart: Construct, target: RolloutTarget, plan: CanaryPlan, version: RolloutsVersion): CanaryStrategyProps {
  const analysis = (place: Place, metrics: MetricPlan[]) => judged(chart, target, place, metrics, version);
  const { maxSurge, maxUnavailable, scaleDownDelaySeconds, abortScaleDownDelaySeconds, dynamicStableScale, minPodsPerSide } = plan;
  const isRouted = plan.router.kind !== 'none' && target.service !== undefined;
  return {
    ...routing(chart, target, plan),
    maxSurge,
    maxUnavailable,
    ...(isRouted ? { scaleDownDelaySeconds, abortScaleDownDelaySeconds } : {}),
    ...(isRouted && dynamicStableScale ? { dynamicStableScale } : {}),
    // More than are wanted at all would never become available in 1.9 (argo-rollouts #4570).
    ...(isRouted && minPodsPerSide !== undefined ? { minPodsPerReplicaSet: Math.min(minPodsPerSide, target.replicas.minimum) } : {}),
    ...(plan.analysis.length > 0 ? { analysis: { ...analysis({ kind: 'background' }, plan.analysis), startingStep: plan.analysisFromStep } } : {}),
    steps: plan.steps.map((step, index) => stepOf(chart, target, step, index, version)),
  };
}

function stepOf(chart: Construct, target: RolloutTarget, step: StepPlan, index: number, version: RolloutsVersion): CanaryStep {
  switch (step.kind) {
    case 'weight': return CanaryStep.weight(step.weight);
    case 'pause': return CanaryStep.pause({ duration: `${step.seconds}s` });
    case 'approval': return CanaryStep.pause();
    case 'analysis': return CanaryStep.analysis(judged(chart, target, { kind: 'step', index }, step.metrics, version));
    case 'header-route': return CanaryStep.headerRoute({
      name: step.name,
      match: step.matches.map(match => ({ headerName: match.header, headerValue: stringMatch(match) })),
    });
    case 'mirror': return CanaryStep.mirrorRoute({
      name: step.name,
      match: [{ path: StringMatch.prefix('/') }],
      percentage: step.percent,
    });
    case 'scale': return CanaryStep.canaryScale(
      step.scale.kind === 'replicas' ? CanaryScale.replicas(step.scale.replicas)
        : step.scale.kind === 'percent' ? CanaryScale.weight(step.scale.percent) : CanaryScale.matchTrafficWeight());
    case 'experiment': {
      const place: Place = { kind: 'experiment', index };
      const [template] = judged(chart, target, place, sampledThroughout(step.metrics, step.seconds), version).templates;
      const side = (name: string, specRef: ReplicaSetSpecRef) => ({
        name, specRef, replicas: 1, ...(step.weight === undefined ? {} : { weight: step.weight }),
      });
      // Without a duration: after it the pods would go, whether they are judged or not (experiments/experiment.go, reconcileTemplate).
      return CanaryStep.experiment({
        templates: [...(step.baseline ? [side('baseline', ReplicaSetSpecRef.STABLE)] : []), side('candidate', ReplicaSetSpecRef.CANARY)],
        analyses: [{ name: 'candidate', templateName: template.templateName, requiredForCompletion: true }],
      });
    }
  }
}

function stringMatch({ how, value }: HeaderMatchPlan): StringMatch {
  return how === 'exact' ? StringMatch.exact(value) : how === 'prefix' ? StringMatch.prefix(value) : StringMatch.regex(value);
}

function blueGreen(chart: Construct, target: RolloutTarget, plan: BlueGreenPlan, version: RolloutsVersion): BlueGreenStrategyProps {
  const { name, service: reached } = target;
  const analysis = (place: Place, metrics: MetricPlan[]) => judged(chart, target, place, metrics, version);
  const services = { activeService: name, previewService: `${name}-preview` };
  if (reached) {
    new ApiObject(chart, 'service', service(target, reached, services.activeService));
    new ApiObject(chart, 'preview-service', service(target, reached, services.previewService));
    deliverRoute(chart, target, services.activeService);
  }
  const { promotion, previewReplicas, prePromotion, postPromotion, scaleDownDelaySeconds, abortScaleDownDelaySeconds } = plan;
  return {
    ...services,
    autoPromotionEnabled: promotion.kind !== 'approval',
    ...(promotion.kind === 'after' ? { autoPromotionSeconds: promotion.seconds } : {}),
    ...(previewReplicas === undefined ? {} : { previewReplicaCount: previewReplicas }),
    ...(prePromotion.length > 0 ? { prePromotionAnalysis: analysis({ kind: 'pre-promotion' }, prePromotion) } : {}),
    ...(postPromotion.length > 0 ? { postPromotionAnalysis: analysis({ kind: 'post-promotion' }, postPromotion) } : {}),
    scaleDownDelaySeconds,
    abortScaleDownDelaySeconds,
    // For restarts alone; 25% is the default, and a restart must not lose capacity either.
    maxUnavailable: 0,
  };
}

/** Makes the template of an analysis, and says how the Rollout runs it. */
function judged(chart: Construct, target: RolloutTarget, place: Place, metrics: MetricPlan[], version: RolloutsVersion): RolloutAnalysis {
  analysisTemplate(chart, target, place, metrics, version);
  return analysisRef(target, place);
}
