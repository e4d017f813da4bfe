import { asksFailure, jobCondition, joined } from './conditions';
import { Constants, jobConstants } from './constants';
import { DOLLAR, escapeTemplate, hasMacro } from './escape';
import { identifier } from './ids';
import type { JobPlan, PartPlan, PipelinePlan } from './plan';
import { Containers, grantRows, hostsStep, identitySteps, poolOf } from './runners';
import { quiet, Step, StepScope } from './step';
import { lowerStep } from './steps';
import { JobValues, LEG } from './values';
import { approximated, dropped, emulated, native, unsupported } from '../../gaps';
import { flattened, JobNode, leavesOf, plainText, StepNode } from '../../graph';
import { twins } from '../../twins';

/** A job as it stands in the file. */
export type JobPart = Record<string, unknown>;

/** What a job waits for. */
export interface Waits {
  /** Jobs of its stage, by their names in the file. */
  readonly dependsOn: readonly string[];
  /** Jobs of other stages, by their ids in the graph. */
  readonly elsewhere: readonly string[];
}

/** The jobs in the file for one of the graph, and the parts of them that a change is about. */
export function lowerJob(plan: JobPlan, pipeline: PipelinePlan, shared: Constants, containers: Containers): { jobs: JobPart[]; parts: JobPart[] } {
  const waits = waitsOf(plan, pipeline);
  const approvals = approvalJobs(plan, pipeline, waits);
  const parts = plan.approvalOnly ? approvals : plan.parts.map(part => workingJob(plan, part, pipeline, shared, containers, waits));
  rowsOf(plan, pipeline);
  return { jobs: plan.approvalOnly ? parts : [...approvals, ...parts], parts };
}

/**
 * `succeeded()` and `failed()` are told of every job that GitHub would look at: documented as looking at all jobs before, they were seen to go by the
 * direct ones.
 */
export function waitsOf(plan: JobPlan, pipeline: PipelinePlan): Waits {
  const { job } = plan;
  const direct = job.needs.map(edge => edge.job);
  const more = asksFailure(job.condition) ? pipeline.order.ancestorsOf(job.id) : pipeline.order.hiddenFrom(job.id);
  const all = [...new Set([...direct, ...more])].map(id => pipeline.of(id));
  return {
    dependsOn: all.filter(other => other.stage === plan.stage).flatMap(other => other.parts.map(part => part.id)),
    elsewhere: all.filter(other => other.stage !== plan.stage).map(other => other.job.id),
  };
}

/** Somebody agrees in a job without an agent, under the condition of the job that waits for it. */
function approvalJobs(plan: JobPlan, pipeline: PipelinePlan, waits: Waits): JobPart[] {
  const { approval } = plan.job;
  if (approval === undefined) {
    return [];
  }
  if (approval.count > 1) {
    pipeline.rows.push(unsupported('approval by several', `ManualValidation@1 goes on with one of the ${approval.count}; let an environment ask for approvals`, plan.job.id));
  }
  pipeline.rows.push(native('approval', 'a job without an agent: ManualValidation@1', plan.job.id));
  const values = new JobValues(pipeline, plan);
  const minutes = Math.min(approval.timeoutMinutes ?? 43200, 43200);
  return [compact({
    job: plan.approvalOnly ? plan.parts[0].id : plan.approval,
    displayName: plan.approvalOnly ? displayName(plan.job, values) : `Approve ${displayName(plan.job, values)}`,
    dependsOn: listed(waits.dependsOn),
    condition: jobCondition(plan.job.condition, values, waits.elsewhere),
    timeoutInMinutes: minutes,
    pool: 'server',
    variables: variablesOf(values, new Map()),
    steps: [{
      task: 'ManualValidation@1',
      timeoutInMinutes: minutes,
      inputs: {
        notifyUsers: approval.approvers.map(escapeTemplate).join('\n'),
        ...approval.approvers.length > 0 && { approvers: approval.approvers.map(escapeTemplate).join('\n') },
        instructions: escapeTemplate(approval.message),
        onTimeout: 'reject',
      },
    }],
  })];
}

