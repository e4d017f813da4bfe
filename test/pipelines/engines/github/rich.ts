import type { GitHubActionsOptions } from '../../../../src/pipelines/engines/github/options';
import type { PipelineGraph } from '../../../../src/pipelines/graph';
import { combinationsOf } from '../../../../src/pipelines/graph';
import { checkoutOf, context, deliveryOf, EVERYTHING, graphOf, jobOf, output, PULL_REQUEST, PUSH, runOf, secret, stepOf, stepOutput } from '../../graphs';

/* Graphs with everything in them, for the linters of GitHub's world and for a look by eye. */

const axes = [{ name: 'os', values: ['ubuntu', 'debian'] }, { name: 'node', values: ['22', '24'] }];
const exclude = [{ os: 'debian', node: '22' }];
const matrix = { kind: 'static' as const, axes, include: [], exclude, combinations: combinationsOf({ axes, include: [], exclude }), failFast: false, maxParallel: 2 };

export const IMAGE = `postgres:17@sha256:${'0'.repeat(64)}`;

export function rich(): PipelineGraph {
  return graphOf([
    jobOf('build', [], {
      name: ['Build'],
      grants: [{ capability: 'readCode', reason: 'builds the code' }],
      services: [{
        name: 'postgres',
        image: IMAGE,
        env: { POSTGRES_PASSWORD: ['test'] },
        ports: [5432],
        command: [],
        readiness: { command: ['pg_isready', '-U', 'it\'s "me"'], intervalSeconds: 5, timeoutSeconds: 3, retries: 10 },
      }],
      steps: [
        checkoutOf(),
        stepOf('tool', 'node', { name: ['Set up Node.js'], language: 'node', version: ['24'], cache: { manager: 'npm', lockFiles: ['package-lock.json'], paths: ['~/.npm'] } }),
        stepOf('cache', 'turbo', { name: ['Cache of Turbo'], key: ['turbo-', { kind: 'hash', files: ['turbo.json', 'src/**'] }], restoreKeys: [['turbo-']], paths: ['.turbo'], mode: 'both' }),
        runOf('install', 'npm ci', { name: ['Install'], retry: { attempts: 3, delaySeconds: 5 } }),
        runOf('build', 'npm run build\necho "version=$(jq -r .version package.json)" >> "$FAIRWAY_OUTPUT"', {
          name: ['Build'], outputs: ['version'], env: { TITLE: [context('changeTitle')], COUNT: [{ kind: 'input', name: 'count' }] },
        }),
        runOf('template', 'echo \'${{ github.event.pull_request.title }}\'', { name: ['Print a template'] }),
        runOf('report', 'echo failed', { name: ['Report'], condition: { kind: 'status', status: 'failure' }, shell: 'sh', continueOnError: true, timeoutMinutes: 2 }),
        stepOf('upload', 'upload', { name: ['Keep the build'], artifact: 'dist', paths: ['dist'], ifMissing: 'error', retentionDays: 7 }),
      ],
      outputs: [{ name: 'version', step: 'build', output: 'version' }],
    }),
    jobOf('test', ['artifact:build'], {
      name: ['Test ', { kind: 'matrix', axis: 'os' }, ' ', { kind: 'matrix', axis: 'node' }],
      matrix,
      container: { image: IMAGE, env: { CI: ['true'] }, credentials: { username: [secret('REGISTRY_USER')], password: [secret('REGISTRY_PASSWORD')] } },
      steps: [
        stepOf('download', 'download', { name: ['Get the build'], artifact: 'dist', from: 'build', folder: 'dist' }),
        runOf('test', 'npm test', { name: ['Test'], env: { OS: [{ kind: 'matrix', axis: 'os' }] } }),
        stepOf('upload', 'upload', { name: ['Keep the report'], artifact: 'report', paths: ['report.xml', 'coverage'], ifMissing: 'warn', condition: { kind: 'status', status: 'always' } }),
      ],
      condition: { kind: 'changed', filter: 'app' },
    }),
    jobOf('summary', ['artifact+status:test', 'output:build'], {
      name: ['Summary'],
      condition: { kind: 'and', of: [{ kind: 'status', status: 'always' }, { kind: 'result', job: 'test', is: ['success', 'failure'] }] },
      env: { VERSION: [output('build', 'version')] },
      steps: [stepOf('download', 'reports', { name: ['Get the reports'], artifact: 'report', from: 'test', folder: 'reports' }), runOf('sum', 'ls reports', { name: ['Sum up'] })],
      allowFailure: true,
    }),
    jobOf('windows', [], {
      name: ['Windows'],
      runner: { os: 'windows', arch: 'x64', labels: [] },
      steps: [runOf('ps', 'Write-Output $env:VALUE', { name: ['Print'], shell: 'pwsh', env: { VALUE: ['a'] } })],
      condition: { kind: 'not', of: { kind: 'event', is: ['pullRequest', 'mergeQueue'] } },
    }),
    jobOf('publish', ['output:build'], {
      name: ['Publish'],
      condition: {
        kind: 'or',
        of: [
          { kind: 'matches', value: context('tag'), globs: ['v**'] },
          { kind: 'matches', value: context('branch'), globs: ['release/*'] },
          { kind: 'and', of: [{ kind: 'event', is: ['push'] }, { kind: 'compare', value: context('branch'), in: ['main'] }] },
        ],
      },
      publishes: true,
      grants: [{ capability: 'readCode', reason: 'builds the package' }, { capability: 'publishPackages', reason: 'pushes the image' }, { capability: 'attest', reason: 'signs what was built' }],
      identities: [{ name: 'VAULT', audience: 'https://vault.acme.example' }],
      steps: [
        checkoutOf(),
        stepOf('tool', 'go', { name: ['Set up Go'], language: 'go', version: ['1.25'], cache: { manager: 'go', lockFiles: ['go.sum'], paths: [] } }),
        stepOf('tool', 'rust', { name: ['Set up Rust'], language: 'rust', version: ['1.90'] }),
        runOf('login', 'echo "$VAULT_FILE" "$VERSION"', { name: ['Log in'], env: { VERSION: [output('build', 'version')] } }),
        runOf('only', 'echo a', { name: ['On a branch of a release'], condition: { kind: 'matches', value: context('branch'), globs: ['release/*'] } }),
      ],
    }),
    jobOf('deploy', ['publish'], {
      name: ['Deploy'],
      condition: { kind: 'compare', value: { kind: 'input', name: 'dry' }, in: ['false'] },
      environment: { name: 'prod', url: ['https://', stepOutput('deploy', 'host')] },
      approval: { message: 'Is the error budget fine?', approvers: ['acme/sre'], count: 1 },
      concurrency: { group: ['deploy-prod'], onNew: 'replacePending', cancelPullRequests: false },
      publishes: true,
      steps: [runOf('deploy', './deploy.sh\necho host=acme.example >> "$FAIRWAY_OUTPUT"', { name: ['Deploy'], outputs: ['host'], env: { TOKEN: [secret('DEPLOY_TOKEN')], RUN: [context('runUrl')] } })],
    }),
  ], {
    runName: ['Delivery of ', context('ref')],
    triggers: [
      PUSH,
      { kind: 'tag', tags: { include: ['v*'], exclude: [] } },
      { ...PULL_REQUEST, drafts: false, paths: { include: ['**'], exclude: ['docs/**'] } } as typeof PULL_REQUEST,
      { kind: 'mergeQueue', branches: EVERYTHING },
      { kind: 'schedule', id: 'nightly', cron: '17 3 * * 1-5', timeZone: 'Europe/London' },
      { kind: 'manual' },
    ],
    inputs: [
      { name: 'dry', type: 'boolean', description: 'Change nothing', required: false, default: 'true', options: [] },
      { name: 'count', type: 'number', description: '', required: false, default: '3', options: [] },
      { name: 'where', type: 'choice', description: 'Where to', required: true, default: 'eu', options: ['eu', 'us'] },
    ],
    secrets: [{ name: 'DEPLOY_TOKEN', environment: 'prod' }, { name: 'REGISTRY_PASSWORD' }, { name: 'REGISTRY_USER' }],
    concurrency: { group: ['ci-', context('ref')], onNew: 'replacePending', cancelPullRequests: true },
    env: { EVENT: [context('event')], BASE: [context('baseSha')], FORCE_COLOR: ['1'] },
    filters: [{ id: 'app', paths: { include: ['app/**'], exclude: ['**/*.md'] } }],
  });
}

