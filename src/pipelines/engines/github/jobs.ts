import { RUNNERS } from './actions';
import { ConcurrencyScope, hasLegsInOneGroup, lowerJobConcurrency } from './concurrency';
import { bothHold } from './conditions';
import { lowerEnvironment } from './environments';
import { Grants } from './grants';
import { fetching, identityRows, readsToken } from './identities';
import * as messages from './messages';
import { environmentOf, JobScope, StepBody, WorkflowScope } from './scope';
import { lowerServices } from './services';
import { lowerSteps } from './steps';
import { approximated, dropped, emulated, native } from '../../gaps';
import { valuesOf, valuesOfCondition } from '../../graph';
import type { ConditionNode, JobNode, MatrixNode } from '../../graph';

/** A job as it stands in the file, with what is to be said of its keys. */
export interface LoweredJob {
  readonly body: Record<string, unknown>;
  /** Comments before keys of the job. */
  readonly before: Record<string, string>;
  /** Comments behind values of the job. */
  readonly behind: Record<string, string>;
}

/** The longest that a job of GitHub's own runners may take (docs.github.com, Actions limits). */
const HOSTED_MINUTES = 360;

/**
 * @param guard an expression that has to hold as well
 */
export function lowerJob(job: JobNode, scope: WorkflowScope & ConcurrencyScope, guard?: string): LoweredJob {
  const { values } = scope;
  const grants = Grants.of(job);
  const inner: JobScope & ConcurrencyScope = { ...scope, job, grants, readSteps: readSteps(job), installed: new Set() };
  const environment = lowerEnvironment(job, inner);
  const services = lowerServices(job, inner);
  const condition = bothHold(guard, scope.conditions.write(withLegs(job), { path: job.path, what: `job ${job.id}`, isJob: true }));
  const steps = [...environment.steps, ...services.steps, ...withIdentities(job, inner)];
  const { permissions, comments } = grants.write();
  otherRows(job, scope);
  const container = job.container && {
    image: values.text([job.container.image]),
    ...job.container.credentials && {
      credentials: { username: values.text(job.container.credentials.username), password: values.text(job.container.credentials.password) },
    },
    ...environmentOf(job.container.env, values),
    ...steps.some(writesForRunner) && { options: '--user root' },
  };
  const concurrency = lowerJobConcurrency(job, scope.graph.id, inner);
  const body = {
    'name': values.text(job.name),
    ...job.needs.length > 0 && { needs: job.needs.map(edge => edge.job) },
    ...condition !== undefined && { if: condition },
    'runs-on': runnerOf(job, scope),
    permissions,
    ...environment.environment !== undefined && { environment: environment.environment },
    ...concurrency && { concurrency },
    ...job.matrix && { strategy: strategyOf(job, job.matrix, scope) },
    ...container && { container },
    ...services.services && { services: services.services },
    ...environmentOf(job.env, values),
    ...job.outputs.length > 0 && {
      outputs: Object.fromEntries(job.outputs.map(({ name, step, output }) => [name, `\${{ ${values.expression({ kind: 'stepOutput', step, name: output })} }}`])),
    },
    ...job.allowFailure && { 'continue-on-error': true },
    'timeout-minutes': job.timeoutMinutes,
    'steps': steps.length > 0 ? steps : [{ name: 'Approved', run: 'echo approved' }],
  };
  return {
    body,
    before: environment.comment === undefined ? {} : { environment: environment.comment },
    behind: Object.fromEntries(Object.entries(comments).map(([scopeName, comment]) => [`permissions/${scopeName}`, comment])),
  };
}

/**
 * The steps of a job. Tokens live for minutes: each is fetched right before every step whose script names its file, or else before the first step
 * that could read it.
 */
function withIdentities(job: JobNode, scope: JobScope): StepBody[] {
  identityRows(job, scope.report);
  const named = job.identities.filter(identity => job.steps.some(step => readsToken(step, identity)));
  const others = job.identities.filter(identity => !named.includes(identity));
  const first = job.steps.findIndex(step => ['run', 'delivery', 'native'].includes(step.kind));
  const steps = job.steps.flatMap((step, i) => [
    ...i === first ? others.map(fetching) : [],
    ...named.filter(identity => readsToken(step, identity)).map(fetching),
    ...lowerSteps([step], scope),
  ]);
  return first < 0 ? [...steps, ...others.map(fetching)] : steps;
}

/**
 * Whether a step writes into files of the runner: actions do, and what gives outputs. They belong to another user, so that in a container root alone can
 * (docs.github.com, Dockerfile support for GitHub Actions, USER; actions/checkout#956).
 */
function writesForRunner({ uses, run }: StepBody): boolean {
  return uses !== undefined || typeof run === 'string' && /\bGITHUB_(?:OUTPUT|ENV|PATH|STATE|STEP_SUMMARY)\b/.test(run);
}

