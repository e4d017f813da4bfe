import {
  AnalysisVerdict, RolloutPhase, SimulationOutcome, Timeline, TimelineEvent, TimelineEventKind, TimelineMeasurement, TimelineState, TimelineSummary,
} from '../../../src/simulation/timeline';

/* Timelines made by hand, so that what is drawn is known without a simulation. */

const WANTED = 10;

/** A state: everything that is not said is that of ten healthy pods of the old version. */
export function state(seconds: number, more: Partial<TimelineState> = {}): TimelineState {
  const stable = more.stablePods ?? WANTED;
  const canary = more.canaryPods ?? 0;
  return {
    seconds,
    weight: 0,
    replicas: WANTED,
    stablePods: stable,
    stableAvailable: stable,
    canaryPods: canary,
    canaryAvailable: canary,
    olderPods: 0,
    available: (more.stableAvailable ?? stable) + (more.canaryAvailable ?? canary) + (more.olderPods ?? 0),
    phase: RolloutPhase.PROGRESSING,
    ...more,
  };
}

/** An event. */
export function event(seconds: number, kind: TimelineEventKind, message: string, more: Partial<TimelineEvent> = {}): TimelineEvent {
  return {
    seconds,
    kind,
    message,
    phase: RolloutPhase.PROGRESSING,
    weight: 0,
    stableDesired: WANTED,
    stableAvailable: WANTED,
    canaryDesired: 0,
    canaryAvailable: 0,
    olderDesired: 0,
    olderAvailable: 0,
    ...more,
  };
}

/** A measurement. */
export function measurement(
  seconds: number, metric: string, value: number | undefined, verdict: AnalysisVerdict, more: Partial<TimelineMeasurement> = {},
): TimelineMeasurement {
  return { seconds, analysis: 'background', metric, value, result: value === undefined ? 'no answer' : `[${value}]`, verdict, dryRun: false, ...more };
}

/** Figures. */
export function summary(outcome: SimulationOutcome, totalSeconds: number, more: Partial<TimelineSummary> = {}): TimelineSummary {
  return {
    outcome,
    totalSeconds,
    settledSeconds: totalSeconds,
    peakPods: 20,
    extraPods: 10,
    worstAvailablePods: 10,
    worstCapacity: 1,
    requests: totalSeconds * 100,
    exposedRequests: totalSeconds * 30,
    exposure: 0.3,
    requestsAfterAbort: 0,
    ...more,
  };
}

/** What differs from a healthy, empty timeline. */
export interface Made {
  readonly name?: string;
  readonly events?: TimelineEvent[];
  readonly states?: TimelineState[];
  readonly measurements?: TimelineMeasurement[];
  readonly summary?: TimelineSummary;
}

export function timeline({ name = 'checkout', events = [], states = [state(0)], measurements = [], summary: figures }: Made = {}): Timeline {
  return new Timeline({ name, events, states, measurements, summary: figures ?? summary(SimulationOutcome.PROMOTED, 600) });
}

const WEIGHTS = [5, 20, 50, 80];

