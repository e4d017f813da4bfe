import { AnalysisRun } from './analysis-run';
import { applyConditions } from './conditions';
import { ExperimentRun } from './experiment-run';
import type { Pass } from './pass';
import type { CanaryPlan, StepPlan } from './plan';
import { STEADY } from './pods';
import { atDesiredCounts, basicCounts, fenceposts, routedCounts } from './replicas';
import { paused } from './state';
import { TimelineEventKind as Kind } from './timeline';
import { reconcileServices, reconcileTraffic } from './weights';

/*
 * One reconciliation of a canary. Follows rollout/canary.go, analysis.go and experiment.go of Argo Rollouts 1.9.1.
 */

export function reconcileCanary(pass: Pass, plan: CanaryPlan): void {
  if (pass.status.current !== pass.target) {
    return syncReset(pass, plan);
  }
  if (plan.routed) {
    reconcileServices(pass);
  }
  reconcileTraffic(pass, plan);
  reconcileExperiments(pass, plan);
  reconcileAnalysis(pass, plan);
  if (!pass.addsPause && !scaleCanary(pass, plan)) {
    reconcilePause(pass, plan);
  }
  syncStatus(pass, plan);
}

function currentStep(pass: Pass, plan: CanaryPlan): StepPlan | undefined {
  return plan.steps[pass.status.stepIndex ?? 0];
}

/** reconcileCanaryReplicaSets: stable, then canary, then the others; one of them at a time. Returns whether something was scaled. */
export function scaleCanary(pass: Pass, plan: CanaryPlan): boolean {
  const { target, stable, status, replicas, others } = pass;
  if (pass.halted) {
    return false;
  }
  pass.removeDeadlines();
  if (stable && stable !== target) {
    // The weights before this pass: the stable pods are scaled after the traffic has moved.
    const desired = plan.routed ? routedCounts(plan, status, replicas, target, stable, status.weights)
      : basicCounts(plan, status, replicas, target, stable, others);
    if (pass.scale(stable, desired.stable)) {
      return true;
    }
  }
  const desired = plan.routed ? routedCounts(plan, status, replicas, target, stable, pass.next.weights)
    : basicCounts(plan, status, replicas, target, stable, others);
  return pass.scaleTarget(desired.canary) || scaleOthers(pass, plan);
}

/** scaleDownOldReplicaSetsForCanary. */
function scaleOthers(pass: Pass, plan: CanaryPlan): boolean {
  const { others, replicas, cluster, stable, target } = pass;
  let scaled = false;
  for (const set of others) {
    if (set.spec > set.available) {
      scaled = pass.scale(set, set.available) || scaled; // unhealthy pods go first
    }
  }
  const available = others.reduce((sum, set) => sum + set.available, target.available + (stable && stable !== target ? stable.available : 0));
  let most = available - (replicas - fenceposts(plan.maxSurge, plan.maxUnavailable, replicas).unavailable);
  if (most <= 0) {
    return scaled;
  }
  let marked = 0;
  for (const set of [...others].reverse()) {
    if (plan.routed && (set === cluster.canaryService || set === cluster.stableService || set === pass.status.weights?.canary
      || set === pass.status.weights?.stable)) {
      continue; // traffic still leads to it
    }
    if (most <= 0) {
      break;
    }
    let wanted = 0;
    if (set.spec === 0) {
      continue;
    } else if (!plan.routed) {
      wanted = Math.max(0, set.spec - most);
    } else if ((pass.fullyPromoted || set.deadline !== undefined) && !plan.dynamicStableScale) {
      ({ marked, replicas: wanted } = pass.delayedScaleDown(set, marked, set.spec));
    }
    if (set.spec !== wanted) {
      most -= set.spec - wanted;
      scaled = pass.scale(set, wanted) || scaled;
    }
  }
  return scaled;
}

