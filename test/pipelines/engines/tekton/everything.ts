import type { PipelineGraph, Text, TriggerNode } from '../../../../src/pipelines/graph';
import { checkoutOf, context, graphOf, jobOf, output, PULL_REQUEST, PUSH, runOf, stepOf } from '../../graphs';

/** A pipeline with everything that Tekton can do. */
export function everything(): PipelineGraph {
  const version: Text = ['v', { kind: 'stepOutput', step: 'version', name: 'value' }];
  return graphOf([
    jobOf('build', [], {
      name: ['Build $(x)'],
      env: { CI_TITLE: [context('changeTitle')], LITERAL: ['a $(date) $$ b'] },
      steps: [
        checkoutOf(),
        stepOf('tool', 'node'),
        runOf('version', 'echo "value=1.2.3" >> "$FAIRWAY_OUTPUT"', { outputs: ['value'] }),
        runOf('test', 'npm test', { env: { VERSION: version, TOKEN: [{ kind: 'secret', name: 'NPM_TOKEN' }] }, timeoutMinutes: 5, retry: { attempts: 3, delaySeconds: 5 } }),
        runOf('live', 'echo "$(params.x)" \'$(tasks.a.results.b)\''),
        stepOf('upload', 'up', { artifact: 'dist', paths: ['dist/**', 'package.json'] }),
      ],
      outputs: [{ name: 'version', step: 'version', output: 'value' }],
      identities: [{ name: 'AWS', audience: 'sts.amazonaws.com' }],
      grants: [{ capability: 'readCode', reason: 'builds' }],
    }),
    jobOf('legs', ['build'], {
      matrix: { kind: 'static', axes: [{ name: 'node', values: ['22', '24'] }, { name: 'os', values: ['a', 'b'] }], include: [], exclude: [], combinations: ['22', '24'].flatMap(node => ['a', 'b'].map(os => ({ node, os }))), failFast: false },
      steps: [stepOf('tool', 'node', { version: [{ kind: 'matrix', axis: 'node' }] }), runOf('run', 'node --version', { env: { OS: [{ kind: 'matrix', axis: 'os' }] } })],
      services: [{ name: 'db', image: 'postgres:17', env: { POSTGRES_PASSWORD: ['test'] }, ports: [5432], command: [], readiness: { command: ['pg_isready'], intervalSeconds: 5, timeoutSeconds: 3, retries: 10 } }],
      attempts: 2,
    }),
    jobOf('picked', ['build'], {
      matrix: { kind: 'static', axes: [{ name: 'node', values: ['22', '24'] }], include: [{ node: '24', next: 'yes' }], exclude: [{ node: '22' }], combinations: [{ node: '24', next: 'yes' }], failFast: false },
      allowFailure: true,
    }),
    jobOf('deploy', ['output:build', 'output:legs'], {
      condition: { kind: 'and', of: [{ kind: 'event', is: ['push'] }, { kind: 'compare', value: output('build', 'version'), in: ['1.2.3'] }] },
      steps: [
        stepOf('download', 'down', { artifact: 'dist', from: 'build', folder: 'out' }),
        runOf('deploy', 'echo "$VERSION"', { env: { VERSION: [output('build', 'version')], URL: [context('runUrl')] } }),
      ],
      environment: { name: 'prod', protection: { approvals: { teams: ['acme/sre'], count: 1 }, restrictedTimes: true, requireHealth: true, requireAnalysis: [] } },
    }),
    jobOf('smoke', ['deploy'], { condition: { kind: 'or', of: [{ kind: 'compare', value: context('branch'), in: ['main'] }, { kind: 'event', is: ['manual'] }] } }),
    jobOf('cleanup', ['smoke'], { condition: { kind: 'status', status: 'always' } }),
    jobOf('alert', ['deploy', 'legs'], { condition: { kind: 'or', of: [{ kind: 'status', status: 'failure' }, { kind: 'result', job: 'deploy', is: ['skipped'] }] }, steps: [runOf('say', 'echo "$R"', { env: { R: [{ kind: 'result', job: 'deploy' }] } })] }),
  ], {
    triggers: [
      { ...PUSH, paths: { include: ['src/**'], exclude: ['**/*.md'] } } as TriggerNode, { ...PULL_REQUEST, drafts: false } as TriggerNode, { kind: 'tag', tags: { include: ['v*'], exclude: [] } }, { kind: 'release' }, { kind: 'manual' },
      { kind: 'mergeQueue', branches: { include: ['main'], exclude: [] } }, { kind: 'schedule', id: 'nightly', cron: '17 3 * * *', timeZone: 'Europe/London' },
    ],
    inputs: [{ name: 'dryRun', type: 'boolean', description: 'only look', required: false, options: [] }],
    secrets: [{ name: 'NPM_TOKEN' }],
    filters: [{ id: 'docs', paths: { include: ['docs/**'], exclude: [] } }],
  });
}
