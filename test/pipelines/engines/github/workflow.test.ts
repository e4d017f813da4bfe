import { lower } from './lowered';
import { delivering, rich } from './rich';
import type { JobNode, TriggerNode } from '../../../../src/pipelines/graph';
import { combinationsOf } from '../../../../src/pipelines/graph';
import { checkoutOf, context, deliveryOf, graphOf, jobOf, needsOf, output, PULL_REQUEST, PUSH, runOf, secret, stepOf, stepOutput } from '../../graphs';

const COMMIT = /^[\w.-]+(\/[\w.-]+)+@[0-9a-f]{40}$/;

describe('a workflow', () => {
  it('grants nothing, and each job what it is granted, with the reason', () => {
    const { data, text } = lower(graphOf([
      jobOf('build', [], { grants: [{ capability: 'readCode', reason: 'reads it' }, { capability: 'writeCode', reason: 'tags it' }] }),
      jobOf('quiet'),
      jobOf('scan', [], { grants: [{ capability: 'uploadFindings', reason: 'shows findings' }] }),
    ]));
    expect(data.permissions).toEqual({});
    expect(data.jobs.build.permissions).toEqual({ contents: 'write' });
    expect(data.jobs.quiet.permissions).toEqual({});
    expect(data.jobs.scan.permissions).toEqual({ 'actions': 'read', 'security-events': 'write' });
    expect(text).toContain('contents: write # reads it; tags it\n');
  });

  it('lets a checkout read the code, and keeps no credentials', () => {
    const { data } = lower(graphOf([jobOf('build', [], { steps: [checkoutOf()] })]));
    expect(data.jobs.build.permissions).toEqual({ contents: 'read' });
    expect(data.jobs.build.steps[0].with).toEqual({ 'persist-credentials': false });
  });

  it('pins every action by its commit, with the version behind it', () => {
    const { data, text } = lower(rich());
    const uses = Object.values<any>(data.jobs).flatMap(each => each.steps).flatMap((each: any) => each.uses ?? []);
    expect(uses.length).toBeGreaterThan(5);
    for (const each of uses) {
      expect(each).toMatch(COMMIT);
      expect(text).toMatch(new RegExp(`uses: ${each} # v\\d+\\.\\d+\\.\\d+\n`));
    }
  });

  it('has a limit of time and a shell that stops at what is not set, everywhere', () => {
    const { data } = lower(rich());
    expect(data.defaults.run.shell).toContain('-euo pipefail');
    expect(Object.values<any>(data.jobs).filter(each => !(each['timeout-minutes'] > 0))).toEqual([]);
  });

  it('is the same from the same graph', () => {
    expect(lower(rich()).text).toBe(lower(rich()).text);
  });

  it('writes the same names that the user gave', () => {
    const { data } = lower(graphOf([jobOf('build', [], { env: { logLevel: ['x'], My_KEY: ['y'] } })], {
      inputs: [
        { name: 'logLevel', type: 'string', description: 'x', required: false, options: [] },
      ],
      triggers: [{ kind: 'manual' }],
    }));
    expect(Object.keys(data.jobs.build.env)).toEqual(['logLevel', 'My_KEY']);
    expect(Object.keys(data.on.workflow_dispatch.inputs)).toEqual(['logLevel']);
  });
});

