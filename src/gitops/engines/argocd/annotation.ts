import { annotationFault } from '../../../core/metadata';

/** Whether something is the key of an annotation, which can stand in quotes of a template. */
export function isAnnotationKey(key: string): boolean {
  return annotationFault(key, '') === undefined && !/["\\]/.test(key);
}
