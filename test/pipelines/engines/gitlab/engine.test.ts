import { codeOf } from './codes';
import { lowered } from './lowered';
import { printedContent } from './printed';
import { holds } from './simulator';
import { GitLabBackend } from '../../../../src/pipelines/engines/gitlab/engine';
import { GitLabTier } from '../../../../src/pipelines/engines/gitlab/options';
import type { DeliveryStepNode, JobNode, PatchNode, PipelineGraph, TriggerNode } from '../../../../src/pipelines/graph';
import { checkoutOf, deliveryOf, graphOf, jobOf, matrixOf, PULL_REQUEST, PUSH, runOf, stepOf } from '../../graphs';

const approval = { message: 'Ship it?', approvers: [], count: 1 };

describe('the file', () => {
  it('has one job for each, which extends what they have in common', () => {
    const { file, files, findings } = lowered(graphOf([jobOf('build'), jobOf('test', ['build'])]));
    expect(files.map(each => each.path)).toEqual(['.gitlab-ci.yml']);
    expect(findings).toEqual([]);
    expect(file.build).toMatchObject({ extends: '.fairway', stage: 'level 1', needs: [], timeout: '30 minutes', image: 'buildpack-deps:bookworm-scm' });
    expect(file.test.needs).toEqual([{ job: 'build', artifacts: false }]);
    expect(file.stages).toEqual(['level 1', 'level 2']);
    expect(file.build.rules).toBeUndefined();
  });

  it('is the same every time', () => {
    const given = graphOf([jobOf('build'), jobOf('test', ['build'], { matrix: matrixOf({ os: ['a', 'b'] }) })]);
    expect(lowered(given).text).toBe(lowered(given).text);
  });

  it('never has a header, in which inputs would be expanded', () => {
    const { file, text } = lowered(graphOf([jobOf('a', [], { steps: [runOf('run', 'echo "$[[ inputs.x ]]" ${{ github.sha }}')] })]));
    expect(file.spec).toBeUndefined();
    expect(text).toContain('echo "$[[ inputs.x ]]" ${{ github.sha }}');
  });

  it('says what a job is for and what it may do', () => {
    const { text } = lowered(graphOf([jobOf('publish', [], { name: ['Publish\nit'], grants: [{ capability: 'publishPackages', reason: 'pushes the package' }] })]));
    expect(text).toContain('# Publish it\n# publishPackages: pushes the package\npublish:\n');
  });

  it.each(['default', 'pages', 'image', 'variables', 'true'])('gives a job that cannot be called %s another name', id => {
    const { file } = lowered(graphOf([jobOf(id), jobOf('after', [id])]));
    expect(file[`${id}-job`].extends).toBe('.fairway');
    expect(file.after.needs[0].job).toBe(`${id}-job`);
  });
});

