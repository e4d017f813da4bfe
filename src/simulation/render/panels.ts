import { AnalysisVerdict, TimelineState } from '../timeline';
import { Caption, Frame, Panel, stepPath, Stretch, stretches, xOf } from './figure';
import { countTicks, durationText, numberText } from './format';
import { phaseStyle } from './style';
import { coordinate, element, fitted, hover, label, textWidth } from './xml';

/*
 * The panels of states: phase and step, share of the traffic, pods. Each draws below `top` and says how high it is.
 */

const HEAD = 26;
const TEXT = 11;
const MOST_STRETCHES = 400;

/** A sign and what it means. */
export interface LegendKey {
  readonly text: string;
  sign(x: number, y: number): string;
}

/** The line above a panel: what it shows, and what the signs in it mean. */
export function panelHead(frame: Frame, top: number, title: string, legend: readonly LegendKey[] = []): string {
  let x = frame.left + frame.width;
  const keys = [...legend].reverse().map(({ sign, text }) => {
    x -= textWidth(text, TEXT);
    const written = label(x, top + 17, text, { 'class': 'soft halo', 'font-size': TEXT });
    x -= 18;
    const drawn = sign(x, top + 13);
    x -= 12;
    return drawn + written;
  });
  const back = keys.length === 0 ? '' : element('rect', { x, 'y': top + 5, 'width': frame.left + frame.width - x, 'height': 17, 'class': 'back', 'fill-opacity': 0.85 });
  return back + label(frame.left, top + 17, title, { 'class': 'ink halo', 'font-size': 12, 'font-weight': 700 }) + keys.join('');
}

/** A small filled square for a legend. */
function swatch(attributes: Record<string, string | number>): (x: number, y: number) => string {
  return (x, y) => element('rect', { x, y: y - 6, width: 12, height: 11, ...attributes });
}

/** The phase of the Rollout, and the step below it. */
export function phasePanel(states: readonly TimelineState[], frame: Frame, top: number): Panel {
  const height = 22;
  const parts = visible(stretches(states, frame.span, state => state.phase), frame).map(({ from, to, value }) => {
    const { css, pattern } = phaseStyle(value);
    const box = { x: xOf(frame, from), y: top, width: xOf(frame, to) - xOf(frame, from), height };
    const text = fitted(value, TEXT, box.width - 8);
    const shown = text === value ? text : '';
    return element('g', {},
      element('rect', { ...box, 'class': css, 'fill-opacity': 0.22 }),
      ...(pattern ? [element('rect', { ...box, fill: `url(#${frame.prefix}-${pattern}-${css})`, opacity: 0.55 })] : []),
      element('rect', { x: box.x, y: top, width: Math.min(2, box.width), height, class: css }),
      ...(shown ? [label(box.x + 7, top + 15, shown, { 'class': 'ink halo', 'font-size': TEXT, 'font-weight': 700 })] : []),
      hover(`${value}, ${durationText(from)} to ${durationText(to)}`));
  });
  return { height, markup: label(frame.left - 10, top + 15, 'phase', { 'class': 'soft', 'font-size': TEXT, 'text-anchor': 'end' }) + parts.join('') };
}

/** The step that the canary stands at. Nothing for strategies without steps. */
export function stepPanel(states: readonly TimelineState[], frame: Frame, top: number, { steps }: Caption): Panel {
  const found = stretches(states, frame.span, state => state.stepIndex).filter(({ value }) => value !== undefined);
  if (found.length === 0) {
    return { height: 0, markup: '' };
  }
  const height = 20;
  const parts = visible(found, frame).map(({ from, to, value }) => {
    const index = value!;
    const isDone = steps.length > 0 && index >= steps.length;
    const number = isDone ? 'done' : String(index + 1);
    const what = isDone ? 'all steps done' : steps[index] === undefined ? `step ${number}` : `${number}: ${steps[index]}`;
    const x = xOf(frame, from);
    const width = xOf(frame, to) - x;
    const text = fitted(what, TEXT, width - 9);
    const shown = text.length >= Math.min(6, what.length) ? text : textWidth(number, TEXT) <= width - 5 ? number : '';
    return element('g', {},
      element('rect', { x, y: top + 2, width, height: height - 4, class: 'faint' }),
      element('path', { 'd': `M${coordinate(x)} ${coordinate(top + 2)}v${height - 4}`, 'class': 's-soft', 'stroke-width': 1 }),
      ...(shown ? [label(x + 5, top + 14, shown, { 'class': 'soft', 'font-size': TEXT })] : []),
      hover(`${isDone ? 'All steps done' : `Step ${what.replace(/^step /, '')}`}, ${durationText(from)} to ${durationText(to)}`));
  });
  return { height, markup: label(frame.left - 10, top + 14, 'step', { 'class': 'soft', 'font-size': TEXT, 'text-anchor': 'end' }) + parts.join('') };
}

