import { AnalysisVerdict, RolloutPhase, Timeline, TimelineState } from '../timeline';
import { spanOf } from './figure';
import { countText, cut, timeTicks } from './format';
import { byMetric, gravest, MeasuredMetric } from './words';
import { printable } from '../../core/diagnostics/printable';

/** Colours of a terminal. */
export enum Ansi {
  BOLD = '1',
  RED = '31',
  GREEN = '32',
  YELLOW = '33',
  BLUE = '34',
  MAGENTA = '35',
  DIM = '2',
}

/** Puts text in a colour, or leaves it where there are none. */
export type Paint = (style: Ansi, text: string) => string;

/** The width of the names on the left. */
const GUTTER = 16;
const BLOCKS = ' ▁▂▃▄▅▆▇█';
const WEIGHT_ROWS = 4;
const MOST_METRICS = 8;

const PHASES: Readonly<Record<RolloutPhase, { sign: string; style: Ansi }>> = {
  [RolloutPhase.HEALTHY]: { sign: '=', style: Ansi.GREEN },
  [RolloutPhase.PROGRESSING]: { sign: '>', style: Ansi.BLUE },
  [RolloutPhase.PAUSED]: { sign: '|', style: Ansi.YELLOW },
  [RolloutPhase.DEGRADED]: { sign: 'x', style: Ansi.RED },
};

const VERDICTS: Readonly<Record<AnalysisVerdict, { sign: string; style: Ansi }>> = {
  [AnalysisVerdict.SUCCESSFUL]: { sign: '•', style: Ansi.GREEN },
  [AnalysisVerdict.FAILED]: { sign: '✗', style: Ansi.RED },
  [AnalysisVerdict.INCONCLUSIVE]: { sign: '?', style: Ansi.MAGENTA },
  [AnalysisVerdict.ERROR]: { sign: '!', style: Ansi.YELLOW },
  [AnalysisVerdict.RUNNING]: { sign: '·', style: Ansi.DIM },
};

/** The style in which a verdict is written. */
export function verdictStyle(verdict: AnalysisVerdict): Ansi {
  return VERDICTS[verdict].style;
}

/** Weight, pods, phase and measurements over time, in characters. */
export function textChart(timeline: Timeline, width: number, paint: Paint): string[] {
  const columns = width - GUTTER - 1;
  const span = spanOf(timeline);
  const byColumn = statesByColumn(timeline.states, span, columns);
  const most = (of: (state: TimelineState) => number) => byColumn.map(states => states.reduce((top, s) => Math.max(top, of(s)), 0));
  const peak = timeline.states.reduce((top, s) => Math.max(top, s.stablePods, s.canaryPods, s.olderPods), 1);
  const row = (name: string, signs: string) => `${cut(printable(name), GUTTER - 1).padStart(GUTTER - 1)} │${signs.trimEnd()}`;
  const older = timeline.states.some(s => s.olderPods > 0);
  return [
    ...weightRows(most(s => s.weight)).map((signs, i) => row(i === 0 ? 'traffic 100 %' : i === WEIGHT_ROWS - 1 ? '0 %' : '', paint(Ansi.YELLOW, signs.trimEnd()))),
    row('old pods', paint(Ansi.BLUE, sparkline(most(s => s.stableAvailable), peak))),
    row('new pods', paint(Ansi.YELLOW, sparkline(most(s => s.canaryAvailable), peak))),
    ...(older ? [row('other pods', paint(Ansi.DIM, sparkline(most(s => s.olderPods), peak)))] : []),
    row('phase', coloured(byColumn.map(states => PHASES[gravestPhase(states)]), paint)),
    ...byMetric(timeline.measurements).slice(0, MOST_METRICS).map(metric => row(metric.metric, coloured(signsOf(metric, span, columns), paint))),
    ...axis(span, columns),
    legend(timeline, peak, paint),
  ];
}

/** The states that are in force in each column: those that begin in it, and the one that it begins with. */
function statesByColumn(states: readonly TimelineState[], span: number, columns: number): TimelineState[][] {
  let next = 0;
  let current = states[0];
  return Array.from({ length: columns }, (_, column) => {
    const end = (column + 1) / columns * span;
    const own: TimelineState[] = [];
    if (current !== undefined && current.seconds < column / columns * span) {
      own.push(current);
    }
    while (next < states.length && (states[next].seconds < end || column === columns - 1)) {
      current = states[next];
      own.push(current);
      next += 1;
    }
    return own.length > 0 || current === undefined ? own : [current];
  });
}