describe('triggers', () => {
  const on = (...triggers: TriggerNode[]) => lower(graphOf([jobOf('build')], { triggers })).data.on;

  it('are filters of GitHub', () => {
    expect(on({ kind: 'push', branches: { include: ['main', 'release/*'], exclude: ['release/old'] } }, { kind: 'tag', tags: { include: ['v*'], exclude: [] } }))
      .toEqual({ push: { branches: ['main', 'release/*', '!release/old'], tags: ['v*'] } });
  });

  it('keep tags from starting what is for branches', () => {
    expect(on({ kind: 'push', branches: { include: ['**'], exclude: [] } })).toEqual({ push: { branches: ['**'] } });
  });

  it('escape what has a meaning for GitHub alone', () => {
    expect(on({ kind: 'push', branches: { include: ['a+b', '!x', '[1]'], exclude: [] } }).push.branches).toEqual(['a\\+b', '\\!x', '\\[1\\]']);
  });

  it('say all but some', () => {
    expect(on({ kind: 'push', branches: { include: ['main'], exclude: [] }, paths: { include: ['**'], exclude: ['docs/**'] } }).push)
      .toEqual({ 'branches': ['main'], 'paths-ignore': ['docs/**'] });
  });

  it('have a time zone', () => {
    const schedule = (timeZone: string) => on({ kind: 'schedule', id: 'nightly', cron: '0 3 * * *', timeZone }).schedule;
    expect(schedule('Europe/London')).toEqual([{ cron: '0 3 * * *', timezone: 'Europe/London' }]);
    expect(schedule('UTC')).toEqual([{ cron: '0 3 * * *' }]);
  });

  it('never are those that run foreign code with rights', () => {
    expect(Object.keys(lower(rich()).data.on).filter(event => ['pull_request_target', 'workflow_run'].includes(event))).toEqual([]);
  });

  it('have inputs of their types', () => {
    const inputs = [
      { name: 'dry', type: 'boolean' as const, description: 'Dry', required: false, default: 'false', options: [] },
      { name: 'n', type: 'number' as const, description: '', required: false, default: '3', options: [] },
      { name: 'to', type: 'choice' as const, description: '', required: true, options: ['a', 'b'] },
    ];
    const { data } = lower(graphOf([jobOf('build')], { triggers: [{ kind: 'manual' }, { kind: 'call' }], inputs }));
    expect(data.on.workflow_dispatch.inputs).toEqual({
      dry: { description: 'Dry', type: 'boolean', required: false, default: false },
      n: { type: 'number', required: false, default: 3 },
      to: { type: 'choice', options: ['a', 'b'], required: true },
    });
    expect(data.on.workflow_call.inputs.to).toEqual({ type: 'string', required: true });
  });

  it('tell a call from the event of the caller, when a condition asks', () => {
    const { data } = lower(graphOf([jobOf('build', [], { condition: { kind: 'event', is: ['push'] } })], { triggers: [PUSH, { kind: 'call' }] }));
    expect(data.jobs.build.if).toBe('!inputs.called && github.event_name == \'push\'');
    expect(data.on.workflow_call.inputs.called.default).toBe(true);
  });
});

