import { axesOf, CONTAINER_SECURITY, LoweredJob, unlike } from './job-task';
import { contextParam, nameOf } from './names';
import type { PlannedJob } from './plan';
import { GIT_HELPER, SHARED, stepScript, WITH_HELPER } from './scripts';
import { EnvVar, PipelineValues, TaskParam, TaskValues } from './values';
import type { LoweredObject } from '../../../engine';
import type { JobNode, PipelineGraph, StaticMatrixNode } from '../../../graph';
import { legNames } from '../../../graph';
import { shellCondition } from '../../../shell';
import type { Settings } from '../settings';

/*
 * The Pipeline: a task for each job, and the tasks that this engine adds.
 */

export const GUARD_MINUTES = 10;

/** How long nobody needs to agree, where nothing is said. */
const APPROVAL_MINUTES = 24 * 60;

export interface PipelineParts {
  readonly pipeline: LoweredObject;
  /** Tasks of our own. */
  readonly tasks: readonly LoweredObject[];
}

export function labelsOf(graph: PipelineGraph): Record<string, string> {
  return { 'app.kubernetes.io/part-of': graph.id, 'app.kubernetes.io/managed-by': 'cdk8s-fairway' };
}

/** A Task of one script in the base image, with variables that params of the task give. */
function scriptTask(
  graph: PipelineGraph, settings: Settings, name: string, result: string, script: string, params: readonly string[], env: readonly EnvVar[],
  image = settings.images.base,
): LoweredObject {
  return {
    apiVersion: 'tekton.dev/v1',
    kind: 'Task',
    metadata: { name, namespace: settings.namespace, labels: labelsOf(graph) },
    spec: {
      ...params.length > 0 && { params: params.map(each => ({ name: each })) },
      results: [{ name: result }],
      stepTemplate: { env: [{ name: 'HOME', value: '/tekton/home' }], volumeMounts: [{ name: 'fairway', mountPath: SHARED }], securityContext: CONTAINER_SECURITY },
      steps: [{ name: result, image, env: [...env.filter(each => each.valueFrom === undefined), { name: 'FAIRWAY_RESULT', value: `$(results.${result}.path)` }, ...env.filter(each => each.valueFrom !== undefined)], script }],
      volumes: [{ name: 'fairway', emptyDir: {} }],
    },
  };
}

/** The task that finds out the commit of a run that was not told it, and hands on the one that it was told. */
function revisionTask(graph: PipelineGraph, settings: Settings, name: string): LoweredObject {
  const host = settings.gitSecret !== undefined;
  const script = [
    ...host ? GIT_HELPER : [],
    'if [ -z "$SHA" ]; then',
    `  SHA=$(git${host ? WITH_HELPER : ''} ls-remote --exit-code "$REPOSITORY" "$REF" | head -n 1 | cut -f 1)`,
    'fi',
    'printf %s "$SHA" > "$FAIRWAY_RESULT"',
  ].join('\n');
  const secrets = host ? ['username', 'password'].map(key => ({ name: `GIT_${key.toUpperCase()}`, valueFrom: { secretKeyRef: { name: settings.gitSecret!, key } } })) : [];
  const env = [{ name: 'GIT_TERMINAL_PROMPT', value: '0' }, { name: 'REPOSITORY', value: settings.repository ?? '' }, { name: 'SHA', value: '$(params.sha)' }, { name: 'REF', value: '$(params.ref)' }, ...secrets];
  return scriptTask(graph, settings, nameOf(graph.id, name), 'sha', stepScript('sha', 'bash', script, { before: [], isTracked: false }), ['sha', 'ref'], env, settings.images.git);
}

