import {
  combinationsOf, type ConditionNode, type DeliveryStepNode, type EdgeNode, type EdgeReason, type JobNode, type PipelineGraph, type RunStepNode,
  type StaticMatrixNode, type StepNode, type TriggerNode, type ValueNode,
} from '../../src/pipelines/graph';

/*
 * Graphs as plain data with what a test does not look at filled in.
 */

const PATH = 'App/ci';

export const EVERYTHING = { include: ['**'], exclude: [] };
export const PUSH: TriggerNode = { kind: 'push', branches: { include: ['main'], exclude: [] } };
export const PULL_REQUEST: TriggerNode = { kind: 'pullRequest', branches: EVERYTHING, drafts: true };

export function graphOf(jobs: readonly JobNode[], rest: Partial<PipelineGraph> = {}): PipelineGraph {
  return {
    id: 'ci',
    path: PATH,
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
    edgesBefore: jobs.flatMap(job => job.needs).length,
    edges: jobs.flatMap(job => job.needs).length,
    ...rest,
  };
}

/** A job of one script, or of the steps given. Needs as in `needsOf`. */
export function jobOf(id: string, needs: readonly string[] = [], rest: Partial<JobNode> = {}): JobNode {
  const { steps = [runOf('main')] } = rest;
  return {
    id,
    path: `${PATH}/${id}`,
    name: [id],
    needs: needsOf(...needs),
    runner: { os: 'linux', arch: 'x64', labels: [] },
    services: [],
    env: {},
    steps,
    outputs: [],
    grants: [],
    identities: [],
    attempts: 1,
    timeoutMinutes: 30,
    allowFailure: false,
    publishes: false,
    uploads: steps.flatMap(step => step.kind === 'upload' ? [step.artifact] : []),
    downloads: steps.flatMap(step => step.kind === 'download' ? [step.artifact] : []),
    ...rest,
  };
}

/** Needs by the ids of jobs: `output:build` when something of it is read, `output+status:build` when more is. */
export function needsOf(...needs: string[]): EdgeNode[] {
  return needs.map(need => {
    const [, reasons = 'order', job] = /^(?:([\w+]+):)?(.+)$/.exec(need)!;
    return { job, reasons: reasons.split('+') as EdgeReason[] };
  });
}

/** A matrix of all combinations that its axes, and what is said of them, come to. */
export function matrixOf(axes: Record<string, string[]>, rest: Partial<StaticMatrixNode> = {}): StaticMatrixNode {
  const parts = { axes: Object.entries(axes).map(([name, values]) => ({ name, values })), include: rest.include ?? [], exclude: rest.exclude ?? [] };
  return { kind: 'static', ...parts, combinations: combinationsOf(parts), failFast: false, ...rest };
}

type OfKind<K extends StepNode['kind']> = Extract<StepNode, { kind: K }>;

/** A step of a kind, with what most tests do not look at. */
export function stepOf<K extends StepNode['kind']>(kind: K, id: string, rest: Partial<OfKind<K>> = {}): OfKind<K> {
  const defaults: Record<StepNode['kind'], object> = {
    run: { script: 'true', shell: 'bash' },
    checkout: { depth: 1, submodules: false, lfs: false, persistCredentials: false },
    tool: { language: 'node', version: ['24'] },
    upload: { artifact: 'dist', paths: ['dist'], ifMissing: 'error' },
    download: { artifact: 'dist', from: 'build', folder: '.' },
    cache: { key: ['npm'], restoreKeys: [], paths: ['.npm'], mode: 'both' },
    delivery: {},
    native: { bodies: {} },
    group: { inputs: {}, steps: [] },
  };
  const base = { id, path: `${PATH}/${id}`, name: [id], env: {}, continueOnError: false, outputs: [] };
  return { ...base, kind, ...defaults[kind], ...rest } as unknown as OfKind<K>;
}

export function runOf(id: string, script = 'true', rest: Partial<RunStepNode> = {}): RunStepNode {
  return stepOf('run', id, { script, ...rest });
}

export function checkoutOf(rest: Partial<OfKind<'checkout'>> = {}): StepNode {
  return stepOf('checkout', 'checkout', { name: ['Check out'], ...rest });
}

export function uploadOf(artifact: string, ...paths: string[]): StepNode {
  return stepOf('upload', `upload-${artifact}`, { artifact, paths });
}

export function downloadOf(artifact: string, from: string, folder = '.'): StepNode {
  return stepOf('download', `download-${artifact}`, { artifact, from, folder });
}

export function deliveryOf(id: string, action: DeliveryStepNode['action'], told: DeliveryStepNode['with'], rest: Partial<DeliveryStepNode> = {}): StepNode {
  return stepOf('delivery', id, { action, with: told, portable: { script: `echo ${action}`, commands: [] }, ...rest });
}

export const context = (name: Extract<ValueNode, { kind: 'context' }>['name']): ValueNode => ({ kind: 'context', name });
export const secret = (name: string): ValueNode => ({ kind: 'secret', name });
export const output = (job: string, name: string): ValueNode & { readonly kind: 'output' } => ({ kind: 'output', job, name });
export const stepOutput = (step: string, name: string): ValueNode => ({ kind: 'stepOutput', step, name });
export const status = (name: 'success' | 'failure' | 'always' | 'cancelled'): ConditionNode => ({ kind: 'status', status: name });
