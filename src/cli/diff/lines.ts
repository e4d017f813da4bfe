import { AREAS, Area } from './areas';
import type { Difference, Section } from './model';
import { kindOf, nameOf, ObjectPair } from './objects';
import { commonSubsequence, gaps } from './sequence';
import { cut, pathText, valueText } from './values';
import { printable } from '../../core/diagnostics/printable';

/** Whether something comes, goes or becomes another. */
export type Sign = '+' | '-' | '~';

/** A line about a difference, for people. Nothing in it moves the cursor. */
export interface Line {
  readonly sign: Sign;
  readonly text: string;
  /** Why it needs a look for security. */
  readonly attention?: string;
  /** Why it is expected. */
  readonly expected?: string;
  /** The lines of a text that differ. */
  readonly more: Array<{ readonly sign: Sign; readonly text: string }>;
}

/** What is about the same thing. */
export interface LineGroup {
  readonly area: Area;
  readonly lines: Line[];
}

const SIGNS = { added: '+', removed: '-', changed: '~' } as const;

/** More lines of a text are not shown. */
const MOST_LINES = 12;
const LONGEST_LINE = 120;

/** What differs, area by area: first what it means, then what that does not say. */
export function groupsOf(section: Section): LineGroup[] {
  const said = new Set(section.facts.flatMap(fact => fact.covers));
  return AREAS.map(area => ({
    area,
    lines: [
      ...section.facts.filter(fact => fact.area === area).map((fact): Line => ({ sign: '~', text: factText(fact), more: [], attention: fact.covers.find(d => d.attention)?.attention })),
      ...section.differences.filter(d => d.area === area && !said.has(d)).map(d => lineOf(d, section.workload)),
    ],
  })).filter(({ lines }) => lines.length > 0);
}

/** Those that are expected, in one list. */
export function expectedLines(section: Section): Line[] {
  return section.expected.map(d => lineOf(d, section.workload));
}

/** What differs, in a few words for each area: `scaling: replicas 2 → 3 to 12`. */
export function headlines(section: Section): string[] {
  return groupsOf(section).map(({ area, lines }) => {
    const facts = section.facts.filter(fact => fact.area === area).map(factText);
    const images = section.differences.filter(d => d.area === area).flatMap(imageText);
    const hosts = section.differences.filter(d => d.area === area).flatMap(hostText);
    const said = [...facts, ...images, ...hosts];
    return said.length > 0 ? `${area}: ${said.slice(0, 2).join('; ')}${said.length > 2 ? '; …' : ''}` : `${area} (${lines.length})`;
  });
}

/** How many lines of a section need a look for security. */
export function attentionCount(section: Section): number {
  return groupsOf(section).flatMap(({ lines }) => lines).filter(line => line.attention !== undefined).length;
}

function factText({ label, before, after }: { label: string; before: string; after: string }): string {
  return printable(`${label === '' ? '' : `${label} `}${before} → ${after}`);
}

function lineOf({ pair, change, attention, expected }: Difference, workload: string | undefined): Line {
  const { before, after, kind } = change;
  const line = (text: string, more: Line['more'] = []): Line => ({ sign: SIGNS[kind], text: `${objectText(pair, workload)}${text}`, attention, expected, more });
  if (change.path.length === 0 && kind !== 'changed') {
    return line('');
  }
  // A word of a set stands for itself.
  const last = change.path.at(-1)!;
  const isWord = kind !== 'changed' && 'item' in last && last.item === (before ?? after);
  const path = ` ${pathText(isWord ? change.path.slice(0, -1) : change.path)}`;
  if (kind === 'changed' && typeof before === 'string' && typeof after === 'string') {
    return before.includes('\n') || after.includes('\n') ? line(path, differentLines(before, after)) : line(`${path}: ${apart(before, after)}`);
  }
  return line(kind === 'changed' ? `${path}: ${valueText(before)} → ${valueText(after)}` : `${path}: ${valueText(kind === 'added' ? after : before)}`);
}

/** Two texts; of long ones the part in which they differ. */
function apart(before: string, after: string): string {
  const [old, now] = [valueText(before), valueText(after)];
  if (old !== now || before === after) {
    return `${old} → ${now}`; // what is hidden is the same on both sides
  }
  let start = 0;
  while (before[start] === after[start]) {
    start++;
  }
  return `…${valueText(before.slice(Math.max(0, start - 20)))} → …${valueText(after.slice(Math.max(0, start - 20)))}`;
}

/** `Deployment`; with its name, where that is not the name of the workload. */
export function objectText({ before, after }: ObjectPair, workload: string | undefined): string {
  const filed = (after ?? before)!;
  const name = nameOf(filed);
  const label = kindOf(filed) === '' ? `file ${filed.file}` : name === '' || name === workload ? kindOf(filed) : `${kindOf(filed)} ${name}`;
  return cut(printable(label), LONGEST_LINE);
}

function differentLines(before: string, after: string): Line['more'] {
  const old = before.split('\n');
  const now = after.split('\n');
  const found = gaps(old.length, now.length, commonSubsequence(old.length, now.length, (i, j) => old[i] === now[j])).flatMap(gap => [
    ...gap.before.map(i => ({ sign: '-' as const, text: cut(printable(old[i].slice(0, LONGEST_LINE * 4)), LONGEST_LINE) })),
    ...gap.after.map(j => ({ sign: '+' as const, text: cut(printable(now[j].slice(0, LONGEST_LINE * 4)), LONGEST_LINE) })),
  ]);
  return found.length <= MOST_LINES ? found : [...found.slice(0, MOST_LINES), { sign: '~', text: `… ${found.length - MOST_LINES} more lines` }];
}

/** `1.4.2@sha256:0123456789ab… → 1.5.0@sha256:…`, when the repository is the same. */
function imageText({ change: { path, before, after } }: Difference): string[] {
  const last = path.at(-1);
  if (typeof before !== 'string' || typeof after !== 'string' || last === undefined || !('key' in last) || last.key !== 'image') {
    return [];
  }
  const parts = [before, after].map(image => /^(.*?)((?::[\w.-]+)?(?:@sha256:[0-9a-f]+)?)$/s.exec(image)!);
  const short = (image: string) => valueText(image.replace(/^:/, '').replace(/(@sha256:[0-9a-f]{12})[0-9a-f]+$/, '$1…').replace(/^@/, ''));
  return [parts[0][1] === parts[1][1] ? `${short(parts[0][2])} → ${short(parts[1][2])}` : `${short(before)} → ${short(after)}`];
}

function hostText({ change: { path, before, after } }: Difference): string[] {
  const isHost = path.some(segment => 'key' in segment && (segment.key === 'hostnames' || segment.key === 'host'));
  return isHost && typeof before === 'string' && typeof after === 'string' ? [`${valueText(before)} → ${valueText(after)}`] : [];
}