const image = { image: ['ghcr.io/acme/shop'] };
const built = { ...image, digest: [stepOutput('image', 'digest')] };

/** Delivery steps, by the roads of GitHub. */
export function delivering(): PipelineGraph {
  return graphOf([
    jobOf('image', [], {
      name: ['Image'],
      publishes: true,
      condition: { kind: 'event', is: ['push'] },
      grants: [{ capability: 'publishPackages', reason: 'pushes the image' }],
      identities: [{ name: 'SIGSTORE', audience: 'sigstore' }],
      steps: [
        checkoutOf(),
        deliveryOf('login', 'login-registry', { registry: ['ghcr.io'], username: [context('actor')], password: [secret('GITHUB_TOKEN')] }, { env: { REGISTRY: ['ghcr.io'] } }),
        deliveryOf('image', 'build-image', {
          ...image, tag: [context('sha')], context: ['.'], dockerfile: ['Dockerfile'], platforms: ['linux/amd64', 'linux/arm64'], arguments: ['A=b', 'C=d'], push: true, provenance: true, sbom: true,
        }, { outputs: ['image', 'digest', 'reference'], env: { IMAGE: ['ghcr.io/acme/shop'], MINE: ['x'] } }),
        deliveryOf('scan', 'scan-image', { ...built, scanner: ['grype'], severity: ['high'], onlyFixed: true, report: ['scan.sarif'] }),
        deliveryOf('findings', 'upload-findings', { file: ['scan.sarif'], category: ['image'] }, { condition: { kind: 'status', status: 'always' } }),
        deliveryOf('sign', 'sign-image', built),
        deliveryOf('sbom', 'attest-image', { ...built, type: ['cyclonedx'] }),
        deliveryOf('provenance', 'attest-image', { ...built, type: ['provenance'] }),
      ],
      outputs: [{ name: 'digest', step: 'image', output: 'digest' }],
    }),
    jobOf('test', [], {
      name: ['Test'],
      matrix,
      steps: [
        runOf('test', 'npm test', { name: ['Test'] }),
        deliveryOf('report', 'test-report', { files: ['reports/*.xml'], title: ['Tests'] }, { condition: { kind: 'not', of: { kind: 'status', status: 'cancelled' } } }),
        deliveryOf('coverage', 'coverage-report', { files: ['coverage.xml'], format: ['cobertura'], minimum: 80 }, { outputs: ['percent'] }),
        deliveryOf('smoke', 'smoke-test', { url: ['https://acme.example'] }, { retry: { attempts: 3, delaySeconds: 1 } }),
      ],
    }),
  ], { triggers: [PUSH, PULL_REQUEST], secrets: [{ name: 'GITHUB_TOKEN' }], concurrency: { group: [context('ref')], onNew: 'replacePending', cancelPullRequests: true } });
}

