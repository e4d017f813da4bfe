import type { EdgeNode, EdgeReason, Environment, JobNode, PipelineGraph, RunStepNode, StepBase, StepNode, TriggerNode } from '../../../../src/pipelines/graph';

/*
 * Graphs written by hand, with what is not said left at its default.
 */

const base = (id: string): StepBase => ({ id, path: `App/${id}`, name: [id], env: {}, continueOnError: false, outputs: [] });

export function run(script: string, given: Partial<RunStepNode> = {}): RunStepNode {
  return { ...base(given.id ?? 'run'), kind: 'run', script, shell: 'bash', ...given };
}

/** A step of another kind. */
export function step<K extends StepNode['kind']>(kind: K, given: Partial<StepNode> & Record<string, unknown> = {}): StepNode {
  const defaults: Record<string, unknown> = {
    checkout: { depth: 1, submodules: false, lfs: false, persistCredentials: false },
    tool: { language: 'node', version: ['24'] },
    upload: { artifact: 'dist', paths: ['dist/'], ifMissing: 'error' },
    download: { artifact: 'dist', from: 'build', folder: '' },
    cache: { key: ['npm'], restoreKeys: [], paths: ['.npm/'], mode: 'both' },
  };
  return { ...base(given.id ?? kind), kind, ...defaults[kind] as object, ...given } as unknown as StepNode;
}

export const checkout = step('checkout');

export function needs(...jobs: Array<string | [string, ...EdgeReason[]]>): EdgeNode[] {
  return jobs.map(each => typeof each === 'string' ? { job: each, reasons: ['order'] } : { job: each[0], reasons: each.slice(1) as EdgeReason[] });
}

export function job(id: string, given: Partial<JobNode> = {}): JobNode {
  const steps = given.steps ?? [run(`echo ${id}`)];
  return {
    id,
    path: `App/ci/${id}`,
    name: [id],
    needs: [],
    runner: { os: 'linux', arch: 'x64', labels: [] },
    services: [],
    env: {} as Environment,
    outputs: [],
    grants: [],
    identities: [],
    attempts: 1,
    timeoutMinutes: 30,
    allowFailure: false,
    publishes: false,
    uploads: steps.flatMap(each => each.kind === 'upload' ? [each.artifact] : []),
    downloads: steps.flatMap(each => each.kind === 'download' ? [each.artifact] : []),
    ...given,
    steps,
  };
}

export const PUSH: TriggerNode = { kind: 'push', branches: { include: ['main'], exclude: [] } };
export const PULL_REQUEST: TriggerNode = { kind: 'pullRequest', branches: { include: ['**'], exclude: [] }, drafts: true };

export function graph(jobs: JobNode[], given: Partial<PipelineGraph> = {}): PipelineGraph {
  return {
    id: 'ci',
    path: 'App/ci',
    name: 'CI',
    triggers: [PUSH],
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
    ...given,
  };
}