/** reconcileCanaryPause: begins the pause of a pause step. */
function reconcilePause(pass: Pass, plan: CanaryPlan): void {
  const { status, cluster } = pass;
  if (!cluster.paused && !status.promoteFull && currentStep(pass, plan)?.kind === 'pause' && !paused(status, 'CanaryPauseStep') && !status.controllerPause) {
    pass.addPause('CanaryPauseStep');
  }
}

/** When the current pause is over by itself; Infinity for never. */
export function pauseEnd(pass: Pick<Pass, 'status'>, plan: CanaryPlan): number {
  const step = plan.steps[pass.status.stepIndex ?? 0];
  const pause = paused(pass.status, 'CanaryPauseStep');
  return step?.kind === 'pause' && step.duration !== undefined && pause ? pause.at + step.duration : Infinity;
}

/** completedCurrentCanaryStep. */
function completedStep(pass: Pass, plan: CanaryPlan, experiment: ExperimentRun | undefined): boolean {
  const { status, target, stable, others, replicas, next } = pass;
  const step = currentStep(pass, plan);
  if (pass.cluster.paused || !step) {
    return false;
  }
  switch (step.kind) {
    case 'pause':
      return (status.controllerPause && !paused(status, 'CanaryPauseStep')) || pauseEnd(pass, plan) <= pass.now;
    case 'setCanaryScale':
    case 'setWeight':
      return atDesiredCounts(plan, status, replicas, target, stable, others, next.weights);
    case 'experiment':
      return experiment?.phase === 'Successful';
    case 'analysis':
      return step.analysis === undefined ? false : next.stepRun?.phase === 'Successful';
    case 'setHeaderRoute':
    case 'setMirrorRoute':
      return true;
  }
}

/** reconcileExperiments. */
function reconcileExperiments(pass: Pass, plan: CanaryPlan): void {
  const { status, cluster, next } = pass;
  const cancel = (): void => {
    for (const experiment of cluster.experiments) {
      cluster.changed = experiment.cancel() || cluster.changed;
    }
  };
  if (pass.aborted || status.promoteFull) {
    return cancel();
  }
  if (paused(status, 'InconclusiveAnalysisRun')) {
    next.experiment = status.experiment;
    return;
  }
  const step = currentStep(pass, plan);
  if (step?.kind !== 'experiment') {
    return cancel();
  }
  let { experiment } = status;
  if (!experiment) {
    if (!pass.stable) {
      return;
    }
    experiment = new ExperimentRun(step.experiment, {
      now: pass.now,
      title: `experiment step ${(status.stepIndex ?? 0) + 1}`,
      minReady: cluster.plan.minReady,
      progressDeadline: cluster.plan.progressDeadline,
      canaryPods: pass.target.timing,
      stablePods: STEADY,
    });
    cluster.experiments.push(experiment);
    cluster.changed = true;
    cluster.report.event(Kind.ANALYSIS_STARTED, `${experiment.title} begins`);
  }
  switch (experiment.phase) {
    case 'Inconclusive': pass.addPause('InconclusiveExperiment'); break;
    case 'Error':
    case 'Failed': pass.addAbort(`the experiment is ${experiment.phase}${experiment.message ? `: ${experiment.message}` : ''}`); break;
    case 'Running': next.experiment = experiment; break;
    case 'Successful': break;
  }
}

/** reconcileAnalysisRuns of a canary. */
function reconcileAnalysis(pass: Pass, plan: CanaryPlan): void {
  const { status, next } = pass;
  if (pass.skipsAnalysis) {
    next.stepRun = status.stepRun;
    next.stepRunIndex = status.stepRunIndex;
    next.backgroundRun = status.backgroundRun;
    pass.cancel(...pass.cluster.runs);
    return;
  }
  reconcileStepRun(pass, plan);
  reconcileBackgroundRun(pass, plan);
  pass.cancel(...pass.cluster.runs.filter(run => run !== next.stepRun && run !== next.backgroundRun));
}

