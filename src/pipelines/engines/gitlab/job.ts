import { cachesOf } from './cache';
import { Deployment, deploymentOf } from './deploy';
import { all, ALWAYS, isAlways, print, shell } from './expression';
import { imageOf } from './image';
import { Leg } from './legs';
import { isGuarded, JobPlan, legsOf, Plans } from './plan';
import type { Settings } from './settings';
import { readerOf, settings as variables, shellFunction, stepsOf } from './steps';
import type { TriggerRule } from './triggers';
import { expandable, textWord } from './values';
import type { Workflow } from './workflow';
import type { Finding } from '../../../core/diagnostics/finding';
import type { PipelineRow, Remaining } from '../../engine';
import { approximated, dropped, emulated, native, unsupported } from '../../gaps';
import { ConditionNode, ContextName, describe, Environment, flattened, JobNode, PipelineGraph, ServiceNode, valuesOf } from '../../graph';
import { quote, shellCondition } from '../../shell';

export interface Where {
  readonly graph: PipelineGraph;
  readonly settings: Settings;
  readonly plans: Plans;
  readonly workflow: Workflow;
  /** Where the helper functions stand. */
  readonly base: string;
  /** The triggers, where each job has to ask for them. */
  readonly triggers?: readonly TriggerRule[];
  /** What a job of the pipeline is called here, leg by leg. */
  keysOf(job: string): readonly string[];
  stageOf(job: string): string | undefined;
}

export interface LoweredJob {
  readonly part: Record<string, unknown>;
  readonly rows: readonly PipelineRow[];
  readonly remains: readonly Remaining[];
  readonly findings: readonly Finding[];
}

/** A job as GitLab reads it. */
export function lowerJob(leg: Leg, where: Where): LoweredJob {
  const { job } = leg;
  const { settings, plans, workflow } = where;
  const plan = plans.of(job.id);
  const image = imageOf(job, settings);
  const caches = cachesOf(job);
  const steps = stepsOf(job);
  const deployment = deploymentOf(plan, job, settings, workflow);
  const rows = [
    ...orderRows(plan), ...image.rows, ...steps.rows, ...caches.rows, ...deployment.rows, ...jobRows(job, where.graph.env), ...serviceRows(job),
  ];
  const retention = Math.max(0, ...job.steps.map(step => step.kind === 'upload' ? step.retentionDays ?? settings.artifactDays : 0));
  const stage = where.stageOf(job.id);
  const script = scriptOf(leg, plan, where, { blocks: steps.blocks, folders: caches.folders, deployment });
  const own = `.fairway/$CI_PIPELINE_ID/jobs/${job.id}/`;
  const paths = [
    ...plans.isRead(job.id) || job.outputs.length > 0 ? [own] : [],
    ...new Set(job.uploads.map(artifact => `.fairway/$CI_PIPELINE_ID/artifacts/${artifact}/`)),
  ];
  const reports = { ...steps.reports, ...deployment.url && { dotenv: `${own}${leg.folder.replaceAll('"', '')}/dotenv` } };
  const part = {
    extends: where.base,
    ...stage !== undefined && { stage },
    ...image.image !== undefined && { image: image.image },
    ...image.tags.length > 0 && { tags: image.tags },
    ...job.services.length > 0 && { services: job.services.map(serviceOf) },
    ...needsOf(plan, where),
    ...whenOf(plan, deployment, where),
    ...deployment.environment && { environment: deployment.environment },
    ...(deployment.resourceGroup ?? leg.group) !== undefined && { resource_group: deployment.resourceGroup ?? leg.group },
    ...workflow.interruptible && { interruptible: !job.publishes && job.environment === undefined },
    timeout: `${job.timeoutMinutes} minutes`,
    ...job.attempts > 1 && { retry: Math.min(2, job.attempts - 1) },
    ...leg.parallel && { parallel: { matrix: leg.parallel } },
    ...job.identities.length > 0 && { id_tokens: Object.fromEntries(job.identities.map(({ name, audience }) => [name, { aud: audience }])) },
    variables: steps.variables,
    ...caches.caches.length > 0 && { cache: caches.caches.length === 1 ? caches.caches[0] : caches.caches },
    script,
    ...(paths.length > 0 || Object.keys(reports).length > 0) && {
      artifacts: {
        ...paths.length > 0 && { paths },
        ...Object.keys(reports).length > 0 && { reports },
        when: 'always',
        expire_in: `${retention === 0 ? settings.artifactDays : retention} days`,
      },
    },
  };
  return { part, rows, remains: deployment.remains, findings: [...steps.findings, ...deployment.findings] };
}

function needsOf(plan: JobPlan, { keysOf }: Where): Record<string, unknown> {
  if (plan.byStages) {
    return { dependencies: plan.needs.filter(need => need.artifacts).flatMap(need => keysOf(need.job)) };
  }
  const needs = plan.needs.flatMap(({ job, artifacts, optional }) => keysOf(job).map(key => ({ job: key, artifacts, ...optional && { optional } })));
  return { needs };
}

