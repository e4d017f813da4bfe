import type { IConstruct } from 'constructs';
import { FairwayError } from './fairway-error';
import { Finding, Severity } from './finding';
import { printable } from './printable';

/** What the catalogue says of a code, whatever the value that provoked it. */
export interface ProblemEntry {
  readonly code: string;
  readonly severity: Severity;
  /** A few words, without a full stop. */
  readonly title: string;
  /** Why the rule exists, and where it comes from. Markdown, whole sentences. */
  readonly explanation: string;
}

/** What a problem says of one occurrence. */
export interface ProblemText {
  /** What is wrong, with which value. */
  readonly message: string;
  /** What to write instead. */
  readonly remedy: string;
}

/** A kind of problem: an entry of the catalogue that can be found at a construct. */
export interface Problem<A> extends ProblemEntry {
  /** The finding at a construct (or a path, where there is no construct). */
  at(where: IConstruct | string, args: A): Finding;
  /** The same, to throw at once from a constructor. */
  error(where: IConstruct | string, args: A): FairwayError;
}

/** Defines a kind of problem. Every message of the library is one call of this. */
export function problem<A>(entry: ProblemEntry, text: (args: A) => ProblemText): Problem<A> {
  const at = (where: IConstruct | string, args: A): Finding => ({
    code: entry.code,
    severity: entry.severity,
    path: typeof where === 'string' ? where : where.node.path,
    ...text(args),
  });
  return { ...entry, at, error: (where, args) => new FairwayError([at(where, args)]) };
}

const SHOWN = 120;

/** A user's value as it stands in a message: quoted, escaped and cut to a readable length. */
export function show(value: unknown): string {
  const shown = [...printable(json(value))];
  return shown.length > SHOWN ? `${shown.slice(0, SHOWN).join('')}…` : shown.join('');
}

function json(value: unknown): string {
  try {
    return typeof value === 'number' ? String(value) : JSON.stringify(value) ?? String(value); // NaN is not null
  } catch {
    return shownAnyhow(value); // a ring, or a bigint
  }
}

function shownAnyhow(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'a value that cannot be shown'; // lists in lists in lists
  }
}

/** Values as they stand in a sentence: `"a", "b" and "c"`. */
export function list(values: Iterable<string>): string {
  const shown = [...values].map(show);
  if (shown.length > 12) {
    return `${shown.slice(0, 12).join(', ')} and ${shown.length - 12} more`;
  }
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** ` Did you mean "x"?` when a known name is close to the unknown one, else nothing. */
export function didYouMean(unknown: string, known: Iterable<string>): string {
  let best: string | undefined;
  let distance = Math.max(2, Math.floor(unknown.length / 3)) + 1;
  for (const candidate of known) {
    const d = editDistance(unknown.toLowerCase(), candidate.toLowerCase());
    if (d < distance) {
      best = candidate;
      distance = d;
    }
  }
  return best === undefined ? '' : ` Did you mean ${show(best)}?`;
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const substituted = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(substituted, previous[j] + 1, current[j - 1] + 1));
    }
    previous = current;
  }
  return previous[b.length];
}