/** The task that works out the condition of a job. */
function guardTask(
  graph: PipelineGraph, settings: Settings, values: PipelineValues, { name, condition }: NonNullable<PlannedJob['guard']>,
): { readonly task: LoweredObject; readonly params: TaskParam[] } {
  const own = new TaskValues(values, [], false, secret => ({ name: settings.secrets, key: secret }));
  const env: EnvVar[] = [];
  const read = (value: string) => {
    env.push({ name: `VALUE_${env.length + 1}`, value });
    return `"$VALUE_${env.length}"`;
  };
  const command = shellCondition(condition, {
    word: value => read(own.reference(value)),
    event: () => read(own.reference({ kind: 'context', name: 'event' })),
    status: () => 'true',
    result: () => 'success',
    changed: () => 'false', // withChangesJob leaves none
  });
  const script = `if ${command}; then\n  printf true > "$FAIRWAY_RESULT"\nelse\n  printf false > "$FAIRWAY_RESULT"\nfi`;
  const task = scriptTask(graph, settings, nameOf(graph.id, name), 'run', stepScript('run', 'bash', script, { before: [], isTracked: false }), own.all.map(param => param.name), env);
  return { task, params: own.all };
}

/** The tasks of the Pipeline that a job becomes: its own, and those before it. */
export function lowerPipeline(
  graph: PipelineGraph, planned: ReadonlyMap<string, PlannedJob>, lowered: ReadonlyMap<string, LoweredJob>, values: PipelineValues,
  settings: Settings, revision: string | undefined,
): PipelineParts {
  const own: LoweredObject[] = [];
  const tasks: object[] = [];
  const last: object[] = [];
  let isCacheUsed = false;
  let isArtifactUsed = false;
  for (const plan of planned.values()) {
    const { job, guard, approvals } = plan;
    const made = lowered.get(job.id);
    if (guard !== undefined) {
      const { task, params } = guardTask(graph, settings, values, guard);
      own.push(task);
      tasks.push({
        name: guard.name,
        taskRef: { name: task.metadata.name },
        ...guard.runAfter.length > 0 && { runAfter: guard.runAfter },
        ...params.length > 0 && { params },
        ...guard.when.length > 0 && { when: guard.when },
        timeout: `${GUARD_MINUTES}m0s`,
      });
    }
    const before = [...plan.runAfter.filter(name => !approvals.some(each => each.name === name))];
    approvals.forEach(({ name, approval }) => tasks.push({ name, ...approvalTask(approval), ...order({ ...plan, runAfter: before }) }));
    if (made === undefined) {
      tasks.push({ name: job.id, ...approvalTask(job.approval!), ...order(plan) });
      continue;
    }
    isArtifactUsed ||= made.usesArtifacts;
    isCacheUsed ||= made.usesCache;
    (plan.isLast ? last : tasks).push({
      name: job.id,
      taskRef: { name: made.task.metadata.name },
      ...order(plan),
      ...made.params.some(param => param.value !== undefined) && { params: made.params.filter(param => param.value !== undefined) },
      ...job.matrix?.kind === 'static' && { matrix: matrixOf(job.matrix, job) },
      ...(made.usesArtifacts || made.usesCache) && { workspaces: [...made.usesArtifacts ? [{ name: 'artifacts' }] : [], ...made.usesCache ? [{ name: 'cache' }] : []] },
      ...job.attempts > 1 && !job.allowFailure && { retries: job.attempts - 1 },
      ...job.allowFailure && { onError: 'continue' },
      timeout: `${job.timeoutMinutes}m0s`,
    });
  }
  if (values.isRevisionRead && revision !== undefined) {
    own.unshift(revisionTask(graph, settings, revision));
    tasks.unshift({
      name: revision,
      taskRef: { name: nameOf(graph.id, revision) },
      params: [{ name: 'sha', value: `$(params.${contextParam('sha')})` }, { name: 'ref', value: `$(params.${contextParam('ref')})` }],
      timeout: `${GUARD_MINUTES}m0s`,
    });
  }
  const params = paramsOf(graph, values, settings);
  return {
    tasks: own,
    pipeline: {
      apiVersion: 'tekton.dev/v1',
      kind: 'Pipeline',
      metadata: { name: graph.id, namespace: settings.namespace, labels: labelsOf(graph) },
      spec: {
        displayName: unlike(graph.name),
        ...params.length > 0 && { params },
        ...(isArtifactUsed || isCacheUsed) && { workspaces: [...isArtifactUsed ? [{ name: 'artifacts' }] : [], ...isCacheUsed ? [{ name: 'cache', optional: true }] : []] },
        tasks,
        ...last.length > 0 && { finally: last },
      },
    },
  };
}