/** What calls other workflows, or is called. */
export function called(): PipelineGraph {
  return graphOf([
    jobOf('plan', [], {
      name: ['Plan'],
      steps: [runOf('plan', 'echo \'legs=[{"os":"linux"}]\' >> "$FAIRWAY_OUTPUT"', { name: ['Plan'], outputs: ['legs'] })],
      outputs: [{ name: 'legs', step: 'plan', output: 'legs' }],
    }),
    jobOf('legs', ['output:plan'], {
      name: ['Leg ', { kind: 'matrix', axis: 'os' }],
      matrix: { kind: 'dynamic', from: output('plan', 'legs') as never, axes: ['os'], failFast: true },
      condition: { kind: 'event', is: ['call', 'pullRequest'] },
      steps: [
        stepOf('native', 'script', { name: ['Script'], bodies: { github: { uses: 'actions/github-script@3a2844b7e9c422d3c10d287c895573f7108da1b3 # v9.0.0', with: { script: 'core.info("hello")' } } } }),
        runOf('token', 'echo "${#TOKEN}"', { name: ['Token'], env: { TOKEN: [secret('TOKEN')], TO: [{ kind: 'input', name: 'to' }] } }),
      ],
    }),
  ], {
    triggers: [{ kind: 'call' }, PULL_REQUEST, { kind: 'release' }],
    secrets: [{ name: 'TOKEN' }],
    inputs: [{ name: 'to', type: 'string', description: 'Where to', required: false, default: 'eu', options: [] }],
    concurrency: { group: ['called-', context('ref'), '-', context('runId')], onNew: 'replacePending', cancelPullRequests: true },
  });
}