/** A column of a few rows for each value from 0 to 100, the top row first. */
function weightRows(weights: readonly number[]): string[] {
  return Array.from({ length: WEIGHT_ROWS }, (_, i) => {
    const floor = (WEIGHT_ROWS - 1 - i) * 8;
    return weights.map(weight => BLOCKS[Math.min(8, Math.max(0, eighths(weight / 100, WEIGHT_ROWS * 8) - floor))]).join('');
  });
}

function sparkline(values: readonly number[], peak: number): string {
  return values.map(value => BLOCKS[eighths(value / peak, 8)]).join('').trimEnd();
}

/** How many of `all` parts are full; what is more than nothing is never shown as nothing. */
function eighths(share: number, all: number): number {
  return share <= 0 ? 0 : Math.max(1, Math.min(all, Math.round(share * all)));
}

const PHASE_ORDER = [RolloutPhase.HEALTHY, RolloutPhase.PROGRESSING, RolloutPhase.PAUSED, RolloutPhase.DEGRADED];

function gravestPhase(states: readonly TimelineState[]): RolloutPhase {
  return PHASE_ORDER[Math.max(0, ...states.map(({ phase }) => PHASE_ORDER.indexOf(phase)))];
}

type Sign = { readonly sign: string; readonly style: Ansi } | undefined;

function signsOf({ measurements }: MeasuredMetric, span: number, columns: number): Sign[] {
  const buckets: Array<typeof measurements[number][]> = Array.from({ length: columns }, () => []);
  for (const measurement of measurements) {
    buckets[Math.max(0, Math.min(columns - 1, Math.floor(measurement.seconds / span * columns)))].push(measurement);
  }
  return buckets.map(bucket => bucket.length === 0 ? undefined : VERDICTS[gravest(bucket)]);
}

/** Signs in their colours, with one change of colour for a run of equal ones. */
function coloured(signs: readonly Sign[], paint: Paint): string {
  let last = signs.length;
  while (last > 0 && signs[last - 1] === undefined) {
    last -= 1;
  }
  let written = '';
  for (let i = 0; i < last;) {
    let end = i;
    while (end < last && signs[end]?.style === signs[i]?.style) {
      end += 1;
    }
    const run = signs.slice(i, end).map(sign => sign?.sign ?? ' ').join('');
    written += signs[i] === undefined ? run : paint(signs[i]!.style, run);
    i = end;
  }
  return written;
}

function axis(span: number, columns: number): string[] {
  const line = Array.from({ length: columns }, () => '─');
  const texts = Array.from({ length: columns + 12 }, () => ' ');
  let free = 0;
  for (const { at, text } of timeTicks(span, Math.max(2, Math.floor(columns / 12)))) {
    const column = Math.min(columns - 1, Math.round(at / span * columns));
    line[column] = '┬';
    const start = Math.max(free, column - (at === 0 ? 0 : Math.floor(text.length / 2)));
    if (start + text.length <= texts.length - 4) {
      [...text].forEach((character, i) => { texts[start + i] = character; });
      free = start + text.length + 1;
    }
  }
  return [`${' '.repeat(GUTTER)}└${line.join('')}`, `${' '.repeat(GUTTER + 1)}${texts.join('')}`.trimEnd()];
}

function legend(timeline: Timeline, peak: number, paint: Paint): string {
  const phases = Object.values(RolloutPhase).filter(phase => timeline.states.some(s => s.phase === phase));
  const verdicts = Object.values(AnalysisVerdict).filter(verdict => timeline.measurements.some(m => m.verdict === verdict));
  return paint(Ansi.DIM, `${' '.repeat(GUTTER + 1)}█ ${countText(peak, 'pod')}   ${[
    ...phases.map(phase => `${PHASES[phase].sign} ${phase}`),
    ...verdicts.map(verdict => `${VERDICTS[verdict].sign} ${verdict}`),
  ].join('   ')}`);
}