describe('steps', () => {
  const steps = (...all: Parameters<typeof graphOf>[0][0]['steps']) => lower(graphOf([jobOf('build', [], { steps: all })])).data.jobs.build.steps;

  it('give outputs by the file of GitHub', () => {
    const { data } = lower(graphOf([
      jobOf('a', [], { steps: [runOf('give', 'echo x=1 >> "$FAIRWAY_OUTPUT"', { outputs: ['x'] })], outputs: [{ name: 'x', step: 'give', output: 'x' }] }),
      jobOf('b', ['output:a'], { env: { X: [output('a', 'x')] } }),
    ]));
    expect(data.jobs.a.steps[0]).toEqual({ name: 'give', id: 'give', run: 'export FAIRWAY_OUTPUT="$GITHUB_OUTPUT"\necho x=1 >> "$FAIRWAY_OUTPUT"' });
    expect(data.jobs.a.outputs).toEqual({ x: '${{ steps.give.outputs.x }}' });
    expect(data.jobs.b.env).toEqual({ X: '${{ needs.a.outputs.x }}' });
  });

  it('keep a script from being read by GitHub', () => {
    const script = 'echo "${{ github.event.pull_request.title }}" }} ${{';
    const [made] = steps(runOf('odd', script));
    expect(made.run).toBe('bash -euo pipefail -c "$FAIRWAY_SCRIPT"');
    expect(made.env.FAIRWAY_SCRIPT.replaceAll('${{ \'${{\' }}', '${{')).toBe(script);
  });

  it('try a script again in its own shell', () => {
    const [bash, sh] = steps(runOf('a', 'make', { retry: { attempts: 3, delaySeconds: 5 } }), runOf('b', 'make', { shell: 'sh', retry: { attempts: 2, delaySeconds: 0 } }));
    expect(bash.run).toContain('until bash -euo pipefail "$fairway_script"');
    expect(sh.run).toContain('until sh -eu "$fairway_script"');
    expect(sh.shell).toBe('sh -eu {0}');
  });

  it('keep artifacts of legs apart, and get them together', () => {
    const axes = [{ name: 'os', values: ['a', 'b'] }];
    const matrix = { kind: 'static' as const, axes, include: [], exclude: [], combinations: combinationsOf({ axes, include: [], exclude: [] }), failFast: true };
    const upload = (artifact: string) => stepOf('upload', `up-${artifact}`, { artifact, paths: ['dist'], ifMissing: 'error' });
    const made = lower(graphOf([
      jobOf('a', [], { matrix, steps: [upload('dist')] }),
      jobOf('c', [], { steps: [upload('dist-extra')] }),
      jobOf('b', ['artifact:a'], { steps: [stepOf('download', 'get', { artifact: 'dist', from: 'a', folder: 'all' })] }),
    ])).data.jobs;
    expect(made.a.steps[0].with.name).toBe('dist.-${{ matrix.os }}');
    expect(made.b.steps[0].with).toEqual({ 'pattern': 'dist.-*', 'merge-multiple': true, 'path': 'all' });
  });

  it('name legs by their place where values cannot stand in names', () => {
    const axes = [{ name: 'os', values: ['a/b', 'b'] }];
    const matrix = { kind: 'static' as const, axes, include: [], exclude: [], combinations: combinationsOf({ axes, include: [], exclude: [] }), failFast: true };
    const made = lower(graphOf([jobOf('a', [], { matrix, steps: [stepOf('upload', 'up', { artifact: 'dist', paths: ['x'], ifMissing: 'warn' })] })])).data.jobs;
    expect(made.a.steps[0].with.name).toBe('dist-${{ strategy.job-index }}');
    expect(made.a.strategy).toEqual({ matrix: { os: ['a/b', 'b'] } });
  });

  it('read no cache in a job that publishes', () => {
    const cached = [
      stepOf('tool', 'node', { language: 'node', version: ['24'], cache: { manager: 'npm', lockFiles: ['package-lock.json'], paths: [] } }),
      stepOf('tool', 'go', { language: 'go', version: ['1.25'], cache: { manager: 'go', lockFiles: [], paths: [] } }),
      stepOf('cache', 'own', { key: ['k'], paths: ['x'] }),
    ];
    const { jobs } = lower(graphOf([jobOf('test', [], { steps: cached }), jobOf('publish', [], { steps: cached, publishes: true })])).data;
    expect(jobs.test.steps.map((each: any) => each.with.cache ?? each.with.key)).toEqual(['npm', true, 'k']);
    expect(jobs.publish.steps.map((each: any) => each.with)).toEqual([{ 'node-version': '24', 'package-manager-cache': false }, { 'go-version': '1.25', 'cache': false }]);
  });

  it.each([
    ['python', 'pip', 'actions/setup-python', { 'python-version': '3.13', 'cache': 'pip', 'cache-dependency-path': 'lock' }],
    ['java', 'maven', 'actions/setup-java', { 'distribution': 'temurin', 'java-version': '3.13', 'cache': 'maven', 'cache-dependency-path': 'lock' }],
    ['dotnet', 'nuget', 'actions/setup-dotnet', { 'dotnet-version': '3.13', 'cache': true, 'cache-dependency-path': 'lock' }],
  ] as const)('set up %s', (language, manager, action, told) => {
    const [made] = steps(stepOf('tool', 't', { language, version: ['3.13'], cache: { manager, lockFiles: ['lock'], paths: [] } }));
    expect(made.uses).toContain(`${action}@`);
    expect(made.with).toEqual(told);
  });

  it('keep a cache that the action does not know by one of their own', () => {
    const [, cache] = steps(stepOf('tool', 't', { language: 'python', version: ['3.13'], cache: { manager: 'uv', lockFiles: ['uv.lock'], paths: ['~/.cache/uv'] } }));
    expect(cache.with).toEqual({ 'path': '~/.cache/uv', 'key': 'uv-${{ runner.os }}-${{ hashFiles(\'uv.lock\') }}', 'restore-keys': 'uv-${{ runner.os }}-' });
    const rust = steps(stepOf('tool', 'r', { language: 'rust', version: ['1.90'], cache: { manager: 'cargo', lockFiles: ['Cargo.lock'], paths: ['~/.cargo'] } }));
    expect(rust[0].run).toContain('rustup toolchain install "$TOOLCHAIN"');
    expect(rust[1].uses).toContain('actions/cache@');
  });

  it('take the portable road with the words of the step', () => {
    const portable = { script: 'echo go', workingDirectory: 'app', commands: ['crane'] };
    const made = lower(graphOf([jobOf('build', [], { steps: [{ ...runOf('d', ''), kind: 'delivery', action: 'smoke-test', with: {}, portable, env: { A: [context('sha')] } } as never] })]));
    expect(made.data.jobs.build.steps[0]).toEqual({ 'name': 'd', 'env': { A: '${{ github.sha }}' }, 'working-directory': 'app', 'run': 'echo go' });
    expect(made.rows.find(row => row.part === 'smoke-test d')?.how).toBe('a script, with crane');
  });
});

