import { isDnsSubdomain, isMap, unprintableKey } from './metadata';
import { Check, listOf, mapOf, refuse, struct, text, textOrEmpty, textThat } from './shape';

/*
 * Shapes of what all objects of Kubernetes share.
 */

export const objectName = textThat(isDnsSubdomain, 'is no name of an object');

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

export const namespaceName = textThat(value => LABEL.test(value), 'is no name of a namespace');

/** What stands in `metadata`. The rest of it is for the API server to judge. */
export const metadata: Check = (at, value) => {
  if (!isMap(value) || unprintableKey(value) !== undefined) {
    throw refuse(at, value, 'is no map');
  }
  const parts: Record<string, Check> = { name: objectName, namespace: namespaceName, labels: mapOf(textOrEmpty), annotations: mapOf(textOrEmpty) };
  for (const [field, check] of Object.entries(parts)) {
    const given = (value as Record<string, unknown>)[field];
    if (given !== undefined) {
      check({ ...at, field: `${at.field}.${field}` }, given);
    }
  }
};

/** What stands in `metadata` of a kind that lives in no namespace. */
export const clusterMetadata: Check = (at, value) => {
  metadata(at, value);
  if ((value as { namespace?: unknown }).namespace !== undefined) {
    throw refuse({ ...at, field: `${at.field}.namespace` }, (value as { namespace?: unknown }).namespace, 'is for kinds that live in a namespace');
  }
};

const requirement: Check = (at, value) => {
  struct({ key: text, operator: text, values: listOf(textOrEmpty) }, ['key', 'operator'])(at, value);
  const { operator, values = [] } = value as { operator: string; values?: string[] };
  const operators: Record<string, boolean> = { In: true, NotIn: true, Exists: false, DoesNotExist: false };
  if (!Object.hasOwn(operators, operator)) {
    throw refuse({ ...at, field: `${at.field}.operator` }, operator, `is none of ${Object.keys(operators).join(', ')}`);
  }
  if (operators[operator] !== values.length > 0) {
    throw refuse(at, value, 'has an operator and values that do not go together');
  }
};

/** The fields of a label selector (k8s ValidateLabelSelector). */
export const LABEL_SELECTOR: Record<string, Check> = { matchLabels: mapOf(textOrEmpty), matchExpressions: listOf(requirement) };

/** A label selector that asks for something. */
export const labelSelector: Check = (at, value) => {
  struct(LABEL_SELECTOR)(at, value);
  if (isEmptySelector(value)) {
    throw at.messages.emptyField.error(at.path, { kind: at.kind, field: `${at.field}.matchLabels` });
  }
};

/** Whether a selector asks for nothing. */
export function isEmptySelector(value: unknown): boolean {
  const { matchLabels = {}, matchExpressions = [] } = value as { matchLabels?: object; matchExpressions?: unknown[] };
  return Object.keys(matchLabels).length + matchExpressions.length === 0;
}
