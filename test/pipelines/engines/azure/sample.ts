import { checkout, graph, job, matrix, needs, run, step } from './graphs';
import type { PipelineGraph } from '../../../../src/pipelines/graph';

/** A pipeline with a little of everything. */
export function sample(): PipelineGraph {
  const build = job('build-image', {
    stage: 'build',
    name: ['Build'],
    env: { NODE_ENV: ['production'], REF: [{ kind: 'context', name: 'branch' }] },
    steps: [
      checkout({ depth: 0 }),
      step('tool', 'node', { language: 'node', version: ['24'], cache: { manager: 'npm', lockFiles: ['package-lock.json'], paths: ['~/.npm'] } }),
      run('npm ci\nversion=$(node -p "require(\'./package.json\').version")\necho "version=$version-$(date)" >> "$FAIRWAY_OUTPUT"', {
        id: 'meta', name: ['Version'], outputs: ['version'], retry: { attempts: 3, delaySeconds: 5 },
      }),
      run('make ${{ nothing }}', { id: 'make', name: ['Make ', { kind: 'stepOutput', step: 'meta', name: 'version' }] }),
      step('upload', 'keep', { name: ['Keep'], artifact: 'dist', paths: ['dist/', 'docs/*.md'], ifMissing: 'error' }),
    ],
    outputs: [{ name: 'version', step: 'meta', output: 'version' }],
    uploads: ['dist'],
  });
  const test = job('test', {
    stage: 'build',
    name: ['Test on ', { kind: 'matrix', axis: 'os' }],
    needs: needs('build-image'),
    matrix: matrix({ os: ['a', 'b'], node: ['22', '24'] }, { failFast: true, maxParallel: 2 }),
    services: [{
      name: 'db',
      image: 'postgres:17',
      env: { POSTGRES_PASSWORD: [{ kind: 'secret', name: 'DB_PASSWORD' }] },
      ports: [5432],
      command: [],
      readiness: { command: ['pg_isready', '-U', 'me'], intervalSeconds: 5, timeoutSeconds: 3, retries: 5 },
    }],
    steps: [
      checkout(),
      run('npm test', {
        name: ['Test'], timeoutMinutes: 10, env: { NODE: [{ kind: 'matrix', axis: 'node' }], TOKEN: [{ kind: 'secret', name: 'NPM_TOKEN' }] },
      }),
      run('echo failed', { id: 'report', name: ['Report'], condition: { kind: 'status', status: 'failure' } }),
    ],
  });
  const gate = job('gate', { stage: 'deploy', name: ['Gate'], steps: [], needs: needs('test'), approval: { message: 'Ship it?', approvers: ['[acme]\\sre'], count: 1, timeoutMinutes: 60 } });
  const deploy = job('deploy', {
    stage: 'deploy',
    name: ['Deploy'],
    needs: [...needs('test', 'gate'), { job: 'build-image', reasons: ['output', 'artifact'] }],
    condition: { kind: 'compare', value: { kind: 'context', name: 'branch' }, in: ['main'] },
    environment: { name: 'prod', url: ['https://example.com'], protection: { approvals: { teams: ['sre'], count: 2 }, restrictedTimes: true, requireHealth: false, requireAnalysis: [] } },
    concurrency: { group: ['prod'], onNew: 'queue', cancelPullRequests: false },
    identities: [{ name: 'CLOUD', audience: 'api://AzureADTokenExchange' }],
    steps: [
      step('download', 'get', { name: ['Get'], artifact: 'dist', from: 'build-image', folder: 'dist' }),
      run('./deploy.sh "$VERSION" "$LEVEL"', {
        name: ['Deploy'],
        env: { VERSION: [{ kind: 'output', job: 'build-image', name: 'version' }], LEVEL: [{ kind: 'input', name: 'level' }] },
      }),
    ],
    downloads: ['dist'],
  });
  const notify = job('notify', {
    stage: 'deploy',
    name: ['Notify'],
    needs: needs('deploy'),
    condition: { kind: 'status', status: 'failure' },
    steps: [run('echo "$RESULT"', { env: { RESULT: [{ kind: 'result', job: 'deploy' }] } })],
  });
  return graph([build, test, gate, deploy, notify], {
    triggers: [
      { kind: 'push', branches: { include: ['main', 'release/*'], exclude: [] }, paths: { include: ['src/**'], exclude: ['docs/**'] } },
      { kind: 'pullRequest', branches: { include: ['main'], exclude: [] }, drafts: true },
      { kind: 'tag', tags: { include: ['v*'], exclude: [] } },
      { kind: 'schedule', id: 'nightly', cron: '30 1 * * 1-5', timeZone: 'Asia/Kolkata' },
      { kind: 'manual' },
    ],
    runName: ['Run ', { kind: 'context', name: 'runNumber' }],
    env: { CI_MODE: ['strict'] },
    inputs: [{ name: 'level', type: 'string', description: 'How far', required: false, default: 'all', options: [] }],
    secrets: [{ name: 'DB_PASSWORD' }, { name: 'NPM_TOKEN' }],
    concurrency: { group: ['app-', { kind: 'context', name: 'ref' }], onNew: 'replacePending', cancelPullRequests: true },
    stages: [{ id: 'build', name: 'Build', jobs: ['build-image', 'test'] }, { id: 'deploy', name: 'Deploy', jobs: ['gate', 'deploy', 'notify'] }],
  });
}
