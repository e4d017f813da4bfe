import type { Lowering } from '../../../../src/pipelines/engine';
import { GitHubActionsBackend } from '../../../../src/pipelines/engines/github/engine';
import type { GitHubActionsOptions } from '../../../../src/pipelines/engines/github/options';
import type {
  DeliveryStepNode, EdgeNode, EdgeReason, JobNode, PipelineGraph, RunStepNode, StepNode, Text, TriggerNode, ValueNode,
} from '../../../../src/pipelines/graph';
import { FileContent, RepositoryFile } from 'cdk8s-fairway';

/* Graphs by hand, for what the engine makes of them. */

const PATH = 'platform/delivery';

type Loose<T> = T extends unknown ? Partial<Omit<T, 'kind' | 'id'>> : never;

const base = (id: string) => ({ id, path: `${PATH}/${id}`, name: [id] as Text, env: {}, continueOnError: false, outputs: [] });

export function run(id: string, script: string, more: Loose<RunStepNode> = {}): RunStepNode {
  return { ...base(id), kind: 'run', script, shell: 'bash', ...more };
}

export function step<K extends StepNode['kind']>(kind: K, id: string, more: Omit<Extract<StepNode, { kind: K }>, 'kind' | 'id' | 'path' | 'name' | 'env' | 'continueOnError' | 'outputs'>
& Partial<Pick<Extract<StepNode, { kind: 'run' }>, 'name' | 'env' | 'continueOnError' | 'outputs' | 'condition' | 'retry' | 'timeoutMinutes'>>): StepNode {
  return { ...base(id), kind, ...more } as unknown as StepNode;
}

export const checkout = (id = 'checkout') => step('checkout', id, { name: ['Check out'], depth: 1, submodules: false, lfs: false, persistCredentials: false });

export function delivery(id: string, action: DeliveryStepNode['action'], told: DeliveryStepNode['with'], more: Partial<DeliveryStepNode> = {}): StepNode {
  return { ...base(id), kind: 'delivery', action, with: told, portable: { script: `echo ${action}`, commands: [] }, ...more };
}

export const edge = (of: string, ...reasons: EdgeReason[]): EdgeNode => ({ job: of, reasons: reasons.length > 0 ? reasons : ['order'] });

export function job(id: string, more: Partial<JobNode> = {}): JobNode {
  return {
    id,
    path: `${PATH}/${id}`,
    name: [id],
    needs: [],
    runner: { os: 'linux', arch: 'x64', labels: [] },
    services: [],
    env: {},
    steps: [run('work', 'make')],
    outputs: [],
    grants: [],
    identities: [],
    attempts: 1,
    timeoutMinutes: 15,
    allowFailure: false,
    publishes: false,
    uploads: [],
    downloads: [],
    ...more,
  };
}

export const every = { include: ['**'], exclude: [] };

export const push: TriggerNode = { kind: 'push', branches: { include: ['main'], exclude: [] } };
export const pullRequest: TriggerNode = { kind: 'pullRequest', branches: every, drafts: true };

export function graph(jobs: readonly JobNode[], more: Partial<PipelineGraph> = {}): PipelineGraph {
  return {
    id: 'delivery',
    path: PATH,
    name: 'Delivery',
    triggers: [push],
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

export const context = (name: Extract<ValueNode, { kind: 'context' }>['name']): ValueNode => ({ kind: 'context', name });
export const secret = (name: string): ValueNode => ({ kind: 'secret', name });
export const output = (of: string, name: string): ValueNode => ({ kind: 'output', job: of, name });
export const stepOutput = (of: string, name: string): ValueNode => ({ kind: 'stepOutput', step: of, name });

export interface Lowered extends Lowering {
  /** The data of the first file. */
  readonly data: any;
  readonly text: string;
  readonly codes: string[];
}

export function lower(given: PipelineGraph, options: GitHubActionsOptions = {}): Lowered {
  const lowering = new GitHubActionsBackend(options).lower(given);
  const { content } = lowering.files[0];
  return { ...lowering, data: dataOf(content), text: textOf(content), codes: lowering.findings.map(finding => finding.code) };
}

/** What the content prints. */
export function textOf(content: FileContent, file = 'file.yml'): string {
  return content._print({ path: file } as RepositoryFile);
}

function dataOf(content: FileContent): unknown {
  return (content as unknown as { readonly value: unknown }).value;
}
