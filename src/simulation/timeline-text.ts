import type { Timeline } from './timeline';
import { printable } from '../core/diagnostics/printable';

/** Seconds as a clock: `0:07`, `12:30`, `1:02:05`. */
export function clock(seconds: number): string {
  const whole = Math.round(seconds);
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const two = (n: number): string => String(n).padStart(2, '0');
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}

/** More events than this are cut out of the middle. */
const MOST_EVENTS = 60;

/** A timeline as lines of text. */
export function textOf(timeline: Timeline): string {
  const { events, summary } = timeline;
  const rows = events.map(event => [
    clock(event.seconds), `${event.weight} %`, `${event.stableAvailable}/${event.stableDesired}`, `${event.canaryAvailable}/${event.canaryDesired}`, event.phase, printable(event.message),
  ]);
  const head = ['time', 'new', 'former', 'pods', 'phase', 'event'];
  const cut = rows.length > MOST_EVENTS ? [...rows.slice(0, MOST_EVENTS / 2), ['…', '', '', '', '', `${rows.length - MOST_EVENTS} more`], ...rows.slice(-MOST_EVENTS / 2)] : rows;
  const table = [head, ...cut];
  const widths = head.map((_, i) => Math.max(...table.map(row => row[i].length)));
  const lines = table.map(row => row.map((cell, i) => (i < 4 ? cell.padStart(widths[i]) : i === 5 ? cell : cell.padEnd(widths[i]))).join('  ').trimEnd());
  const figure = (value: number): string => String(Number(value.toPrecision(3)));
  return [
    ...lines, '',
    `${summary.outcome} after ${clock(summary.totalSeconds)}${summary.reason ? `: ${printable(summary.reason)}` : ''}`,
    `exposure ${figure(summary.exposure * 100)} % (${Math.round(summary.exposedRequests)} of ${Math.round(summary.requests)} requests), `
      + `peak ${summary.peakPods} pods (${summary.extraPods} extra), capacity at least ${figure(summary.worstCapacity * 100)} %`,
  ].join('\n');
}
