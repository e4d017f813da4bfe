import type { Lowering } from '../../../../src/pipelines/engine';
import type { JobNode, PipelineGraph, SystemName } from '../../../../src/pipelines/graph';

/** What a scenario became on a system, as a reader of its files sees it. */
export interface Output<V> {
  readonly view: V;
  /** The graph without templates. */
  readonly graph: PipelineGraph;
  readonly lowering: Lowering;
}

/** What is held of one scenario; a sentence, when there is nothing to hold on this system. */
export type Promise<V> = ((view: V, output: Output<V>) => void) | `does not apply, because ${string}`;

/** By the part that cannot be done, where: `build: matrix`, `: release` for the pipeline itself. */
export type Refusals = Readonly<Record<string, readonly string[]>>;

export interface SystemOutputs<V> {
  readonly system: SystemName;
  /** What it refuses, whatever options it has; each with FW1090. */
  readonly refused: Refusals;
  /** What it refuses beside, without options. */
  readonly refusedWithoutOptions: Refusals;
  /** Every scenario, by its id. */
  readonly promises: Readonly<Record<string, Promise<V>>>;
  read(files: Record<string, string>): V;
  /** Whether something carries the job out. */
  has(view: V, job: JobNode): boolean;
  /** The jobs of the graph that a job waits for in the output, directly. */
  waitsFor(view: V, job: JobNode, graph: PipelineGraph): readonly string[];
  /** Whether a job may wait for others than the graph says: those that run when all is over, and those that a finding names. */
  mayWait(job: JobNode, output: Output<V>): boolean;
  /** Every text of the output, as a shell or a program gets it. */
  texts(view: V): readonly string[];
  /** What looks like a value in a script, and is text to the system. */
  isInert?(view: V, inserted: string): boolean;
}

/** Every text in data, at any depth. */
export function leaves(value: unknown): string[] {
  return typeof value === 'string' ? [value] : typeof value !== 'object' || value === null ? [] : Object.values(value).flatMap(leaves);
}

/** The one file whose path ends so. */
export function fileEnding(files: Record<string, string>, end: string): string {
  const paths = Object.keys(files).filter(path => path.endsWith(end));
  if (paths.length !== 1) {
    throw new Error(`${paths.length} files end in ${end}: ${Object.keys(files).join(', ')}`);
  }
  return files[paths[0]];
}

/** What all jobs say in one field, by job. */
export function each<T, R>(jobs: Readonly<Record<string, T>>, field: (job: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(jobs).map(([id, job]) => [id, field(job)]));
}

export const DIGEST = 'sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef';
