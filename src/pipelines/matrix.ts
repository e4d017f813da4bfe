import { checkIdentifier, checkShape, refuse } from './check';
import { Combination, combinationsOf, DynamicMatrixNode, StaticMatrixNode } from './graph';
import * as messages from './messages';
import { SCOPED } from './scoped-value';
import { Value } from './value';
import { At, Check, flag, listOf, mapOf, whole } from '../core/shape';

/** How the legs of a matrix run. */
export interface MatrixOptions {
  /**
   * Further combinations, or further variables of combinations, by GitHub's rules: an entry joins every combination that it does not contradict,
   * else it is one of its own.
   *
   * @default - none
   */
  readonly include?: Record<string, string>[];

  /**
   * Combinations that are left out: each that has all values of an entry. Throws FW1021 for an entry that matches none.
   *
   * @default - none
   */
  readonly exclude?: Record<string, string>[];

  /**
   * Whether the other legs stop when one has failed.
   *
   * @default true
   */
  readonly failFast?: boolean;

  /**
   * How many legs run at the same time.
   *
   * @default - as many as there are runners
   */
  readonly maxParallel?: number;
}

/** Options of a matrix that a job computes. */
export interface DynamicMatrixOptions {
  /** The variables that every combination has. */
  readonly axes: string[];

  /**
   * Whether the other legs stop when one has failed.
   *
   * @default true
   */
  readonly failFast?: boolean;

  /**
   * How many legs run at the same time.
   *
   * @default - as many as there are runners
   */
  readonly maxParallel?: number;
}

const MOST = 256;

/** A job for each combination of some values. Values are text. */
export class Matrix {
  /**
   * All combinations of some values.
   *
   * @param axes the values of each variable: `{ node: ['22', '24'], os: ['bookworm', 'alpine'] }`
   * @param options what is left out or added. Throws FW1000 to FW1004, FW1020 for none or more than 256 combinations, FW1021
   */
  public static of(axes: Record<string, string[]>, options: MatrixOptions = {}): Matrix {
    checkAxes(axes);
    checkShape('', 'matrix', options, { include: entries, exclude: entries, failFast: flag, maxParallel: whole(1, MOST) });
    const parts = {
      axes: Object.entries(axes).map(([name, values]) => ({ name, values: [...values] })),
      include: (options?.include ?? []).map(entry => ({ ...entry })),
      exclude: (options?.exclude ?? []).map(entry => ({ ...entry })),
    };
    const size = parts.axes.reduce((product, axis) => product * axis.values.length, 1);
    const combinations = size > 10_000 ? [] : combinationsOf(parts);
    if (combinations.length === 0 || combinations.length > MOST) {
      throw messages.matrixSize.error('', { job: 'a job', size: size > 10_000 ? size : combinations.length });
    }
    const product = combinationsOf({ ...parts, include: [], exclude: [] });
    const idle = parts.exclude.find(entry => !product.some(each => isPart(entry, each)));
    if (idle !== undefined) {
      throw messages.idleExclude.error('', { entry: JSON.stringify(idle) });
    }
    const names = [...new Set(combinations.flatMap(each => Object.keys(each)))];
    return new Matrix(names, { kind: 'static', ...parts, combinations, failFast: options?.failFast ?? true, ...most(options) });
  }

  /**
   * Combinations that another job computes: its output is a JSON list of maps of text, `[{"service": "cart"}]`. With an empty list the
   * job is skipped. Not every system can do that.
   *
   * @param output an output of a step in another job. Throws FW1001
   * @param options the variables of the combinations. Throws FW1000 to FW1004
   */
  public static fromOutput(output: Value, options: DynamicMatrixOptions): Matrix {
    checkShape('', 'matrix', options, { axes: listOf(identifier, 1), failFast: flag, maxParallel: whole(1, MOST) }, ['axes']);
    if (output?._parts?.length !== 1 || typeof output._parts[0] !== 'object') {
      throw messages.invalidField.error('', { kind: 'matrix', field: 'output', value: typeof output, fault: 'is no output of a step' });
    }
    return new Matrix([...options.axes], { kind: 'dynamic', axes: [...options.axes], failFast: options.failFast ?? true, ...most(options) }, output);
  }

  private constructor(
    private readonly names: readonly string[],
    /** @internal */ public readonly _matrix: StaticMatrixNode | Omit<DynamicMatrixNode, 'from'>,
    /** @internal */ public readonly _from?: Value,
  ) {}

  /**
   * What a variable says in a leg; known in jobs of this matrix (FW1018).
   *
   * @param axis the variable. Throws FW1001 for one that no combination has
   */
  public value(axis: string): Value {
    if (!this.names.includes(axis)) {
      throw messages.invalidField.error('', { kind: 'matrix', field: 'variable', value: axis, fault: `is none of ${this.names.join(', ')}` });
    }
    return new MatrixAxisValue(this, axis);
  }
}

class MatrixAxisValue extends Value {
  public constructor(matrix: Matrix, axis: string) {
    super([{ [SCOPED]: 'matrix', matrix, axis }]);
  }
}

const plainValue: Check = (at, value) => {
  if (typeof value !== 'string' || /\p{Cc}|[\u2028\u2029]/u.test(value) || value.length > 250) {
    throw refuse(at, value, 'is no line of text');
  }
};

const identifier: Check = (at, value) => void checkIdentifier(at.path, 'variable of a matrix', value);

const entries = (at: At, value: unknown) => {
  listOf(mapOf(plainValue))(at, value);
  (value as Combination[]).forEach(entry => Object.keys(entry).forEach(name => identifier(at, name)));
};

function checkAxes(axes: unknown): void {
  const at = { path: '', kind: 'matrix', field: 'axes', messages };
  mapOf(listOf(plainValue, 1))(at, axes);
  const given = Object.entries(axes as Record<string, string[]>);
  given.forEach(([name, values]) => {
    identifier(at, name);
    if (new Set(values).size < values.length) {
      throw refuse({ ...at, field: name }, values, 'has a value twice');
    }
  });
  if (given.length === 0) {
    throw messages.emptyField.error('', { kind: 'matrix', field: 'axes' });
  }
}

function isPart(entry: Combination, combination: Combination): boolean {
  return Object.entries(entry).every(([axis, value]) => combination[axis] === value);
}

function most(options?: { readonly maxParallel?: number }) {
  return options?.maxParallel === undefined ? {} : { maxParallel: options.maxParallel };
}
