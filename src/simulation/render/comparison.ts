import type { ComparisonRow } from '../comparison';
import { durationText, numberText, shareText } from './format';
import { page, table } from './html';
import { fontFamily, outcomeClass, svgStyle } from './style';
import { coordinate, element, escapeXml, fingerprint, fitted, hover, label } from './xml';

/** What is compared: a number for the length of a bar, and how it is written. */
interface Measure {
  readonly title: string;
  readonly of: (row: ComparisonRow) => number | undefined;
  readonly text: (value: number) => string;
}

const MEASURES: readonly Measure[] = [
  { title: 'total time', of: s => s.totalSeconds, text: durationText },
  { title: 'exposure', of: s => s.exposure, text: shareText },
  { title: 'extra pods', of: s => s.extraPods, text: numberText },
  { title: 'time to abort', of: s => s.secondsToAbort, text: durationText },
];

/** The measures of a strategy as text. */
function cells(row: ComparisonRow): string[] {
  return MEASURES.map(({ of, text }) => {
    const value = of(row);
    return value === undefined ? '-' : text(value);
  });
}

const WIDTH = 1080;
const LEFT = 230;
const ROW = 40;

/** Bars for each strategy and measure; the longest of a column is the greatest value. */
export function comparisonSvg(title: string, scenario: string | undefined, rows: readonly ComparisonRow[]): string {
  const prefix = `fw-${fingerprint(JSON.stringify([title, scenario, rows]))}`;
  const top = scenario ? 104 : 86;
  const height = top + rows.length * ROW + 24;
  const column = (WIDTH - LEFT - 24) / MEASURES.length;
  const bars = MEASURES.map((measure, i) => {
    const x = LEFT + i * column;
    const longest = rows.reduce((most, row) => Math.max(most, measure.of(row) ?? 0), 0);
    return label(x, top - 12, measure.title, { 'class': 'soft', 'font-size': 12, 'font-weight': 700 })
      + rows.map((row, n) => bar(measure, row, longest, x, top + n * ROW, column - 30)).join('');
  });
  const names = rows.map((row, n) =>
    label(24, top + n * ROW + 18, fitted(row.name, 13, LEFT - 40), { 'class': 'ink', 'font-size': 13, 'font-weight': 700 })
    + label(24, top + n * ROW + 33, row.outcome, { 'class': outcomeClass(row.outcome), 'font-size': 11 })
    + (n === 0 ? '' : element('path', { d: `M24 ${coordinate(top + n * ROW)}h${WIDTH - 48}`, class: 'grid' })));
  const described = rows.map(row => `${row.name}: ${row.outcome}; ${MEASURES.map((m, i) => `${m.title} ${cells(row)[i]}`).join(', ')}.`).join(' ');
  return element('svg', {
    'xmlns': 'http://www.w3.org/2000/svg',
    'id': prefix,
    'viewBox': `0 0 ${WIDTH} ${height}`,
    'width': WIDTH,
    height,
    'role': 'img',
    'font-family': fontFamily(),
    'aria-labelledby': `${prefix}-title ${prefix}-desc`,
  },
  element('title', { id: `${prefix}-title` }, escapeXml(title)),
  element('desc', { id: `${prefix}-desc` }, escapeXml(described)),
  `<style>${svgStyle(prefix)}</style>`,
  element('rect', { width: WIDTH, height, class: 'back' }),
  label(24, 38, fitted(title, 21, WIDTH - 48), { 'class': 'ink', 'font-size': 21, 'font-weight': 700 }),
  ...(scenario ? [label(24, 62, fitted(scenario, 13, WIDTH - 48), { 'class': 'soft', 'font-size': 13 })] : []),
  ...names, ...bars) + '\n';
}

function bar({ of, text, title }: Measure, row: ComparisonRow, longest: number, x: number, top: number, room: number): string {
  const value = of(row);
  if (value === undefined) {
    return label(x, top + 24, '-', { 'class': 'soft', 'font-size': 12 });
  }
  const written = text(value);
  const width = longest > 0 ? value / longest * (room - 78) : 0;
  return element('g', {},
    element('rect', { x, 'y': top + 10, 'width': Math.max(width, value > 0 ? 2 : 1), 'height': 20, 'class': row.secondsToAbort === undefined ? 'stable' : 'canary', 'fill-opacity': 0.85 }),
    label(x + width + 7, top + 24, written, { 'class': 'ink', 'font-size': 12 }),
    hover(`${row.name}: ${title} ${written}`));
}

/** A page with the picture and a table. */
export function comparisonHtml(title: string, scenario: string | undefined, rows: readonly ComparisonRow[]): string {
  return page(title, [
    element('h1', {}, escapeXml(title)),
    ...(scenario ? [element('p', { class: 'note' }, escapeXml(scenario))] : []),
    `<figure>${comparisonSvg(title, scenario, rows)}</figure>`,
    table('Figures', ['Strategy', 'Outcome', ...MEASURES.map(measure => measure.title), 'least capacity'], [2, 3, 4, 5, 6],
      rows.map(row => [row.name, row.outcome, ...cells(row), shareText(row.worstCapacity)])),
  ]);
}
