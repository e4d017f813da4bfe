import { parse } from '../../documents';
import type { Finding } from '../../report';
import type { Tool } from '../../tools/tool';
import { referencesOf, type Reference } from '../azure-expressions';
import { includedPath, readTemplates } from '../azure-templates';
import { cyclesOf, missingOf } from '../dependencies';
import type { Repository } from '../repository';

type Complaint = Pick<Finding, 'rule' | 'message'>;

/** What Microsoft's service leaves to the server: what stages and jobs depend on, and the expressions that read their outputs. */
export const azureGraph: Tool<Repository> = {
  name: 'azure-graph',
  version: 'of this project',
  install: () => undefined,
  check: (repository) => ({
    checked: repository.azure.length,
    findings: findingsOf(repository),
  }),
};

/** Pipelines are looked at with their templates in the places where they are used; a template by itself says nothing. */
function findingsOf(repository: Repository): Finding[] {
  const files = Object.fromEntries(repository.azure.map(({ file, text }) => [file, text]));
  const pipelines = repository.azure.map(({ file, text }) => {
    const pipeline = parse(text)[0]?.toJS() ?? {};
    return { file, pipeline, includes: templatesIn(pipeline).map((template) => includedPath(file, template)) };
  });
  const included = new Set(pipelines.flatMap(({ includes }) => includes));
  return pipelines.filter(({ file }) => !included.has(file)).flatMap(({ file, pipeline, includes }) => {
    const found = includes.length === 0 ? complaintsOf(pipeline) : complaintsWithTemplates(files, file);
    return found.map(({ rule, message }) => repository.finding(file, rule, message));
  });
}

function complaintsWithTemplates(files: Record<string, string>, file: string): Complaint[] {
  try {
    return complaintsOf(readTemplates(files, file));
  } catch (error) {
    return [{ rule: 'template', message: (error as Error).message }];
  }
}

/** Every `template:` in the lists of a file. */
function templatesIn(value: any): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => typeof each?.template === 'string' ? [each.template] : templatesIn(each));
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(templatesIn) : [];
}

interface Node {
  readonly name: string;
  readonly value: any;
  readonly dependsOn: string[];
}

function complaintsOf(pipeline: any): Complaint[] {
  const stages = nodesOf(pipeline.stages ?? [], ['stage'], (index, all) => index === 0 ? [] : [all[index - 1].stage]);
  const groups = [...stages.map(({ value }) => jobsOf(value)), jobsOf(pipeline)];
  return [
    ...graphOf(stages), ...groups.flatMap(graphOf),
    ...stages.flatMap((stage) => conditionOf(stage, (reference) => outputsOf(reference, stage, stages, 'dependencies'))),
    ...stages.flatMap((stage) => jobsOf(stage.value).flatMap((job) => jobExpressions(job, jobsOf(stage.value), stage, stages))),
    ...jobsOf(pipeline).flatMap((job) => jobExpressions(job, jobsOf(pipeline), undefined, [])),
  ];
}

function jobsOf(owner: any): Node[] {
  return nodesOf(owner?.jobs ?? [], ['job', 'deployment'], () => []);
}

function nodesOf(values: any[], keys: string[], byDefault: (index: number, all: any[]) => string[]): Node[] {
  return values.map((value, index) => {
    const name = String(keys.map((key) => value?.[key]).find((found) => found !== undefined && found !== null) ?? `#${index + 1}`);
    return { name, value, dependsOn: value?.dependsOn === undefined ? byDefault(index, values) : [value.dependsOn].flat().map(String) };
  });
}

