import { parse } from 'yaml';
import { DIGEST, each, fileEnding, leaves, SystemOutputs } from './system';
import { readBySystem } from '../../../conformance/pipelines/scripts/script';

export interface Workflow {
  readonly text: string;
  readonly on: Record<string, any>;
  readonly concurrency: any;
  readonly env: any;
  readonly permissions: any;
  readonly shell: string;
  readonly jobs: Record<string, any>;
}

const needs = ({ jobs }: Workflow) => each(jobs, job => job.needs ?? []);
const ifs = ({ jobs }: Workflow) => each(jobs, job => job.if);
const steps = ({ jobs }: Workflow, job: string): any[] => jobs[job].steps;
/** The lines of a job, with their comments. */
const lines = ({ text }: Workflow, job: string) => text.split(`\n  ${job}:\n`)[1].split(/\n {2}\S/)[0];
const CHECKOUT = expect.stringMatching(/^actions\/checkout@[0-9a-f]{40}$/);

/** GitHub Actions. */
export const GITHUB: SystemOutputs<Workflow> = {
  system: 'github',
  read: files => {
    const text = fileEnding(files, '.yml');
    const { on, jobs, concurrency, env, permissions, defaults } = parse(text);
    return { text, on, jobs, concurrency, env, permissions, shell: defaults.run.shell };
  },
  has: ({ jobs }, job) => jobs[job.id] !== undefined,
  waitsFor: ({ jobs }, job) => jobs[job.id].needs ?? [],
  mayWait: () => false,
  texts: ({ jobs }) => leaves(jobs).map(text => readBySystem(text).text),
  refused: {},
  refusedWithoutOptions: {},
  promises: {
    'one-job': view => {
      expect(view.shell).toBe('bash --noprofile --norc -euo pipefail {0}');
      expect(view.permissions).toEqual({});
      expect(view.jobs.build).toMatchObject({ 'timeout-minutes': 30, 'permissions': {} });
      expect(steps(view, 'build')).toHaveLength(2);
      expect(view.on).toEqual({ push: { branches: ['main'] } });
    },
    'fan-out-fan-in': view => expect(needs(view)).toEqual({ build: [], unit: ['build'], lint: ['build'], ship: ['unit', 'lint'] }),
    'no-series-parallel': view => expect(needs(view)).toEqual({ a: [], b: [], c: ['a'], d: ['a', 'b'], e: ['d'] }),
    'stages': view => expect(needs(view)).toEqual({ unit: [], lint: [], push: ['unit', 'lint'], tell: ['push'] }),
    'outputs': view => {
      expect(view.jobs.build.outputs).toEqual({ version: '${{ steps.version.outputs.version }}', odd: '${{ steps.version.outputs.odd }}' });
      expect(steps(view, 'build')[1].env).toEqual({ VERSION: '${{ steps.version.outputs.version }}', ODD: '${{ steps.version.outputs.odd }}' });
      expect(steps(view, 'ship')[0].env).toEqual({ VERSION: '${{ needs.build.outputs.version }}', ODD: '${{ needs.build.outputs.odd }}' });
    },
    'artifacts': view => {
      expect(steps(view, 'build')[1].with).toMatchObject({ 'name': 'dist', 'retention-days': 3, 'if-no-files-found': 'error', 'path': expect.stringMatching(/^dist\n/) });
      expect(steps(view, 'ship')[0].with).toEqual({ name: 'dist', path: 'got' });
    },
    'missing-artifact': view => expect(steps(view, 'build')[1].with).toMatchObject({ 'name': 'reports', 'if-no-files-found': 'ignore' }),
    'skip-cascade': view => expect(ifs(view)).toEqual({
      preview: 'github.event_name == \'pull_request\'', look: undefined, report: undefined, clean: 'always()', build: undefined,
    }),
    'skip-by-output': view => {
      expect(ifs(view)).toEqual({ plan: undefined, ship: 'needs.plan.outputs.deploy == \'yes\'', tell: undefined, stay: 'needs.plan.outputs.deploy == \'no\'' });
      expect(needs(view).tell).toEqual(['ship']);
    },
    'condition-words': view => {
      const matches = 'needs.conditions.outputs.match_1';
      expect(ifs(view)).toEqual({
        conditions: undefined,
        release: `github.event_name == 'push' && ${matches} == 'true'`,
        main: 'github.event_name == \'push\' && github.ref == \'refs/heads/main\'',
        other: `${matches} != 'true'`,
        either: `github.ref == 'refs/heads/main' || ${matches} == 'true'`,
        neither: `!(github.event_name == 'pull_request' || ${matches} == 'true')`,
      });
      expect(steps(view, 'conditions')[0].run).toContain('^(release/[^/]*)$');
      expect(needs(view)).toMatchObject({ release: ['conditions'], main: [], neither: ['conditions'] });
    },
    'failure-and-cleanup': view => expect(ifs(view)).toEqual({ build: undefined, ship: undefined, alarm: 'failure()', clean: 'always()', quiet: '!failure()' }),
    'no-failure-no-alarm': view => expect(ifs(view)).toEqual({ build: undefined, alarm: 'failure()', clean: 'always()' }),
    'failure-behind-cleanup': view => expect(ifs(view)).toEqual({ build: undefined, clean: 'always()', ship: undefined, alarm: 'failure()' }),
    'outcome-of-job': view => {
      expect(ifs(view).report).toBe('always() && (needs.scan.result == \'failure\' || needs.scan.result == \'cancelled\')');
      expect(ifs(view).praise).toBe('always() && needs.scan.result == \'success\'');
    },
    'allowed-failure': view => {
      expect(each(view.jobs, job => job['continue-on-error'])).toEqual({ flaky: true, ship: undefined });
      expect(ifs(view).ship).toBeUndefined();
    },
    'steps-after-failure': view => {
      expect(steps(view, 'build').map(step => step['continue-on-error'])).toEqual([undefined, true, ...Array(6).fill(undefined)]);
      expect(steps(view, 'build').map(step => step.if)).toEqual([...Array(5).fill(undefined), 'failure()', 'always()', '!failure()']);
    },
    'steps-by-value': view => expect(steps(view, 'build').map(step => step.if)).toEqual([
      undefined, undefined, 'steps.find.outputs.kind == \'docs\' || steps.find.outputs.kind == \'site\'', 'steps.find.outputs.kind == \'code\'',
      'github.event_name == \'push\' && github.ref_type == \'branch\'', 'github.event_name == \'push\' && github.ref_type == \'tag\'', undefined,
    ]),
    'large-graph': (view, { graph }) => {
      expect(Object.keys(view.jobs)).toEqual(graph.jobs.map(job => job.id));
      expect(Object.values(needs(view)).flat()).toHaveLength(2_800);
    },
    'matrix': view => {
      expect(view.jobs.test.strategy).toEqual({
        matrix: {
          OS: ['linux', 'alpine'],
          NODE: ['22', '24'],
          include: [{ OS: 'linux', NODE: '24', EXTRA: 'yes' }, { OS: 'slim', NODE: '24' }],
          exclude: [{ OS: 'alpine', NODE: '22' }],
        },
      });
      expect(steps(view, 'test')[0].env).toEqual({ OS: '${{ matrix.OS }}', NODE: '${{ matrix.NODE }}', EXTRA: '${{ matrix.EXTRA }}' });
    },
    'matrix-goes-on': view => {
      expect(view.jobs.test.strategy).toEqual({ 'matrix': { PART: ['a', 'b', 'c'] }, 'fail-fast': false, 'max-parallel': 1 });
      expect(ifs(view)).toEqual({ test: undefined, ship: undefined, clean: 'always()' });
    },
    'dynamic-matrix': view => {
      expect(view.jobs.build.strategy.matrix).toEqual({ include: '${{ fromJSON(needs.list.outputs.services) }}' });
      expect(view.jobs.build.if).toBe('needs.list.outputs.services != \'[]\'');
      expect(view.jobs.list.outputs).toEqual({ services: '${{ steps.list.outputs.services }}' });
      expect(steps(view, 'build')[0].env).toEqual({ SERVICE: '${{ matrix.SERVICE }}' });
    },
    'environment-of-steps': view => {
      expect(view.env).toEqual({ A: 'pipeline', B: 'pipeline', C: 'pipeline', LOG_LEVEL: 'as $HOME is "written" \\ % !', camelCase: 'kept' });
      expect(view.jobs.build.env).toEqual({ B: 'job', C: 'job' });
      expect(steps(view, 'build')[0].env).toEqual({ C: 'step' });
    },
    'hostile-names': view => {
      expect(steps(view, 'greet')[0].env).toEqual({ TITLE: '${{ github.event.pull_request.title }}', SOURCE: '${{ github.head_ref }}' });
      expect(steps(view, 'greet')[1].if).toBe('github.head_ref != \'main\'');
      expect(view.on).toEqual({ pull_request: null });
    },
    'odd-scripts': (view, { graph }) => {
      const [step] = graph.jobs[0].steps;
      expect(step).toMatchObject({ kind: 'run', script: steps(view, 'build')[0].run });
    },
    'step-retry': view => expect(steps(view, 'fetch')[0].run).toContain('[ "$fairway_attempt" -ge 3 ]'),
    'job-attempts': (_, { lowering }) => expect(lowering.findings.map(finding => finding.code)).toEqual(['FW1091']),
    'timeouts': view => {
      expect(each(view.jobs, job => job['timeout-minutes'])).toEqual({ slow: 5, usual: 20 });
      expect(steps(view, 'slow')[0]['timeout-minutes']).toBe(2);
    },
    'concurrency': view => {
      expect(view.concurrency).toEqual({ 'group': 'concurrency-${{ github.ref }}', 'cancel-in-progress': '${{ github.event_name == \'pull_request\' }}' });
      expect(view.jobs.deploy.concurrency).toEqual({ 'group': 'deploy-prod', 'cancel-in-progress': false });
      expect(ifs(view).deploy).toBe('github.event_name == \'push\'');
    },
    'approval': (view, { lowering }) => {
      expect(view.jobs.ask.environment).toBe('ask-approval');
      expect(steps(view, 'ask')[0].run).toContain('"reviewers":[{');
      expect(needs(view)).toEqual({ build: [], ask: ['build'], ship: ['ask'] });
      expect(lowering.remains.map(({ what }) => what).join()).toMatch(/ask-approval.*acme\/sre/);
    },
    'deployment': view => expect(view.jobs.deploy).toMatchObject({
      environment: { name: 'prod', url: 'https://shop.example.com' }, concurrency: { 'group': 'deploy-prod', 'cancel-in-progress': false },
    }),
    'schedule': view => {
      expect(view.on.schedule).toEqual([{ cron: '17 3 * * 1-5', timezone: 'Asia/Tokyo' }]);
      expect(ifs(view)).toEqual({ nightly: 'github.event_name == \'schedule\'', build: 'github.event_name == \'push\'' });
    },
    'service': view => {
      expect(view.jobs.integration.services.db).toEqual({
        image: `docker.io/library/postgres:17@${DIGEST}`,
        env: { POSTGRES_PASSWORD: '${{ secrets.DB_PASSWORD }}' },
        ports: ['5432:5432'],
        options: '--health-cmd "pg_isready -U postgres" --health-interval 5s --health-timeout 5s --health-retries 12',
      });
      expect(view.jobs.integration.container.image).toBe(`docker.io/library/node:24-bookworm@${DIGEST}`);
    },
    'path-filter': view => {
      expect(view.on).toEqual({ push: { branches: ['main'], paths: ['src/**', '!src/**/*.md'] }, pull_request: null });
      expect(ifs(view).build).toBe('github.event_name != \'pull_request\' || needs.changes.outputs.pull_request == \'true\'');
      expect(steps(view, 'changes')[1].env.FILTER_PULL_REQUEST).toBe(':(glob)src/**\n:(glob)package.json');
      expect(needs(view).required).toEqual(['changes', 'build']);
    },
    'changed-files': view => {
      expect(steps(view, 'changes')[1].env).toMatchObject({ FILTER_DOCS: ':(glob)docs/**\n:(glob)*.md', FILTER_CODE: ':(glob)**\n:(exclude,glob)docs/**' });
      expect(ifs(view)).toMatchObject({ spell: 'needs.changes.outputs.docs == \'true\'', code: 'needs.changes.outputs.code == \'true\'' });
      expect(view.on).toEqual({ pull_request: null, workflow_dispatch: null });
    },
    'tags': view => {
      expect(view.on.push).toEqual({ branches: ['main'], tags: ['v*', '!v*-rc*'] });
      expect(ifs(view)).toEqual({ release: 'github.event_name == \'push\' && github.ref_type == \'tag\'', build: 'github.event_name == \'push\' && github.ref_type == \'branch\'' });
    },
    'release-and-queue': view => expect(view.on).toEqual({
      pull_request: null, merge_group: { types: ['checks_requested'], branches: ['main'] }, release: { types: ['published'] },
    }),
    'inputs': view => {
      expect(view.on).toEqual({
        workflow_dispatch: {
          inputs: {
            target: { description: 'where to', type: 'choice', options: ['dev', 'prod'], required: false, default: 'dev' },
            dryRun: { description: 'whether to only look', type: 'boolean', required: false, default: false },
            reason: { description: 'why', type: 'string', required: true },
          },
        },
      });
      expect(steps(view, 'go')[0].env).toEqual({ TARGET: '${{ inputs.target }}', DRY: '${{ inputs.dryRun }}', REASON: '${{ inputs.reason }}' });
      expect(ifs(view).real).toBe('!inputs.dryRun');
    },
    'secrets': view => {
      expect(steps(view, 'publish').map(step => step.env)).toEqual([{ TOKEN: '${{ secrets.NPM_TOKEN }}' }, undefined]);
      expect(view.jobs.publish.env).toBeUndefined();
      expect(view.text.match(/secrets\./g)).toHaveLength(1);
    },
    'identity': view => {
      expect(view.jobs.login.permissions).toEqual({ 'id-token': 'write' });
      expect(lines(view, 'login')).toContain('id-token: write # logs in to AWS');
      expect(steps(view, 'login')[0].env).toEqual({ AUDIENCE: 'sts.amazonaws.com' });
      expect(steps(view, 'login')[0].run).toContain('AWS_TOKEN_FILE=$file');
    },
    'grants': view => {
      expect(view.jobs.tag.permissions).toEqual({ contents: 'write' });
      expect(lines(view, 'tag')).toContain('contents: write # checks out the repository; pushes the tag of the release');
      expect(steps(view, 'tag')[0]).toMatchObject({ uses: CHECKOUT, with: { 'fetch-depth': 0, 'persist-credentials': true } });
    },
    'caches': view => {
      expect(steps(view, 'test')[1].with).toEqual({ 'path': '.npm', 'key': 'npm-${{ hashFiles(\'package-lock.json\') }}', 'restore-keys': 'npm-' });
      expect(steps(view, 'test')[0].with['persist-credentials']).toBe(false);
      expect(lines(view, 'publish')).not.toContain('cache');
      expect(lines(view, 'publish')).toContain('packages: write # publishes the package');
    },
    'job-template': view => {
      expect(Object.keys(view.jobs)).toEqual(['cart-build', 'cart-check', 'ads-build', 'ads-check', 'ship']);
      expect(steps(view, 'cart-build')[0].env).toEqual({ NAME: 'cart' });
      expect(steps(view, 'ads-check')[0].env).toEqual({ IMAGE: '${{ needs.ads-build.outputs.image }}', NAME: 'ads' });
      expect(steps(view, 'ship')[0].env).toEqual({ CART: '${{ needs.cart-build.outputs.image }}', ADS: '${{ needs.ads-build.outputs.image }}' });
    },
    'step-template': view => {
      expect(steps(view, 'say').slice(1).map(step => step.env)).toEqual([
        { WHOM: 'you' }, { WHOM: 'world' }, { A: '${{ steps.first-hello.outputs.text }}', B: '${{ steps.second-hello.outputs.text }}' },
      ]);
    },
    'runners': view => {
      expect(each(view.jobs, job => job['runs-on'])).toEqual({ windows: 'windows-2025', macos: 'macos-15-intel', own: ['self-hosted', 'gpu'] });
      expect(steps(view, 'windows')[0].shell).toBe('pwsh');
    },
    'matrix-artifacts': view => {
      expect(steps(view, 'build')[1].with.name).toBe('parts-${{ matrix.PART }}');
      expect(steps(view, 'join')[0].with).toEqual({ 'pattern': 'parts-*', 'merge-multiple': true, 'path': 'got' });
    },
    'native-and-patches': (view, { lowering }) => {
      expect(view.jobs.build.steps).toEqual([{ name: 'Audit', uses: 'acme/audit@0123456789abcdef0123456789abcdef01234567', with: { level: 'high' } }]);
      expect(view.jobs.build['continue-on-error']).toBe(true);
      expect(lowering.rows.filter(row => row.how.includes('shows a change'))).toHaveLength(1);
    },
  },
};
