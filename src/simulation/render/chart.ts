import type { Timeline } from '../timeline';
import { placeMarks } from './event-marks';
import { Caption, Frame, Panel, spanOf, thinned, xOf } from './figure';
import { compactText, countText, durationText, numberText, shareText, timeTicks, wrapText } from './format';
import { metricsPanel } from './metric-lanes';
import { patterns, phasePanel, podsPanel, stepPanel, weightPanel } from './panels';
import { fontFamily, outcomeClass, svgStyle } from './style';
import { headline, sentences } from './words';
import { coordinate, element, escapeXml, fingerprint, fitted, label, textWidth } from './xml';

const WIDTH = 1080;
const LEFT = 150;
const PLOT = WIDTH - LEFT - 60;
const TEXT = 11;

/**
 * A timeline as a picture: phase, steps, traffic, pods and measurements over one axis of time. It stands on its
 * own - no script, no font and no address - and reads in colour, in black and white and in the dark.
 */
export function timelineSvg(timeline: Timeline, caption: Caption): string {
  const span = spanOf(timeline);
  const prefix = `fw-${fingerprint(JSON.stringify([caption, timeline.summary, timeline.states.length, timeline.events.length]))}`;
  const frame: Frame = { left: LEFT, width: PLOT, span, prefix };
  const states = thinned(timeline.states, span, PLOT / 2);
  const marks = placeMarks(timeline.events, frame);

  const head = header(timeline, caption);
  const top = head.height + marks.height + 6;
  let y = top;
  const panels: string[] = [];
  const heads: string[] = [];
  const add = (panel: Panel, gap: number) => {
    panels.push(panel.markup);
    heads.push(panel.head ?? '');
    y += panel.height === 0 ? 0 : panel.height + gap;
  };
  add(phasePanel(states, frame, y), 2);
  add(stepPanel(states, frame, y, caption), 0);
  add(weightPanel(states, frame, y + 4), 8);
  add(podsPanel(states, frame, y), 4);
  add(metricsPanel(timeline.measurements, frame, y, caption), 0);
  const axis = timeAxis(frame, top, y + 4);
  const foot = footer(timeline, y + 44);
  const height = y + 44 + foot.height;

  return element('svg', {
    'xmlns': 'http://www.w3.org/2000/svg',
    'id': prefix,
    'viewBox': `0 0 ${WIDTH} ${coordinate(height)}`,
    'width': WIDTH,
    height,
    'role': 'img',
    'font-family': fontFamily(),
    'aria-labelledby': `${prefix}-title ${prefix}-desc`,
  },
  element('title', { id: `${prefix}-title` }, escapeXml(`${caption.title}: ${headline(timeline.summary)}`)),
  element('desc', { id: `${prefix}-desc` }, escapeXml([...(caption.scenario ? [caption.scenario] : []), ...sentences(timeline.summary)].join(' '))),
  `<style>${svgStyle(prefix)}</style>`,
  patterns(prefix),
  element('rect', { width: WIDTH, height, class: 'back' }),
  head.markup, axis, ...panels, marks.lines(top, y + 4), ...heads, marks.labels(head.height), foot.markup) + '\n';
}

/** The name, the outcome as a badge, and the scenario. */
function header(timeline: Timeline, caption: Caption): { height: number; markup: string } {
  const outcome = timeline.summary.outcome.toUpperCase();
  const badge = textWidth(outcome, 13) + 26;
  const lines = caption.scenario ? wrapText(caption.scenario, 130).slice(0, 3) : [];
  return {
    height: 54 + lines.length * 17,
    markup: label(24, 38, fitted(caption.title, 21, WIDTH - badge - 80), { 'class': 'ink', 'font-size': 21, 'font-weight': 700 })
      + element('rect', { x: WIDTH - 24 - badge, y: 18, width: badge, height: 28, rx: 14, class: outcomeClass(timeline.summary.outcome) })
      + label(WIDTH - 24 - badge / 2, 37, outcome, { 'class': 'back', 'font-size': 13, 'font-weight': 700, 'text-anchor': 'middle' })
      + lines.map((line, i) => label(24, 62 + i * 17, line, { 'class': 'soft', 'font-size': 13 })).join(''),
  };
}

/** The axis at the bottom, and lines up from its marks. */
function timeAxis(frame: Frame, top: number, bottom: number): string {
  return timeTicks(frame.span, 11).map(({ at, text }) => {
    const x = xOf(frame, at);
    return element('path', { 'd': `M${coordinate(x)} ${coordinate(top)}V${coordinate(bottom + 5)}`, 'class': 'grid', 'stroke-width': 1, 'stroke-dasharray': '1 3' })
      + label(x, bottom + 19, text, { 'class': 'soft', 'font-size': TEXT, 'text-anchor': 'middle' });
  }).join('')
    + element('path', { 'd': `M${coordinate(frame.left)} ${coordinate(bottom)}h${coordinate(frame.width)}`, 'class': 's-soft', 'stroke-width': 1 })
    + label(frame.left - 10, bottom + 19, 'time', { 'class': 'soft', 'font-size': TEXT, 'text-anchor': 'end' });
}

/** The figures, and what they mean in words. */
function footer(timeline: Timeline, top: number): { height: number; markup: string } {
  const { summary } = timeline;
  const cells: Array<[string, string, string]> = [
    ['outcome', summary.outcome, summary.secondsToAbort === undefined ? `after ${durationText(summary.totalSeconds)}` : `after ${durationText(summary.secondsToAbort)}`],
    ['total time', durationText(summary.settledSeconds), 'until all is settled'],
    ['exposure', summary.requests > 0 ? shareText(summary.exposure) : '-', `${compactText(summary.exposedRequests)} of ${compactText(summary.requests)} requests`],
    ['most pods at one time', numberText(summary.peakPods), summary.extraPods > 0 ? `${numberText(summary.extraPods)} more than wanted` : 'as many as wanted'],
    ['least capacity', shareText(summary.worstCapacity), `${countText(summary.worstAvailablePods, 'pod')} available`],
  ];
  const width = (WIDTH - 48) / cells.length;
  const words = wrapText(sentences(summary).join(' '), 150).slice(0, 5);
  const boxes = cells.map(([name, value, more], i) => {
    const x = 24 + i * width;
    return (i === 0 ? '' : element('path', { d: `M${coordinate(x - 12)} ${coordinate(top + 4)}v52`, class: 'grid' }))
      + label(x, top + 14, name, { 'class': 'soft', 'font-size': TEXT })
      + label(x, top + 37, fitted(value, 19, width - 16), { 'class': i === 0 ? outcomeClass(summary.outcome) : 'ink', 'font-size': 19, 'font-weight': 700 })
      + label(x, top + 55, fitted(more, TEXT, width - 16), { 'class': 'soft', 'font-size': TEXT });
  });
  return {
    height: 80 + words.length * 17 + 10,
    markup: element('path', { d: `M24 ${coordinate(top - 8)}h${WIDTH - 48}`, class: 'grid' }) + boxes.join('')
      + words.map((line, i) => label(24, top + 84 + i * 17, line, { 'class': 'ink', 'font-size': 12.5 })).join(''),
  };
}
