import type { RepositoryFile } from '../../../../src/core/repository-file';
import type { Lowering } from '../../../../src/pipelines/engine';
import { JenkinsBackend, JenkinsOptions } from '../../../../src/pipelines/engines/jenkins';
import type { ConditionNode, JobNode, PipelineGraph, RunStepNode, StepNode } from '../../../../src/pipelines/graph';

/*
 * Graphs as plain data, with what a test does not look at filled in.
 */

export function graphOf(jobs: readonly JobNode[], rest: Partial<PipelineGraph> = {}): PipelineGraph {
  return {
    id: 'ci',
    path: 'ci',
    name: 'Shop',
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
    ...rest,
  };
}

export function jobOf(id: string, needs: readonly string[] = [], rest: Partial<JobNode> = {}): JobNode {
  return {
    id,
    path: `ci/${id}`,
    name: [id],
    needs: needs.map(job => ({ job, reasons: ['order'] })),
    runner: { os: 'linux', arch: 'x64', labels: [] },
    services: [],
    env: {},
    steps: [runOf('run')],
    outputs: [],
    grants: [],
    identities: [],
    attempts: 1,
    timeoutMinutes: 30,
    allowFailure: false,
    publishes: false,
    uploads: [],
    downloads: [],
    ...rest,
  };
}

export const base = (id: string) => ({ id, path: `ci/${id}`, name: [id], env: {}, continueOnError: false, outputs: [] });

export function runOf(id: string, script = 'true', rest: Partial<RunStepNode> = {}): RunStepNode {
  return { ...base(id), kind: 'run', script, shell: 'bash', ...rest };
}

export const checkout = (rest: Partial<StepNode & { kind: 'checkout' }> = {}): StepNode => ({
  ...base('checkout'), kind: 'checkout', depth: 1, submodules: false, lfs: false, persistCredentials: false, ...rest,
});

export const status = (name: 'success' | 'failure' | 'always' | 'cancelled'): ConditionNode => ({ kind: 'status', status: name });

export const branch = (name: string): ConditionNode => ({ kind: 'compare', value: { kind: 'context', name: 'branch' }, in: [name] });

export function lower(graph: PipelineGraph, options: JenkinsOptions = {}): Lowering {
  return new JenkinsBackend(options).lower(graph);
}

export function textOf(lowering: Lowering): string {
  const [file] = lowering.files;
  return file.content._print({ path: file.path } as RepositoryFile);
}

export function jenkinsfile(graph: PipelineGraph, options: JenkinsOptions = {}): string {
  return textOf(lower(graph, options));
}

export function codes(lowering: Lowering): string[] {
  return lowering.findings.map(finding => finding.code).sort();
}

/** The lines of a stage, without its indentation. */
export function stage(text: string, name: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex(line => line.trim() === `stage('${name}') {`);
  const indent = /^ */.exec(lines[from])![0];
  const to = lines.findIndex((line, i) => i > from && line === `${indent}}`);
  return lines.slice(from, to + 1).map(line => line.startsWith(indent) ? line.slice(indent.length) : line).join('\n');
}

/** The section of a stage, from its head to its end. */
export function section(stageText: string, head: string): string {
  const lines = stageText.split('\n');
  const from = lines.indexOf(`  ${head} {`);
  return from < 0 ? '' : lines.slice(from + 1, lines.findIndex((line, i) => i > from && line === '  }')).map(line => line.slice(4)).join('\n');
}