describe('jobs', () => {
  it('reach services by their names', () => {
    const services = [{ name: 'db', image: 'postgres:17', env: {}, ports: [5432], command: [], readiness: { command: ['sh', '-c', 'a "b"'], intervalSeconds: 1, timeoutSeconds: 2, retries: 3 } }];
    const made = lower(graphOf([jobOf('a', [], { services }), jobOf('b', [], { services, container: { image: 'node:24', env: {} } })])).data.jobs;
    expect(made.a.services.db).toEqual({
      image: 'postgres:17', ports: ['5432:5432'], options: '--health-cmd "sh -c \'a \\"b\\"\'" --health-interval 1s --health-timeout 2s --health-retries 3',
    });
    expect(made.a.steps[0].run).toBe('echo \'127.0.0.1 db\' | sudo tee -a /etc/hosts > /dev/null');
    expect(made.b.steps).toHaveLength(1);
  });

  it('run as root in a container where they write for the runner, whose files belong to somebody else', () => {
    const container = { image: 'ghcr.io/renovatebot/renovate:44', env: {} };
    const of = (...steps: JobNode['steps']) => lower(graphOf([jobOf('a', [], { container, steps })])).data.jobs.a.container;
    expect(of(checkoutOf())).toEqual({ image: container.image, options: '--user root' });
    expect(of(runOf('s', 'echo "v=1" >> "$FAIRWAY_OUTPUT"', { outputs: ['v'] })).options).toBe('--user root');
    expect(of(runOf('s', 'make'))).toEqual({ image: container.image });
  });

  it('let git read what is checked out into a container', () => {
    const container = { image: 'docker.io/library/node:24', env: {} };
    const names = (steps: JobNode['steps'], more: Partial<JobNode> = {}) => lower(graphOf([jobOf('a', [], { steps, ...more })])).data.jobs.a.steps.map((each: any) => each.name);
    expect(names([checkoutOf(), runOf('s', 'git log')], { container })).toEqual(['Check out', 'Let git read what is checked out', 's']);
    expect(names([checkoutOf({ folder: 'other' })], { container })).toEqual(['Check out']);
    expect(names([checkoutOf()])).toEqual(['Check out']);
  });

  it('wait for an approval in an environment, which must have reviewers', () => {
    const approval = { message: 'All green?', approvers: ['acme/sre'], count: 1 };
    const { data, remains, text } = lower(graphOf([jobOf('go', [], { approval, steps: [] })]));
    expect(data.jobs.go.environment).toBe('go-approval');
    expect(data.jobs.go.permissions).toEqual({ actions: 'read' });
    expect(data.jobs.go.steps[0].env).toEqual({ ENVIRONMENT: 'go-approval', TOKEN: '${{ github.token }}' });
    expect(remains).toEqual([{ what: expect.stringContaining('acme/sre as required reviewers'), where: 'Settings > Environments' }]);
    expect(text).toContain('# All green?\n    environment: go-approval');
    expect(lower(graphOf([jobOf('go', [], { approval, steps: [] })]), { approvalGuard: false }).data.jobs.go.steps).toEqual([{ name: 'Approved', run: 'echo approved' }]);
  });

  it('fetch tokens into files, right before who reads them', () => {
    const { data } = lower(graphOf([jobOf('go', [], { identities: [{ name: 'AWS', audience: 'sts.amazonaws.com' }], steps: [checkoutOf(), runOf('use', 'cat "$AWS_FILE"')] })]));
    const [, fetch, use] = data.jobs.go.steps;
    expect(data.jobs.go.permissions).toEqual({ 'contents': 'read', 'id-token': 'write' });
    expect(fetch.env).toEqual({ AUDIENCE: 'sts.amazonaws.com' });
    expect(fetch.run).not.toMatch(/GITHUB_ENV.*value/);
    expect(use.name).toBe('use');
  });

  it('have a matrix that another job computes', () => {
    const { data } = lower(graphOf([
      jobOf('plan', [], { steps: [runOf('plan', 'x', { outputs: ['legs'] })], outputs: [{ name: 'legs', step: 'plan', output: 'legs' }] }),
      jobOf('legs', ['output:plan'], { matrix: { kind: 'dynamic', from: output('plan', 'legs') as never, axes: ['x'], failFast: false, maxParallel: 3 } }),
    ]));
    expect(data.jobs.legs.strategy).toEqual({ 'fail-fast': false, 'max-parallel': 3, 'matrix': { include: '${{ fromJSON(needs.plan.outputs.legs) }}' } });
  });

  it('run where they are told', () => {
    const runners = (os: 'linux' | 'windows' | 'macos', arch: 'x64' | 'arm64', labels: string[] = []) =>
      lower(graphOf([jobOf('a', [], { runner: { os, arch, labels } })]), { runners: { 'linux-arm64': 'own' } }).data.jobs.a['runs-on'];
    expect([runners('linux', 'x64'), runners('linux', 'arm64'), runners('macos', 'arm64'), runners('linux', 'x64', ['self-hosted', 'gpu']), runners('linux', 'x64', ['big'])])
      .toEqual(['ubuntu-24.04', 'own', 'macos-15', ['self-hosted', 'gpu'], 'big']);
  });

  it('show the address of a deployment', () => {
    const { data } = lower(graphOf([jobOf('go', [], {
      environment: { name: 'prod', url: ['https://', stepOutput('d', 'host')] },
      steps: [runOf('d', 'x', { outputs: ['host'], env: { T: [secret('T')] } })],
    })]));
    expect(data.jobs.go.environment).toEqual({ name: 'prod', url: 'https://${{ steps.d.outputs.host }}' });
    expect(data.jobs.go.steps[0].env).toEqual({ T: '${{ secrets.T }}' });
  });
});

