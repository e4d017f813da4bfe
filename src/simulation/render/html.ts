import type { Timeline, TimelineEvent } from '../timeline';
import { timelineSvg } from './chart';
import type { Caption } from './figure';
import { durationText, numberText, shareText } from './format';
import { htmlStyle } from './style';
import { byMetric, headline, runsOf, sentences } from './words';
import { element, escapeXml } from './xml';

/** A page with more rows than this prints badly; the picture has everything. */
const MOST_ROWS = 400;

/** A page that stands on its own: the picture, the figures in words and the events as a table. No script, no address. */
export function timelineHtml(timeline: Timeline, caption: Caption): string {
  const title = `${caption.title}: ${headline(timeline.summary)}`;
  return page(title, [
    element('h1', {}, escapeXml(title)),
    ...(caption.scenario ? [element('p', { class: 'note' }, escapeXml(caption.scenario))] : []),
    `<figure>${timelineSvg(timeline, caption)}</figure>`,
    ...sentences(timeline.summary).length > 0 ? [element('p', {}, escapeXml(sentences(timeline.summary).join(' ')))] : [],
    ...figures(timeline),
    ...eventTable(timeline.events),
    ...measurementTable(timeline),
  ]);
}

/** A whole page around a body. */
export function page(title: string, body: string[]): string {
  return [
    '<!DOCTYPE html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escapeXml(title)}</title>`,
    `<style>${htmlStyle()}</style>`,
    '</head>',
    '<body>',
    ...body,
    '</body>',
    '</html>',
    '',
  ].join('\n');
}

/** A table; cells are text. Numbers stand on the right. */
export function table(caption: string, head: string[], numeric: number[], rows: string[][]): string {
  const css = (i: number) => numeric.includes(i) ? 'n' : undefined;
  return `<h2>${escapeXml(caption)}</h2>\n<table>\n<thead><tr>`
    + head.map((cell, i) => element('th', { scope: 'col', class: css(i) }, escapeXml(cell))).join('')
    + '</tr></thead>\n<tbody>\n'
    + rows.map(row => `<tr>${row.map((cell, i) => element('td', { class: css(i) }, escapeXml(cell))).join('')}</tr>\n`).join('')
    + '</tbody>\n</table>';
}

function figures({ summary }: Timeline): string[] {
  const rows = [
    ['Outcome', summary.outcome],
    ...(summary.reason ? [['Reason', summary.reason]] : []),
    ['Time until the outcome', durationText(summary.totalSeconds)],
    ['Time until all is settled', durationText(summary.settledSeconds)],
    ...(summary.secondsToAbort === undefined ? [] : [['Time to the abort', durationText(summary.secondsToAbort)]]),
    ['Exposure', `${shareText(summary.exposure)}: ${numberText(Math.round(summary.exposedRequests))} of ${numberText(Math.round(summary.requests))} requests`],
    ...(summary.requestsAfterAbort > 0 ? [['Requests to the new version after the abort', numberText(Math.round(summary.requestsAfterAbort))]] : []),
    ['Most pods at one time', `${numberText(summary.peakPods)} (${numberText(summary.extraPods)} more than wanted)`],
    ['Least capacity', `${shareText(summary.worstCapacity)} (${numberText(summary.worstAvailablePods)} available)`],
  ];
  return [table('Figures', ['Figure', 'Value'], [], rows)];
}

function eventTable(events: readonly TimelineEvent[]): string[] {
  if (events.length === 0) {
    return [];
  }
  const rows = events.slice(0, MOST_ROWS).map(event => [
    durationText(event.seconds),
    event.stepIndex === undefined ? '-' : String(event.stepIndex + 1),
    `${numberText(event.weight)} %`,
    `${numberText(event.stableAvailable)} of ${numberText(event.stableDesired)}`,
    `${numberText(event.canaryAvailable)} of ${numberText(event.canaryDesired)}`,
    event.phase,
    event.message,
  ]);
  return [
    table('What happened', ['Time', 'Step', 'Weight', 'Old pods', 'New pods', 'Phase', 'Event'], [0, 1, 2, 3, 4], rows),
    ...rest(events.length - rows.length, 'events'),
  ];
}

function measurementTable(timeline: Timeline): string[] {
  const rows = byMetric(timeline.measurements).flatMap(({ metric, analysis, dryRun, measurements }) => runsOf(measurements).map(run => [
    metric, dryRun ? `${analysis}, dry run` : analysis, durationText(run.from), durationText(run.to), numberText(run.count), run.verdict, run.values,
  ]));
  const shown = rows.slice(0, MOST_ROWS);
  return rows.length === 0 ? [] : [
    table('What was measured', ['Metric', 'Analysis', 'From', 'To', 'Count', 'Verdict', 'Values'], [2, 3, 4], shown),
    ...rest(rows.length - shown.length, 'rows'),
  ];
}

function rest(count: number, what: string): string[] {
  return count > 0 ? [element('p', { class: 'note' }, escapeXml(`and ${numberText(count)} more ${what}`))] : [];
}