function whenOf(plan: JobPlan, { manual, confirmation }: Deployment, { triggers }: Where): Record<string, unknown> {
  const when = manual ? 'manual' : plan.when;
  const allowed = { ...(manual || plan.job.allowFailure) && { allow_failure: plan.job.allowFailure } };
  const confirmed = manual && confirmation !== undefined ? { manual_confirmation: confirmation } : {};
  if (triggers === undefined && isAlways(plan.rule)) {
    return { ...when !== 'on_success' && { when }, ...allowed, ...confirmed };
  }
  const rules = (triggers ?? [{ expression: ALWAYS, changes: undefined }])
    .map(trigger => ({ if: all([trigger.expression, plan.rule]), changes: trigger.changes }))
    .filter(rule => rule.if.kind !== 'constant' || rule.if.value)
    .map(rule => ({
      ...rule.if.kind !== 'constant' && { if: print(rule.if) },
      ...rule.changes && { changes: rule.changes },
      ...when !== 'on_success' && { when },
      ...allowed,
    }));
  return { rules: rules.length > 0 ? rules : [{ when: 'never' }], ...confirmed };
}

interface Parts {
  readonly blocks: readonly string[];
  readonly folders: Readonly<Record<string, readonly [string, string]>>;
  readonly deployment: Deployment;
}

function scriptOf(leg: Leg, plan: JobPlan, where: Where, { blocks, folders, deployment }: Parts): string[] {
  const { job } = leg;
  const guard = guardOf(plan);
  if (blocks.length === 0 && guard === undefined && !where.plans.isRead(job.id)) {
    return ['echo "There is nothing to do here."'];
  }
  const env = [
    ...Object.entries(folders).map(([name, [before, folder]]) => `  set_env ${name} "${before}$PWD/${folder}"`),
    ...job.identities.map(({ name }) => `  set_env ${name}_FILE "$fairway_state/${name}"`),
    ...variables({ ...job.container?.env, ...job.env }),
  ];
  const start = [
    `start_job ${job.id} ${leg.folder}`,
    ...leg.parallel ? [`hide ${[...new Set(leg.parallel.flatMap(axes => Object.keys(axes)))].join(' ')}`] : [],
    ...job.identities.map(({ name }) => `keep_identity ${name}`),
    ...plan.results.map(({ job: id, needs }) => {
      const of = where.plans.of(id);
      const line = ['need_job', id, of.job.allowFailure ? 0 : legsOf(of.job), ...needs].join(' ');
      return plan.needs.some(need => need.job === id && need.optional) ? `if ${shell(of.rule)}; then ${line}; fi` : line;
    }),
    ...shellFunction('job_env', env),
    ...guard ?? [],
    ...job.services.flatMap(waiting),
  ];
  const finish = [
    ...deployment.url === undefined ? [] : [`url_of_job ${textWord(deployment.url)}`],
    ['finish_job', ...job.allowFailure ? ['allowed'] : [], ...job.outputs.map(({ name, step, output }) => `${name}=${step}.${output}`)].join(' '),
  ];
  return [start.join('\n'), ...blocks, finish.join('\n')];
}

/** What a job asks before its first step. */
function guardOf(plan: JobPlan): string[] | undefined {
  if (!isGuarded(plan)) {
    return undefined;
  }
  const reader = readerOf(status => {
    switch (status) {
      case 'success': return plan.succeeding.length === 0 ? 'true' : `succeeded ${plan.succeeding.join(' ')}`;
      case 'failure': return plan.ancestors.length === 0 ? 'false' : `failed ${plan.ancestors.join(' ')}`;
      case 'always': return 'true';
      case 'cancelled': return 'false';
    }
  });
  const { softNeeds } = plan;
  const nothing = `${softNeeds.length > 1 ? 'one of ' : ''}${softNeeds.join(', ')} has done nothing`;
  const soft = softNeeds.length === 0 ? [] : [{ condition: `succeeded ${softNeeds.join(' ')}`, why: nothing }];
  const asked = plan.guard.map((part: ConditionNode) => ({ condition: shellCondition(part, reader), why: `it runs when ${describe(part)}` }));
  return [...soft, ...asked].map(({ condition, why }) => {
    const said = quote(why.replace(/[\p{C}\s]+/gu, ' ').replaceAll('\'', '"'));
    return `${condition.startsWith('! ') ? `{ ${condition}; }` : condition} || skip_job ${said}`;
  });
}

function waiting({ name, ports, readiness }: ServiceNode): string[] {
  return readiness === undefined || ports.length === 0 ? []
    : [`wait_for ${name} ${ports[0]} ${Math.min(3600, readiness.intervalSeconds * readiness.retries + readiness.timeoutSeconds)}`];
}

