import { AnalysisVerdict, TimelineMeasurement } from '../timeline';
import { Caption, Frame, Panel, xOf } from './figure';
import { durationText, numberText } from './format';
import { panelHead, verdictSign } from './panels';
import { VERDICT_WORDS } from './style';
import { byMetric, gravest, MeasuredMetric, valuesOf } from './words';
import { coordinate, element, fitted, hover, label } from './xml';

const HEAD = 26;
const LANE = 40;
const GAP = 6;
const MOST_LANES = 16;
/** Signs nearer than this would hide each other: they become one. */
const NEAREST = 7;
const TEXT = 11;

/** A lane for each metric with a sign for each measurement: how high says the value, which sign says the verdict. */
export function metricsPanel(measurements: readonly TimelineMeasurement[], frame: Frame, top: number, caption: Caption): Panel {
  const metrics = byMetric(measurements);
  if (metrics.length === 0) {
    return { height: 0, markup: '' };
  }
  const shown = metrics.slice(0, MOST_LANES);
  const hidden = metrics.length - shown.length;
  const verdicts = Object.values(AnalysisVerdict).filter(verdict => measurements.some(m => m.verdict === verdict));
  const legend = verdicts.map(verdict => ({ sign: (x: number, y: number) => verdictSign(verdict, x + 8, y), text: VERDICT_WORDS[verdict] }));
  const rest = hidden === 0 ? '' : label(frame.left, top + HEAD + shown.length * (LANE + GAP) + 11,
    `and ${hidden} more ${hidden === 1 ? 'metric' : 'metrics'}, in the table`, { 'class': 'soft', 'font-size': TEXT });
  return {
    height: HEAD + shown.length * (LANE + GAP) + (hidden === 0 ? 0 : 16),
    head: panelHead(frame, top, 'measurements', legend),
    markup: shown.map((metric, i) => lane(metric, frame, top + HEAD + i * (LANE + GAP), caption.thresholds[metric.metric])).join('')
      + rest,
  };
}

function lane({ metric, analysis, dryRun, measurements }: MeasuredMetric, frame: Frame, top: number, threshold: number | undefined): string {
  const middle = top + LANE / 2;
  const y = heights(measurements, threshold, top);
  const room = frame.left - 18;
  return element('rect', { x: frame.left, y: top, width: frame.width, height: LANE, class: 'faint' })
    + label(frame.left - 10, middle - 2, fitted(metric, 12, room), { 'class': 'ink', 'font-size': 12, 'text-anchor': 'end' })
    + label(frame.left - 10, middle + 12, fitted(dryRun ? `${analysis}, dry run` : analysis, 10, room), { 'class': 'soft', 'font-size': 10, 'text-anchor': 'end' })
    + (threshold === undefined ? '' : thresholdLine(frame, y(threshold), top, threshold))
    + together(measurements, frame).map(group => sign(group, frame, y, middle)).join('');
}

/** Where a value stands in its lane: the lowest at the bottom, the highest at the top. */
function heights(measurements: readonly TimelineMeasurement[], threshold: number | undefined, top: number): (value: number | undefined) => number {
  let low = threshold ?? Infinity;
  let high = threshold ?? -Infinity;
  for (const { value } of measurements) {
    if (value !== undefined && Number.isFinite(value)) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  const margin = 8;
  return value => value === undefined || !Number.isFinite(value) || !(high > low)
    ? top + LANE / 2
    : top + LANE - margin - (value - low) / (high - low) * (LANE - 2 * margin);
}

function thresholdLine(frame: Frame, y: number, top: number, threshold: number): string {
  const text = numberText(threshold);
  const right = frame.left + frame.width;
  return element('g', {},
    element('path', { 'd': `M${coordinate(frame.left)} ${coordinate(y)}h${coordinate(frame.width)}`, 'class': 's-bad', 'stroke-width': 1, 'stroke-dasharray': '2 3' }),
    label(right + 5, Math.min(Math.max(y + 4, top + 9), top + LANE - 1), text, { 'class': 'bad', 'font-size': 10 }),
    hover(`threshold ${text}`));
}

/** Measurements so near to each other that their signs become one. */
function together(measurements: readonly TimelineMeasurement[], frame: Frame): TimelineMeasurement[][] {
  const groups: TimelineMeasurement[][] = [];
  let start = -Infinity;
  for (const measurement of measurements) {
    const x = xOf(frame, measurement.seconds);
    if (x - start < NEAREST) {
      groups[groups.length - 1].push(measurement);
    } else {
      groups.push([measurement]);
      start = x;
    }
  }
  return groups;
}

function sign(group: TimelineMeasurement[], frame: Frame, y: (value: number | undefined) => number, middle: number): string {
  const verdict = gravest(group);
  const shown = group.find(m => m.verdict === verdict)!;
  const { seconds, value, result } = shown;
  const what = group.length === 1
    ? `${durationText(seconds)}: ${value === undefined ? result : numberText(value)}, ${VERDICT_WORDS[verdict]}`
    : `${group.length} measurements, ${durationText(group[0].seconds)} to ${durationText(group[group.length - 1].seconds)}: ${valuesOf(group)}, `
      + `${group.filter(m => m.verdict === verdict).length} ${VERDICT_WORDS[verdict]}`;
  return element('g', {}, verdictSign(verdict, xOf(frame, seconds), value === undefined ? middle : y(value), shown.dryRun), hover(what));
}