describe('delivery steps', () => {
  const made = () => lower(delivering()).data.jobs;
  const named = (name: string) => made().image.steps.filter((each: any) => each.name === name);

  it('log in, build, scan and attest by actions, without what the script alone reads', () => {
    expect(named('login')[0].env).toBeUndefined();
    expect(named('image')[0].with).toMatchObject({ context: '.', push: true, provenance: 'mode=max', sbom: true, platforms: 'linux/amd64,linux/arm64' });
    expect(named('image')[0].env).toEqual({ MINE: 'x' });
    expect(named('Say what was built')[0].id).toBe('image');
    expect(named('Set up Buildx')[0].with).toEqual({ 'cache-binary': false });
    expect(named('scan')[0].with).toMatchObject({ 'severity-cutoff': 'high', 'fail-build': true, 'output-file': 'scan.sarif' });
    expect(named('provenance')[0].with).toMatchObject({ 'subject-name': 'ghcr.io/acme/shop', 'push-to-registry': true });
    expect(made().image.permissions).toMatchObject({ 'actions': 'read', 'attestations': 'write', 'security-events': 'write', 'id-token': 'write' });
  });

  it('install what signs once', () => {
    expect(named('Install cosign')).toHaveLength(1);
    expect(named('sign')[0].run).toBe('echo sign-image');
  });

  it('keep reports before the script that may fail', () => {
    const names = made().test.steps.map((each: any) => each.name);
    expect(names.indexOf('Keep the coverage report')).toBe(names.indexOf('coverage') - 1);
  });

  it('take the script where an action cannot say it', () => {
    const { data } = lower(graphOf([jobOf('a', [], {
      steps: [
        deliveryOf('build', 'build-image', { image: ['x'], context: ['.'], push: false }),
        deliveryOf('scan', 'scan-image', { image: ['x'], digest: ['y'], scanner: ['trivy'], severity: ['high'], report: ['r'] }),
        deliveryOf('login', 'login-registry', { registry: ['x'] }),
      ],
    })]));
    expect(data.jobs.a.steps.map((each: any) => each.run)).toEqual(['echo build-image', 'echo scan-image', 'echo login-registry']);
  });

  it('get tokens right before they read them', () => {
    const { data } = lower(graphOf([jobOf('a', [], {
      identities: [{ name: 'A', audience: 'a' }, { name: 'B', audience: 'b' }],
      steps: [checkoutOf(), runOf('make', 'make'), runOf('use', 'cat "$A_FILE"')],
    })]));
    expect(data.jobs.a.steps.map((each: any) => each.name)).toEqual(['Check out', 'Fetch the token B', 'make', 'Fetch the token A', 'use']);
  });

  it('check out another repository by the action, which keeps no credentials', () => {
    const told = (server: string) => ({
      host: ['github'], address: [`${server}/acme/platform.git`], repository: ['acme/platform'], token: [secret('PLATFORM_TOKEN')], ref: ['main'], folder: ['platform'], depth: 0,
    });
    const variables = { HOST_TOKEN: [secret('PLATFORM_TOKEN')], CLONE_ADDRESS: ['x'], MINE: ['1'] };
    const lowered = (server: string, options = {}) => lower(graphOf([jobOf('hand-over', [], {
      steps: [deliveryOf('platform', 'checkout-repository', told(server), { env: variables, outputs: ['commit'] }), runOf('read', 'echo "$C"', { env: { C: [stepOutput('platform', 'commit')] } })],
    })], { secrets: [{ name: 'PLATFORM_TOKEN' }] }), options).data.jobs['hand-over'];
    const { permissions, steps } = lowered('https://github.com');
    expect(permissions).toEqual({});
    expect(steps[0]).toMatchObject({
      uses: expect.stringMatching(/^actions\/checkout@/),
      id: 'platform',
      with: { 'repository': 'acme/platform', 'token': '${{ secrets.PLATFORM_TOKEN }}', 'ref': 'main', 'path': 'platform', 'fetch-depth': 0, 'persist-credentials': false },
      env: { MINE: '1' },
    });
    expect(Object.keys(steps[0].with)).not.toContain('github-server-url');
    expect(Object.keys(steps[0].env)).toEqual(['MINE']);
    expect(lowered('https://github.example.com').steps[0].with['github-server-url']).toBe('https://github.example.com');
    expect(lowered('https://github.com', { allowedActions: ['other/*'] }).steps[0].run).toContain('echo checkout-repository');
    const foreign = { ...told('https://gitlab.com'), host: ['gitlab'] };
    expect(lower(graphOf([jobOf('a', [], { steps: [deliveryOf('platform', 'checkout-repository', foreign)] })], { secrets: [{ name: 'PLATFORM_TOKEN' }] })).data.jobs.a.steps[0].uses).toBeUndefined();
  });
});

