import { jobCondition } from './conditions';
import type { Constants } from './constants';
import { parameter } from './escape';
import { difference, expanded, Given, INSERT, sameButConditions, strangeExpression, textsOf, withWord } from './expansion';
import { identifier } from './ids';
import { JobPart, lowerJob, waitsOf } from './jobs';
import { answered, askInputs, conditionFault, defaultsOf, givenOf, inputOf, nameBeside, Parameter, parameterOf } from './parameters';
import { PipelinePlan, StepUse, Words } from './plan';
import { Containers } from './runners';
import { JobValues } from './values';
import { Support } from '../../../core/capability';
import { ConditionNode, flattened, inlined, JobNode, leavesOf, PipelineGraph, StepNode, TemplateNode, valuesOf } from '../../graph';
import { twins } from '../../twins';

/*
 * Templates of jobs as template files. The jobs of each use stand in the file already; a template is made of the same jobs, for a use that nothing is
 * known of, and a use is one of it where it comes to the same jobs. What is outside of the template comes in by parameters: what the jobs are called
 * after, what the first of them wait for, and under which condition.
 */

export interface JobFile {
  readonly template: TemplateNode;
  readonly parameters: readonly Parameter[];
  /** With the uses of templates of steps written out. */
  readonly jobs: readonly JobPart[];
  /** Those uses. */
  readonly uses: readonly StepUse[];
  /** Jobs that are written with a word in place of a parameter: puts the parameters there. */
  finished(jobs: readonly JobPart[]): JobPart[];
}

export type JobUseResult = { readonly use: JobNode; readonly given: Given } | { readonly use: JobNode; readonly reason: string };

/** What is known of the pipeline in which the uses stand written out. */
export interface JobsAround {
  /** With its templates. */
  readonly given: PipelineGraph;
  readonly plan: PipelinePlan;
  readonly shared: Constants;
  readonly containers: Containers;
  readonly jobsOf: ReadonlyMap<string, readonly JobPart[]>;
  /** The pool of all jobs, which they do not say. */
  readonly pool: unknown;
  readonly words: Words;
}

interface Names {
  readonly id: string;
  readonly displayName: string;
  readonly dependsOn: string;
  readonly condition: string;
  readonly variables: string;
  readonly readFrom: string;
}

export function jobFileOf(template: TemplateNode, around: JobsAround): { file?: JobFile; results: JobUseResult[] } {
  const uses = around.given.jobs.filter(job => job.call?.template === template.id);
  const { words } = around;
  const fault = whyWrittenOut(template, around.given);
  if (fault !== undefined) {
    return { results: uses.map(use => ({ use, reason: fault })) };
  }
  const parameters = template.inputs.map(input => parameterOf(input, uses.map(({ call }) => call!.inputs[input.name] ?? [])));
  const free = (wanted: string) => nameBeside(wanted, template.inputs);
  const names: Names = {
    id: free('id'),
    displayName: free('displayName'),
    dependsOn: free('dependsOn'),
    condition: free('condition'),
    variables: free('variables'),
    readFrom: free('readFrom'),
  };
  const conditions = new Map(uses.map(use => [use, conditionOf(use, template, around.plan)]));
  const { jobs, plan } = lowered(template, uses[0], parameters, around);
  const withConditions = [...conditions.values()].some(condition => condition !== undefined);
  const readers = lateReaders(template, uses, jobs);
  const finished = (each: readonly JobPart[]) => each.map((job, i) => {
    const own = withConditions && isFirst(job, words) ? withCondition(job, names.condition) : job;
    const inserted = readers.has(i) ? withReads(own, names, words) : own;
    const places = [[`${words.use}_`, `${parameter(names.id)}_`], [words.title, parameter(names.displayName)], [words.before, parameter(names.dependsOn)]];
    return inKeyOrder(places.reduce((done, [word, other]) => withWord(done, word, other), inserted), job);
  });
  const body = finished(jobs);
  const own: Parameter[] = [
    { name: names.id, type: 'string' },
    { name: names.displayName, type: 'string' },
    { name: names.dependsOn, type: 'object', default: [] },
    { name: names.condition, type: 'string', default: 'succeeded()' },
    { name: names.variables, type: 'object', default: {} },
    { name: names.readFrom, type: 'object', default: [] },
  ];
  const read = own.filter(({ name }) => textsOf(body).some(text => text.includes(parameter(name))));
  const all = [...read, ...parameters];
  const strange = strangeExpression(body, all.map(({ name }) => name));
  const results = uses.map((use): JobUseResult => {
    const reason = strange !== undefined ? `it has the expression ${strange}, which a template does not know`
      : textsOf(body).some(text => Object.values(words).some(word => text.includes(word))) ? 'a part of it says where it stands' : undefined;
    const tried = { body, parameters, read, names, condition: conditions.get(use), plan, finished };
    return reason !== undefined ? { use, reason } : triedAs(template, use, tried, around);
  });
  return { file: { template, parameters: all, jobs, uses: plan.uses, finished }, results };
}