function order({ runAfter, when, isLast }: PlannedJob): object {
  return { ...runAfter.length > 0 && !isLast && { runAfter }, ...when.length > 0 && { when } };
}

/** An approval, as a custom task (openshift-pipelines/manual-approval-gate). A team is a group. */
function approvalTask({ approvers, count, message, timeoutMinutes }: NonNullable<JobNode['approval']>): object {
  return {
    taskRef: { apiVersion: 'openshift-pipelines.org/v1alpha1', kind: 'ApprovalTask' },
    params: [
      { name: 'approvers', value: approvers.map(each => each.includes('/') ? `group:${each}` : each) },
      { name: 'numberOfApprovalsRequired', value: String(count) },
      { name: 'description', value: message.replaceAll('$(', '$ (') },
    ],
    timeout: `${timeoutMinutes ?? APPROVAL_MINUTES}m0s`,
  };
}

function matrixOf(matrix: StaticMatrixNode, job: JobNode): object {
  if (matrix.include.length + matrix.exclude.length === 0) {
    return { params: matrix.axes.map(({ name, values }) => ({ name, value: values })) };
  }
  const names = legNames(matrix.combinations);
  const include = matrix.combinations.map((combination, i) => ({
    name: names[i], params: axesOf(job).filter(axis => Object.hasOwn(combination, axis)).map(axis => ({ name: axis, value: combination[axis] })),
  }));
  return { include };
}

/** Inputs by their own names, and what an event tells. */
function paramsOf(graph: PipelineGraph, values: PipelineValues, settings: Settings): object[] {
  const defaults: Record<string, string> = { event: 'manual', ref: `refs/heads/${settings.defaultBranch}`, branch: settings.defaultBranch };
  return [
    ...graph.inputs.map(({ name, description, required, default: value, options, type }) => ({
      name,
      ...(description !== '' || options.length > 0) && { description: [description, options.length > 0 ? `one of ${options.join(', ')}` : ''].filter(part => part !== '').join(': ') },
      ...(value !== undefined || !required) && { default: value ?? (type === 'boolean' ? 'false' : '') },
    })),
    ...[...values.contexts].map(context => ({ name: contextParam(context), default: Object.hasOwn(defaults, context) ? defaults[context] : '' })),
  ];
}

/** The longest time that tasks can take after each other, in minutes: those in order, and those of finally. */
export function minutesOf(planned: ReadonlyMap<string, PlannedJob>, hasRevision: boolean): { readonly tasks: number; readonly finally: number } {
  const until = new Map<string, number>();
  let last = 0;
  for (const { job, isLast, guard, approvals } of planned.values()) {
    const own = job.timeoutMinutes * (job.allowFailure ? 1 : job.attempts);
    if (isLast) {
      last = Math.max(last, own);
      continue;
    }
    const start = Math.max(hasRevision ? GUARD_MINUTES : 0, ...job.needs.map(edge => until.get(edge.job) ?? 0));
    // Approvals before the job are asked for at once; one that is the job itself comes after them.
    const asked = Math.max(0, ...approvals.map(each => each.approval.timeoutMinutes ?? APPROVAL_MINUTES));
    const itself = job.steps.length > 0 || job.approval === undefined ? own : job.approval.timeoutMinutes ?? APPROVAL_MINUTES;
    until.set(job.id, start + (guard === undefined ? 0 : GUARD_MINUTES) + asked + itself);
  }
  return { tasks: Math.max(1, ...until.values()), finally: last };
}
