import { JobBuilder, Surroundings } from './job-builder';
import { BuiltJob, buildJob, isUse, withOutputs } from './jobs';
import { stageNodes, staged } from './stages';
import { innerOutput, StepIndex } from './step-index';
import { checkDecisions } from './trust';
import { FairwayError } from '../../core/diagnostics/fairway-error';
import type { Finding } from '../../core/diagnostics/finding';
import { nameFault } from '../../core/names';
import { Platform } from '../../core/platform';
import { frozen, JobNode, PatchNode, PipelineGraph, reduced, SecretNode, sorted, StepTemplateNode, TemplateNode, TriggerNode } from '../graph';
import { Job } from '../job';
import type { JobOwner } from '../job-owner';
import * as messages from '../messages';
import type { Pipeline } from '../pipeline';
import { StepOutput } from '../scoped-value';
import type { JobStep } from '../step';
import type { PipelineTemplate, StepTemplate } from '../template';

type Shared = Pick<Surroundings, 'filters' | 'secrets' | 'stepTemplates' | 'templates' | 'defaults' | 'decisions' | 'folder'>;

/** The graph of a pipeline. Throws everything that is wrong with it, at once. */
export function buildGraph(pipeline: Pipeline): PipelineGraph {
  const shared: Shared = {
    filters: new Map(),
    secrets: new Map(),
    stepTemplates: new Set(),
    templates: new Set(),
    defaults: pipeline._defaults,
    folder: pipeline.repository?.folder,
    decisions: [],
  };
  const triggers = checkedTriggers(pipeline);
  if (pipeline._jobs.length === 0) {
    throw messages.noJobs.error(pipeline, { what: 'pipeline', id: pipeline.node.id });
  }
  const stages = pipeline._stages;
  const repository = pipeline.repository?.address ?? Platform.ofConstruct(pipeline).repository;
  const { jobs: given, around } = buildJobs(pipeline, shared);
  const ordered = inOrder(pipeline, staged(pipeline, stages, given));
  const templates = [...shared.templates].map(template => templateNode(template, shared));
  checkInlined(ordered, templates);
  const jobs = reduced(ordered);
  const count = (of: readonly JobNode[]) => of.reduce((sum, job) => sum + job.needs.length, 0);
  const whole = new JobBuilder(around, { id: `the pipeline ${pipeline.node.id}`, construct: pipeline });
  const graph = frozen<PipelineGraph>({
    id: pipeline.node.id,
    path: pipeline.node.path,
    name: pipeline.name,
    ...repository !== undefined && { repository },
    ...pipeline._runName !== undefined && { runName: whole.text(pipeline._runName, { where: 'the name of a run', isShown: true }) },
    triggers,
    inputs: [...pipeline._inputs],
    secrets: [...shared.secrets.values()].sort((a: SecretNode, b: SecretNode) => a.name < b.name ? -1 : 1),
    concurrency: whole.concurrency(pipeline._concurrency),
    env: whole.env(pipeline._env, 'the pipeline', { isShown: true }),
    stages: stageNodes(stages, jobs),
    jobs,
    filters: [...shared.filters.values()].map(({ id, paths }) => ({ id, paths })),
    templates,
    stepTemplates: [...shared.stepTemplates].map(template => stepTemplateNode(template, around)),
    patches: pipeline._patches.map((patch): PatchNode => ({
      system: patch._system, operations: patch._operations, reason: patch._options.reason, ...patch._options.job && { job: patch._options.job.id },
    })),
    edgesBefore: count(ordered),
    edges: count(jobs),
  });
  checkDecisions(graph, shared.decisions);
  return graph;
}

/** The jobs of a pipeline or a template, in the order of the user. Throws all that is wrong with them. */
function buildJobs(owner: JobOwner, shared: Shared): { readonly jobs: JobNode[]; readonly around: Surroundings } {
  const own = owner._jobs.filter(job => !isUse(job)) as Job[];
  const uploaders = new Map<string, Job[]>();
  own.forEach(job => job._steps.forEach(({ _spec: { uploads } }) => {
    if (uploads !== undefined) {
      uploaders.set(uploads, [...uploaders.get(uploads) ?? [], job]);
    }
  }));
  const around: Surroundings = { ...shared, owner, index: new StepIndex(own), uploaders, outputs: new Map() };
  const found: Finding[] = [];
  const built: BuiltJob[] = [];
  for (const [artifact, jobs] of uploaders) {
    if (jobs.length > 1) {
      found.push(messages.twoUploaders.at(jobs[0], { artifact, jobs: jobs.map(job => job.id) }));
    }
  }
  for (const job of owner._jobs) {
    try {
      built.push(buildJob(job, around, (job._stage as { readonly id: string } | undefined)?.id));
    } catch (e) {
      if (!FairwayError.isFairwayError(e)) {
        throw e;
      }
      found.push(...e.findings);
    }
  }
  if (found.length > 0) {
    throw new FairwayError(distinct(found));
  }
  return { jobs: withOutputs(built, around.outputs), around };
}

