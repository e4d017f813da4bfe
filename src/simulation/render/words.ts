import { AnalysisVerdict, SimulationOutcome, TimelineMeasurement, TimelineSummary } from '../timeline';
import { countText, durationText, numberText, shareText } from './format';

/** How it ended, in a few words: `aborted after 3 min 40 s`. */
export function headline(summary: TimelineSummary): string {
  const total = durationText(summary.totalSeconds);
  switch (summary.outcome) {
    case SimulationOutcome.PROMOTED: return `promoted after ${total}`;
    case SimulationOutcome.ABORTED: return `aborted after ${durationText(summary.secondsToAbort ?? summary.totalSeconds)}`;
    case SimulationOutcome.ROLLED_BACK: return `rolled back after ${total}`;
    case SimulationOutcome.PAUSED: return `waits for a person, ${total} after the update`;
    case SimulationOutcome.STUCK: return `stuck after ${total}`;
    case SimulationOutcome.UNFINISHED: return `not finished after ${total}`;
  }
}

/** What a person on call wants to know, in whole sentences. */
export function sentences(summary: TimelineSummary): string[] {
  return [outcomeSentence(summary), ...exposureSentences(summary), podSentence(summary), ...capacitySentences(summary)];
}

function outcomeSentence(summary: TimelineSummary): string {
  const { outcome, reason, totalSeconds, settledSeconds } = summary;
  const total = durationText(totalSeconds);
  const because = reason ? `: ${reason.replace(/[.\s]+$/, '')}` : '';
  switch (outcome) {
    case SimulationOutcome.PROMOTED:
      return `The new version took over after ${total}.${settledSeconds > totalSeconds ? ` The old pods were gone after ${durationText(settledSeconds)}.` : ''}`;
    case SimulationOutcome.ABORTED:
      return `The update was undone after ${durationText(summary.secondsToAbort ?? totalSeconds)}${because}. The old version has the traffic.`;
    case SimulationOutcome.ROLLED_BACK:
      return `A former version was applied again and runs everywhere after ${total}${because}.`;
    case SimulationOutcome.PAUSED:
      return `The update waits until a person acts${because}.`;
    case SimulationOutcome.STUCK:
      return `The update is stuck${because}. Nothing undoes it by itself: a person must abort it, or repair the new version.`;
    case SimulationOutcome.UNFINISHED:
      return `The update had not ended when the simulated time was over, after ${total}${because}.`;
  }
}

function exposureSentences({ outcome, requests, exposedRequests, exposure, requestsAfterAbort, secondsToAbort }: TimelineSummary): string[] {
  if (requests <= 0) {
    return [];
  }
  const share = `${numberText(Math.round(exposedRequests))} of ${numberText(Math.round(requests))} requests (${shareText(exposure)})`;
  return [
    secondsToAbort === undefined
      ? `${outcome === SimulationOutcome.PROMOTED ? 'Until then' : 'So far'} the new version served ${share}.`
      : `Until the abort the new version served ${share}.`,
    ...(requestsAfterAbort > 0 ? [`After it, ${countText(Math.round(requestsAfterAbort), 'request')} more.`] : []),
  ];
}

function podSentence({ peakPods, extraPods }: TimelineSummary): string {
  return `At most ${countText(peakPods, 'pod')} ran at one time, ${extraPods > 0 ? `${numberText(extraPods)} more than wanted` : 'none more than wanted'}.`;
}

function capacitySentences({ worstCapacity, worstAvailablePods }: TimelineSummary): string[] {
  return worstCapacity >= 1
    ? ['There were always enough pods for the traffic.']
    : [`At the worst moment there were ${shareText(worstCapacity)} of the pods that the traffic needs (${countText(worstAvailablePods, 'pod')} available).`];
}

/** Measurements of one metric in one analysis, one after the other with one verdict. */
export interface MeasurementRun {
  readonly verdict: AnalysisVerdict;
  readonly count: number;
  readonly from: number;
  readonly to: number;
  /** The lowest and the highest number, or what stands in the place of one. */
  readonly values: string;
}

/** All measurements of one metric in one analysis. */
export interface MeasuredMetric {
  readonly metric: string;
  readonly analysis: string;
  readonly dryRun: boolean;
  readonly measurements: readonly TimelineMeasurement[];
}

/** The measurements by analysis and metric, in the order in which they began. */
export function byMetric(measurements: readonly TimelineMeasurement[]): MeasuredMetric[] {
  const groups = new Map<string, TimelineMeasurement[]>();
  for (const measurement of measurements) {
    const key = JSON.stringify([measurement.analysis, measurement.metric, measurement.dryRun]);
    const group = groups.get(key);
    if (group) {
      group.push(measurement);
    } else {
      groups.set(key, [measurement]);
    }
  }
  return [...groups.values()].map(group => ({ metric: group[0].metric, analysis: group[0].analysis, dryRun: group[0].dryRun, measurements: group }));
}

/** Runs of equal verdicts. */
export function runsOf(measurements: readonly TimelineMeasurement[]): MeasurementRun[] {
  const runs: TimelineMeasurement[][] = [];
  for (const measurement of measurements) {
    const last = runs.at(-1);
    if (last?.[0].verdict === measurement.verdict) {
      last.push(measurement);
    } else {
      runs.push([measurement]);
    }
  }
  return runs.map(run => ({
    verdict: run[0].verdict,
    count: run.length,
    from: run[0].seconds,
    to: run[run.length - 1].seconds,
    values: valuesOf(run),
  }));
}

/** The numbers of measurements as text: one, a range, or the result of the first where there is none. */
export function valuesOf(measurements: readonly TimelineMeasurement[]): string {
  let low = Infinity;
  let high = -Infinity;
  for (const { value } of measurements) {
    if (value !== undefined && Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (low > high) {
    return measurements[0].result;
  }
  return low === high ? numberText(low) : `${numberText(low)} to ${numberText(high)}`;
}

const GRAVITY = [AnalysisVerdict.RUNNING, AnalysisVerdict.SUCCESSFUL, AnalysisVerdict.INCONCLUSIVE, AnalysisVerdict.ERROR, AnalysisVerdict.FAILED];

/** The gravest verdict among measurements. */
export function gravest(measurements: readonly TimelineMeasurement[]): AnalysisVerdict {
  return measurements.map(m => m.verdict).reduce((a, b) => GRAVITY.indexOf(b) > GRAVITY.indexOf(a) ? b : a);
}