function workingJob(
  plan: JobPlan, part: PartPlan, pipeline: PipelinePlan, shared: Constants, containers: Containers, waits: Waits,
): JobPart {
  const { job } = part;
  const values = new JobValues(pipeline, plan);
  const steps = flattened(job.steps);
  const constants = jobConstants(shared, { ...job, steps });
  if (readsBase(job, steps, shared)) {
    values.variables.set('fairway.baseSha', '');
  }
  const identities = identitySteps(job, pipeline);
  const scope: StepScope = {
    job: plan, part, values, env: constants.env, identityFiles: identities.files, root: rootOf(steps),
  };
  const written: Step[] = [
    ...steps.some(step => step.kind === 'checkout') ? [] : [{ checkout: 'none' }],
    ...plan.deployment ? [{ download: 'none' }] : [],
    ...hostsStep(job, pipeline),
    ...identities.steps,
    ...job.steps.flatMap(step => withUse(step, scope)),
    ...legsStep(plan, pipeline),
  ];
  const own = jobCondition(job.condition, values, waits.elsewhere);
  const approved = plan.approval === undefined ? undefined : `in(dependencies.${plan.approval}.result, 'Succeeded', 'SucceededWithIssues')`;
  const named = displayName(job, values);
  const services = containers.ofServices(job.services, values);
  const head = {
    displayName: part.leg === undefined || plan.job.name.some(each => typeof each !== 'string' && each.kind === 'matrix') ? named : `${named} (${part.leg})`,
    dependsOn: listed([...waits.dependsOn, ...plan.approval === undefined ? [] : [plan.approval]]),
    condition: dynamicCondition(plan, pipeline, own === undefined || approved === undefined ? own : joined('and', [own, approved])),
    continueOnError: job.allowFailure || undefined,
    timeoutInMinutes: job.timeoutMinutes,
    pool: poolOf(job.runner, pipeline, job.id),
    container: job.container && containers.ofJob(job.container, values),
    services: Object.keys(services).length > 0 ? services : undefined,
  };
  return compact(plan.deployment ? {
    deployment: part.id,
    ...head,
    environment: escapeTemplate(job.environment!.name),
    variables: variablesOf(values, constants.variables),
    strategy: { runOnce: { deploy: { steps: written } } },
  } : {
    job: part.id,
    ...head,
    strategy: matrixOf(plan, values),
    variables: variablesOf(values, constants.variables),
    steps: written,
  });
}

/** The steps in the file for one of a job; of a use of a template, it is noted which they are. */
function withUse(step: StepNode, scope: StepScope): Step[] {
  if (step.kind !== 'group') {
    return lowerStep(step, scope);
  }
  const steps = flattened([step]).flatMap(each => lowerStep(each, { ...scope, use: step.id }));
  scope.values.plan.uses.push({ group: step, steps, scope });
  return steps;
}

/** `strategy.matrix`, with the values of each leg under `matrix.<axis>`: a variable is in the environment, too, where an axis called `path` would do harm. */
function matrixOf(plan: JobPlan, values: JobValues): Record<string, unknown> | undefined {
  const { matrix } = plan.job;
  if (matrix === undefined) {
    return undefined;
  }
  const maxParallel = matrix.maxParallel;
  if (matrix.kind === 'dynamic') {
    return compact({ maxParallel, matrix: `$[ ${legsOutput(plan, values.plan) ?? '\'{}\''} ]` });
  }
  const axes = [...new Set(matrix.combinations.flatMap(combination => Object.keys(combination)))];
  const uploads = plan.job.uploads.length > 0 || plan.job.steps.some(step => step.kind === 'upload');
  const legs = matrix.combinations.map((combination, i) => [plan.legs[i], {
    ...Object.fromEntries(axes.map(axis => [`matrix.${axis}`, escapeTemplate(Object.hasOwn(combination, axis) ? combination[axis] : '')])),
    ...uploads && { [LEG]: plan.legs[i] },
  }]);
  return compact({ maxParallel, matrix: Object.fromEntries(legs) });
}

// ---------------------------------------------------------------- legs that another job computes

/** The output in which a job hands over the legs of a matrix: a map of maps, where the graph has a list of maps. */
function legsName(output: string): string {
  return `legs_${output}`;
}