/** A routed canary of 10 pods: 5, 20, 50 and 80 per cent for six minutes each, watched every minute. */
export function promotedCanary(): Timeline {
  const states = [state(0, { stepIndex: 0 })];
  const events = [event(0, TimelineEventKind.DEPLOYED, 'the new revision is applied')];
  WEIGHTS.forEach((weight, i) => {
    const at = i * 370;
    const pods = Math.ceil(weight / 10);
    const before = i === 0 ? 0 : Math.ceil(WEIGHTS[i - 1] / 10);
    const old = i === 0 ? 0 : WEIGHTS[i - 1];
    states.push(state(at + 1, { weight: old, canaryPods: pods, canaryAvailable: before, stepIndex: i * 2 }));
    states.push(state(at + 10, { weight, canaryPods: pods, phase: RolloutPhase.PAUSED, stepIndex: i * 2 + 1 }));
    events.push(event(at + 1, TimelineEventKind.SCALED, `the new revision gets ${pods} pods`, { canaryDesired: pods, weight: old, stepIndex: i * 2 }));
    events.push(event(at + 10, TimelineEventKind.TRAFFIC, `the router gives ${weight} % to the new revision`, { canaryDesired: pods, canaryAvailable: pods, weight, stepIndex: i * 2 }));
    events.push(event(at + 10, TimelineEventKind.PAUSED, 'paused for 6 min', { canaryDesired: pods, canaryAvailable: pods, weight, phase: RolloutPhase.PAUSED, stepIndex: i * 2 + 1 }));
  });
  states.push(state(1480, { weight: 80, canaryPods: 10, canaryAvailable: 8, stepIndex: 8 }));
  states.push(state(1490, { weight: 100, canaryPods: 10, stablePods: 10, stepIndex: 8, phase: RolloutPhase.HEALTHY }));
  states.push(state(1520, { weight: 100, canaryPods: 10, stablePods: 0, stepIndex: 8, phase: RolloutPhase.HEALTHY }));
  states.push(state(1800, { weight: 100, canaryPods: 10, stablePods: 0, stepIndex: 8, phase: RolloutPhase.HEALTHY }));
  events.push(event(10, TimelineEventKind.ANALYSIS_STARTED, 'the background analysis starts'));
  events.push(event(1490, TimelineEventKind.PROMOTED, 'the new revision is the stable one', { weight: 100, canaryDesired: 10, canaryAvailable: 10, phase: RolloutPhase.HEALTHY }));
  events.push(event(1490, TimelineEventKind.ANALYSIS_FINISHED, 'the background analysis is successful', { weight: 100, canaryDesired: 10, canaryAvailable: 10 }));
  events.sort((a, b) => a.seconds - b.seconds);
  const measurements: TimelineMeasurement[] = [];
  for (let t = 70; t < 1490; t += 60) {
    measurements.push(measurement(t, 'success-rate', 0.997 + (t % 7) / 4000, AnalysisVerdict.SUCCESSFUL));
    measurements.push(measurement(t, 'latency-p99', t === 670 ? undefined : 180 + (t % 11) * 6, t === 670 ? AnalysisVerdict.ERROR : AnalysisVerdict.SUCCESSFUL));
  }
  const figures = { settledSeconds: 1520, exposure: 0.372, requests: 149_000, exposedRequests: 55_430 };
  return timeline({ events, states, measurements, summary: summary(SimulationOutcome.PROMOTED, 1490, figures) });
}

/** The same canary with an error rate that rises at three minutes. */
export function abortedCanary(): Timeline {
  const reason = 'Metric "error-rate" assessed Failed due to failed (3) > failureLimit (2)';
  return timeline({
    events: [
      event(0, TimelineEventKind.DEPLOYED, 'the new revision is applied'),
      event(10, TimelineEventKind.TRAFFIC, 'the router gives 5 % to the new revision', { weight: 5, canaryDesired: 1, canaryAvailable: 1, stepIndex: 0 }),
      event(10, TimelineEventKind.ANALYSIS_STARTED, 'the background analysis starts', { weight: 5, canaryDesired: 1, canaryAvailable: 1, stepIndex: 1 }),
      event(250, TimelineEventKind.ANALYSIS_FINISHED, `the background analysis failed: ${reason}`, { weight: 5, canaryDesired: 1, canaryAvailable: 1, stepIndex: 1 }),
      event(250, TimelineEventKind.ABORTED, 'the update is aborted', { phase: RolloutPhase.DEGRADED, stepIndex: 0, canaryDesired: 1, canaryAvailable: 1 }),
      event(280, TimelineEventKind.SCALED, 'the new revision gets 0 pods', { phase: RolloutPhase.DEGRADED, stepIndex: 0 }),
    ],
    states: [
      state(0, { stepIndex: 0, canaryPods: 1, canaryAvailable: 0 }),
      state(10, { stepIndex: 1, weight: 5, canaryPods: 1, phase: RolloutPhase.PAUSED }),
      state(250, { stepIndex: 0, canaryPods: 1, phase: RolloutPhase.DEGRADED }),
      state(280, { stepIndex: 0, phase: RolloutPhase.DEGRADED }),
      state(310, { stepIndex: 0, phase: RolloutPhase.DEGRADED }),
    ],
    measurements: [40, 70, 100, 130, 160, 190, 220, 250].map(t => t < 190
      ? measurement(t, 'error-rate', 0, AnalysisVerdict.SUCCESSFUL)
      : measurement(t, 'error-rate', 0.05, AnalysisVerdict.FAILED)),
    summary: summary(SimulationOutcome.ABORTED, 250, {
      reason,
      secondsToAbort: 250,
      settledSeconds: 280,
      peakPods: 11,
      extraPods: 1,
      exposure: 0.0048,
      requests: 25_000,
      exposedRequests: 1200,
      requestsAfterAbort: 5,
    }),
  });
}

