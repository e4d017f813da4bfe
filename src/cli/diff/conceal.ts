import type { Manifest } from './objects';
import { isMapping, Change } from './structure';
import { looksSecret } from '../../workloads/env';

/** What stands where the value of a secret would stand. */
export const HIDDEN = '(hidden)';

/** The parts of a Secret that say nothing secret. */
const OPEN = new Set(['apiVersion', 'immutable', 'kind', 'metadata', 'type']);

/** Two Secrets without what is in them: a symbol stands for each value. What differs still differs, and what is the same stays the same. */
export function concealed(before: Manifest, after: Manifest): [Manifest, Manifest] {
  const known = new Map<string, symbol>();
  const conceal = (value: unknown) => {
    const text = JSON.stringify(value) ?? '';
    known.set(text, known.get(text) ?? Symbol(String(known.size)));
    return known.get(text)!;
  };
  const values = (part: unknown) => isMapping(part) ? mapped(part, (_, value) => conceal(value)) : conceal(part);
  const secret = (object: Manifest) => mapped(object, (key, value) => key === 'metadata' && isMapping(value)
    ? mapped(value, (field, v) => field === 'annotations' ? values(v) : v)
    : OPEN.has(key) ? value : values(value));
  return [secret(before), secret(after)];
}

/** A change without secrets: those of a Secret, and the values of variables whose names say that they are secret. */
export function withoutSecrets(change: Change): Change {
  const names = change.path.flatMap(segment => 'item' in segment && looksSecret(String(segment.item)) ? [segment.item] : []);
  const last = change.path.at(-1);
  const isValue = names.length > 0 && last !== undefined && 'key' in last && last.key === 'value';
  const open = (value: unknown) => value === undefined ? undefined : isValue ? HIDDEN : hidden(value);
  return { ...change, ...('before' in change ? { before: open(change.before) } : {}), ...('after' in change ? { after: open(change.after) } : {}) };
}

function hidden(value: unknown): unknown {
  if (typeof value === 'symbol') {
    return HIDDEN;
  }
  if (Array.isArray(value)) {
    return value.map(hidden);
  }
  if (!isMapping(value)) {
    return value;
  }
  const isSecret = typeof value.name === 'string' && looksSecret(value.name) && typeof value.value === 'string';
  return mapped(value, (key, v) => isSecret && key === 'value' ? HIDDEN : hidden(v));
}

function mapped(object: Record<string, unknown>, f: (key: string, value: unknown) => unknown): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, f(key, value)]));
}
