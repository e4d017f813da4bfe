import { TektonBackend } from '../../../../src/pipelines/engines/tekton/engine';
import type { TektonOptions } from '../../../../src/pipelines/engines/tekton/options';
import type { JobNode, PipelineGraph, RunStepNode, StepNode, Text, TriggerNode, ValueNode } from '../../../../src/pipelines/graph';

/* Graphs, made short. */

const BASE = { path: 'p', env: {}, continueOnError: false, outputs: [] };

export const context = (name: any): ValueNode => ({ kind: 'context', name });
export const output = (from: string, name: string): ValueNode => ({ kind: 'output', job: from, name });

export function step(id: string, script: string, fields: Partial<RunStepNode> = {}): RunStepNode {
  return { ...BASE, kind: 'run', id, name: [id], script, shell: 'bash', ...fields };
}

export const checkout = (fields: object = {}): StepNode => ({ ...BASE, kind: 'checkout', id: 'checkout', name: ['Check out'], depth: 1, submodules: false, lfs: false, persistCredentials: false, ...fields } as StepNode);

export function job(id: string, needs: string[] = [], fields: Partial<JobNode> & { reasons?: any } = {}): JobNode {
  const { reasons = ['order'], ...rest } = fields;
  return {
    id,
    path: `p/${id}`,
    name: [id],
    needs: needs.map(each => ({ job: each, reasons })),
    runner: { os: 'linux', arch: 'x64', labels: [] },
    services: [],
    env: {},
    steps: [step('run', 'echo hi')],
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

export const PUSH: TriggerNode = { kind: 'push', branches: { include: ['main'], exclude: [] } };
export const PULL: TriggerNode = { kind: 'pullRequest', branches: { include: ['**'], exclude: [] }, drafts: false };

export function graph(jobs: JobNode[], fields: Partial<PipelineGraph> = {}): PipelineGraph {
  return {
    id: 'shop', path: 'p', name: 'Shop', triggers: [PUSH], inputs: [], secrets: [], env: {}, stages: [], jobs, filters: [], templates: [], stepTemplates: [], patches: [], edgesBefore: 0, edges: 0, ...fields,
  };
}

export const REPOSITORY = 'https://github.com/acme/shop';

export function lower(given: PipelineGraph, options: TektonOptions = {}) {
  const lowering = new TektonBackend({ repository: REPOSITORY, ...options }).lower(given);
  const objects = lowering.objects as any[];
  const find = (kind: string, name: string) => objects.find(object => object.kind === kind && object.metadata.name === name);
  return {
    ...lowering,
    objects,
    find,
    pipeline: find('Pipeline', given.id),
    task: (id: string) => find('Task', `${given.id}-${id}`),
    taskOf: (id: string) => [...find('Pipeline', given.id).spec.tasks, ...find('Pipeline', given.id).spec.finally ?? []].find((each: any) => each.name === id),
    codes: lowering.findings.map(finding => finding.code),
    gaps: lowering.rows.filter(row => row.support === 'unsupported' && row.matters).map(row => `${row.job ?? ''} ${row.part}`.trim()),
  };
}

/** A pipeline with everything that Tekton can do. */
export function everything(): PipelineGraph {
  const version: Text = ['v', { kind: 'stepOutput', step: 'version', name: 'value' }];
  return graph([
    job('build', [], {
      name: ['Build $(x)'],
      env: { CI_TITLE: [context('changeTitle')], LITERAL: ['a $(date) $$ b'] },
      steps: [
        checkout(),
        { ...BASE, kind: 'tool', id: 'node', name: ['node'], language: 'node', version: ['24'] } as StepNode,
        step('version', 'echo "value=1.2.3" >> "$FAIRWAY_OUTPUT"', { outputs: ['value'] }),
        step('test', 'npm test', { env: { VERSION: version, TOKEN: [{ kind: 'secret', name: 'NPM_TOKEN' }] }, timeoutMinutes: 5, retry: { attempts: 3, delaySeconds: 5 } }),
        step('live', 'echo "$(params.x)" \'$(tasks.a.results.b)\''),
        { ...BASE, kind: 'upload', id: 'up', name: ['up'], artifact: 'dist', paths: ['dist/**', 'package.json'], ifMissing: 'error' } as StepNode,
      ],
      outputs: [{ name: 'version', step: 'version', output: 'value' }],
      uploads: ['dist'],
      identities: [{ name: 'AWS', audience: 'sts.amazonaws.com' }],
      grants: [{ capability: 'readCode', reason: 'builds' }],
    }),
    job('legs', ['build'], {
      matrix: { kind: 'static', axes: [{ name: 'node', values: ['22', '24'] }, { name: 'os', values: ['a', 'b'] }], include: [], exclude: [], combinations: ['22', '24'].flatMap(node => ['a', 'b'].map(os => ({ node, os }))), failFast: false },
      steps: [{ ...BASE, kind: 'tool', id: 'node', name: ['node'], language: 'node', version: [{ kind: 'matrix', axis: 'node' }] } as StepNode, step('run', 'node --version', { env: { OS: [{ kind: 'matrix', axis: 'os' }] } })],
      services: [{ name: 'db', image: 'postgres:17', env: { POSTGRES_PASSWORD: ['test'] }, ports: [5432], command: [], readiness: { command: ['pg_isready'], intervalSeconds: 5, timeoutSeconds: 3, retries: 10 } }],
      attempts: 2,
    }),
    job('picked', ['build'], {
      matrix: { kind: 'static', axes: [{ name: 'node', values: ['22', '24'] }], include: [{ node: '24', next: 'yes' }], exclude: [{ node: '22' }], combinations: [{ node: '24', next: 'yes' }], failFast: false },
      allowFailure: true,
    }),
    job('deploy', ['build', 'legs'], {
      reasons: ['output'],
      condition: { kind: 'and', of: [{ kind: 'event', is: ['push'] }, { kind: 'compare', value: output('build', 'version'), in: ['1.2.3'] }] },
      steps: [
        { ...BASE, kind: 'download', id: 'down', name: ['down'], artifact: 'dist', from: 'build', folder: 'out' } as StepNode,
        step('deploy', 'echo "$VERSION"', { env: { VERSION: [output('build', 'version')], URL: [context('runUrl')] } }),
      ],
      downloads: ['dist'],
      environment: { name: 'prod', protection: { approvals: { teams: ['acme/sre'], count: 1 }, restrictedTimes: true, requireHealth: true, requireAnalysis: [] } },
    }),
    job('smoke', ['deploy'], { condition: { kind: 'or', of: [{ kind: 'compare', value: context('branch'), in: ['main'] }, { kind: 'event', is: ['manual'] }] } }),
    job('cleanup', ['smoke'], { condition: { kind: 'status', status: 'always' } }),
    job('alert', ['deploy', 'legs'], { condition: { kind: 'or', of: [{ kind: 'status', status: 'failure' }, { kind: 'result', job: 'deploy', is: ['skipped'] }] }, steps: [step('say', 'echo "$R"', { env: { R: [{ kind: 'result', job: 'deploy' }] } })] }),
  ], {
    triggers: [
      { ...PUSH, paths: { include: ['src/**'], exclude: ['**/*.md'] } } as TriggerNode, PULL, { kind: 'tag', tags: { include: ['v*'], exclude: [] } }, { kind: 'release' }, { kind: 'manual' },
      { kind: 'mergeQueue', branches: { include: ['main'], exclude: [] } }, { kind: 'schedule', id: 'nightly', cron: '17 3 * * *', timeZone: 'Europe/London' },
    ],
    inputs: [{ name: 'dryRun', type: 'boolean', description: 'only look', required: false, options: [] }],
    secrets: [{ name: 'NPM_TOKEN' }],
    filters: [{ id: 'docs', paths: { include: ['docs/**'], exclude: [] } }],
  });
}