function distinct(findings: readonly Finding[]): Finding[] {
  return [...new Map(findings.map(finding => [JSON.stringify(finding), finding])).values()];
}

function inOrder(owner: JobOwner, jobs: readonly JobNode[]): JobNode[] {
  const result = sorted(jobs, job => job.needs.map(edge => edge.job));
  if ('ring' in result) {
    throw messages.ring.error(owner, { jobs: result.ring.map(job => job.id) });
  }
  const place = new Map(result.order.map((job, i) => [job.id, i]));
  return result.order.map(job => ({ ...job, needs: [...job.needs].sort((a, b) => place.get(a.job)! - place.get(b.job)!) }));
}

function templateNode(template: PipelineTemplate, shared: Shared): TemplateNode {
  if (template._jobs.length === 0) {
    throw messages.noJobs.error(template, { what: 'template', id: template.node.id });
  }
  template._markBuilt();
  const secrets = new Map<string, SecretNode>();
  const { jobs, around } = buildJobs(template, { ...shared, secrets });
  secrets.forEach((secret, name) => shared.secrets.set(name, shared.secrets.get(name) ?? secret));
  const outputs = [...template._outputs].map(([name, value]) => {
    const { step, name: output } = value._parts[0] as StepOutput;
    const [place] = around.index.placesOf(step as object);
    if (place === undefined) {
      throw messages.unattachedStep.error(template, { step: (step as JobStep | undefined)?._spec?.defaultId ?? name, job: template.node.id });
    }
    const inner = (step as JobStep)._spec.template as StepTemplate | undefined;
    const source = (inner && innerOutput(inner, place.id, output)) ?? { step: place.id, name: output };
    return { name, job: place.job.id, step: source.step, output: source.name };
  });
  const given = jobs.map(job => ({
    ...job,
    outputs: [...job.outputs, ...outputs.filter(each => each.job === job.id && !job.outputs.some(other => other.name === each.name))
      .map(({ name, step, output }) => ({ name, step, output }))],
  }));
  return {
    id: template.node.id,
    path: template.node.path,
    name: template.name,
    inputs: [...template._inputs],
    outputs: outputs.map(({ name, job }) => ({ name, job, output: name })),
    secrets: [...secrets.values()],
    jobs: reduced(inOrder(template, given)),
  };
}

/** A template of steps by itself. It reads nothing of a job. */
function stepTemplateNode(template: StepTemplate, around: Surroundings): StepTemplateNode {
  const builder = new JobBuilder(around, { id: `the template ${template.node.id}`, construct: template });
  const outputs = [...template._outputs.keys()].map(name => {
    const source = innerOutput(template, undefined, name);
    if (source === undefined) {
      throw messages.unattachedStep.error(template, { step: name, job: template.node.id });
    }
    return { name, step: source.step, output: source.name };
  });
  const { name, _inputs: inputs, node: { id, path } } = template;
  return { id, path, name, inputs: [...inputs], outputs, steps: builder.template(template) };
}

/** The ids that jobs of templates get are free, and short enough. */
function checkInlined(jobs: readonly JobNode[], templates: readonly TemplateNode[]): void {
  const taken = new Map(jobs.map(job => [job.id, job.path]));
  for (const job of jobs.filter(each => each.call)) {
    for (const inner of templates.find(template => template.id === job.call!.template)!.jobs) {
      const id = `${job.id}-${inner.id}`;
      const fault = nameFault(id);
      if (fault) {
        throw messages.invalidId.error(job.path, { what: 'job of a template', id, fault });
      }
      if (taken.has(id)) {
        throw messages.takenId.error(job.path, { what: 'jobs', id, other: taken.get(id)! });
      }
      taken.set(id, job.path);
    }
  }
}

function checkedTriggers(pipeline: Pipeline): TriggerNode[] {
  const triggers = pipeline._triggers.map(trigger => trigger._trigger);
  if (triggers.length === 0) {
    throw messages.noTriggers.error(pipeline, { pipeline: pipeline.node.id });
  }
  const seen = new Set<string>();
  for (const { kind } of triggers) {
    if (kind !== 'schedule' && seen.has(kind)) {
      throw messages.duplicateTrigger.error(pipeline, { kind });
    }
    seen.add(kind);
  }
  if (pipeline._inputs.length > 0 && !seen.has('manual') && !seen.has('call')) {
    throw messages.idleInput.error(pipeline, { input: pipeline._inputs[0].name });
  }
  let count = 0;
  return triggers.map(trigger => trigger.kind === 'schedule' ? { ...trigger, id: `schedule-${++count}` } : trigger);
}
