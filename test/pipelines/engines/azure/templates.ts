import * as yaml from 'yaml';
import { AzureBackend } from '../../../../src/pipelines/engines/azure/engine';
import type { AzurePipelinesOptions } from '../../../../src/pipelines/engines/azure/options';
import type { PipelineGraph } from '../../../../src/pipelines/graph';
import { Node, parsed, readTemplates } from '../../../conformance/pipelines/azure-templates';
import { filesOf } from '../../contract/systems';

/*
 * Whether a pipeline with files of templates is the same as one without.
 */

// ---------------------------------------------------------------- conditions

const YES: Node = { kind: 'word', text: 'true' };
const NO: Node = { kind: 'word', text: 'false' };

/** A condition with everything that is known worked out; undefined for the implicit one. */
export function condition(source: string | undefined): string | undefined {
  const result = source === undefined ? undefined : JSON.stringify(folded(parsed(source)));
  return result === JSON.stringify(parsed('succeeded()')) ? undefined : result;
}

function folded(node: Node): Node {
  if (node.kind !== 'call') {
    return node;
  }
  const args = node.args.map(folded);
  const texts = args.map(each => each.kind === 'text' || (each.kind === 'word' && /^\d+$/.test(each.text)) ? each.text.toLowerCase() : undefined);
  const known = texts.every(each => each !== undefined);
  const truth = (is: boolean) => is ? YES : NO;
  switch (node.name) {
    case 'lower': return known ? { kind: 'text', text: texts[0]! } : { ...node, args };
    case 'eq':
    case 'in': return known ? truth(texts.slice(1).includes(texts[0])) : { ...node, args };
    case 'startsWith': return known ? truth(texts[0]!.startsWith(texts[1]!)) : { ...node, args };
    case 'endsWith': return known ? truth(texts[0]!.endsWith(texts[1]!)) : { ...node, args };
    case 'length': {
      const [of] = args;
      const isSplit = of.kind === 'call' && of.name === 'split' && of.args.every(each => each.kind === 'text');
      const length = texts[0]?.length ?? (isSplit ? splitted(of.args) : undefined);
      return length === undefined ? { ...node, args } : { kind: 'word', text: String(length) };
    }
    case 'ge': return known ? truth(Number(texts[0]) >= Number(texts[1])) : { ...node, args };
    case 'not': return same(args[0], YES) ? NO : same(args[0], NO) ? YES : { ...node, args };
    case 'and':
    case 'or': {
      const [neutral, stop] = node.name === 'and' ? [YES, NO] : [NO, YES];
      const flat = args.flatMap(each => each.kind === 'call' && each.name === node.name ? each.args : [each]).filter(each => !same(each, neutral));
      const succeeded = flat.some(each => same(each, parsed('succeeded()')));
      const distinct = [...new Map(flat.map(each => [JSON.stringify(each), each])).values()].filter(each => !succeeded || !isApproval(each));
      const isStopped = distinct.some(each => same(each, stop));
      return isStopped ? stop : distinct.length === 0 ? neutral : distinct.length === 1 ? distinct[0] : { ...node, args: distinct };
    }
    default: return { ...node, args };
  }
}

/** That an approval was given, which a job that waits for it and for success has in mind anyway. */
function isApproval(node: Node): boolean {
  return node.kind === 'call' && node.name === 'in' && /^dependencies\.approve_\w+\.result$/.test((node.args[0] as { text: string }).text)
    && node.args.slice(1).every(each => /^Succeeded/.test((each as { text: string }).text));
}

function splitted(args: readonly Node[]): number {
  const [of, by] = args.map(each => (each as { text: string }).text);
  return of.split(by).length;
}

function same(a: Node, b: Node): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

// ---------------------------------------------------------------- comparison

/** The pipeline with each job under its name, so that neither the order of jobs nor what says nothing makes a difference. */
function ordered(pipeline: any): any {
  const step = (each: any) => ({ ...each, condition: condition(each.condition) });
  const job = (each: any) => {
    const deploy = each.strategy?.runOnce?.deploy;
    return [each.job ?? each.deployment, {
      ...each,
      dependsOn: [each.dependsOn ?? []].flat().sort(),
      condition: condition(each.condition),
      variables: each.variables ?? {},
      steps: each.steps?.map(step),
      ...deploy && { strategy: { runOnce: { deploy: { ...deploy, steps: deploy.steps.map(step) } } } },
    }];
  };
  const jobs = (all: any[]) => {
    expect(new Set(all.map(each => each.job ?? each.deployment)).size).toBe(all.length);
    return Object.fromEntries(all.map(job));
  };
  return {
    ...pipeline,
    ...pipeline.jobs && { jobs: jobs(pipeline.jobs) },
    ...pipeline.stages && { stages: pipeline.stages.map((stage: any) => ({ ...stage, jobs: jobs(stage.jobs) })) },
  };
}

/** A graph on Azure Pipelines with template files, after it was seen to be the same pipeline as without. */
export function reused(graph: PipelineGraph, options: AzurePipelinesOptions = {}, parameters: Record<string, unknown> = {}) {
  const backend = new AzureBackend({ ...options, nativeReuse: true });
  const lowering = backend.lower(graph);
  const root = backend.fileOf(graph.id);
  const files = filesOf(lowering);
  const written_ = new AzureBackend(options).lower(graph);
  const plain = filesOf(written_);
  expect(Object.keys(plain)).toEqual([root]);
  expect(ordered(readTemplates(files, root, parameters))).toEqual(ordered(readTemplates(plain, root, parameters)));
  expect(lowering.findings.filter(finding => finding.code !== 'FW1163')).toEqual(written_.findings);
  expect(lowering.remains).toEqual(written_.remains);
  const templates = Object.keys(files).filter(path => path !== root);
  return {
    ...lowering,
    texts: files,
    root: yaml.parse(files[root]),
    template: (path: string) => yaml.parse(files[path]),
    templates,
    reasons: lowering.rows.filter(row => /^template /.test(row.part)).map(row => `${row.part} ${row.support}: ${row.how}`),
  };
}