/** A template that is used twice, as a workflow of its own. */
export function reusing(): [PipelineGraph, GitHubActionsOptions] {
  const template = {
    id: 'roll-out',
    path: 'App/roll-out',
    name: 'Roll out',
    inputs: [
      { name: 'where', type: 'string' as const, description: 'Where to', required: true, options: [] },
      { name: 'wait', type: 'boolean' as const, description: 'Whether it waits', required: false, default: 'false', options: [] },
      { name: 'count', type: 'number' as const, description: 'How many', required: true, options: [] },
    ],
    outputs: [{ name: 'url', job: 'apply', output: 'url' }],
    secrets: [{ name: 'TOKEN' }],
    jobs: [jobOf('apply', [], {
      name: ['Apply'],
      path: 'App/roll-out/apply',
      grants: [{ capability: 'readCode', reason: 'reads the manifests' }],
      condition: { kind: 'event', is: ['push'] },
      steps: [
        checkoutOf(),
        runOf('apply', 'echo "url=$WHERE" >> "$FAIRWAY_OUTPUT"', { name: ['Apply'], outputs: ['url'], env: { WHERE: [{ kind: 'input', name: 'where' }], TOKEN: [secret('TOKEN')] } }),
      ],
      outputs: [{ name: 'url', step: 'apply', output: 'url' }],
    }), jobOf('check', ['apply'], { name: ['Check'], condition: { kind: 'compare', value: { kind: 'input', name: 'wait' }, in: ['true'] } })],
  };
  const inputs = (where: string) => ({ where: [where], wait: ['true'], count: ['3'] });
  return [graphOf([
    jobOf('dev', [], { name: ['Development'], steps: [], call: { template: 'roll-out', inputs: inputs('dev') } }),
    jobOf('prod', ['dev'], {
      name: ['Production'], steps: [], call: { template: 'roll-out', inputs: { ...inputs('prod'), wait: [{ kind: 'input', name: 'wait' }] } },
    }),
    jobOf('after', ['output:prod'], { name: ['After'], env: { URL: [output('prod', 'url')] } }),
  ], {
    triggers: [PUSH, PULL_REQUEST, { kind: 'manual' }],
    inputs: [{ name: 'wait', type: 'boolean', description: 'Whether it waits', required: false, default: 'false', options: [] }],
    templates: [template],
    secrets: [{ name: 'TOKEN' }],
    concurrency: { group: [context('ref')], onNew: 'replacePending', cancelPullRequests: true },
  }), { nativeReuse: true }];
}