describe('one required check', () => {
  const filtered = { ...PULL_REQUEST, paths: { include: ['src/**'], exclude: [] } } as TriggerNode;

  it('always ends, whatever paths a pull request touches', () => {
    const { data, remains } = lower(graphOf([jobOf('build'), jobOf('release', ['build'], { condition: { kind: 'event', is: ['push'] } })], { triggers: [PUSH, filtered] }));
    expect(data.on.pull_request).toBeNull();
    expect(data.jobs.build.if).toBe('github.event_name != \'pull_request\' || needs.changes.outputs.pull_request == \'true\'');
    expect(data.jobs.required.needs).toEqual(['changes', 'build']);
    expect(data.jobs.required.if).toBe('always() && github.event_name == \'pull_request\'');
    expect(remains.map(each => each.where)).toEqual(['Settings > Rules']);
  });

  it('can be refused, and asked for', () => {
    const refused = lower(graphOf([jobOf('build')], { triggers: [filtered] }), { requiredCheck: false });
    expect(refused.data.on.pull_request).toEqual({ paths: ['src/**'] });
    expect(refused.codes).toEqual(['FW1091']);
    const asked = lower(graphOf([jobOf('required')], { triggers: [PULL_REQUEST] }), { requiredCheck: true });
    expect(asked.data.jobs['required-2'].needs).toEqual(['required']);
    expect(asked.data.jobs['required-2'].if).toBe('always()');
  });

  it('skips drafts', () => {
    const { data } = lower(graphOf([jobOf('build'), jobOf('clean', ['build'], { condition: { kind: 'status', status: 'always' } })],
      { triggers: [{ ...PULL_REQUEST, drafts: false } as TriggerNode] }));
    expect(data.on.pull_request.types).toContain('ready_for_review');
    expect(data.jobs.build.if).toBe('github.event.pull_request.draft != true');
    expect(data.jobs.clean.if).toBe('github.event.pull_request.draft != true && always()');
  });
});

