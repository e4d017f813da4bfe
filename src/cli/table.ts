import { wrap } from './text';

const GAP = 2;
/** A last column narrower than this is better not broken at all. */
const LEAST = 20;

/**
 * Rows as aligned columns.
 *
 * @param rows the cells of each row, the head first
 * @param width where to break the last column; without it every row is one line, for `grep` and `awk`
 */
export function renderTable(rows: string[][], width?: number): string {
  const widths = rows[0].slice(0, -1).map((_, column) => Math.max(...rows.map(row => row[column].length)));
  const indent = widths.reduce((sum, w) => sum + w + GAP, 0);
  const room = width === undefined || width - indent < LEAST ? undefined : width - indent;
  return rows.flatMap(row => {
    const last = row[row.length - 1];
    const [first, ...more] = room === undefined ? [last] : wrap(last, room);
    const cells = widths.map((w, column) => row[column].padEnd(w + GAP)).join('');
    return [`${cells}${first}`.trimEnd(), ...more.map(line => ' '.repeat(indent) + line)];
  }).join('\n') + '\n';
}
