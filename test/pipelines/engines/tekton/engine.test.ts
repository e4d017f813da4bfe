import * as fc from 'fast-check';
import * as yaml from 'yaml';
import { everything } from './everything';
import { lower, REPOSITORY } from './lowered';
import { TektonBackend } from '../../../../src/pipelines/engines/tekton/engine';
import { TektonEvents } from '../../../../src/pipelines/engines/tekton/options';
import type { ConditionNode, JobNode, StepNode, TriggerNode } from '../../../../src/pipelines/graph';
import { VALUES } from '../../../promotion/support';
import { expectFinding, NO_TEXT } from '../../../support/misuse';
import { checkoutOf, context, graphOf, jobOf, output, PULL_REQUEST, PUSH, runOf, stepOf } from '../../graphs';
import '../../../support/properties';
import { Diagnostics } from 'cdk8s-fairway';

/* What a pipeline becomes on Tekton. */

const scriptsOf = (objects: any[]) => objects.filter(object => object.kind === 'Task').flatMap(task => task.spec.steps.map((each: any) => each.script as string));
const rowsOf = (jobs: JobNode[], options = {}, fields = {}) => lower(graphOf(jobs, fields), options).rows.map(row => `${row.job ?? ''} ${row.part}: ${row.support}`.trim());

test('a job is a Task, a step is a container, and the Pipeline orders them', () => {
  const { pipeline, task, findings } = lower(graphOf([jobOf('build', [], { steps: [runOf('make', 'make\nmake test', { env: { A: ['b'] }, workingDirectory: 'src' })] }), jobOf('deploy', ['build'])]), { images: { base: 'a@sha256:b' } });
  expect(findings).toEqual([]);
  expect(pipeline.spec).toEqual({
    displayName: 'CI',
    params: [{ name: 'ctx-event', default: 'manual' }],
    tasks: [{ name: 'build', taskRef: { name: 'ci-build' }, timeout: '30m0s' }, { name: 'deploy', taskRef: { name: 'ci-deploy' }, runAfter: ['build'], timeout: '30m0s' }],
  });
  expect(task('build').spec.steps).toEqual([{
    name: 'make', image: 'a@sha256:b', workingDir: '/workspace/source', env: [{ name: 'A', value: 'b' }], script: '#!/usr/bin/env bash\nset -euo pipefail\ncd src\nmake\nmake test\n',
  }]);
});

