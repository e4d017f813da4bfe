import type { ApiObject } from 'cdk8s';
import type { DriftIgnore } from './references';
import type { OwnedFieldsProps } from '../../../core/owned-fields';
import { driftRulesOf } from '../../drift';

/**
 * The rules by which Flux leaves the fields of other controllers alone, each for one object. A rule takes over what stands in the cluster
 * (fluxcd/pkg ssa/manager_apply.go, computeDriftedPaths), so it must name as little as it can: of a route the single weights, or changes of the route
 * would never arrive.
 */
export function ignoreRules(objects: ApiObject[]): DriftIgnore[] {
  const byKey = new Map(objects.map(object => [keyOf(object.apiGroup === 'core' ? '' : object.apiGroup, object.kind, object.metadata.namespace, object.name), object]));
  return driftRulesOf(objects).map(({ group, kind, name, namespace, fields }) => {
    const manifest: unknown = byKey.get(keyOf(group, kind, namespace, name))!.toJson();
    return {
      paths: [...new Set(fields.flatMap(field => pathsOf(manifest, kind, field)))],
      // The group of Kubernetes itself has no name, and no expression for it: it is told by its version, which is v1.
      target: {
        ...(group === '' ? { version: 'v1' } : { group: literal(group) }),
        kind,
        name: literal(name),
        ...(namespace === undefined ? {} : { namespace: literal(namespace) }),
      },
    };
  });
}

function pathsOf(manifest: unknown, kind: string, { jsonPointers, jqPathExpressions }: OwnedFieldsProps): string[] {
  const fine = (jqPathExpressions ?? []).flatMap(expression => pointersOf(manifest, expression));
  if (fine.length > 0) {
    return fine;
  }
  // A selector is atomic: applied without the label of the controller, it has it no longer, and Flux can take over only what it applies itself.
  return jsonPointers.map(pointer => kind === 'Service' && pointer.startsWith('/spec/selector/') ? '/spec/selector' : pointer);
}

/** The places that a jq path such as `.spec.rules[].backendRefs[].weight` means in an object; none for another form. */
function pointersOf(manifest: unknown, expression: string): string[] {
  if (!/^(\.[A-Za-z_]\w*|\[\])+$/.test(expression)) {
    return [];
  }
  let places: Array<{ pointer: string; value: any }> = [{ pointer: '', value: manifest }];
  for (const [step] of expression.matchAll(/\.\w+|\[\]/g)) {
    places = places.flatMap(({ pointer, value }) => step === '[]'
      ? (Array.isArray(value) ? value.map((each, i) => ({ pointer: `${pointer}/${i}`, value: each })) : [])
      : value?.[step.slice(1)] === undefined ? [] : [{ pointer: `${pointer}/${step.slice(1)}`, value: value[step.slice(1)] }]);
  }
  return places.map(({ pointer }) => pointer);
}

/** Targets are regular expressions. */
const literal = (text: string) => text.replace(/\./g, '\\.');

const keyOf = (...parts: Array<string | undefined>) => parts.join('/');