function legsOutput(plan: JobPlan, pipeline: PipelinePlan): string | undefined {
  const { matrix } = plan.job;
  if (matrix?.kind !== 'dynamic') {
    return undefined;
  }
  const from = pipeline.of(matrix.from.job);
  if (from.parts.length > 1 || from.job.matrix !== undefined) {
    pipeline.rows.push(unsupported('matrix of a matrix', 'the legs are handed over by one job alone', plan.job.id));
    return undefined;
  }
  const { id } = from.parts[0];
  const context = from.stage === plan.stage ? 'dependencies' : `stageDependencies.${from.stage}`;
  return `${context}.${id}.outputs['${from.deployment ? `${id}.` : ''}fairway_legs.${legsName(matrix.from.name)}']`;
}

/** Without legs, nothing runs; Azure Pipelines would run one without values. */
function dynamicCondition(plan: JobPlan, pipeline: PipelinePlan, own: string | undefined): string | undefined {
  const legs = legsOutput(plan, pipeline);
  return legs === undefined ? own : joined('and', [own ?? 'succeeded()', `ne(coalesce(${legs}, '{}'), '{}')`]);
}

/** A step that turns outputs of the job, lists of maps, into what `strategy.matrix` takes. */
function legsStep(plan: JobPlan, pipeline: PipelinePlan): Step[] {
  const read = plan.job.outputs.filter(output => pipeline.legSources.has(`${plan.job.id}\n${output.name}`));
  if (read.length === 0) {
    return [];
  }
  pipeline.rows.push(emulated('legs of a matrix for other jobs', 'a step turns the list into the map that strategy.matrix takes, with jq', plan.job.id));
  pipeline.shared.add(DOLLAR);
  // A value that looks like a variable or an expression would be one: its dollar sign is put in as the agent reads it.
  const inert = ['(', '['].map(open => ` | split("$" + "${open}") | join("$" + "(${DOLLAR})${open}")`).join('');
  const program = [
    `def inert: if type == "string" then .${inert} else . end;`,
    'to_entries | map({key: "leg_\\(.key + 1)", value: ((.value | with_entries({key: ("matrix." + .key), value: (.value | inert)}))',
    '+ {"fairway.leg": "leg_\\(.key + 1)"})}) | from_entries',
  ].join(' ');
  const lines = read.flatMap((output, i) => [
    `fairway_legs=\`jq --compact-output '${program}' <<< "$LEGS_${i + 1}"\``,
    `echo "##vso[task.setvariable variable=${legsName(output.name)};isOutput=true]\${fairway_legs//%/%AZP25}"`,
  ]);
  return [{
    bash: ['set -euo pipefail', ...lines].join('\n'),
    name: 'fairway_legs',
    displayName: 'Hand over the legs',
    target: quiet(read.map(output => legsName(output.name))),
    env: Object.fromEntries(read.map((output, i) => [`LEGS_${i + 1}`, `$(${identifier(output.step)}.${output.output})`])),
  }];
}

// ---------------------------------------------------------------- parts

/** The name of a leg follows the name of its job on the page of the run, so what the matrix says is left out. */
function displayName(job: JobNode, values: JobValues): string {
  const inMatrix = (part: JobNode['name'][number]) => typeof part !== 'string' && part.kind === 'matrix';
  const name = values.text(job.name.filter(part => !inMatrix(part)));
  return job.name.some(inMatrix) ? name.replace(/\([\s,/-]*\)/g, '').replace(/\s+/g, ' ').replace(/[\s,/-]+$/, '').trim() || job.id : name;
}

function variablesOf(values: JobValues, constants: ReadonlyMap<string, string>): Record<string, string> | undefined {
  const all = [...constants, ...values.variables];
  return all.length === 0 ? undefined : Object.fromEntries(all);
}

function listed(ids: readonly string[]): string | readonly string[] | undefined {
  return ids.length === 0 ? undefined : ids.length === 1 ? ids[0] : ids;
}