test('steps and pods pass the restricted pod security standard, and have no token', () => {
  const { find, task } = lower(graphOf([jobOf('a')]));
  expect(task('a').spec.stepTemplate.securityContext).toEqual({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
  expect(find('TriggerTemplate', 'ci').spec.resourcetemplates[0].spec.taskRunTemplate).toEqual({
    serviceAccountName: 'ci',
    podTemplate: {
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: { runAsNonRoot: true, runAsUser: 65532, runAsGroup: 65532, fsGroup: 65532, seccompProfile: { type: 'RuntimeDefault' } },
    },
  });
  expect(find('NetworkPolicy', 'ci-runs').spec).toEqual({ podSelector: { matchLabels: { 'tekton.dev/pipeline': 'ci' } }, policyTypes: ['Ingress'], ingress: [] });
});

test('the listener reads no Secrets, and creates nothing but runs', () => {
  const rules = lower(graphOf([jobOf('a')])).objects.filter(object => ['Role', 'ClusterRole'].includes(object.kind)).flatMap(object => object.rules);
  expect(rules.filter((rule: any) => rule.verbs.includes('create'))).toEqual([
    { apiGroups: [''], resources: ['events'], verbs: ['create', 'patch'] }, { apiGroups: ['tekton.dev'], resources: ['pipelineruns'], verbs: ['create'] },
  ]);
  expect(rules.flatMap((rule: any) => rule.resources)).not.toEqual(expect.arrayContaining(['secrets']));
  expect(JSON.stringify(rules)).not.toMatch(/\*|impersonate/);
});

test('values come by params and variables, and secrets stand behind them', () => {
  const { task, taskOf } = lower(graphOf([
    jobOf('a', [], { outputs: [{ name: '_v_', step: 'main', output: '_v_' }] }),
    jobOf('b', ['output:a'], {
      matrix: { kind: 'static', axes: [{ name: 'os', values: ['x'] }], include: [], exclude: [], combinations: [{ os: 'x' }], failFast: false },
      steps: [runOf('run', 'true', { env: { S: [{ kind: 'secret', name: 'TOKEN' }], T: ['#', context('changeTitle'), '$'], O: [output('a', '_v_')], M: [{ kind: 'matrix', axis: 'os' }], I: [{ kind: 'input', name: 'os' }], R: [context('repository')], E: [{ kind: 'secret', name: 'PROD' }] } })],
    }),
  ], { secrets: [{ name: 'TOKEN' }, { name: 'PROD', environment: 'prod' }], inputs: [{ name: 'os', type: 'string', description: '', required: true, options: [] }] }));
  expect(task('b').spec.steps[0].env).toEqual([
    { name: 'T', value: '#$(params.ctx-change-title)$' },
    { name: 'O', value: '$(params.out-a-_v_)' },
    { name: 'M', value: '$(params.os)' },
    { name: 'I', value: '$(params.os-2)' },
    { name: 'R', value: 'acme/shop' },
    { name: 'S', valueFrom: { secretKeyRef: { name: 'pipeline-secrets', key: 'TOKEN' } } },
    { name: 'E', valueFrom: { secretKeyRef: { name: 'pipeline-secrets-prod', key: 'PROD' } } },
  ]);
  expect(taskOf('b').params).toEqual([
    { name: 'ctx-change-title', value: '$(params.ctx-change-title)' }, { name: 'out-a-_v_', value: '$(tasks.a.results.o_v_o)' }, { name: 'os-2', value: '$(params.os)' },
  ]);
});

test('a script that Tekton would change comes encoded, and is the same', () => {
  const script = 'echo "$(params.x)"\necho \'$(tasks.a.results.b)\' $(context["y"]) ä';
  const [made] = scriptsOf(lower(graphOf([jobOf('a', [], { steps: [runOf('run', script)] })])).objects);
  expect(made).not.toContain('$(params');
  const encoded = /<<'END'\n([^]*)\nEND/.exec(made)![1];
  expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe(`#!/usr/bin/env bash\nset -euo pipefail\n${script}\n`);
});

test('no text of ours or of the user is ever a reference in a script', () => {
  const live = /\$\((?:params|inputs|outputs|context|results|step|steps|tasks|finally|workspaces|credentials|artifacts)[.[]/;
  const word = fc.oneof(fc.string(), fc.constantFrom('$(params.x)', '$(workspaces.source.path)', '$(context.task.name)', '$(ls)', '`a`', '\'', 'FAIRWAY_SCRIPT', '\n'));
  fc.assert(fc.property(fc.array(word).map(words => words.join('')), fc.record({ shell: fc.constantFrom('bash' as const, 'sh' as const, 'pwsh' as const), retried: fc.boolean(), always: fc.boolean() }), (script, { shell, retried, always }) => {
    const condition: ConditionNode = always ? { kind: 'status', status: 'always' } : { kind: 'compare', value: context('branch'), in: ['$(params.x)', '\''] };
    const { objects } = lower(graphOf([jobOf('a', [], { steps: [runOf('run', script, { shell, condition, ...retried && { retry: { attempts: 2, delaySeconds: 1 } } }), runOf('last', 'true')] })]));
    scriptsOf(objects).forEach(each => expect(each).not.toMatch(live));
  }));
});

test('values never enter the text of a script', () => {
  const secret = 'S3CRET_NAME';
  const { objects } = lower(everything(), { approvals: true, storage: { cacheClaim: 'c' } });
  scriptsOf(objects).forEach(script => expect(script).not.toMatch(/ctx-|dryRun|NPM_TOKEN/));
  const own = lower(graphOf([jobOf('a', [], { steps: [runOf('run', 'true', { env: { A: [{ kind: 'secret', name: secret }, 'x'], B: [{ kind: 'stepOutput', step: 's', name: 'o' }, context('actor')] } })] })]));
  const [made] = scriptsOf(own.objects);
  expect(made).not.toContain(secret);
  expect(made).toContain('A="$FAIRWAY_VALUE_1"x\nexport A\nB="$(fairway_output s o)""$FAIRWAY_VALUE_2"\nexport B\n');
});

test('texts with dollars reach a variable as they are', () => {
  // What the kubelet makes of a value (third_party/forked/golang/expansion of k8s.io/kubernetes).
  const expand = (text: string) => text.replace(/\$\$|\$\(([^)]*)\)/g, (match, name) => match === '$$' ? '$' : name === 'A' ? 'EXPANDED' : match);
  fc.assert(fc.property(fc.array(fc.constantFrom('$', '(', 'A', ')', ' ', 'x')).map(parts => parts.join('')), text => {
    const { task } = lower(graphOf([jobOf('a', [], { steps: [runOf('run', 'true', { env: { A: ['1'], B: [text === '' ? 'x' : text] } })] })]));
    expect(expand(task('a').spec.steps[0].env[1].value)).toBe(text === '' ? 'x' : text);
  }));
});

test.each<[gap: string, jobs: JobNode[], options?: any, fields?: any]>([
  ['a runner windows', [jobOf('a', [], { runner: { os: 'windows', arch: 'x64', labels: [] } })]],
  ['a runner gpu', [jobOf('a', [], { runner: { os: 'linux', arch: 'x64', labels: ['gpu'] } })]],
  ['a approval', [jobOf('a', [], { approval: { message: 'go', approvers: ['ann'], count: 1 } })]],
  ['a approval', [jobOf('a', [], { approval: { message: 'go', approvers: [], count: 1 } })], { approvals: true }],
  ['b approval', [jobOf('a'), jobOf('b', ['a'], { condition: { kind: 'status', status: 'always' }, approval: { message: 'go', approvers: ['ann'], count: 1 } })], { approvals: true }],
  ['a matrix', [jobOf('a', [], { matrix: { kind: 'dynamic', from: output('b', 'c') as any, axes: ['x'], failFast: false } })]],
  ['a matrix', [jobOf('a', [], { matrix: { kind: 'static', axes: [{ name: 'x', values: ['$(y)'] }], include: [], exclude: [], combinations: [{ x: '$(y)' }], failFast: false } })]],
  ['a outputs', [jobOf('a', [], { outputs: [{ name: 'o', step: 'main', output: 'o' }], matrix: { kind: 'static', axes: [{ name: 'x', values: ['y'] }], include: [], exclude: [], combinations: [{ x: 'y' }], failFast: false } })]],
  ['a variable A', [jobOf('a', [], { env: { A: ['$(params.x)'] } })]],
  ['a container credentials', [jobOf('a', [], { container: { image: 'i', env: {}, credentials: { username: ['u'], password: ['p'] } } })]],
  ['a checkout persistCredentials', [jobOf('a', [], { steps: [checkoutOf({ persistCredentials: true })] })]],
  ['a tool python', [jobOf('a', [], { steps: [stepOf('tool', 'node'), stepOf('tool', 'python', { language: 'python' })] })]],
  ['a step n', [jobOf('a', [], { steps: [stepOf('native', 'n', { bodies: {} })] })]],
  ['c needs', [jobOf('a'), jobOf('b', ['a'], { condition: { kind: 'status', status: 'always' } }), jobOf('c', ['b'])]],
  ['b cancelled()', [jobOf('a'), jobOf('b', ['a'], { condition: { kind: 'status', status: 'cancelled' } })]],
  ['b outputs', [jobOf('a', [], { outputs: [{ name: 'o', step: 'main', output: 'o' }] }), jobOf('b', ['output:a'], { condition: { kind: 'status', status: 'always' }, env: { A: [output('a', 'o')] } })]],
  ['runNumber', [jobOf('a', [], { env: { A: [context('runNumber')] } })]],
  ['concurrency', [jobOf('a', [], { publishes: true })], {}, { concurrency: { group: ['g'], onNew: 'replacePending', cancelPullRequests: true } }],
  ['a concurrency', [jobOf('a', [], { concurrency: { group: ['g'], onNew: 'queue', cancelPullRequests: false } })]],
  ['trigger mergeQueue', [jobOf('a')], { events: TektonEvents.GITLAB }, { triggers: [{ kind: 'mergeQueue', branches: { include: ['**'], exclude: [] } }] }],
  ['a service s', [jobOf('a', [], { services: [{ name: 's', image: 'i', env: { A: ['x', { kind: 'secret', name: 'S' }] }, ports: [], command: [] }] })]],
])('%s is an error', (...[gap, jobs, options, fields]) => {
  const { gaps, codes } = lower(graphOf(jobs, fields), options);
  expect(gaps).toContain(gap);
  expect(codes).toContain('FW1090');
});

test('somebody else may see to it that runs exclude each other', () => {
  const fields = { concurrency: { group: ['g'], onNew: 'replacePending', cancelPullRequests: true } } as const;
  expect(rowsOf([jobOf('a', [], { publishes: true })], { concurrencyHeldBy: 'Kueue admits one run at a time' }, fields)).toContain('concurrency: emulated');
});

test('what one is told about, and what one is not', () => {
  expect(rowsOf([jobOf('a', [], { steps: [stepOf('upload', 'u', { artifact: 'x', retentionDays: 5 })] })])).toEqual(expect.arrayContaining(['a artifact x: emulated', 'a artifact x: approximated']));
  expect(rowsOf([jobOf('a')], {}, { concurrency: { group: ['g'], onNew: 'cancelRunning', cancelPullRequests: true } })).toContain('concurrency: unsupported');
  expect(rowsOf([jobOf('a'), jobOf('b'), jobOf('c', ['a'])])).toContain('independent jobs: approximated');
  expect(rowsOf([jobOf('a'), jobOf('b'), jobOf('c', ['a', 'b'])])).not.toContain('independent jobs: approximated');
});

test('a failure that is allowed does not stop the others', () => {
  const { taskOf } = lower(graphOf([jobOf('a', [], { allowFailure: true, attempts: 3 })]));
  expect(taskOf('a')).toEqual({ name: 'a', taskRef: { name: 'ci-a' }, onError: 'continue', timeout: '30m0s' });
});

test('timeouts of a run are those of the longest way through it', () => {
  const { find } = lower(graphOf([
    jobOf('a', [], { timeoutMinutes: 60, attempts: 2 }), jobOf('b', [], { timeoutMinutes: 90 }), jobOf('c', ['a', 'b'], { timeoutMinutes: 30 }), jobOf('d', ['c'], { timeoutMinutes: 15, condition: { kind: 'status', status: 'always' } }),
  ]));
  expect(find('TriggerTemplate', 'ci').spec.resourcetemplates[0].spec.timeouts).toEqual({ pipeline: '165m0s', tasks: '150m0s', finally: '15m0s' });
});

test('an approval is a task before the job, or the job itself', () => {
  const { pipeline } = lower(graphOf([
    jobOf('go', [], { steps: [], approval: { message: 'Go?', approvers: ['ann', 'acme/sre'], count: 2, timeoutMinutes: 60 } }),
    jobOf('deploy', ['go'], { environment: { name: 'prod', protection: { approvals: { teams: ['acme/sre'], count: 1 }, restrictedTimes: false, requireHealth: false, requireAnalysis: [] } } }),
  ]), { approvals: true });
  const approval = { taskRef: { apiVersion: 'openshift-pipelines.org/v1alpha1', kind: 'ApprovalTask' } };
  expect(pipeline.spec.tasks).toEqual([
    { name: 'go', ...approval, params: [{ name: 'approvers', value: ['ann', 'group:acme/sre'] }, { name: 'numberOfApprovalsRequired', value: '2' }, { name: 'description', value: 'Go?' }], timeout: '60m0s' },
    { name: 'deploy-environment', ...approval, params: [{ name: 'approvers', value: ['group:acme/sre'] }, { name: 'numberOfApprovalsRequired', value: '1' }, { name: 'description', value: 'Release to prod' }], runAfter: ['go'], timeout: '1440m0s' },
    { name: 'deploy', taskRef: { name: 'ci-deploy' }, runAfter: ['go', 'deploy-environment'], timeout: '30m0s' },
  ]);
});

test('cel is used where it is allowed, for values that nobody outside chooses', () => {
  const either = (value: any): ConditionNode => ({ kind: 'or', of: [{ kind: 'event', is: ['push'] }, { kind: 'compare', value, in: ['a'] }] });
  const jobs = [jobOf('a', [], { condition: either(context('changeNumber')) }), jobOf('b', [], { condition: either(context('branch')) })];
  expect(lower(graphOf(jobs), { celInWhen: true }).taskOf('a').when).toEqual([{ cel: '(\'$(params.ctx-event)\' in ["push"] || \'$(params.ctx-change-number)\' in ["a"])' }]);
  expect(lower(graphOf(jobs), { celInWhen: true }).taskOf('b').when).toEqual([{ input: '$(tasks.b-when.results.run)', operator: 'in', values: ['true'] }]);
  expect(lower(graphOf(jobs)).taskOf('a').when).toEqual([{ input: '$(tasks.a-when.results.run)', operator: 'in', values: ['true'] }]);
});

test('caches are bound for events that are trusted, and left out of jobs that publish', () => {
  const cache: StepNode = stepOf('cache', 'npm', { key: ['npm-', { kind: 'hash', files: ['package-lock.json'] }], restoreKeys: [['npm-']], paths: ['~/.npm'] });
  const jobs = [jobOf('a', [], { steps: [cache, runOf('run', 'npm ci')] }), jobOf('b', [], { steps: [cache], publishes: true })];
  const { find, task, pipeline } = lower(graphOf(jobs, { triggers: [PUSH, PULL_REQUEST] }), { storage: { cacheClaim: 'shared' } });
  expect(pipeline.spec.workspaces).toEqual([{ name: 'cache', optional: true }]);
  expect(task('a').spec.steps.map((each: any) => each.name)).toEqual(['npm', 'run', 'save-npm']);
  expect(task('b').spec.workspaces).toBeUndefined();
  expect(find('TriggerTemplate', 'ci').spec.resourcetemplates[0].spec.workspaces).toEqual([{ name: 'cache', subPath: 'ci', persistentVolumeClaim: { claimName: 'shared' } }]);
  expect(find('TriggerTemplate', 'ci-change').spec.resourcetemplates[0].spec.workspaces).toBeUndefined();
});

test('an image that is built says what Tekton Chains signs', () => {
  const build: StepNode = stepOf('delivery', 'image', { outputs: ['digest'], action: 'build-image', with: { image: ['ghcr.io/acme/shop'] }, portable: { script: 'buildah build .', commands: [] } });
  const { task, find, remains } = lower(graphOf([jobOf('a', [], { steps: [build] })]));
  expect(task('a').spec.results).toEqual([{ name: 'IMAGE_URL' }, { name: 'IMAGE_DIGEST' }]);
  expect(task('a').spec.steps[0]).toMatchObject({ image: 'quay.io/buildah/stable:latest', securityContext: { runAsUser: 0, allowPrivilegeEscalation: false } });
  expect(find('TriggerTemplate', 'ci').spec.resourcetemplates[0].spec.taskRunSpecs).toEqual([{ pipelineTaskName: 'a', podTemplate: { hostUsers: false } }]);
  expect(remains.map(each => each.what).join()).toContain('user namespace');
});

test('steps of its own, as they are given', () => {
  const own: StepNode = stepOf('native', 'own', { bodies: { tekton: { ref: { name: 'notify' }, params: [{ name: 'a', value: 'b' }] } } });
  expect(lower(graphOf([jobOf('a', [], { steps: [own] })])).task('a').spec.steps).toEqual([{ name: 'own', ref: { name: 'notify' }, params: [{ name: 'a', value: 'b' }] }]);
});

test('patches change the Task of a job, and the Pipeline', () => {
  const patches = [
    { system: 'tekton' as const, job: 'a', operations: [{ op: 'add' as const, path: '/spec/description', value: 'mine' }], reason: 'why' },
    { system: 'tekton' as const, operations: [{ op: 'remove' as const, path: '/spec/displayName' }], reason: 'why' },
    { system: 'gitlab' as const, operations: [{ op: 'remove' as const, path: '/spec' }], reason: 'why' },
  ];
  const { task, pipeline } = lower(graphOf([jobOf('a')], { patches }));
  expect(task('a').spec.description).toBe('mine');
  expect(pipeline.spec.displayName).toBeUndefined();
  expect(lower(graphOf([jobOf('a')], { patches: [{ system: 'tekton', job: 'a', operations: [{ op: 'replace', path: '/no/such', value: 1 }], reason: 'x' }] })).codes).toContain('FW1255');
});

describe('what starts a run', () => {
  const filterOf = (trigger: TriggerNode, options: any, name: string) => {
    const made = lower(graphOf([jobOf('a', [], { steps: [checkoutOf()] })], { triggers: [trigger] }), options).find('Trigger', name);
    return { host: made.spec.interceptors[0], filter: made.spec.interceptors[1].params[0].value as string };
  };
  const globs = { include: ['main', 'release/*'], exclude: ['release/0'] };

  test.each<[title: string, trigger: TriggerNode, name: string, parts: string[], events: string[]]>([
    ['a push', { kind: 'push', branches: globs, paths: { include: ['src/**'], exclude: [] } }, 'ci-push', ['!body.deleted', 'body.ref.substring(11).matches("^(?:main|release/[^/]*)$")', '!body.ref.substring(11).matches("^(?:release/0)$")', 'extensions.changed_files.split(\',\').exists(file, file.matches("^(?:src/.*)$"))'], ['push']],
    ['a tag', { kind: 'tag', tags: { include: ['v*'], exclude: [] } }, 'ci-tag', ['body.ref.startsWith("refs/tags/")', 'body.ref.substring(10).matches("^(?:v[^/]*)$")'], ['push']],
    ['a pull request', { ...PULL_REQUEST, drafts: false } as TriggerNode, 'ci-pull-request', ['!body.pull_request.draft', 'body.pull_request.head.repo.full_name == body.repository.full_name'], ['pull_request']],
    ['a release', { kind: 'release' }, 'ci-release', ['body.action == "published"'], ['release']],
  ])('%s on GitHub', (_, trigger, name, parts, events) => {
    const { host, filter } = filterOf(trigger, {}, name);
    expect(host.ref).toEqual({ name: 'github', kind: 'ClusterInterceptor' });
    expect(host.params.slice(0, 2)).toEqual([{ name: 'secretRef', value: { secretName: 'webhook', secretKey: 'token' } }, { name: 'eventTypes', value: events }]);
    expect(filter.split(' && ')).toEqual(expect.arrayContaining(['body.repository.full_name == "acme/shop"', ...parts]));
  });

  test.each<[title: string, trigger: TriggerNode, name: string, parts: string[], events: string[]]>([
    ['a push', { kind: 'push', branches: globs }, 'ci-push', ['body.ref.startsWith("refs/heads/")'], ['Push Hook']],
    ['a tag', { kind: 'tag', tags: { include: ['**'], exclude: [] } }, 'ci-tag', ['body.ref.startsWith("refs/tags/")'], ['Tag Push Hook']],
    ['a merge request', PULL_REQUEST, 'ci-pull-request', ['body.object_attributes.source_project_id == body.object_attributes.target_project_id'], ['Merge Request Hook']],
  ])('%s on GitLab', (_, trigger, name, parts, events) => {
    const { host, filter } = filterOf(trigger, { repository: 'https://gitlab.acme.com/a/b/shop.git' }, name);
    expect(host.ref.name).toBe('gitlab');
    expect(host.params[1].value).toEqual(events);
    expect(filter.split(' && ')).toEqual(expect.arrayContaining(['body.project.path_with_namespace == "a/b/shop"', ...parts]));
  });

  test('scripts that no pod could be given are refused', () => {
    const steps = (length: number) => [1, 2, 3].map(i => runOf(`s${i}`, '#'.repeat(length)));
    const gaps = (length: number) => lower(graphOf([jobOf('a', [], { steps: steps(length) })])).gaps;
    expect(gaps(30_000)).toEqual([]);
    expect(gaps(33_000)).toEqual(['a scripts']);
  });

  test('a run by hand stands ready, with all that the pipeline needs', () => {
    const upload = { ...runOf('up', ''), kind: 'upload', artifact: 'x', paths: ['x'], ifMissing: 'error' } as any;
    const input = { name: 'why', description: 'Why', type: 'string', required: true, options: [] } as any;
    const given = graphOf([jobOf('a', [], { steps: [upload], uploads: ['x'], timeoutMinutes: 90 })], { triggers: [{ kind: 'manual' }], inputs: [input] });
    const { find, remains } = lower(given);
    const run = yaml.parse(find('ConfigMap', 'ci-start').data['run.yaml']);
    expect(run).toMatchObject({ kind: 'PipelineRun', metadata: { generateName: 'ci-', namespace: 'pipelines' } });
    expect(run.spec).toMatchObject({
      pipelineRef: { name: 'ci' },
      params: [{ name: 'why', value: '' }],
      timeouts: { pipeline: '90m0s' },
      taskRunTemplate: { serviceAccountName: 'ci', podTemplate: { automountServiceAccountToken: false, securityContext: { runAsNonRoot: true, runAsUser: 65532 } } },
      workspaces: [{ name: 'artifacts' }],
    });
    expect(remains.find(each => each.what.includes('"ci-start"'))?.what).toContain('kubectl create -f run.yaml');
    expect(lower(graphOf([jobOf('a')])).find('ConfigMap', 'ci-start')).toBeUndefined();
    // Nothing else ever removes it.
    expect(remains.map(each => each.what).join()).toContain('each keeps its pods and a volume of 5Gi');
  });

  test('params that differ in case alone are told apart, or refused where people name them', () => {
    const input = (name: string) => ({ name, description: '', type: 'string', required: false, options: [] } as any);
    const cases = { kind: 'static', axes: [], include: [], exclude: [], combinations: [{ os: 'a', OS: 'b' }], failFast: false } as any;
    expect(lower(graphOf([jobOf('a')], { inputs: [input('why'), input('Why')] })).gaps).toEqual(['inputs']);
    expect(lower(graphOf([jobOf('a', [], { matrix: cases })])).gaps).toEqual(['a matrix']);
    const outputs = ['v', 'V'].map(name => ({ name, step: 'run', output: name }));
    const reader = runOf('run', 'true', { env: { A: [output('a', 'v')], B: [output('a', 'V')] } });
    const { task, codes } = lower(graphOf([jobOf('a', [], { steps: [runOf('run', 'true', { outputs: ['v', 'V'] })], outputs }), jobOf('b', ['output:a'], { steps: [reader] })]));
    expect(task('b').spec.params.map((each: any) => each.name)).toEqual(['out-a-v', 'out-a-V-2']);
    expect(codes).not.toContain('FW1090');
  });

  test('a job may be called as the one that finds out the commit', () => {
    const jobs = [jobOf('revision', [], { steps: [checkoutOf()] }), jobOf('b', ['revision'], { steps: [checkoutOf()] })];
    const { objects, pipeline } = lower(graphOf(jobs, { triggers: [{ kind: 'manual' }] }));
    const tasks = objects.filter(each => each.kind === 'Task').map(each => each.metadata.name);
    expect(tasks).toEqual(['ci-revision-2', 'ci-revision', 'ci-b']);
    expect(pipeline.spec.tasks.map((each: any) => [each.name, each.taskRef.name])).toEqual([['revision-2', 'ci-revision-2'], ['revision', 'ci-revision'], ['b', 'ci-b']]);
  });

  test('names of objects are told apart where they are cut', () => {
    const id = 'p'.repeat(61);
    const schedule = (each: string) => ({ kind: 'schedule', id: each, cron: '0 3 * * *', timeZone: 'UTC' } as const);
    const triggers = [schedule('nightly-1'), schedule('nightly-2'), { kind: 'push', branches: { include: ['main'], exclude: [] } } as const];
    const { objects } = lower(graphOf([jobOf('a')], { id, triggers }));
    const names = objects.map(each => `${each.kind} ${each.metadata.name}`);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
    const longest = (kind: string) => Math.max(...objects.filter(each => each.kind === kind).map(each => each.metadata.name.length));
    expect([longest('CronJob'), longest('EventListener'), longest('Task')]).toEqual([52, 60, 63]);
    const listener = objects.find(each => each.kind === 'EventListener')!.metadata.name;
    expect(objects.some(each => each.kind === 'NetworkPolicy' && each.spec.podSelector.matchLabels.eventlistener === listener)).toBe(true);
  });

  test('a schedule is a CronJob with a time zone, and the commit is found out', () => {
    const { find, taskOf } = lower(graphOf([jobOf('a', [], { steps: [checkoutOf()] })], { triggers: [{ kind: 'schedule', id: 'nightly', cron: '0 3 * * *', timeZone: 'Europe/London' }] }));
    expect(find('CronJob', 'ci-nightly').spec).toMatchObject({ schedule: '0 3 * * *', timeZone: 'Europe/London' });
    expect(JSON.parse(find('ConfigMap', 'ci-schedule').data['run.json']).spec.params).toEqual([{ name: 'ctx-event', value: 'schedule' }]);
    expect(taskOf('a').params).toEqual(expect.arrayContaining([{ name: 'ctx-sha', value: '$(tasks.revision.results.sha)' }]));
    expect(find('EventListener', 'ci')).toBeUndefined();
  });

  test('an event says neither what is checked out nor as whom it runs', () => {
    const { objects } = lower(everything());
    expect(JSON.stringify(objects)).not.toMatch(/body\.[a-z_.]*(clone_url|git_url|ssh_url|http_url)/);
    expect(JSON.stringify(objects.filter(object => object.kind === 'TriggerTemplate').map(object => object.spec.resourcetemplates[0].spec.taskRunTemplate))).not.toContain('$(');
  });
});

test('a checkout without a repository', () => {
  const lowering = new TektonBackend().lower(graphOf([jobOf('a', [], { steps: [checkoutOf()] })]));
  expect(lowering.findings.map(finding => finding.code)).toEqual(['FW1253', 'FW1254']);
});

test('images without a digest are said once', () => {
  const { findings } = lower(graphOf([jobOf('a'), jobOf('b', [], { container: { image: 'x@sha256:1', env: {} } })]));
  expect(findings.map(finding => `${finding.code} ${finding.message}`)).toEqual([expect.stringMatching(/^FW1254 .*"docker\.io\/library\/buildpack-deps:trixie-scm"\.$/)]);
});

test('the same graph gives the same bytes, and long names stay within 63 characters', () => {
  expect(JSON.stringify(lower(everything()).objects)).toBe(JSON.stringify(lower(everything()).objects));
  const long = lower(graphOf([jobOf('a'.repeat(63)), jobOf(`${'a'.repeat(62)}b`)], { id: 'p'.repeat(63) }));
  const names = long.objects.filter(object => object.kind !== 'ClusterRole' && object.kind !== 'ClusterRoleBinding').map(object => `${object.kind} ${object.metadata.name}`);
  expect(new Set(names).size).toBe(names.length);
  long.objects.forEach(object => expect(object.metadata.name.length).toBeLessThanOrEqual(63));
});

test('a thousand jobs are lowered in seconds', () => {
  const jobs = Array.from({ length: 1000 }, (_, i) => jobOf(`j${i}`, i === 0 ? [] : [`j${i - 1}`], i % 7 === 0 ? { condition: { kind: 'compare', value: context('branch'), in: ['main'] } } : {}));
  const start = process.hrtime.bigint();
  lower(graphOf(jobs));
  expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(5);
});

describe('options', () => {
  test.each<[code: string, options: any]>([
    ['FW1250', { namespace: '' }], ['FW1250', { webhookSecret: { name: 'a' } }],
    ['FW1251', { namespace: 'A' }], ['FW1251', { repository: 'git@github.com:a/b' }], ['FW1251', { repository: 'https://token@github.com/a/b' }], ['FW1251', { events: 'bitbucket' }], ['FW1251', { runAsUser: 0 }],
    ['FW1251', { images: { base: 'a b' } }], ['FW1251', { storage: { size: 'big' } }], ['FW1251', { runnerLabels: { gpu: 'yes' } }], ['FW1251', { defaultBranch: '-x' }], ['FW1251', { approvals: 'yes' }],
    ['FW1252', { image: 'a' }], ['FW1252', { images: { node: 'a' } }],
  ])('%s: %j', (code, options) => {
    expectFinding(() => new TektonBackend(options, REPOSITORY, 'here'), code, 'here');
  });

  test('any value of JavaScript', () => {
    const fields = ['namespace', 'repository', 'defaultBranch', 'events', 'webhookSecret', 'gitSecret', 'changedFilesToken', 'secrets', 'images', 'storage', 'serviceAccount', 'runAsUser', 'runnerLabels', 'approvals', 'celInWhen', 'dashboard'];
    const attempt = (options: any) => {
      try {
        lower(graphOf([jobOf('a', [], { steps: [checkoutOf()] })]), options);
      } catch (error) {
        expect(Diagnostics.findingsOf(error).map(finding => finding.code)).toEqual([expect.stringMatching(/^FW125[012]$/)]);
      }
    };
    for (const value of [...VALUES, ...NO_TEXT]) {
      fields.forEach(field => attempt({ [field]: value }));
      ['base', 'tools', 'commands'].forEach(field => attempt({ images: { [field]: value } }));
      attempt({ images: { tools: { node: value } } });
    }
  });
});