describe('triggers', () => {
  const asked = (triggers: TriggerNode[], variables: Record<string, string>, given: Partial<PipelineGraph> = {}) => {
    const { file } = lowered(graphOf([jobOf('a')], { triggers, ...given }));
    return file.workflow.rules.some((rule: any) => rule.when !== 'never' && (rule.if === undefined || holds(rule.if, variables)));
  };
  const branches = (...include: string[]) => ({ include, exclude: [] });
  const push = (branch: string, more: Record<string, string> = {}) => ({ CI_PIPELINE_SOURCE: 'push', CI_COMMIT_BRANCH: branch, ...more });
  const tag = (name: string) => ({ CI_PIPELINE_SOURCE: 'push', CI_COMMIT_TAG: name });
  const merge = { CI_PIPELINE_SOURCE: 'merge_request_event', CI_MERGE_REQUEST_TARGET_BRANCH_NAME: 'main', CI_MERGE_REQUEST_TITLE: 'A change' };
  const everything: TriggerNode[] = [{ kind: 'push', branches: branches('**') }, PULL_REQUEST];

  it.each<[string, TriggerNode[], Record<string, string>, boolean]>([
    ['a push to the branch', [PUSH], push('main'), true],
    ['a push to another', [PUSH], push('other'), false],
    ['a push that globs match', [{ kind: 'push', branches: branches('release/*') }], push('release/1.2'), true],
    ['a push that they do not', [{ kind: 'push', branches: branches('release/*') }], push('release/1/2'), false],
    ['a push that is excluded', [{ kind: 'push', branches: { include: ['**'], exclude: ['wip/**'] } }], push('wip/a/b'), false],
    ['a tag, for pushes', [PUSH], tag('main'), false],
    ['a tag', [{ kind: 'tag', tags: branches('v*') }], tag('v1'), true],
    ['a branch, for tags', [{ kind: 'tag', tags: branches('v*') }], push('v1'), false],
    ['a merge request', [PULL_REQUEST], merge, true],
    ['a merge train, for merge requests', [PULL_REQUEST], { ...merge, CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train' }, false],
    ['a merge train', [{ kind: 'mergeQueue', branches: branches('main') }], { ...merge, CI_MERGE_REQUEST_EVENT_TYPE: 'merge_train' }, true],
    ['a draft', [{ ...PULL_REQUEST, drafts: false } as TriggerNode], { ...merge, CI_MERGE_REQUEST_TITLE: 'Draft: x' }, false],
    ['no draft', [{ ...PULL_REQUEST, drafts: false } as TriggerNode], merge, true],
    ['its schedule', [{ kind: 'schedule', id: 'nightly', cron: '1 2 * * *', timeZone: 'UTC' }], { CI_PIPELINE_SOURCE: 'schedule', FAIRWAY_SCHEDULE: 'ci/nightly' }, true],
    ['another schedule', [{ kind: 'schedule', id: 'nightly', cron: '1 2 * * *', timeZone: 'UTC' }], { CI_PIPELINE_SOURCE: 'schedule' }, false],
    ['somebody', [{ kind: 'manual' }], { CI_PIPELINE_SOURCE: 'web' }, true],
    ['a push of a branch with a merge request', everything, push('topic', { CI_OPEN_MERGE_REQUESTS: 'g/p!1' }), false],
    ['a push of a protected one', everything, push('main', { CI_OPEN_MERGE_REQUESTS: 'g/p!1', CI_COMMIT_REF_PROTECTED: 'true' }), true],
    ['a push of a branch without', everything, push('topic'), true],
  ])('are asked: %s', (_, triggers, variables, wanted) => {
    expect(asked(triggers, variables)).toBe(wanted);
  });

  it('start nothing by hand without an input that is demanded', () => {
    const inputs = [{ name: 'version', type: 'string', description: 'Which.', required: true, options: [] }] as const;
    expect(asked([{ kind: 'manual' }], { CI_PIPELINE_SOURCE: 'web', version: '' }, { inputs })).toBe(false);
    expect(asked([{ kind: 'manual' }], { CI_PIPELINE_SOURCE: 'web', version: '1' }, { inputs })).toBe(true);
    expect(lowered(graphOf([jobOf('a')], { triggers: [{ kind: 'manual' }], inputs })).file.variables).toEqual({ version: { value: '', description: 'Which.' } });
  });

  it('have paths, and say that none can be excluded', () => {
    const paths = { include: ['src/**', 'a[1].txt'], exclude: ['src/docs/**'] };
    const { file, codes } = lowered(graphOf([jobOf('a')], { triggers: [{ kind: 'push', branches: branches('main'), paths }] }));
    expect(file.workflow.rules[0].changes).toEqual(['src/**/*', 'a\\[1\\].txt']);
    expect(codes).toEqual(['FW1091']);
    const all = lowered(graphOf([jobOf('a')], { triggers: [{ kind: 'push', branches: branches('main'), paths: { ...paths, include: ['**'] } }] }));
    expect([all.file.workflow.rules[0].changes, all.codes]).toEqual([undefined, ['FW1091']]);
  });

  it('are told to the project where the file cannot hold them', () => {
    const { remains } = lowered(graphOf([jobOf('a')], { triggers: [{ kind: 'schedule', id: 'nightly', cron: '1 2 * * *', timeZone: 'Europe/Berlin' }] }));
    expect(remains[0].what).toContain('"1 2 * * *" in the time zone Europe/Berlin');
  });

  it('refuse releases', () => {
    expect(lowered(graphOf([jobOf('a')], { triggers: [{ kind: 'release' }] }))).toMatchObject({ codes: ['FW1090'], file: { workflow: { rules: [{ when: 'never' }] } } });
  });
});

describe('several pipelines of a project', () => {
  const ci = graphOf([jobOf('test')], { triggers: [PUSH] });
  const release = graphOf([jobOf('test')], { id: 'release', name: 'Release', triggers: [{ kind: 'tag', tags: { include: ['v*'], exclude: [] } }, { kind: 'manual' }] });
  const backend = new GitLabBackend({}, true);

  it('are files of their own, whose jobs ask for the triggers of their own', () => {
    const { files, file } = lowered(ci, {}, true);
    expect(files[0].path).toBe('.gitlab/ci/ci.yml');
    expect(Object.keys(file)).toEqual(['.fairway:ci', 'ci:test']);
    expect(file['ci:test'].rules).toEqual([{ if: '$CI_PIPELINE_SOURCE == "push" && $CI_COMMIT_BRANCH == "main"' }]);
    expect(file['ci:test'].stage).toBe('ci: level 1');
  });

  it('are included by a root, which asks which one to start by hand', () => {
    const { file, findings } = backend.root([ci, release]);
    const text = printedContent(file);
    expect(file.path).toBe('.gitlab-ci.yml');
    expect(findings).toEqual([]);
    expect(text).toContain('include:\n  - local: /.gitlab/ci/ci.yml\n  - local: /.gitlab/ci/release.yml\n');
    expect(text).toContain('stages:\n  - "ci: level 1"\n  - "release: level 1"\n');
    expect(lowered(release, {}, true).file['release:test'].rules[1].if).toContain('$FAIRWAY_PIPELINE == "release"');
  });

  it('have the same inputs or others', () => {
    const input = { name: 'level', type: 'string', description: '', required: false, options: [] } as const;
    const one = { ...ci, inputs: [input] };
    expect(backend.root([one, { ...release, inputs: [input] }]).findings).toEqual([]);
    expect(backend.root([one, { ...release, inputs: [{ ...input, description: 'Other.' }] }]).findings.map(finding => finding.code)).toEqual(['FW1145']);
  });
});

describe('a job', () => {
  const only = (given: Partial<JobNode>, more: Partial<PipelineGraph> = {}, options = {}) => {
    const result = lowered(graphOf([jobOf('a', [], given)], more), options);
    return { ...result, part: result.file.a };
  };

  it('runs in the image of its tool', () => {
    expect(only({ steps: [stepOf('tool', 'tool'), runOf('run', 'x')] }).part.image).toBe('node:24');
    expect(only({ steps: [stepOf('tool', 'tool', { version: ['8.x'], language: 'dotnet' }), runOf('run', 'x')] }).part.image).toBe('mcr.microsoft.com/dotnet/sdk:8.0');
    expect(only({ steps: [stepOf('tool', 'tool'), runOf('run', 'x')] }, {}, { toolImages: { 'node@24': 'acme/node@sha256:aa' } }).part.image).toBe('acme/node@sha256:aa');
    const two = [stepOf('tool', 'tool'), stepOf('tool', 'java', { language: 'java', version: ['21'] }), runOf('run', 'x')];
    expect(only({ steps: two }).codes).toEqual(['FW1090']);
    expect(only({ steps: two }, {}, { toolImages: { 'java+node': 'acme/both:1' } })).toMatchObject({ codes: [], part: { image: 'acme/both:1' } });
    expect(only({ container: { image: 'acme/build:1', env: {} } }).part.image).toBe('acme/build:1');
  });

  it('runs on runners by their tags, and not on Windows', () => {
    expect(only({ runner: { os: 'linux', arch: 'x64', labels: ['big', 'fast'] } }).part.tags).toEqual(['big', 'fast']);
    expect(only({ runner: { os: 'linux', arch: 'arm64', labels: [] } }).part.tags).toEqual(['saas-linux-small-arm64']);
    expect(only({ runner: { os: 'macos', arch: 'x64', labels: [] } }).codes).toEqual(['FW1090']);
    expect(only({ runner: { os: 'windows', arch: 'x64', labels: ['w'] } }).codes).toEqual(['FW1090']);
  });

  it('is tried three times at most', () => {
    expect(only({ attempts: 3 })).toMatchObject({ part: { retry: 2 }, codes: [] });
    expect(only({ attempts: 4 })).toMatchObject({ part: { retry: 2 }, codes: ['FW1091'] });
  });

  it('has identities in files', () => {
    const { part } = only({ identities: [{ name: 'CLOUD', audience: 'https://cloud' }] });
    expect(part.id_tokens).toEqual({ CLOUD: { aud: 'https://cloud' } });
    expect(part.script[0]).toContain('keep_identity CLOUD');
    expect(part.script[0]).toContain('set_env CLOUD_FILE');
  });

  it('checks out as it is told to, or not at all', () => {
    expect(only({ steps: [runOf('run', 'x')] }).part.variables).toEqual({ GIT_STRATEGY: 'none' });
    expect(only({ steps: [checkoutOf(), runOf('run', 'x')] }).part.variables).toEqual({ GIT_DEPTH: '1', GIT_LFS_SKIP_SMUDGE: '1' });
    expect(only({ steps: [stepOf('checkout', 'checkout', { depth: 0, submodules: true, lfs: true })] }).part.variables).toEqual({ GIT_DEPTH: '0', GIT_SUBMODULE_STRATEGY: 'recursive' });
  });

  it('waits for somebody, if it is known who may agree', () => {
    expect(only({ approval })).toMatchObject({ part: { when: 'manual', allow_failure: false, manual_confirmation: 'Ship it?' }, codes: [] });
    const named = { approval: { ...approval, approvers: ['sre'] } };
    expect(only(named).codes).toEqual(['FW1090']);
    expect(only(named, {}, { anybodyApproves: true }).codes).toEqual(['FW1091']);
    expect(only(named, {}, { tier: GitLabTier.PREMIUM }).codes).toEqual(['FW1090']);
    const premium = only({ ...named, environment: { name: 'prod' } }, {}, { tier: GitLabTier.PREMIUM });
    expect(premium.codes).toEqual([]);
    expect(premium.remains.map(each => each.what)).toContain('Protect the environment "prod" with 1 approval of sre.');
    expect(only({ approval, condition: { kind: 'status', status: 'always' } }).codes).toEqual(['FW1090']);
  });

  it('deploys to an environment, whose address may be an output', () => {
    const steps = [runOf('go', 'x', { outputs: ['url'] })];
    const { part } = only({ steps, environment: { name: 'prod', url: [{ kind: 'stepOutput', step: 'go', name: 'url' }] } });
    expect(part.environment).toEqual({ name: 'prod', url: '$FAIRWAY_URL' });
    expect(part.artifacts.reports.dotenv).toBe('.fairway/$CI_PIPELINE_ID/jobs/a/all/dotenv');
    expect(only({ environment: { name: 'prod', url: ['https://x/$y/', { kind: 'context', name: 'sha' }] } }).part.environment.url).toBe('https://x/$$y/${CI_COMMIT_SHA}');
    expect(only({ environment: { name: 'prod/' } }).codes).toEqual(['FW1141']);
    expect(only({ environment: { name: '$HOME' } }).codes).toEqual(['FW1141']);
  });

  it('excludes others by a resource group', () => {
    const concurrency = { group: ['prod'], onNew: 'queue', cancelPullRequests: false } as const;
    expect(only({ concurrency })).toMatchObject({ part: { resource_group: 'prod' }, codes: [] });
    expect(only({ concurrency: { ...concurrency, onNew: 'cancelRunning' } }).codes).toEqual(['FW1091']);
    expect(only({ concurrency: { ...concurrency, group: [{ kind: 'context', name: 'actor' }] } }).codes).toEqual(['FW1090']);
    expect(only({ concurrency: { ...concurrency, group: ['/prod'] } }).codes).toEqual(['FW1141']);
  });

  it('gives caches to the project alone, none where it publishes', () => {
    const cache = stepOf('cache', 'cache', { key: ['npm-', { kind: 'hash', files: ['package-lock.json'] }] });
    expect(only({ steps: [cache, runOf('run', 'x')] }).part.cache).toEqual({ key: { files: ['package-lock.json'], prefix: 'npm' }, paths: ['.npm'] });
    expect(only({ steps: [cache, runOf('run', 'x')], publishes: true }).part.cache).toBeUndefined();
    expect(only({ steps: [stepOf('cache', 'cache', { paths: ['~/.npm'] }), runOf('run', 'x')] })).toMatchObject({ codes: ['FW1091'] });
    expect(only({ steps: [stepOf('cache', 'cache', { key: ['a/', { kind: 'context', name: 'branch' }] }), runOf('run', 'x')] }).part.cache.key).toBe('a-${CI_COMMIT_REF_SLUG}');
    const many = Array.from({ length: 5 }, (_, i) => stepOf('cache', `c${i}`, { key: [`c${i}`] }));
    expect(only({ steps: [...many, runOf('run', 'x')] })).toMatchObject({ codes: ['FW1091'], part: { cache: { length: 4 } } });
  });

  it('has services, whose readiness is a port', () => {
    const service = { name: 'db', image: 'postgres:17', env: { PASSWORD: ['a$b'] }, ports: [5432], command: [], readiness: { command: ['pg_isready'], intervalSeconds: 2, timeoutSeconds: 1, retries: 5 } };
    const { part, codes } = only({ services: [service] });
    expect(part.services).toEqual([{ name: 'postgres:17', alias: 'db', variables: { PASSWORD: 'a$$b' } }]);
    expect(part.script[0]).toContain('wait_for db 5432 11');
    expect(codes).toEqual(['FW1091']);
  });

  it('says where the runner expands what others have written', () => {
    const reading = (name: 'changeTitle' | 'sourceBranch' | 'sha') => lowered(graphOf([jobOf('a', [], { steps: [runOf('run', 'true', { env: { X: ['x ', { kind: 'context', name }] } })] })]));
    const rows = (name: 'changeTitle' | 'sourceBranch' | 'sha') => reading(name).rows.filter(row => row.how.includes('$NAME')).map(row => [row.part, row.support, row.job]);
    expect(rows('changeTitle')).toEqual([['changeTitle', 'approximated', 'a']]);
    expect(reading('changeTitle').codes).toEqual(['FW1091']);
    expect(rows('sourceBranch')).toEqual([['sourceBranch', 'emulated', 'a']]);
    expect(rows('sha')).toEqual([]);
    expect(lowered(graphOf([jobOf('a')], { env: { X: [{ kind: 'context', name: 'changeTitle' }] } })).codes).toEqual(['FW1091']);
  });

  it('is a job for each leg where GitLab would make other legs', () => {
    expect(only({ matrix: matrixOf({ os: ['a', 'b'] }) }).part.parallel).toEqual({ matrix: [{ os: ['a', 'b'] }] });
    for (const odd of [matrixOf({ 'my-os': ['a', 'b'] }), matrixOf({ PATH: ['a', 'b'] }), matrixOf({ os: ['$a', 'b'] }), matrixOf({ os: ['a', 'b'] }, { combinations: [{ os: 'b' }, { os: 'c' }] })]) {
      expect(Object.keys(lowered(graphOf([jobOf('a', [], { matrix: odd })])).file).filter(key => key.startsWith('a: ['))).toHaveLength(2);
    }
    const { file } = lowered(graphOf([jobOf('a', [], { matrix: matrixOf({ os: ['x', 'y', 'z'] }, { maxParallel: 2 }) })]));
    expect(['x', 'y', 'z'].map(leg => file[`a: [${leg}]`].resource_group)).toEqual(['a-1-of-$CI_PIPELINE_ID', 'a-2-of-$CI_PIPELINE_ID', 'a-1-of-$CI_PIPELINE_ID']);
    expect(lowered(graphOf([jobOf('a', [], { matrix: matrixOf({ os: ['x', 'y'] }, { failFast: true }) })])).codes).toEqual(['FW1091']);
    expect(lowered(graphOf([jobOf('l'), jobOf('a', [], { matrix: { kind: 'dynamic', from: { kind: 'output', job: 'l', name: 'x' }, axes: ['os'], failFast: false } })])).codes).toEqual(['FW1090']);
  });

  it('shows reports in merge requests', () => {
    const delivery = (action: DeliveryStepNode['action'], told: DeliveryStepNode['with']) => deliveryOf(action, action, told);
    const { part, codes } = only({
      steps: [delivery('test-report', { files: ['a.xml', 'b/*.xml'], title: ['Tests'] }), delivery('coverage-report', { files: ['c.xml'], format: ['cobertura'] })],
    });
    expect(part.artifacts.reports).toEqual({ junit: ['a.xml', 'b/*.xml'], coverage_report: { coverage_format: 'cobertura', path: 'c.xml' } });
    expect(codes).toEqual([]);
    expect(only({ steps: [delivery('coverage-report', { files: ['lcov.info'], format: ['lcov'] })] })).toMatchObject({ codes: ['FW1091'], part: { script: { length: 3 } } });
    expect(only({ steps: [delivery('promote', {})] }).row('step promote (promote)', 'a')?.support).toBe('emulated');
  });

  it('asks for secrets that GitLab does not have', () => {
    const { remains } = only({}, { secrets: [{ name: 'CI_REGISTRY_PASSWORD' }, { name: 'NPM_TOKEN', environment: 'prod' }] });
    expect(remains.map(each => each.what)).toEqual(['Keep the secret NPM_TOKEN as a variable: masked, protected, not expanded, with the environment scope prod.']);
  });

  it('may be a native step of GitLab', () => {
    const body = (gitlab: unknown) => only({ steps: [stepOf('native', 'native', { bodies: { gitlab } })] });
    expect(body(['echo a', 'echo b']).part.script[1]).toContain('\necho a\necho b\n');
    expect(body({ script: 'x' }).codes).toEqual(['FW1144']);
    expect(body([]).codes).toEqual(['FW1144']);
    expect(body(undefined).codes).toEqual(['FW1090']);
  });
});

describe('order', () => {
  it('falls back to stages where there are more needs than GitLab allows', () => {
    const many = Array.from({ length: 4 }, (_, i) => jobOf(`j${i}`));
    const last = jobOf('last', many.map(each => each.id));
    const { file, codes } = lowered(graphOf([...many, last]), { needsLimit: 3 });
    expect(codes).toEqual(['FW1091']);
    expect(file.last).toMatchObject({ when: 'always', dependencies: ['j0', 'j1', 'j2', 'j3'] });
    expect(file.last.needs).toBeUndefined();
    const stages = [{ id: 's', name: 'S', jobs: [...many.map(each => each.id), 'last'] }, { id: 't', name: 'T', jobs: [] }];
    expect(lowered(graphOf([...many, last], { stages }), { needsLimit: 3 }).codes).toContain('FW1143');
  });

  it('follows the stages of the user', () => {
    const jobs = [jobOf('a', [], { stage: 's' }), jobOf('b', ['a'], { stage: 't' })];
    const stages = [{ id: 's', name: 'Build', jobs: ['a'] }, { id: 't', name: 'Test', jobs: ['b'] }];
    expect(lowered(graphOf(jobs, { stages })).file.stages).toEqual(['Build', 'Test']);
    expect(lowered(graphOf(jobs, { stages: [...stages].reverse() })).codes).toEqual(['FW1142']);
  });
});

describe('changes of the output', () => {
  const patch = (given: Partial<PatchNode>): PatchNode => ({ system: 'gitlab', operations: [{ op: 'add', path: '/tags', value: ['x'] }], reason: 'because', ...given });

  it('are made to jobs, legs and the file', () => {
    const patches = [patch({ job: 'a' }), patch({ operations: [{ op: 'replace', path: '/workflow/name', value: 'Other' }] }), patch({ system: 'github', job: 'a', operations: [{ op: 'remove', path: '/x' }] })];
    const { file, row } = lowered(graphOf([jobOf('a')], { patches }));
    expect(file.a.tags).toEqual(['x']);
    expect(file.workflow.name).toBe('Other');
    expect(row('change of job a: because', 'a')?.how).toBe('add /tags');
  });

  it.each(['/nothing/here', '/needs/7/x', '/__proto__/x'])('are refused where %s is not there', path => {
    const { codes } = lowered(graphOf([jobOf('a')], { patches: [patch({ job: 'a', operations: [{ op: 'replace', path, value: 1 }] })] }));
    expect(codes).toEqual(['FW1140']);
  });
});

describe('options', () => {
  it.each<[unknown, string]>([
    [{ tier: 'gold' }, 'FW1001'], [{ image: '' }, 'FW1000'], [{ image: 'a b' }, 'FW1001'], [{ image: '$X' }, 'FW1001'], [{ needsLimit: 0 }, 'FW1001'], [{ needsLimit: '5' }, 'FW1001'],
    [{ toolImages: 'node' }, 'FW1001'], [{ toolImages: JSON.parse('{"__proto__":"x"}') }, 'FW1001'], [{ runnerTags: { 'linux-x64': [] } }, 'FW1000'], [{ runnerTags: { 'linux-x64': 'x' } }, 'FW1001'],
    [{ anybodyApproves: 1 }, 'FW1001'], [{ nothing: 1 }, 'FW1002'], [{ deploymentTiers: { prod: 'gold' } }, 'FW1001'], [null, 'FW1001'], [7, 'FW1001'],
  ])('%j are refused', (options, code) => {
    expect(codeOf(() => new GitLabBackend(options as any))).toBe(code);
  });
});