/** Of very many stretches those that are wide enough to be seen. */
function visible<T>(found: Array<Stretch<T>>, frame: Frame): Array<Stretch<T>> {
  return found.length <= MOST_STRETCHES ? found : found.filter(({ from, to }) => xOf(frame, to) - xOf(frame, from) >= 1).slice(0, MOST_STRETCHES);
}

/** The share of the traffic that the new version gets. */
export function weightPanel(states: readonly TimelineState[], frame: Frame, top: number): Panel {
  const plot = 110;
  const bottom = top + HEAD + plot;
  const right = frame.left + frame.width;
  const y = (weight: number) => bottom - Math.min(100, Math.max(0, weight)) / 100 * plot;
  const points = states.map(state => [xOf(frame, state.seconds), y(state.weight)] as const);
  const line = stepPath(points, right, coordinate);
  const area = line === '' ? '' : `${line}V${coordinate(bottom)}H${coordinate(points[0][0])}Z`;
  return {
    height: HEAD + plot,
    head: panelHead(frame, top, 'share of the traffic that the new version gets'),
    markup: [0, 50, 100].map(at => gridLine(frame, y(at), `${at} %`)).join('')
      + element('path', { 'd': area, 'class': 'canary', 'fill-opacity': 0.3 })
      + element('path', { 'd': line, 'class': 's-canary', 'stroke-width': 2.5, 'stroke-linejoin': 'round' })
      + weightLabels(states, frame, y),
  };
}

/** The shares in numbers, where there is room for them. */
function weightLabels(states: readonly TimelineState[], frame: Frame, y: (weight: number) => number): string {
  let free = -Infinity;
  return stretches(states, frame.span, state => state.weight).flatMap(({ from, to, value }) => {
    const text = `${numberText(value)} %`;
    const x = xOf(frame, from) + 5;
    const width = textWidth(text, TEXT);
    if (value <= 0 || value >= 100 || x < free || x + width > xOf(frame, frame.span) || xOf(frame, to) - x < Math.min(width, 20)) {
      return [];
    }
    free = x + width + 4;
    return [label(x, y(value) - 5, text, { 'class': 'ink halo', 'font-size': TEXT })];
  }).join('');
}

/** The layers of pods from the ground up: what there is of each, and how it is filled. */
const LAYERS = [
  { css: 'stable', pattern: undefined, of: (s: TimelineState) => s.stableAvailable },
  { css: 'stable', pattern: 'hatch', of: (s: TimelineState) => s.stablePods - s.stableAvailable },
  { css: 'canary', pattern: undefined, of: (s: TimelineState) => s.canaryAvailable },
  { css: 'canary', pattern: 'hatch', of: (s: TimelineState) => s.canaryPods - s.canaryAvailable },
  { css: 'older', pattern: 'dots', of: (s: TimelineState) => s.olderPods },
] as const;

/** The pods of each version, one upon the other. */
export function podsPanel(states: readonly TimelineState[], frame: Frame, top: number): Panel {
  const plot = 150;
  const bottom = top + HEAD + plot;
  const right = frame.left + frame.width;
  const peak = states.reduce((most, s) => Math.max(most, s.replicas, s.stablePods + s.canaryPods + s.olderPods), 1);
  const ticks = countTicks(peak);
  const y = (pods: number) => bottom - pods / ticks[ticks.length - 1].at * plot;
  const hasOlder = states.some(s => s.olderPods > 0);
  const isWaiting = states.some(s => s.stablePods > s.stableAvailable || s.canaryPods > s.canaryAvailable);
  const wanted = stepPath(states.map(s => [xOf(frame, s.seconds), y(s.replicas)] as const), right, coordinate);
  const hatch = (css: string, pattern: string) => ({ fill: `url(#${frame.prefix}-${pattern}-${css})` });
  return {
    height: HEAD + plot,
    head: panelHead(frame, top, 'pods', [
      { sign: swatch({ class: 'stable' }), text: 'old version' },
      { sign: swatch({ class: 'canary' }), text: 'new version' },
      ...(isWaiting ? [{ sign: swatch({ ...hatch('canary', 'hatch'), 'stroke': '#888', 'stroke-width': 0.5 }), text: 'not available' }] : []),
      ...(hasOlder ? [{ sign: swatch(hatch('older', 'dots')), text: 'other versions' }] : []),
      { sign: (x, at) => element('path', { 'd': `M${coordinate(x - 2)} ${coordinate(at)}h16`, 'class': 's-ink', 'stroke-width': 1.5, 'stroke-dasharray': '5 3' }), text: 'wanted' },
    ]),
    markup: ticks.map(tick => gridLine(frame, y(tick.at), tick.text)).join('')
      + layers(states, frame, y, right)
      + element('path', { 'd': wanted, 'class': 's-ink', 'stroke-width': 1.5, 'stroke-dasharray': '5 3' }),
  };
}