interface Tried {
  readonly body: readonly JobPart[];
  readonly parameters: readonly Parameter[];
  readonly read: readonly Parameter[];
  readonly names: Names;
  readonly condition: string | undefined;
  readonly plan: PipelinePlan;
  finished(jobs: readonly JobPart[]): JobPart[];
}

/** What a use gives, or why the template does not come to the jobs of the use. */
function triedAs(template: TemplateNode, use: JobNode, tried: Tried, around: JobsAround): JobUseResult {
  const { body, parameters, read, names, condition, plan } = tried;
  const ids = template.jobs.map(job => `${use.id}-${job.id}`);
  const real = ids.flatMap(id => around.jobsOf.get(id)!);
  const own = new Set(real.map(idOf));
  const changed = around.given.patches.some(patch => patch.system === 'azure' && patch.job !== undefined && ids.includes(patch.job));
  const stages = new Set(ids.map(id => around.plan.stageWith(id)));
  const fault = changed ? 'a change is of a job of it'
    : stages.size > 1 ? 'its jobs stand in several stages: a job with an environment begins one'
      : conditionFault(conditionsOf(template), use.call!.inputs);
  if (fault !== undefined) {
    return { use, reason: fault };
  }
  const first = template.jobs.findIndex(job => job.needs.length === 0);
  const values = new JobValues(around.plan.aside(), around.plan.of(ids[first]));
  const outside = (job: JobPart | undefined) => [job?.dependsOn ?? []].flat().filter(id => !own.has(id as string));
  const before = outside(around.jobsOf.get(ids[first])![0]);
  const sources = outside(real[body.findIndex(job => textsOf(job.dependsOn).includes(parameter(names.readFrom)))]);
  const wanted: Record<string, unknown> = {
    [names.id]: identifier(use.id),
    [names.displayName]: values.text(use.name),
    [names.dependsOn]: before.length === 0 ? undefined : before,
    [names.condition]: condition,
    [names.readFrom]: sources.length === 0 ? undefined : sources,
    ...Object.fromEntries(parameters.map(each => [each.name, givenOf(each, use.call!.inputs[each.name] ?? [], values)])),
  };
  const told = [...read, ...parameters].map(({ name }) => name);
  const said = Object.fromEntries(told.filter(name => wanted[name] !== undefined).map(name => [name, wanted[name]]));
  const plainly: Given = { ...defaultsOf([...read, ...parameters]), ...said };
  const variables = told.includes(names.variables) ? variablesFor(body, real, plainly) : {};
  const given = { ...said, ...Object.keys(variables).length > 0 && { [names.variables]: variables } };
  const compared = askInputs(conditionsOf(template)) ? tried.finished(lowered(withAnswers(template, use), use, parameters, around).jobs) : body;
  const different = difference(compared, real, { ...plainly, [names.variables]: variables });
  const gap = gapOf(plan, around, use.id);
  return different !== undefined ? { use, reason: `its part ${different.part} would have another ${different.key}` }
    : !sameButConditions(body, compared) ? { use, reason: 'what its conditions ask changes more than them' }
      : gap !== undefined ? { use, reason: `it would leave open: ${gap}` } : { use, given };
}

/** The template with the answers of what a use gives in its conditions. */
function withAnswers(template: TemplateNode, use: JobNode): TemplateNode {
  const { inputs } = use.call!;
  const change = <T extends { readonly condition?: ConditionNode }>(part: T): T =>
    part.condition ? { ...part, condition: answered(part.condition, inputs) } : part;
  const inside = (step: StepNode): StepNode => step.kind === 'group' ? { ...change(step), steps: step.steps.map(inside) } : change(step);
  return { ...template, jobs: template.jobs.map(job => ({ ...change(job), steps: job.steps.map(inside) })) };
}

/** The template for a use that nothing is known of. */
function lowered(
  template: TemplateNode, use: JobNode, parameters: readonly Parameter[], around: JobsAround,
): { jobs: JobPart[]; plan: PipelinePlan } {
  const { condition: _, stage: __, call: ___, ...base } = use;
  const { words } = around;
  const before: JobNode = { ...base, id: words.before, needs: [] };
  const any: JobNode = { ...base, id: words.use, name: [words.title], needs: [{ job: before.id, reasons: ['order'] }], call: { template: template.id, inputs: {} } };
  const inputs = parameters.map(inputOf);
  const graph = inlined({ ...around.given, templates: [template], inputs, jobs: [before, any], stages: [], patches: [], filters: [] });
  const plan = new PipelinePlan(graph, around.plan.settings, true);
  const containers = around.containers.aside(plan);
  const jobs = plan.graph.jobs.filter(job => job.id !== before.id).flatMap(job => lowerJob(plan.of(job.id), plan, around.shared, containers).jobs);
  const pool = JSON.stringify(around.pool);
  jobs.filter(job => JSON.stringify(job.pool) === pool).forEach(job => delete job.pool);
  return { jobs, plan };
}

