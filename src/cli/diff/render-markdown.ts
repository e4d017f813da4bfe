import { attentionCount, expectedLines, groupsOf, headlines, Line } from './lines';
import { differs, EnvironmentComparison, Section, sectionsOf } from './model';
import { countsText, expectedText, sameText } from './summary';
import { cut } from './values';
import { printable } from '../../core/diagnostics/printable';

/** The most characters of a comment on GitHub; GitLab and Gitea take more. */
export const MOST_CHARACTERS = 65_536;

/** Of the characters, those that the sentence about what is left out may take. */
const RESERVE = 400;

/**
 * A comparison for a comment on a pull request: a table of what differs, and the differences of each workload folded below it. It is
 * never longer than a comment may be; what has no room is left out, workload by workload, and the end says so.
 */
export function renderMarkdown(comparison: EnvironmentComparison): string {
  const shown = sectionsOf(comparison).filter(section => differs(section) || section.expected.length > 0);
  const rows = shown.map(section => `| ${nameOf(section)} | ${differencesOf(comparison, section)} |`);
  const details = shown.filter(section => section.isIn === 'both').map(section => detailsOf(section));
  const head = [`### ${code(comparison.from)} → ${code(comparison.to)}`, `${escaped(countsText(comparison))}.`];
  const foot = [sameText(comparison), expectedText(comparison)].filter(Boolean).map(text => `${escaped(text)}.`);
  const room = MOST_CHARACTERS - RESERVE - [...head, ...foot].join('\n\n').length;
  const table = fitting(rows, Math.floor(room / 2), 1);
  const below = fitting(details, room - table.join('\n').length - TABLE.length, 2);
  const missing = [
    ...(table.length < rows.length ? [`${rows.length - table.length} of ${rows.length} rows`] : []),
    ...(below.length < details.length ? [`the details of ${details.length - below.length} of ${details.length}`] : []),
  ];
  return [
    ...head,
    ...(table.length > 0 ? [`${TABLE}${table.join('\n')}`] : []),
    ...below,
    ...foot,
    ...(missing.length > 0 ? [`**Cut: ${missing.join(' and ')} did not fit into a comment. All of it: ${code(cut(`fairway diff ${comparison.from} ${comparison.to}`, 60))}**`] : []),
  ].join('\n\n') + '\n';
}

const TABLE = '| | what differs |\n|---|---|\n';

/** As many of the parts, from the first, as have room. */
function fitting(parts: string[], room: number, separator: number): string[] {
  let left = room;
  const end = parts.findIndex(part => {
    left -= part.length + separator;
    return left < 0;
  });
  return end < 0 ? parts : parts.slice(0, end);
}

function nameOf({ workload }: Section): string {
  return workload === undefined ? '*(environment)*' : code(cut(workload, 253));
}

function differencesOf({ from, to }: EnvironmentComparison, section: Section): string {
  if (section.isIn !== 'both') {
    return `only in ${code(section.isIn === 'from' ? from : to)}`;
  }
  const count = attentionCount(section);
  return [...(count === 0 ? [] : [`⚠️ ${count}`]), ...headlines(section).map(code)].join('<br>') || 'as expected';
}

function detailsOf(section: Section): string {
  const expected = expectedLines(section);
  const groups = [...groupsOf(section).map(({ area, lines }) => ({ title: area as string, lines })), ...(expected.length > 0 ? [{ title: 'expected', lines: expected }] : [])];
  const body = groups.flatMap(({ title, lines }) => [`@@ ${title} @@`, ...lines.flatMap(lineText)]).join('\n');
  const fence = '`'.repeat(Math.max(3, ...[...body.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `<details><summary>${section.workload === undefined ? '(environment)' : code(cut(section.workload, 253))}</summary>\n\n${fence}diff\n${body}\n${fence}\n\n</details>`;
}

/** A line as `diff` colours it: `!` is what changed. */
function lineText({ sign, text, attention, expected, more }: Line): string[] {
  const note = `${attention === undefined ? '' : `  ⚠ ${attention}`}${expected === undefined ? '' : `  (${expected})`}`;
  return [`${sign === '~' ? '!' : sign} ${text}${note}`, ...more.map(part => `${part.sign === '~' ? ' ' : part.sign}     ${part.text}`)];
}

/**
 * A text that stays the text that it is, inside a paragraph and a table: no mark-up, no HTML, no link, no mention of anybody. What could
 * begin one is written as a character reference, which Markdown takes for nothing else (CommonMark, "Entity and numeric character
 * references").
 */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>"'`*_~[\]\\|#@$:{}]|(?<=www)\./gi, char => `&#${char.charCodeAt(0)};`);
}

/** A name in the text. In `code`, GitHub looks for no mentions of people, issues and commits. */
export function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}