function layers(states: readonly TimelineState[], frame: Frame, y: (pods: number) => number, right: number): string {
  const ground = states.map(() => 0);
  return LAYERS.map(({ css, pattern, of }) => {
    const from = [...ground];
    states.forEach((state, i) => { ground[i] += Math.max(0, of(state)); });
    return runsWithPods(ground, from).map(([first, end]) => {
      const x = (i: number) => i < states.length ? xOf(frame, states[i].seconds) : right;
      const over = stepPath(states.slice(first, end).map((_, i) => [x(first + i), y(ground[first + i])] as const), x(end), coordinate);
      let under = '';
      for (let i = end - 1; i >= first; i--) {
        under += `V${coordinate(y(from[i]))}H${coordinate(x(i))}`;
      }
      const paint = pattern === undefined ? { class: css } : { fill: `url(#${frame.prefix}-${pattern}-${css})` };
      return element('path', { d: `${over}${under}Z`, ...paint });
    }).join('');
  }).join('');
}

/** The stretches of states in which a layer is not empty, as first index and the one after the last. */
function runsWithPods(over: readonly number[], under: readonly number[]): Array<[number, number]> {
  const runs: Array<[number, number]> = [];
  over.forEach((height, i) => {
    if (height > under[i]) {
      const last = runs.at(-1);
      if (last?.[1] === i) {
        last[1] = i + 1;
      } else {
        runs.push([i, i + 1]);
      }
    }
  });
  return runs;
}

/** A line across the panel with its number. */
export function gridLine(frame: Frame, y: number, text: string): string {
  return element('path', { 'd': `M${coordinate(frame.left)} ${coordinate(y)}h${coordinate(frame.width)}`, 'class': 'grid', 'stroke-width': 1 })
    + label(frame.left - 8, y + 4, text, { 'class': 'soft', 'font-size': TEXT, 'text-anchor': 'end' });
}

/** The patterns that panels refer to. */
export function patterns(prefix: string): string {
  const pattern = (id: string, size: number, ...children: string[]) =>
    element('pattern', { id: `${prefix}-${id}`, width: size, height: size, patternUnits: 'userSpaceOnUse' }, ...children);
  const lines = (css: string, d: string, width: number) => element('path', { d, 'class': `s-${css}`, 'stroke-width': width });
  return element('defs', {},
    ...['stable', 'canary'].map(css => pattern(`hatch-${css}`, 6,
      element('rect', { 'width': 6, 'height': 6, 'class': css, 'fill-opacity': 0.16 }), lines(css, 'M-1.5 1.5l3-3M0 6l6-6M4.5 7.5l3-3', 1.4))),
    pattern('cross-bad', 6, lines('bad', 'M0 6l6-6M0 0l6 6', 1)),
    pattern('dots-older', 5, element('rect', { 'width': 5, 'height': 5, 'class': 'older', 'fill-opacity': 0.3 }), element('circle', { cx: 2.5, cy: 2.5, r: 1.2, class: 'older' })));
}

/** The sign of a verdict: another shape for each, so that no colour is needed. */
export function verdictSign(verdict: AnalysisVerdict, x: number, y: number, dryRun = false): string {
  const at = `M${coordinate(x)} ${coordinate(y)}`;
  const faded = dryRun ? { opacity: 0.5 } : {};
  switch (verdict) {
    case AnalysisVerdict.SUCCESSFUL:
      return element('circle', { cx: x, cy: y, r: 3.6, class: 'good', ...faded });
    case AnalysisVerdict.FAILED:
      return element('path', { 'd': `${at}m-4.2 -4.2l8.4 8.4m0 -8.4l-8.4 8.4`, 'class': 's-bad', 'stroke-width': 2.6, 'stroke-linecap': 'round', ...faded });
    case AnalysisVerdict.INCONCLUSIVE:
      return element('path', { 'd': `${at}m0 -5l5 5l-5 5l-5 -5z`, 'class': 's-odd hollow', 'stroke-width': 1.8, ...faded });
    case AnalysisVerdict.ERROR:
      return element('path', { d: `${at}m0 -5.2l5 9h-10z`, class: 'ink', ...faded });
    case AnalysisVerdict.RUNNING:
      return element('circle', { 'cx': x, 'cy': y, 'r': 3, 'class': 's-soft hollow', 'stroke-width': 1.4, ...faded });
  }
}

