import type { PipelineRow } from '../../engine';
import { approximated, dropped, emulated, native, unsupported } from '../../gaps';
import { Combination, combinationsOf, globMatches, JobNode, legNames, rewriteJob, StaticMatrixNode, valuesOfCondition } from '../../graph';

/** A job of GitLab: a job of the pipeline, or a leg of its matrix. */
export interface Leg {
  /** What it is called. */
  readonly key: string;
  readonly job: JobNode;
  /** Where the leg keeps what it came to: a word of the shell. */
  readonly folder: string;
  readonly parallel?: ReadonlyArray<Record<string, unknown>>;
  /** Legs of one group do not run at the same time. */
  readonly group?: string;
}

/** Variables that mean something to the shell or to GitLab before a job begins. */
const TAKEN = new RegExp('^(?:CI|GIT|GITLAB|FF|RUNNER|CUSTOM|DOCKER|FAIRWAY|BASH|LC|LD|TRANSFER|ARTIFACT|CACHE|KUBERNETES|fairway)_'
  + '|^(?:PATH|HOME|SHELL|USER|PWD|OLDPWD|IFS|ENV|LANG|TMPDIR|CI|HOSTNAME|PS4|UID|EUID|PPID|TERM)$');

/** GitLab makes 200 jobs of a matrix at most (doc/ci/yaml, parallel:matrix). */
const MOST = 200;

/** @param key what the job is called */
export function legsOfJob(job: JobNode, key: string, rows: PipelineRow[]): Leg[] {
  if (job.matrix === undefined) {
    return [{ key, job, folder: 'all' }];
  }
  if (job.matrix.kind === 'dynamic') {
    rows.push(unsupported('matrix that a job computes', 'GitLab knows all jobs when it makes the pipeline', job.id));
    return [{ key, job, folder: 'all' }];
  }
  const matrix = job.matrix;
  if (matrix.failFast && matrix.combinations.length > 1) {
    rows.push(dropped('fail fast', 'the other legs of a matrix run to their end', job.id));
  }
  const limited = matrix.maxParallel !== undefined && matrix.maxParallel < matrix.combinations.length ? matrix.maxParallel : undefined;
  if (limited === undefined && isNative(job, matrix)) {
    rows.push(native('matrix', 'parallel:matrix', job.id));
    const variables = Object.fromEntries(matrix.axes.map(({ name, values }) => [name, values]));
    return [{ key, job, folder: '"$CI_NODE_INDEX"', parallel: [variables] }];
  }
  rows.push(emulated('matrix', 'a job for each leg', job.id));
  if (limited !== undefined) {
    rows.push(job.concurrency === undefined
      ? emulated('legs at a time', `${limited} resource groups`, job.id)
      : approximated('legs at a time', 'the job has a resource group of its own', job.id));
  }
  const names = legNames(matrix.combinations);
  return matrix.combinations.map((combination, i) => ({
    key: `${key}: [${names[i]}]`,
    job: withoutMatrix(job, combination),
    folder: names[i],
    ...limited !== undefined && { group: `${key.replace(':', '-')}-${i % limited + 1}-of-$CI_PIPELINE_ID` },
  }));
}

/** Whether GitLab makes the same legs of the axes, under the same names, with the same values. */
function isNative(job: JobNode, matrix: StaticMatrixNode): boolean {
  const { axes, combinations } = matrix;
  const product = axes.length === 0 ? [] : combinationsOf({ axes, include: [], exclude: [] });
  const plain = axes.every(({ name, values }) => /^\w+$/.test(name) && !TAKEN.test(name) && values.length > 0
    && values.every(value => value !== '' && !/[$\p{C}]/u.test(value)));
  const asked = job.condition !== undefined && valuesOfCondition(job.condition).some(value => value.kind === 'matrix');
  // The names of legs hold the values; what needs a job takes names of 128 characters.
  const length = Math.max(0, ...combinations.map(each => Object.values(each).join(', ').length));
  const fits = combinations.length > 1 && combinations.length <= MOST && length < 60;
  return plain && !asked && fits && JSON.stringify(product) === JSON.stringify(combinations);
}

function withoutMatrix(job: JobNode, combination: Combination): JobNode {
  const { matrix: _, ...rest } = rewriteJob(job, {
    rewrite: value => value.kind === 'matrix' ? [combination[value.axis] ?? ''].filter(text => text !== '') : value,
    matches: globMatches,
  });
  return rest;
}