/** Without legs nothing runs. GitHub would fail the job: "Matrix vector does not contain any values" (dorny/paths-filter#66). */
function withLegs({ condition, matrix }: JobNode): ConditionNode | undefined {
  if (matrix?.kind !== 'dynamic') {
    return condition;
  }
  const some: ConditionNode = { kind: 'not', of: { kind: 'compare', value: matrix.from, in: ['[]'] } };
  return condition === undefined ? some : { kind: 'and', of: [condition, some] };
}

/** Ids of the steps whose outputs are read in the job, or given by it. */
export function readSteps(job: JobNode): Set<string> {
  const read = new Set(job.outputs.map(output => output.step));
  const texts = [
    ...Object.values(job.env), ...job.environment?.url ? [job.environment.url] : [],
    ...job.steps.flatMap(step => [
      step.name, ...Object.values(step.env),
      ...step.kind === 'checkout' && step.ref ? [step.ref] : [],
      ...step.kind === 'tool' ? [step.version] : [],
      ...step.kind === 'cache' ? [step.key, ...step.restoreKeys] : [],
      ...step.kind === 'group' ? Object.values(step.inputs) : [],
      ...step.kind === 'delivery' ? Object.values(step.with).filter(told => Array.isArray(told)) : [],
    ]),
  ];
  const values = [
    ...texts.flatMap(text => valuesOf(text)),
    ...job.steps.flatMap(step => step.condition ? valuesOfCondition(step.condition) : []),
  ];
  values.forEach(value => value.kind === 'stepOutput' && read.add(value.step));
  return read;
}

function runnerOf(job: JobNode, { options, values }: WorkflowScope): unknown {
  const { os, arch, labels } = job.runner;
  if (labels.length > 0) {
    const all = labels.map(label => values.text([label]));
    return all.length === 1 ? all[0] : all;
  }
  return options.runners?.[`${os}-${arch}`] ?? RUNNERS.get(`${os}-${arch}`);
}

function strategyOf({ path, concurrency }: JobNode, matrix: MatrixNode, { values, report, options }: WorkflowScope): Record<string, unknown> {
  if (matrix.kind === 'static') {
    matrix.axes.filter(axis => ['include', 'exclude'].includes(axis.name.toLowerCase()))
      .forEach(axis => report.find(messages.slashInName.at(path, { what: 'variable of a matrix', value: axis.name, fault: 'is a key of its own' })));
  }
  const inert = (entries: ReadonlyArray<Readonly<Record<string, string>>>) => entries.map(entry =>
    Object.fromEntries(Object.entries(entry).map(([axis, value]) => [axis, values.text([value])])));
  const combinations = matrix.kind === 'dynamic'
    ? { include: `\${{ fromJSON(${values.expression(matrix.from)}) }}` }
    : {
      ...Object.fromEntries(matrix.axes.map(axis => [axis.name, axis.values.map(value => values.text([value]))])),
      ...matrix.include.length > 0 && { include: inert(matrix.include) },
      ...matrix.exclude.length > 0 && { exclude: inert(matrix.exclude) },
    };
  // What legs of one group would do: they exclude each other.
  const inTurn = concurrency?.onNew === 'replacePending' && !options.concurrencyQueue && hasLegsInOneGroup(matrix, concurrency);
  const maxParallel = matrix.maxParallel ?? (inTurn ? 1 : undefined);
  return {
    ...!matrix.failFast && { 'fail-fast': false },
    ...maxParallel !== undefined && { 'max-parallel': maxParallel },
    matrix: combinations,
  };
}

function otherRows(job: JobNode, { report, options }: WorkflowScope): void {
  const { matrix, runner } = job;
  report.row(native('job', `jobs.${job.id}`, job.id));
  if (job.condition) {
    report.row(native('condition', 'if; GitHub compares text without case', job.id));
  }
  if (matrix) {
    report.row(native('matrix', matrix.kind === 'dynamic' ? 'strategy.matrix, computed by a job before; skipped when it has no legs' : 'strategy.matrix', job.id));
    if (job.outputs.length > 0) {
      report.row(approximated('outputs of a matrix', 'of an output that all legs give, GitHub keeps that of the last leg to end', job.id));
    }
  }
  if (job.container) {
    report.row(native('container', 'container', job.id));
  }
  if (job.attempts > 1) {
    report.row(dropped('attempts', 'GitHub tries no job again; steps can have a retry', job.id));
  }
  if (job.allowFailure) {
    report.row(native('allowed failure', 'continue-on-error', job.id));
  }
  if (job.timeoutMinutes > HOSTED_MINUTES && runner.labels.length === 0 && options.runners === undefined) {
    report.row(approximated('timeout', `GitHub's own runners stop a job after ${HOSTED_MINUTES} minutes`, job.id));
  }
  if (job.grants.length > 0) {
    report.row(native('grants', 'permissions', job.id));
  }
  if (job.stage !== undefined && job.needs.length > 0) {
    report.row(emulated('stage', 'needs', job.id));
  }
}
