import { JobBuilder, mergedGrants, Surroundings } from './job-builder';
import { Concurrency } from '../concurrency';
import type { Identity } from '../grant';
import type { ApprovalNode, CapabilityName, EdgeNode, IdentityNode, JobEnvironmentNode, JobNode, JobOutputNode, StepNode } from '../graph';
import { Job, PipelineJob } from '../job';
import type { JobEnvironment } from '../job-environment';
import * as messages from '../messages';
import type { JobStep } from '../step';
import type { TemplateJob } from '../template';

/** A job that is built, but for what others read of it. */
export interface BuiltJob {
  readonly job: PipelineJob;
  readonly node: Omit<JobNode, 'outputs' | 'needs'>;
  readonly needs: readonly EdgeNode[];
}

export function buildJob(job: PipelineJob, around: Surroundings, stage: string | undefined): BuiltJob {
  return isUse(job) ? buildUse(job, around, stage) : buildOwn(job as Job, around, stage);
}

export function isUse(job: PipelineJob): job is TemplateJob {
  return (job as Partial<TemplateJob>).template !== undefined;
}

/** Rights that are there to give something to others. */
const PUBLISHING: CapabilityName[] = ['writeCode', 'publishPackages', 'attest', 'publishPages'];

function buildOwn(job: Job, around: Surroundings, stage: string | undefined): BuiltJob {
  const { matrix, runner, container, services = [], env = {}, grants = [], identities = [], timeout } = job._props;
  const target = environmentOf(job);
  const builder = new JobBuilder(around, { id: job.id, construct: job, job, environment: target?.name });
  const approval = approvalOf(job);
  const steps = builder.steps(job);
  if (steps.length === 0 && approval === undefined) {
    throw messages.noSteps.error(job, { job: job.id });
  }
  const specs = job._steps.map(step => step._spec);
  const granted = mergedGrants([...grants.map(grant => grant._grant), ...specs.flatMap(spec => spec.grants)]);
  const os = (runner?._runner ?? around.defaults.runner).os;
  checkSteps(job, steps, os, granted.some(grant => grant.capability === 'writeCode'));
  const environment = target && environmentNode(builder, target);
  const concurrency = job._props.concurrency ?? (target ? Concurrency.replacePending(`deploy-${target.name}`) : undefined);
  const publishes = target !== undefined || specs.some(spec => spec.publishes) || granted.some(grant => PUBLISHING.includes(grant.capability));
  return finished(job, builder, {
    ...common(job, builder, stage),
    ...matrix && { matrix: builder.matrix(job) },
    runner: runner?._runner ?? around.defaults.runner,
    ...container && { container: builder.container(container) },
    services: services.map(service => builder.service(service)),
    env: builder.env(env, `the job ${job.id}`),
    steps,
    ...environment && { environment },
    ...approval && { approval },
    ...concurrency && { concurrency: builder.concurrency(concurrency) },
    grants: granted,
    identities: mergedIdentities(job, [...identities.map(identityNode), ...specs.flatMap(spec => spec.identities)]),
    attempts: job._props.attempts ?? 1,
    timeoutMinutes: timeout?.toMinutes() ?? around.defaults.timeoutMinutes,
    allowFailure: job._props.allowFailure ?? false,
    publishes: job._props.publishes ?? publishes,
    uploads: specs.flatMap(spec => spec.uploads ?? []),
    downloads: specs.flatMap(spec => spec.downloads ?? []),
  });
}

function buildUse(job: TemplateJob, around: Surroundings, stage: string | undefined): BuiltJob {
  around.templates.add(job.template);
  const builder = new JobBuilder(around, { id: job.id, construct: job, job });
  const inputs = Object.entries(job._given).map(([name, value]) => {
    return [name, builder.text(value, { where: `the input ${name} of ${job.id}`, isShown: true })] as const;
  });
  return finished(job, builder, {
    ...common(job, builder, stage),
    runner: around.defaults.runner,
    services: [],
    env: {},
    steps: [],
    grants: [],
    identities: [],
    attempts: 1,
    timeoutMinutes: around.defaults.timeoutMinutes,
    allowFailure: false,
    publishes: false,
    uploads: [],
    downloads: [],
    call: { template: job.template.node.id, inputs: Object.fromEntries(inputs) },
  });
}

function common(job: PipelineJob, builder: JobBuilder, stage: string | undefined) {
  const { name, condition } = job._common;
  return {
    id: job.id,
    path: job.node.path,
    name: builder.text(name ?? job.id, { where: `the name of the job ${job.id}`, isShown: true }),
    ...stage !== undefined && { stage },
    ...condition && { condition: builder.condition(condition) },
  };
}

function finished(job: PipelineJob, builder: JobBuilder, node: BuiltJob['node']): BuiltJob {
  job._needed.forEach(other => builder.need(other, 'order', 'waits for'));
  return { job, node, needs: builder.needs };
}

function approvalOf(job: Job): ApprovalNode | undefined {
  const at = job._steps.findIndex(step => step._spec.approval);
  const count = job._steps.filter(step => step._spec.approval).length;
  if (count > 1 || at > 0) {
    throw messages.lateApproval.error(job, { job: job.id });
  }
  return at === 0 ? job._steps[0]._spec.approval : undefined;
}

function environmentOf(job: Job): JobEnvironment | undefined {
  const given = [job._props.environment, ...job._steps.map((step: JobStep) => step._spec.environment)].filter(each => each !== undefined);
  const names = [...new Set(given.map(each => each.name))];
  if (names.length > 1) {
    throw messages.twoEnvironments.error(job, { job: job.id, environments: names });
  }
  return given[0];
}

function environmentNode(builder: JobBuilder, environment: JobEnvironment): JobEnvironmentNode {
  const { name, _url: url, _protection: protection } = environment;
  return {
    name,
    ...url !== undefined && { url: builder.text(url, { where: `the address of ${name}`, isShown: true }) },
    ...protection && { protection },
  };
}

function identityNode({ _name: name, _audience: audience }: Identity): IdentityNode {
  return { name, audience };
}

function mergedIdentities(job: Job, identities: readonly IdentityNode[]): IdentityNode[] {
  const merged = new Map<string, IdentityNode>();
  for (const identity of identities) {
    if ((merged.get(identity.name)?.audience ?? identity.audience) !== identity.audience) {
      throw messages.takenId.error(job, { what: 'identities', id: identity.name, other: `for ${merged.get(identity.name)!.audience}` });
    }
    merged.set(identity.name, { ...identity });
  }
  return [...merged.values()];
}

function checkSteps(job: Job, steps: readonly StepNode[], os: JobNode['runner']['os'], mayPush: boolean): void {
  for (const step of steps) {
    if (step.kind === 'run' && os === 'windows' && step.shell !== 'pwsh') {
      throw messages.shellOnRunner.error(job, { step: step.id, shell: step.shell, os });
    }
    if (step.kind === 'checkout' && step.persistCredentials && !mayPush) {
      throw messages.keptCredentials.error(job, { job: job.id });
    }
    if (step.kind === 'group') {
      checkSteps(job, step.steps, os, mayPush);
    }
  }
}

/** The jobs with their outputs, now that it is known who reads them. */
export function withOutputs(built: readonly BuiltJob[], outputs: Surroundings['outputs']): JobNode[] {
  return built.map(({ job, node, needs }) => {
    const read: JobOutputNode[] = [...outputs.get(job)?.values() ?? []];
    return { ...node, needs, outputs: read };
  });
}