function reconcileStepRun(pass: Pass, plan: CanaryPlan): void {
  const { status, next } = pass;
  const index = status.stepIndex ?? 0;
  if (status.pauses.length > 0 || status.abort) {
    next.stepRun = status.stepRun;
    next.stepRunIndex = status.stepRunIndex;
    return;
  }
  const step = currentStep(pass, plan);
  if (step?.kind !== 'analysis' || !step.analysis || (status.stepRun && status.stepRunIndex !== index)) {
    return; // a run of another step is cancelled
  }
  next.stepRunIndex = index;
  if (pass.needsRun(status.stepRun)) {
    next.stepRun = start(pass, new AnalysisRun(step.analysis, `step ${index + 1}`, pass.now));
    return;
  }
  next.stepRun = status.stepRun;
  pass.react(status.stepRun, `the analysis of step ${index + 1}`);
}

function reconcileBackgroundRun(pass: Pass, plan: CanaryPlan): void {
  const { status, next } = pass;
  const before = plan.steps.length > 0 && (status.stepIndex ?? 0) < plan.startingStep;
  if (!plan.analysis || pass.fullyPromoted || before) {
    return;
  }
  if (paused(status, 'InconclusiveAnalysisRun')) {
    next.backgroundRun = status.backgroundRun;
  } else if (pass.needsRun(status.backgroundRun)) {
    next.backgroundRun = start(pass, new AnalysisRun(plan.analysis, 'background', pass.now));
  } else {
    next.backgroundRun = status.backgroundRun;
    pass.react(status.backgroundRun, 'the background analysis');
  }
}

export function start(pass: Pass, run: AnalysisRun): AnalysisRun {
  pass.cluster.runs.push(run);
  pass.cluster.changed = true;
  pass.cluster.report.event(Kind.ANALYSIS_STARTED, `analysis begins: ${run.title}`);
  return run;
}

/** syncRolloutStatusCanary where the template changed. */
function syncReset(pass: Pass, plan: CanaryPlan): void {
  const { next, target, status } = pass;
  pass.countPods();
  pass.reset();
  if (plan.steps.length > 0 && (status.stable === target || (pass.rollbackWithinWindow && target.spec > 0))) {
    next.stepIndex = plan.steps.length;
    pass.cluster.report.event(Kind.STEP, 'the steps are skipped: this revision runs already');
  }
  applyConditions(pass);
}

/** syncRolloutStatusCanary. */
function syncStatus(pass: Pass, plan: CanaryPlan): void {
  const { next, status } = pass;
  const steps = plan.steps.length;
  pass.countPods();
  let index = steps > 0 ? status.stepIndex ?? 0 : undefined;
  if (status.promoteFull || pass.rollbackWithinWindow) {
    pass.clearPauses();
    pass.removeAbort();
    index = steps > 0 ? steps : undefined;
  }
  const reason = pass.promotionReason();
  if (reason !== undefined) {
    pass.promote(reason);
  } else if (pass.aborted) {
    next.stepIndex = steps > 0 ? (next.stable === next.current ? steps : 0) : undefined;
  } else {
    if (index !== undefined && index < steps && completedStep(pass, plan, status.experiment)) {
      pass.cluster.report.event(Kind.STEP, `step ${index + 1} of ${steps} is done: ${stepText(plan.steps[index])}`);
      index++;
      next.stepRun = undefined;
      pass.removePause('CanaryPauseStep');
    }
    next.stepIndex = index;
  }
  applyConditions(pass);
}

export function stepText(step: StepPlan): string {
  switch (step.kind) {
    case 'setWeight': return `setWeight ${step.weight}`;
    case 'pause': return step.duration === undefined ? 'pause' : `pause ${step.duration / 1000} s`;
    case 'setCanaryScale': return `setCanaryScale ${step.scale.matchTrafficWeight ? 'by weight' : step.scale.replicas ?? `${step.scale.weight ?? 0} %`}`;
    case 'setHeaderRoute': return `setHeaderRoute ${step.name}`;
    case 'setMirrorRoute': return `setMirrorRoute ${step.name} ${step.percentage} %`;
    default: return step.kind;
  }
}
