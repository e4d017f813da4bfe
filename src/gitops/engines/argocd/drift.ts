import { ResourceIgnoreDifferences } from './application-props';
import type { DriftRule } from '../../drift';

/** The rules by which Argo CD leaves the fields of other controllers alone: the finest that each owner gave. */
export function ignoreDifferences(rules: DriftRule[]): ResourceIgnoreDifferences[] {
  return rules.map(({ group, kind, name, namespace, fields }) => {
    const jq = fields.flatMap(field => field.jqPathExpressions ?? []);
    const pointers = fields.flatMap(field => field.jqPathExpressions ? [] : field.jsonPointers);
    return {
      ...(group === '' ? {} : { group }),
      kind,
      name,
      ...(namespace === undefined ? {} : { namespace }),
      ...(pointers.length > 0 ? { jsonPointers: pointers } : {}),
      ...(jq.length > 0 ? { jqPathExpressions: jq } : {}),
    };
  });
}

/**
 * Whether a sync keeps what stands in ignored fields. For fields inside of lists it must not: the whole list would be
 * taken from the cluster, and a change of the route in the repository would never arrive (argo-cd #17694, #26588).
 * There, only resources that differ otherwise are applied at all, and the controller sets its weights again.
 */
export function respectsIgnored(rules: DriftRule[]): boolean {
  return rules.length > 0 && rules.every(({ fields }) => fields.every(field => field.jqPathExpressions === undefined));
}
