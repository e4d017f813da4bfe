import { isEnvKey } from './names';
import type { World } from './world';
import { asksStatus, Combination, globMatches, JobNode, legNames, rewriteJob, textOf, valuesOf } from '../../graph';

const rewriting = (combination: Combination) => ({
  matches: globMatches,
  rewrite: (value: { kind: string; axis?: string }) => value.kind === 'matrix' ? textOf([combination[value.axis!] ?? '']) : value,
});

/** The job once for each combination, with its values put in. */
export function legJobs(job: JobNode, combinations: readonly Combination[]): JobNode[] {
  const names = legNames(combinations);
  return combinations.map((combination, i) => {
    const leg = rewriteJob(job, rewriting(combination) as never);
    const differs = valuesOf(job.name).some(value => value.kind === 'matrix');
    return { ...leg, name: differs ? leg.name : textOf([...leg.name, ` (${names[i]})`]) };
  });
}

/** The ids of the legs of a job that is no native matrix. */
export function legIds(job: JobNode): readonly string[] {
  return job.matrix?.kind === 'static' ? legNames(job.matrix.combinations).map(name => `${job.id}-${name}`) : [job.id];
}

/** Variables that a build has anyhow: no axis may be one, since an axis is a variable on Jenkins. */
const TAKEN = /^(?:PATH|HOME|USER|SHELL|LANG|PWD|TMPDIR|WORKSPACE.*|BUILD_.*|JOB_.*|NODE_NAME|NODE_LABELS|EXECUTOR_NUMBER|JENKINS_.*|HUDSON_.*|BRANCH_.*|TAG_.*|CHANGE_.*|GIT_.*|STAGE_NAME|CI|FAIRWAY_.*|BASH.*|LD_.*)$/i;

/**
 * A matrix of Jenkins has the values of its axes as variables, and nothing else of a leg: neither its agent, nor what is known of it
 * afterwards, nor what `include` adds.
 */
export function isNativeMatrix(job: JobNode, world: World): boolean {
  const matrix = job.matrix;
  if (matrix?.kind !== 'static' || matrix.include.length > 0 || matrix.axes.length === 0 || matrix.combinations.length < 2) {
    return false;
  }
  const names = [world.graph.env, job.env, job.container?.env ?? {}, ...job.steps.map(step => step.env)].flatMap(env => Object.keys(env));
  const isFree = (axis: string) => isEnvKey(axis) && !TAKEN.test(axis) && !names.some(name => name === axis);
  const pinned = [job.name, ...job.steps.flatMap(step => step.kind === 'tool' ? [step.version] : step.kind === 'cache' ? [step.key] : [])];
  return matrix.axes.every(axis => isFree(axis.name) && axis.values.every(value => value !== ''))
    && !pinned.some(text => valuesOf(text).some(value => value.kind === 'matrix'))
    && job.steps.every(step => step.outputs.length === 0 && step.kind !== 'upload' && step.kind !== 'group' && !(step.condition && asksStatus(step.condition)))
    && !world.guarded.has(job.id) && !world.asked.has(job.id) && !job.allowFailure && job.concurrency === undefined;
}
