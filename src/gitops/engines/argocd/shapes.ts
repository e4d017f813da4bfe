import * as own from './messages';
import { anything, At, Check, listOf, mapOf, refuse, ShapeMessages, struct, text, textOrEmpty } from '../../../core/shape';
import * as messages from '../../messages';

/*
 * What is common to the shapes of Argo CD's objects.
 */

export const MESSAGES: ShapeMessages = {
  emptyField: messages.emptyField,
  invalidField: messages.invalidField,
  unknownField: own.unknownField,
  invalidDuration: own.invalidDuration,
};

/** Where a check begins. */
export const at = (path: string, kind: string): At => ({ path, kind, field: '', messages: MESSAGES });

/** A text, that may be empty: Argo CD leaves such fields out. */
export const word = textOrEmpty;

/** Plain data of JSON, that cdk8s can print. */
export const json: Check = (where, value) => jsonAt(where, value, new Set());

function jsonAt(where: At, value: unknown, above: Set<unknown>): void {
  if (value === null || ['string', 'boolean'].includes(typeof value) || (typeof value === 'number' && Number.isFinite(value))) {
    return;
  }
  if (typeof value !== 'object' || above.has(value)) {
    throw refuse(where, value, 'is no plain data');
  }
  const inside = new Set(above).add(value);
  if (Array.isArray(value)) {
    Array.from(value).forEach((each, i) => jsonAt({ ...where, field: `${where.field}[${i}]` }, each, inside));
    return;
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw refuse(where, value, 'is no plain data');
  }
  mapOf(anything)(where, value);
  Object.entries(value).forEach(([key, each]) => jsonAt({ ...where, field: `${where.field}.${key}` }, each ?? null, inside));
}

/** A map of plain data. */
export const jsonMap: Check = (where, value) => {
  mapOf(anything)(where, value);
  json(where, value);
};

export const texts = listOf(text);
export const words = listOf(word);
export const wordMap = mapOf(word);

/** What `ApiObject` takes for its metadata: it looks at names alone, and what cannot be printed would only be found then. */
export const metadata: Check = (where, value) => {
  mapOf(anything)(where, value);
  if (!isPrintable(value, new Set())) {
    throw refuse(where, value, 'cannot be printed');
  }
};

/** Whether there are neither functions nor rings in plain maps and lists; what is lazy is asked later. */
function isPrintable(value: unknown, above: Set<unknown>): boolean {
  if (typeof value !== 'object' || value === null) {
    return !['function', 'symbol', 'bigint'].includes(typeof value);
  }
  const isPlain = Array.isArray(value) || [Object.prototype, null].includes(Object.getPrototypeOf(value));
  return !above.has(value) && (!isPlain || Object.values(value).every(each => isPrintable(each, new Set(above).add(value))));
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'];

const operator: Check = (where, value) => {
  if (typeof value !== 'string' || !OPERATORS.includes(value)) {
    throw refuse(where, value, `is none of ${OPERATORS.join(', ')}`);
  }
};

const selectorShape = struct({
  matchLabels: wordMap,
  matchExpressions: listOf(struct({ key: text, operator, values: words }, ['key', 'operator'])),
});

/** A selector of labels; `In` and `NotIn` need values, the others have none (apimachinery labels.NewRequirement). */
export const labelSelector: Check = (where, value) => {
  selectorShape(where, value);
  const { matchExpressions = [] } = value as { matchExpressions?: Array<{ operator: string; values?: string[] }> };
  matchExpressions.forEach((each, i) => {
    const needsValues = each.operator === 'In' || each.operator === 'NotIn';
    if (needsValues !== (each.values ?? []).length > 0) {
      throw refuse({ ...where, field: `${where.field}.matchExpressions[${i}]` }, each, needsValues ? 'needs values' : 'has values');
    }
  });
};