describe('concurrency', () => {
  const of = (concurrency: any, triggers: TriggerNode[], jobs = [jobOf('build')], options = {}) => lower(graphOf(jobs, { concurrency, triggers }), options);

  it('is of one workflow, for a ref alone', () => {
    expect(of({ group: [context('ref')], onNew: 'replacePending', cancelPullRequests: true }, [PUSH, PULL_REQUEST]).data.concurrency)
      .toEqual({ 'group': 'ci-${{ github.ref }}', 'cancel-in-progress': '${{ github.event_name == \'pull_request\' }}' });
  });

  it('never cancels a run of a merge queue, or a deployment', () => {
    const cancel = { group: ['x'], onNew: 'cancelRunning', cancelPullRequests: false };
    expect(of(cancel, [PUSH, { kind: 'mergeQueue', branches: { include: ['**'], exclude: [] } }]).data.concurrency['cancel-in-progress']).toBe('${{ github.event_name != \'merge_group\' }}');
    const deploys = of(cancel, [PUSH, PULL_REQUEST], [jobOf('go', [], { environment: { name: 'prod' }, condition: { kind: 'event', is: ['push'] } })]);
    expect(deploys.data.concurrency['cancel-in-progress']).toBe('${{ github.event_name == \'pull_request\' }}');
    expect(deploys.codes).toEqual(['FW1091']);
    expect(of(cancel, [PUSH], [jobOf('go', [], { publishes: true })]).data.concurrency['cancel-in-progress']).toBe(false);
    const previews = of({ ...cancel, onNew: 'replacePending', cancelPullRequests: true }, [PULL_REQUEST], [jobOf('go', [], { environment: { name: 'preview' } })]);
    expect([previews.data.concurrency['cancel-in-progress'], previews.codes]).toEqual([false, []]);
  });

  const replacing = { group: ['deploy-prod'], onNew: 'replacePending' as const, cancelPullRequests: false };
  const legs = (more: Partial<JobNode> = {}) => graphOf([jobOf('go', [], {
    matrix: {
      kind: 'static',
      axes: [{ name: 'region', values: ['eu', 'us', 'ap'] }],
      include: [],
      exclude: [],
      combinations: ['eu', 'us', 'ap'].map(region => ({ region })),
      failFast: true,
    },
    concurrency: replacing,
    ...more,
  })]);

  it('does not let legs of a matrix push each other out of their group', () => {
    const { data, codes } = lower(legs());
    expect(data.jobs.go.concurrency).toEqual({ 'group': 'deploy-prod-${{ matrix.region }}', 'cancel-in-progress': false });
    expect(data.jobs.go.strategy['max-parallel']).toBe(1);
    expect(codes).toEqual(['FW1091']);
    const named = lower(legs({ concurrency: { ...replacing, group: ['deploy-', { kind: 'matrix', axis: 'region' }] } }));
    expect([named.data.jobs.go.concurrency.group, named.data.jobs.go.strategy['max-parallel'], named.codes]).toEqual(['deploy-${{ matrix.region }}', undefined, []]);
    const queued = lower(legs(), { concurrencyQueue: true });
    expect([queued.data.jobs.go.concurrency, queued.data.jobs.go.strategy['max-parallel'], queued.codes]).toEqual([{ group: 'deploy-prod', queue: 'max' }, undefined, []]);
  });

  it('says which jobs of a run push each other out of a group', () => {
    const three = (more: (i: number) => Partial<JobNode>, onNew: 'replacePending' | 'cancelRunning' = 'replacePending') =>
      graphOf([0, 1, 2].map(i => jobOf(`go${i}`, [], { concurrency: { ...replacing, onNew }, ...more(i) })), { triggers: [PUSH, { kind: 'manual' }] });
    expect(lower(three(() => ({}))).codes).toEqual(['FW1121']);
    expect(lower(three(i => ({ needs: i === 2 ? needsOf('go0') : [] }))).codes).toEqual([]);
    expect(lower(three(i => ({ condition: { kind: 'event', is: [i === 2 ? 'manual' : 'push'] } }))).codes).toEqual([]);
    expect(lower(three(i => ({ needs: i === 2 ? needsOf('go0') : [] }), 'cancelRunning')).codes).toEqual(['FW1121']);
    const queued = lower(three(() => ({})), { concurrencyQueue: true });
    expect([queued.data.jobs.go2.concurrency, queued.codes]).toEqual([{ group: 'deploy-prod', queue: 'max' }, []]);
  });

  it('queues with a word that the option allows', () => {
    const queue = { group: ['x'], onNew: 'queue', cancelPullRequests: false };
    expect(of(queue, [PUSH]).codes).toEqual(['FW1090']);
    expect(of(queue, [PUSH], [jobOf('a')], { concurrencyQueue: true }).data.concurrency).toEqual({ group: 'x', queue: 'max' });
  });
});
