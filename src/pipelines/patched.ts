import { JsonPatch } from 'cdk8s';
import type { PatchOperation } from './graph';

/** Data with a change. Throws where the path is not there. */
export function patchedWith(data: unknown, ...operations: PatchOperation[]): unknown {
  return JsonPatch.apply(data, ...operations.map(({ op, path, value }) => op === 'remove' ? JsonPatch.remove(path) : JsonPatch[op](path, value)));
}
