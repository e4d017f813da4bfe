import * as yaml from 'yaml';
import type { Finding } from '../../../../src/core/diagnostics/finding';
import type { RepositoryFile } from '../../../../src/core/repository-file';
import type { Lowering } from '../../../../src/pipelines/engine';
import { AzureBackend } from '../../../../src/pipelines/engines/azure/engine';
import type { AzurePipelinesOptions } from '../../../../src/pipelines/engines/azure/options';
import type { EdgeNode, JobNode, PipelineGraph, RunStepNode, StaticMatrixNode, StepNode } from '../../../../src/pipelines/graph';
import { combinationsOf } from '../../../../src/pipelines/graph';

export function run(script: string, more: Partial<RunStepNode> = {}): RunStepNode {
  return {
    kind: 'run', id: 'run', path: 'app/job/run', name: ['Run'], env: {}, continueOnError: false, outputs: [], script, shell: 'bash', ...more,
  };
}

const base = (id: string) => ({ id, path: `app/job/${id}`, name: [id], env: {}, continueOnError: false, outputs: [] });

export function step<K extends StepNode['kind']>(kind: K, id: string, more: Record<string, unknown>): StepNode {
  return { ...base(id), kind, ...more } as unknown as StepNode;
}

export function checkout(more: Record<string, unknown> = {}): StepNode {
  return step('checkout', 'checkout', { name: ['Check out'], depth: 1, submodules: false, lfs: false, persistCredentials: false, ...more });
}

export function needs(...ids: string[]): EdgeNode[] {
  return ids.map(id => ({ job: id, reasons: ['order'] }));
}

export function job(id: string, more: Partial<JobNode> = {}): JobNode {
  return {
    id,
    path: `app/${id}`,
    name: [id],
    needs: [],
    runner: { os: 'linux', arch: 'x64', labels: [] },
    services: [],
    env: {},
    steps: [run('true')],
    outputs: [],
    grants: [],
    identities: [],
    attempts: 1,
    timeoutMinutes: 30,
    allowFailure: false,
    publishes: false,
    uploads: [],
    downloads: [],
    ...more,
  };
}

export function matrix(axes: Record<string, string[]>, more: Partial<StaticMatrixNode> = {}): StaticMatrixNode {
  const listed = Object.entries(axes).map(([name, values]) => ({ name, values }));
  const parts = { axes: listed, include: more.include ?? [], exclude: more.exclude ?? [] };
  return { kind: 'static', ...parts, combinations: combinationsOf(parts), failFast: false, ...more };
}

export function graph(jobs: JobNode[], more: Partial<PipelineGraph> = {}): PipelineGraph {
  return {
    id: 'app',
    path: 'app',
    name: 'App',
    triggers: [{ kind: 'push', branches: { include: ['main'], exclude: [] } }],
    inputs: [],
    secrets: [],
    env: {},
    stages: [],
    jobs,
    filters: [],
    templates: [],
    stepTemplates: [],
    patches: [],
    edgesBefore: 0,
    edges: 0,
    ...more,
  };
}

export interface Lowered extends Lowering {
  /** The text of the file. */
  readonly text: string;
  /** What it says. */
  readonly file: any;
  job(id: string): any;
}

export function lower(given: PipelineGraph, options?: AzurePipelinesOptions): Lowered {
  const lowering = new AzureBackend(options).lower(given);
  const [{ path, content }] = lowering.files;
  const text = content._print({ path } as RepositoryFile);
  const file = yaml.parse(text);
  const jobs = (file.stages ?? [file]).flatMap((each: any) => each.jobs);
  return { ...lowering, text, file, job: id => jobs.find((each: any) => each.job === id || each.deployment === id) };
}

export function codes(findings: readonly Finding[]): string[] {
  return findings.map(finding => finding.code);
}