/** Blue-green of 6 pods, judged before and after the switch. */
export function blueGreen(): Timeline {
  const six = { replicas: 6, stablePods: 6 };
  const both = { canaryDesired: 6, canaryAvailable: 6, stableDesired: 6, stableAvailable: 6 };
  return timeline({
    name: 'payment',
    events: [
      event(0, TimelineEventKind.DEPLOYED, 'the new revision is applied', { stableDesired: 6, stableAvailable: 6 }),
      event(25, TimelineEventKind.ANALYSIS_STARTED, 'the analysis before the promotion starts', both),
      event(325, TimelineEventKind.ANALYSIS_FINISHED, 'the analysis before the promotion is successful', both),
      event(325, TimelineEventKind.TRAFFIC, 'the active Service selects the new revision', { ...both, weight: 100 }),
      event(325, TimelineEventKind.ANALYSIS_STARTED, 'the analysis after the promotion starts', { ...both, weight: 100 }),
      event(625, TimelineEventKind.ANALYSIS_FINISHED, 'the analysis after the promotion is successful', { ...both, weight: 100 }),
      event(625, TimelineEventKind.PROMOTED, 'the new revision is the stable one', { ...both, weight: 100, phase: RolloutPhase.HEALTHY }),
    ],
    states: [
      state(0, { ...six, canaryPods: 6, canaryAvailable: 0 }),
      state(12, { ...six, canaryPods: 6, canaryAvailable: 3 }),
      state(25, { ...six, canaryPods: 6, phase: RolloutPhase.PAUSED }),
      state(325, { ...six, canaryPods: 6, weight: 100 }),
      state(625, { ...six, canaryPods: 6, weight: 100, phase: RolloutPhase.HEALTHY }),
      state(685, { ...six, canaryPods: 6, stablePods: 0, weight: 100, phase: RolloutPhase.HEALTHY }),
      state(720, { ...six, canaryPods: 6, stablePods: 0, weight: 100, phase: RolloutPhase.HEALTHY }),
    ],
    measurements: [
      ...[85, 145, 205, 265, 325].map(t => measurement(t, 'smoke-test', undefined, AnalysisVerdict.SUCCESSFUL, { analysis: 'pre-promotion', result: 'true' })),
      ...[385, 445, 505, 565, 625].map(t => measurement(t, 'success-rate', t === 445 ? 0.93 : 0.999, t === 445 ? AnalysisVerdict.INCONCLUSIVE : AnalysisVerdict.SUCCESSFUL, { analysis: 'post-promotion' })),
    ],
    summary: summary(SimulationOutcome.PROMOTED, 625, {
      settledSeconds: 685, peakPods: 12, extraPods: 6, exposure: 0.48, requests: 62_500, exposedRequests: 30_000,
    }),
  });
}

