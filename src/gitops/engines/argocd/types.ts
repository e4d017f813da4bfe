import { isMap } from '../../../core/metadata';
import * as messages from '../../messages';

/** Throws FW517 unless each of the fields that are given is of a type. */
export function checkTypes(path: string, kind: string, type: 'string' | 'boolean' | 'map', fields: Record<string, unknown>): void {
  for (const [field, value] of Object.entries(fields)) {
    if (value !== undefined && !(type === 'map' ? isMap(value) : typeof value === type)) {
      throw messages.invalidField.error(path, { kind, field, value, fault: `is no ${type}` });
    }
  }
}

/** Whether something is a Destination, of this version of the library or of another one. */
export function isDestination(value: any): boolean {
  return typeof value?._toJson === 'function' && typeof value.namespace === 'string';
}
