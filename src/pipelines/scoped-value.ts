/*
 * Values that are bound to constructs, until the graph is built. They are told by objects, not by names: what is renamed stays bound.
 */

export const SCOPED = Symbol('scoped');

/** The output of a step, wherever it stands. */
export interface StepOutput {
  readonly [SCOPED]: 'stepOutput';
  readonly step: object;
  readonly name: string;
}

/** An output of a use of a template. */
export interface UseOutput {
  readonly [SCOPED]: 'useOutput';
  readonly use: object;
  readonly name: string;
}

/** An input of a pipeline or a template. */
export interface ScopedInput {
  readonly [SCOPED]: 'input';
  readonly owner: object;
  readonly name: string;
}

/** A value of a matrix. */
export interface ScopedMatrix {
  readonly [SCOPED]: 'matrix';
  readonly matrix: object;
  readonly axis: string;
}

export interface ScopedSecret {
  readonly [SCOPED]: 'secret';
  readonly name: string;
  readonly environment?: string;
}

export type ScopedValue = StepOutput | UseOutput | ScopedInput | ScopedMatrix | ScopedSecret;

export function isScoped(part: object): part is ScopedValue {
  return SCOPED in part;
}
