import { isOnLabel, placeOf } from './agents';
import { approvalSteps, approvalTimeout, approversOf, inputOf, lockOf, needsApprovalStage } from './approvals';
import type { Matrix, Post, Stage, Statement, Step, Test } from './ast';
import { whenOf } from './job-conditions';
import { jobEnvironment, within } from './job-env';
import { rowsOf } from './job-rows';
import { isNativeMatrix, legJobs } from './matrix';
import { jobSteps } from './steps';
import type { World } from './world';
import { approximated, emulated, native } from '../../gaps';
import { Combination, JobNode, plainText, StaticMatrixNode } from '../../graph';

/** Where a job stands. */
export interface Standing {
  /** Whether other stages run beside it: then no matrix can be in it, and no milestone. */
  readonly beside: boolean;
}

/** The stages of a job: one, or where others run beside it one for each leg of its matrix. */
export function jobStages(job: JobNode, world: World, standing: Standing): Stage[] {
  rowsOf(job, world);
  const combinations = job.matrix?.kind === 'static' ? job.matrix.combinations : undefined;
  if (combinations === undefined) {
    return [stageOf(job, job.id, world, { ...standing, whole: true })];
  }
  const failFast = job.matrix!.failFast && combinations.length > 1;
  if (!standing.beside && isNativeMatrix(job, world)) {
    world.row(native('matrix', 'matrix { axes { … } }', job.id));
    return [{ ...frame(job, world), ...failFast && { failFast }, content: { body: 'matrix', matrix: nativeMatrix(job, world) } }];
  }
  const legs = legStages(job, combinations, world, standing);
  if (!standing.beside) {
    world.row(emulated('matrix', 'parallel { a stage for each leg }', job.id));
    return [{ ...frame(job, world), ...failFast && { failFast }, content: { body: 'parallel', stages: legs } }];
  }
  world.row(emulated('matrix', 'a stage for each leg', job.id));
  if (failFast) {
    world.row(approximated('fail-fast', 'the legs run beside other jobs, which a failure would stop as well', job.id));
  }
  if (approversOf(job)) {
    world.row(approximated('approval of a matrix', 'each leg is asked for by itself', job.id));
  }
  return legs;
}

function legStages(job: JobNode, combinations: readonly Combination[], world: World, standing: Standing): Stage[] {
  const part = { beside: true, whole: standing.beside };
  return legJobs(job, combinations).map((leg, i) => stageOf(leg, world.legsOf(job.id)[i], world, part));
}

/** Whether a job is more than one stage where others run beside it. */
export function isWide(job: JobNode): boolean {
  return job.matrix?.kind === 'static';
}

function nameOf(job: JobNode): string {
  return plainText(job.name) ?? job.id;
}

function nativeMatrix(job: JobNode, world: World): Matrix {
  const matrix = job.matrix as StaticMatrixNode;
  const inner = stageOf({ ...job, name: [`${nameOf(job)} leg`] }, job.id, world, { beside: true, whole: false });
  return {
    axes: matrix.axes,
    excludes: matrix.exclude.filter(entry => Object.keys(entry).every(name => matrix.axes.some(axis => axis.name === name)))
      .map(entry => ({ axes: Object.entries(entry).map(([name, value]) => ({ name, values: [value] })) })),
    stages: [inner],
  };
}

// ---------------------------------------------------------------- stages

/** A stage without what runs in it: when it starts. */
function frame(job: JobNode, world: World): Omit<Stage, 'content'> {
  const lock = lockOf(job, world);
  return {
    name: world.stageNames.take(nameOf(job)),
    job: job.id,
    ...grants(job),
    ...lock.option && { options: [lock.option] },
    ...whenOf(job, world),
    ...!needsApprovalStage(job) && { input: inputOf(job) },
  };
}

function grants(job: JobNode): { comments?: string[] } {
  const granted = job.grants.filter(grant => grant.capability !== 'readCode');
  return granted.length === 0 ? {} : { comments: granted.map(({ capability, reason }) => `${capability}: ${reason}`) };
}

interface Part extends Standing {
  /** Whether conditions and approvals stand here, or at the stage around all legs. */
  readonly whole: boolean;
}

function stageOf(job: JobNode, leg: string, world: World, part: Part): Stage {
  const stage = simpleStage(job, leg, world, part);
  if (!part.whole || !needsApprovalStage(job)) {
    return stage;
  }
  // Two stages within one: what a person may take is no time of the job, and no agent waits for it.
  const { name, job: id, comments, when, ...inner } = stage;
  const approval: Stage = {
    name: world.stageNames.take(`${name}: approval`),
    ...approvalTimeout(job) && { options: [approvalTimeout(job)!] },
    content: { body: 'steps', steps: approvalSteps(job) },
  };
  return { name, job: id, ...comments && { comments }, ...when && { when }, content: { body: 'stages', stages: [approval, { ...inner, name: world.stageNames.take(`${name}: run`) }] } };
}

