import * as fc from 'fast-check';
import { stringify } from 'yaml';
import { compareEnvironments, ManifestFile } from '../../src/cli/diff/compare';
import type { EnvironmentComparison } from '../../src/cli/diff/model';
import { renderJson } from '../../src/cli/diff/render-json';
import { code, escaped, MOST_CHARACTERS, renderMarkdown } from '../../src/cli/diff/render-markdown';
import { renderText } from '../../src/cli/diff/render-text';
import { cut, valueText } from '../../src/cli/diff/values';
import '../support/properties';

/* What a comparison looks like: nothing in a manifest can move the cursor, or become mark-up. */

type Json = Record<string, unknown>;

function compared(workloads: Record<string, [Json, Json]>, from = 'dev', to = 'prod'): EnvironmentComparison {
  const files = (side: 0 | 1): ManifestFile[] => Object.entries(workloads).map(([workload, objects]) => ({ path: `${workload}.yaml`, text: stringify(objects[side]), workload }));
  return compareEnvironments({ platform: 'shop', from: { name: from, files: files(0) }, to: { name: to, files: files(1) } });
}

const object = (data: unknown, name = 'web'): Json => ({ kind: 'ConfigMap', metadata: { name }, data });
const hostile = fc.string({
  unit: fc.oneof(fc.constantFrom('`', '```', '|', '<b>', '</details>', '@octocat', '#1', '\n', '\r', '\u001b[31m', '\u009b2J', '\u202e', '\u2028', '[a](b)', '![', '&lt;', 'https://x.y', 'www.x.y', '\\', '*', '_', '~', ' ', '+', '- ', '@@'), fc.string({ unit: 'binary', maxLength: 2 })),
  maxLength: 12,
});

