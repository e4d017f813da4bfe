import { RolloutPhase, SimulationOutcome, Timeline, TimelineEvent, TimelineEventKind } from '../timeline';
import type { Caption } from './figure';
import { durationText, numberText, wrapText } from './format';
import { Ansi, Paint, textChart, verdictStyle } from './text-chart';
import { byMetric, headline, runsOf, sentences } from './words';
import { printable } from '../../core/diagnostics/printable';

/** More lines than this nobody reads: what only says that pods came and went is left out first. */
const MOST_EVENTS = 60;
const LEAST_WIDTH = 60;
const MOST_WIDTH = 160;

/** A timeline for a terminal: a small chart, what happened, what was measured, and what it means. */
export function timelineText(timeline: Timeline, caption: Caption, width: number, color: boolean): string {
  const columns = Math.max(LEAST_WIDTH, Math.min(MOST_WIDTH, Math.floor(width)));
  const paint: Paint = (style, text) => color && text !== '' ? `\u001b[${style}m${text}\u001b[0m` : text;
  return [
    header(timeline, caption, columns, paint),
    textChart(timeline, columns, paint),
    decisions(timeline.events, columns, paint),
    measured(timeline, columns, paint),
    wrapText(sentences(timeline.summary).map(printable).join(' '), columns),
  ].filter(part => part.length > 0).map(lines => lines.join('\n')).join('\n\n') + '\n';
}

function header(timeline: Timeline, { title, scenario }: Caption, width: number, paint: Paint): string[] {
  const said = headline(timeline.summary);
  return [
    `${paint(Ansi.BOLD, printable(title))}: ${paint(outcomeStyle(timeline.summary.outcome), said)}`,
    ...(scenario ? wrapText(printable(scenario), width) : []),
  ];
}

function outcomeStyle(outcome: SimulationOutcome): Ansi {
  switch (outcome) {
    case SimulationOutcome.PROMOTED: return Ansi.GREEN;
    case SimulationOutcome.ABORTED:
    case SimulationOutcome.STUCK: return Ansi.RED;
    default: return Ansi.YELLOW;
  }
}

/** A line for each decision, with what was running just after it. */
function decisions(events: readonly TimelineEvent[], width: number, paint: Paint): string[] {
  if (events.length === 0) {
    return [];
  }
  const shown = condensed(events.filter(event => event.kind !== TimelineEventKind.ENDED)); // the headline says the end
  const rows = shown.map(one => typeof one === 'number' ? [] : [
    durationText(one.seconds),
    one.stepIndex === undefined ? '-' : String(one.stepIndex + 1),
    `${numberText(one.weight)} %`,
    pods(one.stableAvailable, one.stableDesired),
    pods(one.canaryAvailable, one.canaryDesired),
    one.phase,
  ]);
  const head = ['TIME', 'STEP', 'WEIGHT', 'OLD', 'NEW', 'PHASE'];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map(row => row[i]?.length ?? 0)));
  const line = (cells: string[]) => cells.map((cell, i) => i === 5 ? cell.padEnd(widths[i]) : cell.padStart(widths[i])).join('  ');
  const indent = line(head).length + 2;
  return [
    paint(Ansi.DIM, `${line(head)}  WHAT HAPPENED`),
    ...shown.flatMap((one, i) => {
      if (typeof one === 'number') {
        return [paint(Ansi.DIM, `${' '.repeat(indent)}(${one === 1 ? '1 event' : `${one} events`} left out)`)];
      }
      const [first = '', ...more] = wrapText(printable(one.message), Math.max(30, width - indent));
      // What is as it was a line before need not be said again.
      const isSame = i > 0 && rows[i].join() === rows[i - 1].join();
      return [`${isSame ? ' '.repeat(indent - 2) : line(rows[i])}  ${styled(one, first, paint)}`, ...more.map(text => ' '.repeat(indent) + styled(one, text, paint))];
    }),
  ];
}

/** `3/4` while pods are not available, else `4`. */
function pods(available: number, desired: number): string {
  return available === desired ? numberText(desired) : `${numberText(available)}/${numberText(desired)}`;
}

function styled(event: TimelineEvent, text: string, paint: Paint): string {
  switch (event.kind) {
    case TimelineEventKind.ABORTED:
    case TimelineEventKind.TIMED_OUT: return paint(Ansi.RED, text);
    case TimelineEventKind.PROMOTED: return paint(Ansi.GREEN, text);
    case TimelineEventKind.ACTION: return paint(Ansi.BOLD, text);
    default: return event.phase === RolloutPhase.DEGRADED ? paint(Ansi.RED, text) : text;
  }
}

const MINOR = [TimelineEventKind.PODS, TimelineEventKind.SCALED, TimelineEventKind.TRAFFIC];

/** The events, or of too many the telling ones, with numbers in the place of the others. */
function condensed(events: readonly TimelineEvent[]): Array<TimelineEvent | number> {
  if (events.length <= MOST_EVENTS) {
    return [...events];
  }
  const isMinor = (event: TimelineEvent) => MINOR.includes(event.kind);
  const telling = events.filter(event => !isMinor(event));
  const kept = new Set(telling.length <= MOST_EVENTS ? telling : [...telling.slice(0, MOST_EVENTS / 2), ...telling.slice(-MOST_EVENTS / 2)]);
  const shown: Array<TimelineEvent | number> = [];
  for (const event of events) {
    const last = shown.at(-1);
    if (kept.has(event)) {
      shown.push(event);
    } else if (typeof last === 'number') {
      shown[shown.length - 1] = last + 1;
    } else {
      shown.push(1);
    }
  }
  return shown;
}

const MOST_RUNS = 8;

/** Measurements, those of one verdict in a row together. */
function measured(timeline: Timeline, width: number, paint: Paint): string[] {
  const metrics = byMetric(timeline.measurements);
  if (metrics.length === 0) {
    return [];
  }
  const lines = metrics.flatMap(({ metric, analysis, dryRun, measurements }) => {
    const runs = runsOf(measurements);
    const shown = runs.slice(0, MOST_RUNS).map(({ verdict, count, from, to, values }) => {
      const time = from === to ? durationText(from) : `${durationText(from)} to ${durationText(to)}`;
      return { text: `${count} × ${verdict}`, style: verdictStyle(verdict), more: ` (${printable(values)}; ${time})` };
    });
    return [
      `${printable(metric)}, ${printable(analysis)}${dryRun ? ', dry run' : ''}:`,
      ...shown.flatMap(({ text, style, more }) => {
        const [first, ...rest] = wrapText(`${text}${more}`, width - 2);
        return [`  ${paint(style, first.slice(0, text.length))}${first.slice(text.length)}`, ...rest.map(line => `    ${line}`)];
      }),
      ...(runs.length > MOST_RUNS ? [`  and ${runs.length - MOST_RUNS} more changes of the verdict`] : []),
    ];
  });
  return [paint(Ansi.DIM, 'MEASUREMENTS'), ...lines];
}
