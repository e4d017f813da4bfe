import type { Param } from './param-props';

/*
 * References in texts: `$(params.x)`, `$(tasks.x.results.y)`. What they look like comes from pkg/substitution and pkg/internal/resultref of tektoncd/pipeline.
 */

/** A reference, in its parts. */
export interface Reference {
  /** All that stands in the brackets. */
  readonly text: string;
  /** `params`, `tasks`, `results`, `workspaces`, `context`, `steps`, `step`. */
  readonly head: string;
  /** What follows, by dots; brackets with quotes count as dots. */
  readonly parts: readonly string[];
  /** `[*]` or `[0]`, if it ends so. */
  readonly index?: string;
}

/** Words that references begin with. Anything else in `$( )` is a command of a shell. */
const HEADS = ['params', 'inputs', 'outputs', 'context', 'results', 'step', 'steps', 'tasks', 'finally', 'workspaces', 'credentials', 'artifacts', 'tt', 'body', 'header', 'extensions'];

/** What Tekton may take for its own in a text, wherever it stands: the text must not reach Tekton when it is meant for a shell. */
export const LIVE = new RegExp(`\\$\\((?:${HEADS.join('|')})[.[]`);

const REFERENCE = new RegExp(`\\$\\(((?:${HEADS.join('|')})(?:\\.|\\[["'])[^()$\\n]*)\\)`, 'g');

/** All references of a text. */
export function referencesIn(text: string): Reference[] {
  return [...text.matchAll(REFERENCE)].map(([, inner]) => parse(inner));
}

function parse(inner: string): Reference {
  const index = /(\[(?:\*|\d+)\])$/.exec(inner)?.[1];
  const bare = index === undefined ? inner : inner.slice(0, -index.length);
  const quoted = /^(\w+)\[(?:"([^"]*)"|'([^']*)')\](.*)$/.exec(bare);
  const [head, ...parts] = quoted === null ? bare.split('.') : [quoted[1], quoted[2] ?? quoted[3], ...quoted[4].split('.').filter(part => part !== '')];
  return { text: inner, head, parts, index };
}

/** All texts of a value. */
export function textsOf(value: unknown): string[] {
  if (typeof value === 'string') {
    return [value];
  }
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

/** All references of values. */
export function referencesOf(...values: unknown[]): Reference[] {
  return values.flatMap(textsOf).flatMap(referencesIn);
}

/** Whether it is a result of a task. */
export function isResult({ head, parts }: Reference): boolean {
  return (head === 'tasks' || head === 'finally') && parts[1] === 'results' && parts.length >= 3;
}

/** Whether it is what became of a task, or of all of them. */
export function isStatus({ head, parts }: Reference): boolean {
  return head === 'tasks' && ((parts.length === 1 && parts[0] === 'status') || (parts.length === 2 && ['status', 'reason'].includes(parts[1])));
}

/** Values of params, among them those of a matrix. */
export function valuesOf(params: readonly Param[] = []): unknown[] {
  return params.map(({ value }) => value);
}