function graphOf(nodes: Node[]): Complaint[] {
  const needs = Object.fromEntries(nodes.map(({ name, dependsOn }) => [name, dependsOn]));
  const twice = nodes.filter(({ name }, index) => nodes.findIndex((node) => node.name.toLowerCase() === name.toLowerCase()) !== index);
  return [
    ...nodes.filter(({ name }) => !/^(#\d+|[A-Za-z_]\w*)$/.test(name)).map(({ name }) => ({ rule: 'name', message: `${name} is no name` })),
    ...twice.map(({ name }) => ({ rule: 'duplicate', message: `${name} is there twice` })),
    ...missingOf(needs).map(({ name, needed }) => ({ rule: 'depends-on-nothing', message: `${name} depends on ${needed}, which is not there` })),
    ...cyclesOf(needs).map((cycle) => ({ rule: 'depends-on-itself', message: cycle.join(' depends on ') })),
  ];
}

type Judge = (reference: Reference) => string | undefined;

function jobExpressions(job: Node, jobs: Node[], stage: Node | undefined, stages: Node[]): Complaint[] {
  const judge: Judge = (reference) => reference[0].toLowerCase() === 'stagedependencies'
    ? outputsOf(reference, stage, stages, 'stageDependencies')
    : outputsOf(reference, job, jobs, 'dependencies');
  return [
    ...conditionOf(job, judge),
    ...expressionsIn(job.value).flatMap((expression) => complaintOf(job.name, expression, judge)),
    ...conditionsIn(stepsOf(job.value)).flatMap((condition) => complaintOf(job.name, condition, () => undefined)),
  ];
}

function conditionOf({ name, value }: Node, judge: Judge): Complaint[] {
  return value?.condition === undefined ? [] : complaintOf(name, String(value.condition), judge);
}

function complaintOf(name: string, expression: string, judge: Judge): Complaint[] {
  // An expression of templates is gone before this one is read.
  const text = expression.replace(/\$\{\{.*?\}\}/gs, "''");
  try {
    return referencesOf(text).map(judge).filter((message) => message !== undefined)
      .map((message) => ({ rule: 'reference', message: `${name}: ${expression}: ${message}` }));
  } catch (error) {
    return [{ rule: 'expression', message: `${name}: ${expression}: ${(error as Error).message}` }];
  }
}

/** Says what is wrong with `dependencies.<name>…` and `stageDependencies.<stage>.<job>…`: only what is depended on can be read. */
function outputsOf(reference: Reference, from: Node | undefined, nodes: Node[], context: string): string | undefined {
  if (reference[0].toLowerCase() !== context.toLowerCase()) return undefined;
  const target = nodes.find(({ name }) => name === reference[1]);
  if (!target) return `there is no ${reference[1]}`;
  if (!from?.dependsOn.includes(target.name)) return `${from?.name} does not depend on ${target.name}`;
  if (target.value.stage === undefined) return outputOf(reference.slice(2), target);
  const [job, rest] = context === 'stageDependencies' ? [reference[2], reference.slice(3)] : jobOfOutput(reference.slice(2));
  if (job === undefined || /^result$/i.test(job)) return undefined;
  const found = jobsOf(target.value).find(({ name }) => name === job);
  return found ? outputOf(rest, found) : `there is no job ${job} in ${target.name}`;
}

/** A condition of a stage names the job within the output: `outputs['<job>.<step>.<variable>']`. */
function jobOfOutput([kind, key]: Reference): [string | undefined, Reference] {
  if (kind !== 'outputs' || key === undefined) return [undefined, []];
  const [job, ...rest] = key.split('.');
  return [job, [kind, rest.join('.')]];
}

/** `outputs['<step>.<variable>']`, before it the leg of a matrix, or the name of the deployment. */
function outputOf([kind, key]: Reference, job: Node): string | undefined {
  if (/^result$/i.test(kind)) return undefined;
  if (kind !== 'outputs') return `${kind} is neither result nor outputs`;
  const parts = (key ?? '').split('.');
  const step = parts[parts.length - 2];
  return stepsOf(job.value).some(({ name }) => name === step) ? undefined : `${job.name} has no step ${step ?? key}`;
}

/** The steps of a job, and of what a deployment does. */
function stepsOf(job: any): any[] {
  const hooks = Object.values<any>(job?.strategy ?? {}).filter((strategy) => typeof strategy === 'object' && strategy !== null)
    .flatMap((strategy) => [...Object.values<any>(strategy), ...Object.values<any>(strategy.on ?? {})]);
  return [job?.steps, ...hooks.map((hook) => hook?.steps)].filter(Array.isArray).flat();
}

function conditionsIn(steps: any[]): string[] {
  return steps.map(({ condition }) => condition).filter((condition) => condition !== undefined).map(String);
}

/** Every `$[ … ]` in the variables and the strategy of a job. */
function expressionsIn(value: any): string[] {
  const texts = (inner: any): string[] => typeof inner === 'string' ? [inner]
    : typeof inner === 'object' && inner !== null ? Object.values(inner).flatMap(texts) : [];
  return [value?.variables, value?.strategy?.matrix].flatMap(texts)
    .map((text) => /^\s*\$\[(.*)\]\s*$/s.exec(text)?.[1]).filter((expression) => expression !== undefined);
}