/** Where the workspace is, when a checkout stands in a folder of it: alone, it would take that folder for the workspace. */
function rootOf(steps: readonly StepNode[]): string | undefined {
  const checkouts = steps.filter(step => step.kind === 'checkout');
  return checkouts.length > 1 || checkouts.some(step => step.folder !== undefined && step.folder !== '.') ? '$(Pipeline.Workspace)/s' : undefined;
}

function readsBase(job: JobNode, steps: readonly StepNode[], shared: Constants): boolean {
  const reads = (env: JobNode['env']) => Object.values(env).some(text => text.some(part => typeof part !== 'string' && part.kind === 'context' && part.name === 'baseSha'));
  const asks = (step: StepNode) => step.condition !== undefined
    && leavesOf(step.condition).some(leaf => (leaf.kind === 'compare' || leaf.kind === 'matches') && leaf.value.kind === 'context' && leaf.value.name === 'baseSha');
  return reads(shared.env) || reads(job.env) || steps.some(step => reads(step.env) || asks(step));
}

export function compact(part: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined));
}

function rowsOf(plan: JobPlan, pipeline: PipelinePlan): void {
  const { job } = plan;
  const { rows } = pipeline;
  grantRows(job, pipeline);
  const { matrix, environment } = job;
  if (matrix?.kind === 'static') {
    rows.push(plan.deployment ? emulated('matrix', 'a deployment job for each leg: they have no matrix', job.id) : native('matrix', 'strategy.matrix', job.id));
    const live = matrix.combinations.flatMap(Object.entries).find(([, value]) => hasMacro(value) || /^\$\[.*\]$/s.test(value));
    if (live !== undefined) {
      rows.push(unsupported(`values of the axis ${live[0]}`, `${JSON.stringify(live[1])} has $(name) in it, or is an expression, which the agent may replace`, job.id));
    }
    // Neither keys nor variables are told apart by case.
    const same = twins(new Set(matrix.combinations.flatMap(Object.keys)));
    if (same !== undefined) {
      rows.push(unsupported('axes of the matrix', same, job.id));
    }
    if (plan.deployment && matrix.maxParallel !== undefined && matrix.maxParallel < plan.parts.length) {
      rows.push(approximated('maxParallel of the matrix', 'the deployment jobs of the legs run side by side', job.id));
    }
  } else if (matrix !== undefined) {
    rows.push(plan.deployment ? unsupported('matrix that another job computes', 'deployment jobs have no matrix', job.id)
      : native('matrix that another job computes', 'strategy.matrix of an output', job.id));
  }
  if (matrix?.failFast) {
    rows.push(dropped('failFast of the matrix', 'the other legs run to their end', job.id));
  }
  if (job.attempts > 1) {
    rows.push(dropped('attempts of the job', 'a job runs once; steps can be tried again', job.id));
  }
  if (environment !== undefined) {
    rows.push(native(`environment ${environment.name}`, 'a deployment job', job.id));
    if (environment.url !== undefined) {
      rows.push(dropped(`address of the environment ${environment.name}`, 'environments have none', job.id));
    }
    if (environment.name.includes('.')) {
      rows.push(unsupported(`environment ${environment.name}`, 'what follows a dot is the name of a resource of the environment', job.id));
    }
    const where = `Pipelines > Environments > ${environment.name} > Approvals and checks`;
    const { approvals, restrictedTimes } = environment.protection ?? {};
    if (approvals) {
      pipeline.remain(`Add the check Approvals: ${approvals.count} of ${approvals.teams.join(', ') || 'whoever may'}.`, where);
    }
    if (restrictedTimes) {
      pipeline.remain('Add the check Business hours, or leave the times to `fairway promote`.', where);
    }
  }
  if (job.concurrency !== undefined) {
    const group = plainText(job.concurrency.group);
    if (environment === undefined) {
      rows.push(unsupported('concurrency of the job', 'runs exclude each other by a lock on an environment; give the job one', job.id));
    } else {
      rows.push(emulated('concurrency of the job', `an exclusive lock on the environment ${environment.name}, ${group === undefined ? 'not on the group' : `for the group ${group}`}`, job.id));
      pipeline.remain('Add the check Exclusive lock.', `Pipelines > Environments > ${environment.name} > Approvals and checks`);
    }
  }
}