function serviceOf(service: ServiceNode): Record<string, unknown> {
  const env = Object.entries(service.env).map(([name, text]) => [name, expandable(text) ?? '']);
  return {
    name: service.image,
    alias: service.name,
    ...env.length > 0 && { variables: Object.fromEntries(env) },
    ...service.command.length > 0 && { command: service.command },
  };
}

function serviceRows(job: JobNode): PipelineRow[] {
  return job.services.flatMap(service => {
    const unknown = Object.entries(service.env).filter(([, text]) => expandable(text) === undefined).map(([name]) => name);
    return [
      native(`service ${service.name}`, 'services', job.id),
      ...unknown.length > 0 ? [unsupported(`service ${service.name}`, `${unknown.join(', ')} is not known when the service starts`, job.id)] : [],
      ...service.readiness === undefined ? [] : [service.ports.length > 0
        ? approximated(`readiness of ${service.name}`, `the job waits for port ${service.ports[0]}; the command is not run in the service`, job.id)
        : dropped(`readiness of ${service.name}`, 'it has no port to wait for', job.id)],
    ];
  });
}

function orderRows(plan: JobPlan): PipelineRow[] {
  const { job } = plan;
  const guarded = plan.guard.filter(part => !(plan.byStages && part.kind === 'status')).map(describe).join(' and ');
  return [
    ...plan.byStages ? [approximated('order', `it has ${plan.needs.length} needs, more than GitLab allows: it waits for all jobs of the stages before`, job.id)]
      : plan.needs.length > 0 ? [native('order', 'needs', job.id)] : [],
    ...job.condition === undefined ? [] : [
      guarded === '' ? native(`condition ${describe(job.condition)}`, 'rules and when', job.id)
        : emulated(`condition ${describe(job.condition)}`, `rules, and the job itself asks whether ${guarded}; then it ends well without doing anything`, job.id),
    ],
    ...plan.softNeeds.length > 0 ? [emulated('skipping', `does nothing when ${plan.softNeeds.join(' or ')} has done nothing`, job.id)] : [],
    ...job.condition !== undefined && mentions(job.condition, 'cancelled')
      ? [plan.rule.kind === 'constant' && !plan.rule.value
        ? unsupported('condition cancelled()', 'a run that is cancelled stops all its jobs, so this one never runs', job.id)
        : approximated('condition cancelled()', 'a run that is cancelled stops all its jobs', job.id)] : [],
  ];
}

function mentions(condition: ConditionNode, status: string): boolean {
  switch (condition.kind) {
    case 'and':
    case 'or': return condition.of.some(each => mentions(each, status));
    case 'not': return mentions(condition.of, status);
    default: return condition.kind === 'status' && condition.status === status;
  }
}

/**
 * Titles and names of branches and tags are variables that the runner expands, with all others of the job (gitlab-runner, JobVariables.Expand; they are not `raw`, merge_request.rb). What is
 * written in a file, `$$` and `expand: false`, says nothing of them.
 */
const EXPANDED = new Map<ContextName, string>([
  ['changeTitle', 'the title'], ['sourceBranch', 'the source branch'], ['targetBranch', 'the target branch'], ['branch', 'the branch'], ['tag', 'the tag'], ['ref', 'the ref'],
]);

function expandedRows(job: JobNode, shared: Environment): PipelineRow[] {
  const read = [shared, job.env, ...flattened(job.steps).map(step => step.env)].flatMap(env => Object.values(env).flatMap(valuesOf));
  return [...EXPANDED].filter(([name]) => read.some(value => value.kind === 'context' && value.name === name)).map(([name, what]) => {
    const how = `the runner puts variables in place of $NAME in ${what}, those of the job among them, and no file can turn that off`;
    // Blanks and dollars are usual in a title; a branch of that name has to be made on purpose, by somebody who may change the jobs as well.
    return name === 'changeTitle' ? approximated(name, how, job.id) : emulated(name, how, job.id);
  });
}

function jobRows(job: JobNode, shared: Environment): PipelineRow[] {
  return [
    ...expandedRows(job, shared),
    ...job.attempts > 3 ? [approximated('attempts', 'GitLab tries a job 3 times at most', job.id)] : job.attempts > 1 ? [native('attempts', 'retry', job.id)] : [],
    ...job.identities.map(({ name }) => native(`identity ${name}`, 'id_tokens, put into a file', job.id)),
    ...job.outputs.map(({ name }) => emulated(`output ${name}`, 'a file among the artifacts; dotenv reports would expand variables in it', job.id)),
    ...job.grants.map(({ capability }) => native(`grant ${capability}`, 'the token of jobs, as the project is set up', job.id)),
    ...job.allowFailure ? [native('failure is allowed', 'allow_failure', job.id)] : [],
  ];
}