function simpleStage(job: JobNode, leg: string, world: World, part: Part): Stage {
  const body = bodyOf(job, leg, world, part, true);
  const around: Omit<Stage, 'content'> = part.whole ? frame(job, world) : { name: world.stageNames.take(nameOf(job)), job: job.id };
  if (job.steps.length === 0) {
    return { ...around, content: { body: 'steps', steps: [{ step: 'echo', message: 'Approved.' }] } };
  }
  return {
    ...around,
    agent: body.place.agent,
    ...body.section.length > 0 && { environment: body.section },
    ...body.place.tools.length > 0 && { tools: body.place.tools },
    content: { body: 'steps', steps: body.steps },
    ...body.post && { post: body.post },
  };
}

interface Body {
  readonly place: ReturnType<typeof placeOf>;
  readonly section: NonNullable<Stage['environment']>;
  readonly steps: readonly Step[];
  readonly post?: Post;
}

function bodyOf(job: JobNode, leg: string, world: World, part: Part, isStage: boolean): Body {
  const place = placeOf(job, world);
  const { section, around } = jobEnvironment(job, leg, world, isStage);
  const { head, main, after, asks } = jobSteps(job, leg, world);
  const isGuarded = world.guarded.has(job.id);
  const isKept = isGuarded || asks || world.asked.has(job.id);
  const result = (value: 'success' | 'failure'): Step[] => isKept ? [{ step: 'script', statements: [{ do: 'env', name: world.names.result(leg), value: { is: 'text', value } }] }] : [];
  const lock = lockOf(job, world);
  const clean: Step[] = world.options.cleanWorkspace && !place.fresh ? [{ step: 'deleteDir' }] : [];
  let steps: readonly Step[] = [...clean, ...place.before, ...head, ...within(around, main)];
  steps = [{ step: 'timeout', time: job.timeoutMinutes, unit: 'MINUTES', steps: steps.length === 0 ? [{ step: 'echo', message: 'Nothing to do.' }] : steps }];
  if (job.attempts > 1) {
    steps = [{ step: 'retry', count: job.attempts, steps }];
  }
  if (lock.wrap && job.concurrency) {
    const milestone: Step[] = job.concurrency.onNew === 'queue' || part.beside ? [] : [{ step: 'milestone', ordinal: world.milestone() }];
    steps = [{ step: 'lock', resource: lock.wrap, ...milestone.length > 0 && { inversePrecedence: true }, steps: [...milestone, ...steps] }];
  }
  steps = [...steps, ...result('success')];
  if (isGuarded || job.allowFailure) {
    steps = [{ step: 'catchError', buildResult: job.allowFailure ? 'SUCCESS' : 'FAILURE', stageResult: job.allowFailure ? 'UNSTABLE' : 'FAILURE', steps }];
  }
  // A failure that is allowed counts as success for others, though not for the steps of the job itself.
  const forgiven = job.allowFailure && world.asked.has(job.id) ? result('success') : [];
  const whole: readonly Step[] = [...result('failure'), ...steps, ...after.length === 0 ? forgiven : []];
  const afterwards = after.length === 0 ? [] : [...within(around, after), ...forgiven];
  if (isStage) {
    return { place, section, steps: whole, ...afterwards.length > 0 && { post: [{ condition: 'always', steps: afterwards }] } };
  }
  return { place, section, steps: afterwards.length === 0 ? whole : [{ step: 'script', statements: [{ do: 'finally', first: whole, then: afterwards }] }] };
}

// ---------------------------------------------------------------- what runs at the end

/** The steps of a job that runs after all others, for a `post` section of the pipeline. */
export function lastSteps(job: JobNode, world: World, test: Test): readonly Step[] {
  rowsOf(job, world);
  const body = bodyOf(job, job.id, world, { beside: true, whole: true }, false);
  const steps: readonly Step[] = [{ step: 'node', label: body.place.label!, steps: body.steps }];
  const statements: Statement[] = [{ do: 'if', test, then: steps }];
  return test.is === 'true' ? steps : [{ step: 'script', statements }];
}

/** Whether a job can run in a `post` section: with an agent by its label alone, and without what stages are for. */
export function canBeLast(job: JobNode, world: World): boolean {
  const isPlain = job.matrix === undefined && job.concurrency === undefined && approversOf(job) === undefined;
  return isPlain && job.steps.length > 0 && isOnLabel(job, world.options);
}
