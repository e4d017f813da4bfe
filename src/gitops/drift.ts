import type { ApiObject } from 'cdk8s';
import { OwnedFields, OwnedFieldsProps } from '../core/owned-fields';

/** What an engine must not take for drift, of one object: fields that a controller writes. Free of any engine. */
export interface DriftRule {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
  readonly fields: OwnedFieldsProps[];
}

/** The rules for objects, from what the objects themselves say. Sorted, so that their order means nothing. */
export function driftRulesOf(objects: ApiObject[]): DriftRule[] {
  return [...OwnedFields._among(objects)].map(([object, fields]): DriftRule => ({
    group: object.apiGroup === 'core' ? '' : object.apiGroup,
    kind: object.kind,
    name: object.name,
    namespace: object.metadata.namespace,
    fields,
  })).filter(rule => rule.fields.length > 0).sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
}

function keyOf({ group, kind, namespace, name }: DriftRule): string {
  return [group, kind, namespace, name].join('/');
}