/** New pods that crash: the deadline passes, and nothing undoes the update. */
export function stuck(): Timeline {
  const crashing = { canaryPods: 3, stablePods: 8, canaryDesired: 3 };
  const states = [state(0, { ...crashing, canaryAvailable: 0 })];
  for (let t = 20; t < 600; t += 60) {
    states.push(state(t, { ...crashing, canaryAvailable: 1 }), state(t + 12, { ...crashing, canaryAvailable: 0 }));
  }
  const degraded = { ...crashing, canaryAvailable: 0, phase: RolloutPhase.DEGRADED };
  states.push(state(600, degraded), state(4200, degraded));
  return timeline({
    events: [
      event(0, TimelineEventKind.DEPLOYED, 'the new revision is applied'),
      event(600, TimelineEventKind.TIMED_OUT, 'ReplicaSet has timed out progressing', { phase: RolloutPhase.DEGRADED, canaryDesired: 3, stableDesired: 8, stableAvailable: 8 }),
      event(1800, TimelineEventKind.ACTION, 'a person promotes', { phase: RolloutPhase.DEGRADED, canaryDesired: 3, stableDesired: 8, stableAvailable: 8 }),
    ],
    states,
    summary: summary(SimulationOutcome.STUCK, 4200, { reason: 'the progress deadline of 10 min passed', worstAvailablePods: 8, worstCapacity: 0.8, peakPods: 11, extraPods: 1, exposure: 0.01 }),
  });
}

/** One pod, ten seconds. */
export function tiny(): Timeline {
  return timeline({
    name: 'cron',
    events: [
      event(0, TimelineEventKind.DEPLOYED, 'the new revision is applied'),
      event(10, TimelineEventKind.PROMOTED, 'the new revision is the stable one', { phase: RolloutPhase.HEALTHY }),
    ],
    states: [
      state(0, { replicas: 1, stablePods: 1, canaryPods: 1, canaryAvailable: 0 }),
      state(8, { replicas: 1, stablePods: 1, canaryPods: 1, weight: 50 }),
      state(10, { replicas: 1, stablePods: 0, canaryPods: 1, weight: 100, phase: RolloutPhase.HEALTHY }),
    ],
    summary: summary(SimulationOutcome.PROMOTED, 10, {
      peakPods: 2, extraPods: 1, worstAvailablePods: 1, requests: 1000, exposedRequests: 100, exposure: 0.1,
    }),
  });
}

/** 5000 pods for a day, with a state every ten seconds, a measurement of six metrics every minute and 400 actions. */
export function huge(): Timeline {
  const states: TimelineState[] = [];
  const events: TimelineEvent[] = [event(0, TimelineEventKind.DEPLOYED, 'the new revision is applied')];
  const measurements: TimelineMeasurement[] = [];
  for (let t = 0; t <= 86_400; t += 10) {
    const share = Math.floor(t / 864) / 100;
    const canary = Math.round(5000 * share);
    states.push(state(t, {
      replicas: 5000,
      stablePods: 5000 - canary + 100,
      canaryPods: canary,
      canaryAvailable: Math.max(0, canary - (t % 70)),
      olderPods: t < 40_000 ? 60 : 0,
      weight: share * 100,
      stepIndex: Math.floor(t / 864),
      phase: t < 86_400 ? RolloutPhase.PROGRESSING : RolloutPhase.HEALTHY,
    }));
    if (t % 60 === 0) {
      for (const metric of ['success-rate', 'latency-p50', 'latency-p99', 'cpu', 'queue-depth', 'restarts']) {
        measurements.push(measurement(t, metric, 0.99 + (t % 13) / 2000, t % 5040 === 0 && metric === 'cpu' ? AnalysisVerdict.FAILED : AnalysisVerdict.SUCCESSFUL));
      }
    }
    if (t % 210 === 0 && t > 0) {
      events.push(event(t, TimelineEventKind.ACTION, `replicas are set to ${5000 + t % 7}`, { weight: share * 100 }));
    }
  }
  events.push(event(86_400, TimelineEventKind.PROMOTED, 'the new revision is the stable one', { weight: 100 }));
  return timeline({ name: 'everything', events, states, measurements, summary: summary(SimulationOutcome.PROMOTED, 86_400, { peakPods: 5160, extraPods: 160, worstAvailablePods: 4931, worstCapacity: 0.986 }) });
}
