import * as fs from 'fs';
import * as path from 'path';

/* The guide prints the queries that are asked. */

const guide = fs.readFileSync(path.resolve(__dirname, '../../../docs/metrics.md'), 'utf8');
const blocks = (text: string) => text.trim().split(/\n\n+/);
const queries = blocks(fs.readFileSync(path.join(__dirname, 'queries.txt'), 'utf8'));
const printed = [...guide.matchAll(/^```promql\n([^]*?)^```$/gm)].flatMap(([, text]) => blocks(text));

test('every query that is printed is asked', () => {
  expect(printed.filter(query => !queries.includes(query))).toEqual([]);
});

test('every source and measure is printed', () => {
  const kinds = (list: string[]) => new Set(list.map(block => block.split('\n')[0].split(' ')).map(([, source, , , measure]) => `${source} ${measure}`));
  expect(kinds(printed)).toEqual(kinds(queries));
});

test('every placeholder is explained', () => {
  for (const name of ['namespace', 'workload', 'service', 'pods', 'interval']) {
    expect(guide).toContain(`| \`{{${name}}}\` |`);
  }
});