describe('whatever stands in a manifest', () => {
  const inputs = fc.record({ key: hostile, before: hostile, after: hostile, name: hostile, workload: hostile.filter(text => text !== '' && text !== '__proto__'), from: hostile, to: hostile });
  const comparisons = inputs.map(({ key, before, after, name, workload, from, to }) =>
    compared({ [workload]: [object({ [key]: before, same: 1 }, name), object({ [key]: after, [`${key}2`]: [before], same: 2 }, name)] }, `a${from}`, `b${to}`));

  // eslint-disable-next-line no-control-regex -- what would move the cursor
  const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

  test('the terminal is safe from it', () => {
    fc.assert(fc.property(comparisons, comparison => {
      for (const text of [renderText(comparison, false), renderMarkdown(comparison), renderJson(comparison)]) {
        expect(text).not.toMatch(CONTROL);
      }
      expect(renderText(comparison, true).replace(/\u001b\[(\d+)m/g, '')).not.toMatch(CONTROL);
    }));
  });

  test('Markdown has the mark-up of the comparison, and no other', () => {
    fc.assert(fc.property(comparisons, comparison => {
      const markdown = renderMarkdown(comparison);
      // Between the fences, everything is code; a fence is longer than any other in it.
      const [, before, fence, block, after] = /^([^]*?)\n(`{3,})diff\n([^]*?)\n\2\n([^]*)$/.exec(markdown)!;
      expect(block).not.toMatch(new RegExp(`${fence}`));
      const around = `${before}\n${after}`;
      expect(around.replace(/<\/?(code|details|summary)>|<br>/g, '')).not.toMatch(/[<>`@$~[\]\\]|https?:|www\.|!\[/i);
      expect(around.match(/<details>/g)).toHaveLength(1);
      const rows = around.split('\n').filter(line => line.startsWith('|'));
      expect(rows).toHaveLength(3);
      expect(rows.map(row => row.split('|').length)).toEqual([4, 4, 4]);
    }));
  });

  test('JSON holds the values as they are', () => {
    fc.assert(fc.property(hostile, hostile, (before, after) => {
      const { workloads: [{ differences }] } = JSON.parse(renderJson(compared({ web: [object({ a: `${before}.` }), object({ a: `${after}!` })] })));
      expect(differences).toMatchObject([{ path: 'data.a', before: JSON.parse(JSON.stringify(`${before}.`)) }]);
    }));
  });

  test.each([
    ['a|b', 'a&#124;b'], ['<b>', '&#60;b&#62;'], ['@octocat #1', '&#64;octocat &#35;1'], ['`', '&#96;'], ['www.x.y', 'www&#46;x.y'], ['https://x', 'https&#58;//x'], ['\u001b', '&#92;u001b'],
  ])('%j in the text is %j', (text, expected) => {
    expect(escaped(text)).toBe(expected);
    expect(code(text)).toBe(`<code>${expected}</code>`);
  });
});

describe('what is huge', () => {
  test('is cut, in whole characters', () => {
    expect(cut('😀'.repeat(5), 3)).toBe('😀😀😀…');
    expect(cut('😀😀', 3)).toBe('😀😀');
    expect(valueText('x'.repeat(1e6))).toHaveLength(101);
    expect(valueText(Array.from({ length: 1e5 }, (_, i) => ({ i }))).length).toBe(101);
    expect(valueText({})).toBe('{}');
    expect(valueText({ a: ['b', 1, null], c: 'x: y' })).toBe('{ a: [b, 1, null], c: "x: y" }');
  });

  test('shows where long texts differ', () => {
    const long = 'x'.repeat(500);
    expect(renderText(compared({ web: [object({ a: `${long}1` }), object({ a: `${long}2` })] }), false)).toContain(`: …${'x'.repeat(20)}1 → …${'x'.repeat(20)}2\n`);
  });

  test('shows the first of the lines that differ', () => {
    const lines = (word: string) => Array.from({ length: 40 }, (_, i) => `${word}${i}`).join('\n');
    const text = renderText(compared({ web: [object({ a: lines('a') }), object({ a: lines('b') })] }), false);
    expect(text).toContain('        - a0\n');
    expect(text).toContain('        ~ … 68 more lines\n');
  });

  test('has its beginning in JSON', () => {
    const { workloads: [{ differences }] } = JSON.parse(renderJson(compared({ web: [object({ a: 'x'.repeat(1e6) }), object({ a: 'y' })] })));
    expect(differences[0].before).toHaveLength(4097);
  });

  const many = (count: number, size: number) => Object.fromEntries(Array.from({ length: count }, (_, i): [string, [Json, Json]] =>
    [`web-${i}`, [object({}), object(Object.fromEntries(Array.from({ length: size }, (__, n) => [`key-${n}`, '`<|@'.repeat(20)])))]]));

  test.each([[10, 200], [1500, 1], [1, 3000]])('fits into a comment: %d workloads with %d differences', (count, size) => {
    const markdown = renderMarkdown(compared(many(count, size)));
    expect(markdown.length).toBeLessThanOrEqual(MOST_CHARACTERS);
    expect(markdown).toMatch(/\*\*Cut: .* did not fit into a comment\. All of it: <code>fairway diff dev prod<\/code>\*\*\n$/);
    expect(markdown.split('<details>').length).toBe(markdown.split('</details>').length);
  });

  test('is not cut when it fits', () => {
    expect(renderMarkdown(compared(many(5, 5)))).not.toContain('Cut:');
  });
});

test('what is compared again, in another order, reads the same', () => {
  const files = (environment: string, value: number): ManifestFile[] => ['b', 'a', 'c'].flatMap(workload => ['y', 'x'].map(name =>
    ({ path: `${environment}/${workload}/${name}.yaml`, text: stringify(object({ value }, name)), workload })));
  const of = (turn: (list: ManifestFile[]) => ManifestFile[]) => compareEnvironments({
    platform: 'shop', from: { name: 'dev', files: turn(files('dev', 1)) }, to: { name: 'prod', files: turn(files('prod', 2)) }, all: true,
  });
  for (const render of [renderMarkdown, renderJson, (c: EnvironmentComparison) => renderText(c, false)]) {
    expect(render(of(list => list.reverse()))).toBe(render(of(list => list)));
  }
});
