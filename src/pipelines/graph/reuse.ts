import { ConditionNode, meant, simplified } from './conditions';
import { globMatches } from './globs';
import type { EdgeNode, JobNode, PipelineGraph, StepNode, TemplateNode } from './nodes';
import { reduced } from './order';
import { Rewrite, rewriteJob } from './rewrite';
import { Text, textOf, ValueNode } from './values';

/** The graph with the jobs of templates in place of their uses: what every system can carry out. */
export function inlined(graph: PipelineGraph): PipelineGraph {
  if (!graph.jobs.some(job => job.call)) {
    return graph;
  }
  const templates = new Map(graph.templates.map(template => [template.id, template]));
  const ends = new Map<string, string[]>();
  const outputs = new Map<string, Map<string, ValueNode>>();
  const jobs = graph.jobs.flatMap(job => {
    const template = job.call && templates.get(job.call.template)!;
    const made = template ? expanded(job, template) : [job];
    if (template) {
      const needed = new Set(made.flatMap(each => each.needs.map(edge => edge.job)));
      ends.set(job.id, made.map(each => each.id).filter(id => !needed.has(id)));
      outputs.set(job.id, new Map(template.outputs.map(({ name, job: from, output }) => [name, { kind: 'output', job: `${job.id}-${from}`, name: output }])));
    }
    return made;
  });
  const rewrite: Rewrite = value => value.kind === 'output' ? outputs.get(value.job)?.get(value.name) ?? value : value;
  const rewired = jobs.map(job => rewireNeeds(rewriteJob(job, { rewrite, matches: globMatches }), ends, outputs));
  const stages = graph.stages.map(stage => ({ ...stage, jobs: rewired.filter(job => job.stage === stage.id).map(job => job.id) }));
  return { ...graph, jobs: reduced(rewired), stages, templates: [] };
}

/** The jobs of a template, for one use of it. */
function expanded(use: JobNode, template: TemplateNode): JobNode[] {
  const idOf = (id: string) => `${use.id}-${id}`;
  const rewrite: Rewrite = value => {
    switch (value.kind) {
      case 'input': return use.call!.inputs[value.name] ?? value;
      case 'output':
      case 'result': return { ...value, job: idOf(value.job) };
      default: return value;
    }
  };
  return template.jobs.map(job => {
    const inside = rewriteJob(job, { rewrite, matches: globMatches });
    const isFirst = job.needs.length === 0;
    const condition = isFirst ? both(use.condition, inside.condition) : inside.condition;
    return {
      ...inside,
      id: idOf(job.id),
      name: textOf([...use.name, ' / ', ...inside.name]),
      ...use.stage !== undefined && { stage: use.stage },
      needs: isFirst ? use.needs : [...readThrough(job, use), ...job.needs.map(edge => ({ ...edge, job: idOf(edge.job) }))],
      ...condition && { condition: renamed(condition, job, idOf) },
      uploads: job.uploads.map(idOf),
      downloads: job.downloads.map(idOf),
      steps: inside.steps.map(step => renamedArtifacts(step, idOf)),
    };
  });
}

/** A job reads outputs of those alone that it needs: what it is given is needed by itself, not by the first jobs of the use only. */
function readThrough(job: JobNode, use: JobNode): EdgeNode[] {
  const read = new Set<string>();
  const noted: Rewrite = value => {
    const given = value.kind === 'input' ? use.call!.inputs[value.name] ?? [] : [];
    given.forEach(part => typeof part !== 'string' && (part.kind === 'output' || part.kind === 'result') && read.add(part.job));
    return value;
  };
  rewriteJob(job, { rewrite: noted, matches: globMatches });
  return use.needs.filter(edge => read.has(edge.job));
}

/** The condition of a use holds for each job that it starts with; the rest follow by skipping. */
function both(outer: ConditionNode | undefined, inner: ConditionNode | undefined): ConditionNode | undefined {
  return outer === undefined ? inner : inner === undefined ? outer : simplified({ kind: 'and', of: [meant(outer), inner] });
}

function renamed(condition: ConditionNode, job: JobNode, idOf: (id: string) => string): ConditionNode {
  const own = new Set(job.needs.map(edge => edge.job));
  switch (condition.kind) {
    case 'and':
    case 'or': return { ...condition, of: condition.of.map(each => renamed(each, job, idOf)) };
    case 'not': return { ...condition, of: renamed(condition.of, job, idOf) };
    case 'result': return own.has(condition.job) ? { ...condition, job: idOf(condition.job) } : condition;
    default: return condition;
  }
}

function renamedArtifacts(step: StepNode, idOf: (id: string) => string): StepNode {
  switch (step.kind) {
    case 'upload': return { ...step, artifact: idOf(step.artifact) };
    case 'download': return { ...step, artifact: idOf(step.artifact), from: idOf(step.from) };
    case 'group': return { ...step, steps: step.steps.map(each => renamedArtifacts(each, idOf)) };
    default: return step;
  }
}

/** Who needs a use needs the last jobs of it, and the jobs whose outputs it reads. */
function rewireNeeds(job: JobNode, ends: Map<string, string[]>, outputs: Map<string, Map<string, ValueNode>>): JobNode {
  if (!job.needs.some(edge => ends.has(edge.job))) {
    return job;
  }
  const edges = new Map<string, EdgeNode>();
  const add = (id: string, reasons: EdgeNode['reasons']) => {
    const before = edges.get(id)?.reasons ?? [];
    edges.set(id, { job: id, reasons: [...new Set([...before, ...reasons])] });
  };
  for (const edge of job.needs) {
    const last = ends.get(edge.job);
    (last ?? [edge.job]).forEach(id => add(id, last ? ['order'] : edge.reasons));
    if (last && edge.reasons.includes('output')) {
      outputs.get(edge.job)!.forEach(value => value.kind === 'output' && add(value.job, ['output']));
    }
  }
  return { ...job, needs: [...edges.values()] };
}

/** The steps of a job with the steps of templates in place of their uses. */
export function flattened(steps: readonly StepNode[]): StepNode[] {
  return steps.flatMap(step => step.kind === 'group' ? flattened(step.steps).map(each => within(step, each)) : [step]);
}

/** What a use says holds for each of its steps. */
function within(group: StepNode, step: StepNode): StepNode {
  const condition = both(group.condition, step.condition);
  return {
    ...step,
    env: { ...group.env, ...step.env } as Readonly<Record<string, Text>>,
    ...condition && { condition },
    continueOnError: group.continueOnError || step.continueOnError,
  };
}
