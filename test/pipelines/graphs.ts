import type { EdgeReason, JobNode, PipelineGraph, RunStepNode, StepNode } from '../../src/pipelines/graph';

/*
 * Graphs as plain data with what a test does not look at filled in.
 */

export function graphOf(jobs: readonly JobNode[], rest: Partial<PipelineGraph> = {}): PipelineGraph {
  return {
    id: 'pipeline',
    path: 'pipeline',
    name: 'Pipeline',
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
    edgesBefore: jobs.flatMap(job => job.needs).length,
    edges: jobs.flatMap(job => job.needs).length,
    ...rest,
  };
}

/** A job of one script, or of the steps given. Needs by their ids, `output:build` when something of it is read. */
export function jobOf(id: string, needs: readonly string[] = [], rest: Partial<JobNode> = {}): JobNode {
  return {
    id,
    path: `pipeline/${id}`,
    name: [id],
    needs: needs.map(needed),
    runner: { os: 'linux', arch: 'x64', labels: [] },
    services: [],
    env: {},
    steps: [stepOf('main')],
    outputs: [],
    grants: [],
    identities: [],
    attempts: 1,
    timeoutMinutes: 60,
    allowFailure: false,
    publishes: false,
    uploads: [],
    downloads: [],
    ...rest,
  };
}

function needed(need: string): JobNode['needs'][number] {
  const [, reason = 'order', job] = /^(?:(\w+):)?(.+)$/.exec(need)!;
  return { job, reasons: [reason as EdgeReason] };
}

export function stepOf(id: string, script = 'true', rest: Partial<RunStepNode> = {}): RunStepNode {
  return { ...base(id), kind: 'run', script, shell: 'bash', ...rest };
}

export function uploadOf(artifact: string, ...paths: string[]): StepNode {
  return { ...base(`upload-${artifact}`), kind: 'upload', artifact, paths, ifMissing: 'error' };
}

export function downloadOf(artifact: string, from: string, folder = '.'): StepNode {
  return { ...base(`download-${artifact}`), kind: 'download', artifact, from, folder };
}

function base(id: string): Pick<StepNode, 'id' | 'path' | 'name' | 'env' | 'continueOnError' | 'outputs'> {
  return { id, path: `pipeline/${id}`, name: [id], env: {}, continueOnError: false, outputs: [] };
}