function whyWrittenOut(template: TemplateNode, given: PipelineGraph): string | undefined {
  const leaves = conditionsOf(template).flatMap(leavesOf);
  const same = twins(template.inputs.map(input => input.name));
  switch (true) {
    case same !== undefined: return `of its inputs, ${same}`;
    case Object.values(given.env).some(text => valuesOf(text).some(value => value.kind === 'input')): return 'the environment reads inputs of the pipeline';
    case leaves.some(leaf => leaf.kind === 'changed'): return 'a condition of it looks for changed files';
    default: return undefined;
  }
}

function conditionsOf({ jobs }: TemplateNode): ConditionNode[] {
  return jobs.flatMap(job => [job.condition ?? [], ...flattened(job.steps).map(step => step.condition ?? [])].flat());
}

/** The condition under which the first jobs of a use run, if it is not the implicit one. */
function conditionOf(use: JobNode, { jobs }: TemplateNode, plan: PipelinePlan): string | undefined {
  const reader = plan.of(`${use.id}-${jobs.find(job => job.needs.length === 0)!.id}`);
  return jobCondition(use.condition, new JobValues(plan.aside(), reader), waitsOf(reader, plan).elsewhere);
}

/** A job that reads what is known when it runs has a variable for it, and waits for the job that says it. */
function withReads(job: JobPart, names: Names, words: Words): JobPart {
  const variables = { [INSERT]: parameter(names.variables), ...job.variables as object };
  return { ...job, variables, ...!isFirst(job, words) && { dependsOn: [parameter(names.readFrom), ...[job.dependsOn ?? []].flat()] } };
}

/** Jobs, by their place, that read an input which some use gives an output of a job. */
function lateReaders({ inputs }: TemplateNode, uses: readonly JobNode[], jobs: readonly JobPart[]): Set<number> {
  const late = inputs.filter(({ name }) => uses.some(use => valuesOf(use.call!.inputs[name] ?? []).some(value => value.kind === 'output' || value.kind === 'result')));
  return new Set(jobs.flatMap((job, i) => late.some(({ name }) => textsOf(job).some(text => text.includes(parameter(name)))) ? [i] : []));
}

/** Variables that the jobs of a use have, and those of the template have not: they hold what the use gives. */
function variablesFor(body: readonly JobPart[], real: readonly JobPart[], given: Given): Record<string, unknown> {
  const i = body.findIndex(job => Object.hasOwn((job.variables ?? {}) as object, INSERT));
  const { [INSERT]: _, ...own } = body[i].variables as Record<string, unknown>;
  const known = expanded(own, given) as object;
  return Object.fromEntries(Object.entries((real[i]?.variables ?? {}) as object).filter(([name]) => !Object.hasOwn(known, name)));
}

/** Something that would be left open in the template, and is not where it is written out. */
function gapOf(inside: PipelinePlan, { plan: outside, words }: JobsAround, use: string): string | undefined {
  const open = (plan: PipelinePlan) => plan.rows.filter(row => row.support === Support.UNSUPPORTED || row.support === Support.APPROXIMATED);
  const gaps = open(inside);
  const known = new Set(gaps.length === 0 ? [] : open(outside).map(row => JSON.stringify(row)));
  return gaps.find(row => !known.has(JSON.stringify(row).replaceAll(words.use, use)))?.part;
}

/** Whether a job waits for what the use waits for. */
function isFirst(job: JobPart, words: Words): boolean {
  return [job.dependsOn ?? []].flat().includes(words.before);
}

/** The condition of the use stands in place of the implicit one. */
function withCondition(job: JobPart, name: string): JobPart {
  const { condition } = job;
  const text = typeof condition === 'string' ? condition.replace(/^and\(succeeded\(\), /, () => `and(${parameter(name)}, `) : parameter(name);
  return { ...job, condition: text };
}

function idOf(job: JobPart): string {
  return String(job.job ?? job.deployment);
}

const ORDER = [
  'job', 'deployment', 'displayName', 'dependsOn', 'condition', 'continueOnError', 'timeoutInMinutes', 'pool', 'container', 'services', 'environment',
];

/** Keys that were added stand where they do in other jobs. */
function inKeyOrder(job: JobPart, like: JobPart): JobPart {
  const keys = Object.keys(like);
  const added = Object.keys(job).filter(key => !keys.includes(key));
  const place = (key: string) => keys.includes(key) ? keys.indexOf(key)
    : Math.max(-1, ...ORDER.slice(0, ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length).map(each => keys.indexOf(each))) + 0.5;
  return added.length === 0 ? job : Object.fromEntries(Object.entries(job).sort(([a], [b]) => place(a) - place(b)));
}
