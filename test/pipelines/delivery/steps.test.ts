import * as fs from 'fs';
import * as os from 'os';
import * as path from 'path';
import { built } from './run';
import { DIGEST, IMAGE, STEPS, built as image } from './steps';
import { Platform } from '../../../src/core';
import {
  CodeHost, Context, HealthCheck, ImageStep, Job, JobStep, Matrix, PackageManager, PackageStep, PackageTarget,
  PipelineSecret, PipelineTemplate, PlatformStep, Report, Setup, TemplateJob, Value,
} from '../../../src/pipelines';
import { ACTIONS, ownEnvironment } from '../../../src/pipelines/delivery/actions';
import { DELIVERY_ACTIONS, inlined, StepNode, ToolStepNode } from '../../../src/pipelines/graph';
import { codesOf } from '../../support/findings';
import { pipeline } from '../stand-in';


const host = CodeHost.github();
const elsewhere = CodeHost.github({ repository: 'acme/platform', token: PipelineSecret.named('PLATFORM_TOKEN') });
const secret = PipelineSecret.named('TOKEN');
const any = (value: unknown) => value as never;

describe('what does not fit', () => {
  it.each<[string, string, () => unknown]>([
    ['FW1050', 'a variable of the step', () => ImageStep.scan({ ...image, env: { IMAGE: 'x' } })],
    ['FW1050', 'a variable of the run', () => ImageStep.sign({ ...image, env: { RUN_URL: 'x' } })],
    ['FW1051', 'a tag where the repository is meant', () => ImageStep.buildImage({ image: `${IMAGE}:1` })],
    ['FW1051', 'a digest where the repository is meant', () => ImageStep.scan({ image: `${IMAGE}@${DIGEST}`, digest: DIGEST })],
    ['FW1051', 'no registry', () => ImageStep.buildImage({ image: 'checkout' })],
    ['FW1051', 'an option', () => ImageStep.buildImage({ image: '--push' })],
    ['FW1051', 'a tag where the digest is meant', () => ImageStep.sign({ image: IMAGE, digest: 'latest' })],
    ['FW1051', 'the tag latest', () => ImageStep.buildImage({ image: IMAGE, tag: 'latest' })],
    ['FW1051', 'no tag', () => ImageStep.buildImage({ image: IMAGE, tag: 'a b' })],
    ['FW1000', 'no digest', () => ImageStep.sign(any({ image: IMAGE }))],
    ['FW1001', 'a digest that is no text', () => ImageStep.sign(any({ image: IMAGE, digest: 7 }))],
    ['FW1001', 'a platform that is none', () => ImageStep.buildImage({ image: IMAGE, platforms: ['linux'] })],
    ['FW1001', 'an argument without a value', () => ImageStep.buildImage({ image: IMAGE, arguments: ['VERSION'] })],
    ['FW1004', 'an argument without a name', () => ImageStep.buildImage({ image: IMAGE, arguments: ['a b=1'] })],
    ['FW1042', 'a context outside', () => ImageStep.buildImage({ image: IMAGE, context: '../x' })],
    ['FW1001', 'a key that is an option', () => ImageStep.sign({ ...image, key: '--yes' })],
    ['FW1001', 'an unknown scanner', () => ImageStep.scan({ ...image, rules: { scanner: any('snyk') } })],
    ['FW1002', 'an unknown rule', () => ImageStep.scan({ ...image, rules: any({ severtiy: 'low' }) })],
    ['FW1055', 'a login of nobody', () => ImageStep.login({ registry: 'registry.example.com' })],
    ['FW1052', 'a range', () => Setup.node({ version: '>=22' })],
    ['FW1052', 'lts', () => Setup.node({ version: 'lts/*' })],
    ['FW1001', 'a version that is a number', () => Setup.node({ version: any(24) })],
    ['FW1054', 'a manager of another language', () => Setup.node({ packageManager: PackageManager.PIP })],
    ['FW1055', 'two versions', () => Setup.node({ version: '24', versionFile: '.nvmrc' })],
    ['FW1001', 'a prototype', () => Setup.node({ packageManager: any('constructor') })],
    ['FW1002', 'an unknown field', () => Setup.node(any({ versoin: '24' }))],
    ['FW1000', 'no files', () => Report.junit({ files: [] })],
    ['FW1001', 'files with blanks', () => Report.junit({ files: ['a b.xml'] })],
    ['FW1001', 'files outside', () => Report.coverage({ files: ['../x.xml'] })],
    ['FW1001', 'more than all', () => Report.coverage({ files: ['x.xml'], minimum: 101 })],
    ['FW1042', 'findings outside', () => Report.findings({ file: '/etc/passwd' })],
    ['FW1055', 'a registry without a token', () => PackageTarget.npm({ registry: 'https://npm.example.com' })],
    ['FW1055', 'NuGet without a user', () => PackageTarget.nuget()],
    ['FW1055', 'a registry for cargo', () => PackageTarget.crates({ registry: 'https://x.example.com', token: secret })],
    ['FW1056', 'a registry that is no address', () => PackageTarget.npm({ registry: 'npm.example.com', token: secret })],
    ['FW1056', 'an address with a password', () => PackageTarget.npm({ registry: 'https://me:pw@npm.example.com', token: secret })],
    ['FW1001', 'a target of somebody else', () => PackageStep.publish({ target: any({}) })],
    ['FW1001', 'null', () => PackageStep.publish({ target: any(null) })],
    ['FW1055', 'nothing to promote', () => PlatformStep.promote({ host, environment: 'prod' })],
    ['FW1055', 'all, and some', () => PlatformStep.promote({ host, environment: 'prod', all: true, workloads: ['a'] })],
    ['FW1055', 'a workload twice', () => PlatformStep.promote({ host, environment: 'prod', workloads: ['a', 'a'] })],
    ['FW1055', 'a release for two', () => PlatformStep.promote({ host, environment: 'prod', workloads: ['a', 'b'], release: image })],
    ['FW1055', 'a release from somewhere', () => PlatformStep.promote({ host, environment: 'prod', workloads: ['a'], from: 'dev', release: image })],
    ['FW1001', 'an option for a workload', () => PlatformStep.promote({ host, environment: 'prod', workloads: ['--all'] })],
    ['FW1001', 'an option for an environment', () => PlatformStep.promote({ host, environment: '-x', all: true })],
    ['FW1055', 'a branch that is none', () => PlatformStep.promote({ host, environment: 'prod', all: true, branch: 'a..b' })],
    ['FW1042', 'a folder outside', () => PlatformStep.promote({ host, environment: 'prod', all: true, folder: '../platform' })],
    ['FW1001', 'a folder of git', () => PlatformStep.promote({ host, environment: 'prod', all: true, folder: '.git' })],
    ['FW1001', 'a folder that is no text', () => PlatformStep.rollback(any({ host, environment: 'prod', reason: 'x', folder: ['a'] }))],
    ['FW1055', 'a checkout of the repository of the run', () => PlatformStep.checkout({ host, folder: 'platform' })],
    ['FW1055', 'a checkout from an API that is nowhere', () => PlatformStep.checkout({ host: CodeHost.gitlab({ repository: 'a/b', api: 'https://gitlab.example.com/graphql' }), folder: 'platform' })],
    ['FW1000', 'a checkout into nothing', () => PlatformStep.checkout(any({ host: elsewhere }))],
    ['FW1001', 'a checkout into the workspace', () => PlatformStep.checkout({ host: elsewhere, folder: '.' })],
    ['FW1001', 'a checkout into git', () => PlatformStep.checkout({ host: elsewhere, folder: 'a/.GIT/hooks' })],
    ['FW1001', 'a checkout into an option', () => PlatformStep.checkout({ host: elsewhere, folder: 'a/-x' })],
    ['FW1042', 'a checkout into the home folder', () => PlatformStep.checkout({ host: elsewhere, folder: '~/platform' })],
    ['FW1001', 'a checkout of an option', () => PlatformStep.checkout({ host: elsewhere, folder: 'platform', ref: '--upload-pack=x' })],
    ['FW1055', 'a checkout of two refs', () => PlatformStep.checkout({ host: elsewhere, folder: 'platform', ref: 'a:b' })],
    ['FW1001', 'half a commit', () => PlatformStep.checkout({ host: elsewhere, folder: 'platform', depth: 0.5 })],
    ['FW1002', 'an unknown field of a checkout', () => PlatformStep.checkout(any({ host: elsewhere, folder: 'platform', path: 'x' }))],
    ['FW1055', 'a repository above', () => CodeHost.github({ repository: '../platform' })],
    ['FW1001', 'no host', () => PlatformStep.promote({ host: any('github'), environment: 'prod', all: true })],
    ['FW1000', 'no reason', () => PlatformStep.rollback(any({ host, environment: 'prod', workload: 'a' }))],
    ['FW1001', 'a reason of two lines', () => PlatformStep.rollback({ host, environment: 'prod', workload: 'a', reason: 'a\nb' })],
    ['FW1055', 'a comparison with itself', () => PlatformStep.commentDiff({ host, from: 'prod', to: 'prod' })],
    ['FW1055', 'half a comparison', () => PlatformStep.commentDiff({ host, from: 'prod' })],
    ['FW1056', 'an address of a file', () => PlatformStep.smokeTest({ url: 'file:///etc/passwd' })],
    ['FW1001', 'a status that is none', () => PlatformStep.smokeTest({ url: 'https://x.example.com', status: 42 })],
    ['FW1000', 'no selector', () => HealthCheck.argoCd(any({}))],
    ['FW1001', 'a selector that is none', () => HealthCheck.flux({ selector: 'a b' })],
    ['FW1001', 'a target that is none', () => HealthCheck.kubernetes(['checkout'])],
    ['FW1000', 'no environments', () => PlatformStep.rescan({ environments: [] })],
    ['FW1055', 'a repository that is none', () => CodeHost.github({ repository: 'acme' })],
    ['FW1056', 'an API that is none', () => CodeHost.gitlab({ api: 'gitlab.example.com' })],
    ['FW1001', 'a project that is none', () => CodeHost.azureRepos({ organization: 'a/b', project: 'x', repository: 'y' })],
  ])('%s: %s', (code, _, make) => {
    expect(codesOf(make)).toEqual([code]);
  });

  it('secrets and values of others are refused where they are shown or decide', () => {
    const of = (step: JobStep) => codesOf(() => built(step));
    expect(of(ImageStep.buildImage({ image: secret }))).toEqual(['FW1016']);
    expect(of(PlatformStep.smokeTest({ url: secret }))).toEqual(['FW1016']);
    expect(of(Setup.node({ version: Context.BRANCH }))).toEqual(['FW1017']);
    expect(of(ImageStep.buildImage({ image: IMAGE, tag: Context.BRANCH }))).toEqual([]);
    expect(of(PlatformStep.checkout({ host: elsewhere, folder: 'platform', ref: Context.SOURCE_BRANCH }))).toEqual(['FW1017']);
    expect(of(PlatformStep.checkout({ host: elsewhere, folder: 'platform', ref: secret }))).toEqual(['FW1016']);
  });
});

describe('steps', () => {
  it('have all actions but one or another', () => {
    const used = Object.values(STEPS).map(make => built(make()).action);
    expect(DELIVERY_ACTIONS.filter(action => !used.includes(action))).toEqual([]);
    expect(Object.keys(ACTIONS).sort()).toEqual([...DELIVERY_ACTIONS].sort());
  });

  it.each(Object.keys(STEPS))('%s tells what the table says', name => {
    const { action, with: told, outputs, env } = built(STEPS[name]());
    const { fields, outputs: known } = ACTIONS[action];
    for (const [field, value] of Object.entries(told)) {
      const type = typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'flag' : fields[field].type;
      expect([field, fields[field].type]).toEqual([field, type]);
      expect(env[fields[field].variable]).toBeDefined();
    }
    expect(outputs.filter(output => !Object.hasOwn(known, output))).toEqual([]);
  });

  it('tell what is of the user from what is of the script', () => {
    const step = built(ImageStep.sign({ ...image, env: { MINE: '1' } }));
    expect(ownEnvironment(step)).toEqual({ MINE: ['1'] });
    expect(Object.keys(step.env)).toEqual(['IMAGE', 'IMAGE_DIGEST', 'MINE']);
  });

  it('say why they need what they need', () => {
    const ci = pipeline();
    const build = ImageStep.buildImage({ image: IMAGE });
    new Job(ci, 'image', { steps: [build, ImageStep.sign({ image: IMAGE, digest: build.output('digest') }), PackageStep.publish({ target: PackageTarget.pypi() })] });
    const [job] = ci._graph().jobs;
    expect(job.publishes).toBe(true);
    expect(job.identities).toEqual([{ name: 'SIGSTORE', audience: 'sigstore' }, { name: 'PACKAGE_IDENTITY', audience: 'pypi' }]);
    expect(job.grants.map(grant => grant.capability)).toEqual(['identity', 'publishPackages']);
    expect(job.grants.find(grant => grant.capability === 'publishPackages')!.reason).toBe('pushes the image; stores the signature beside the image');
    expect(job.steps[1].env.IMAGE_DIGEST).toEqual([{ kind: 'stepOutput', step: 'build-image', name: 'digest' }]);
  });

  it.each<[CodeHost, string]>([
    [CodeHost.github({ repository: 'acme/platform' }), 'https://github.com/acme/platform.git'],
    [CodeHost.github({ repository: 'acme/platform', api: 'https://api.acme.ghe.com/' }), 'https://acme.ghe.com/acme/platform.git'],
    [CodeHost.github({ repository: 'acme/platform', api: 'https://api.example.com:8443/api/v3' }), 'https://api.example.com:8443/acme/platform.git'],
    [CodeHost.gitlab({ repository: 'acme/group/platform' }), 'https://gitlab.com/acme/group/platform.git'],
    [CodeHost.gitlab({ repository: 'acme/platform', api: 'https://example.com/gitlab/api/v4/' }), 'https://example.com/gitlab/acme/platform.git'],
    [CodeHost.azureRepos({ organization: 'acme', project: 'the shop', repository: 'platform' }), 'https://dev.azure.com/acme/the%20shop/_git/platform'],
  ])('know what is cloned by the API: %#', (from, address) => {
    expect(built(PlatformStep.checkout({ host: from, folder: 'platform' })).with.address).toEqual([address]);
  });

  it('of another repository get no right over that of the run', () => {
    const grants = (step: JobStep) => {
      const ci = pipeline();
      new Job(ci, 'job', { steps: [step] });
      return ci._graph().jobs[0].grants.map(grant => grant.capability);
    };
    expect(grants(PlatformStep.promote({ host: elsewhere, environment: 'dev', all: true, folder: 'platform' }))).toEqual([]);
    expect(grants(PlatformStep.checkout({ host: elsewhere, folder: 'platform' }))).toEqual([]);
    expect(grants(PlatformStep.promote({ host: CodeHost.github({ repository: 'acme/platform' }), environment: 'dev', all: true }))).toEqual(['commentOnChange', 'writeCode']);
  });

  it('keep their lists in templates', () => {
    const ci = pipeline();
    const template = new PipelineTemplate(ci, 'image');
    const name = template.addInput('name', { description: 'of the image' });
    new Job(template, 'build', { steps: [ImageStep.buildImage({ image: Value.join('ghcr.io/acme/', name), platforms: ['linux/amd64', 'linux/arm64'] })] });
    new TemplateJob(ci, 'cart', { template, inputs: { name: 'cart' } });
    const [step] = inlined(ci._graph()).jobs[0].steps as StepNode[];
    expect(step).toMatchObject({ with: { image: ['ghcr.io/acme/cart'], platforms: ['linux/amd64', 'linux/arm64'] }, env: { BUILD_PLATFORMS: ['linux/amd64\nlinux/arm64'] } });
  });
});

describe('tools', () => {
  const tool = (step: JobStep, on?: Platform) => {
    const ci = on ? pipeline({}, on) : pipeline();
    new Job(ci, 'job', { steps: [step] });
    return ci._graph().jobs[0].steps[0] as ToolStepNode;
  };

  it('have a version and a cache', () => {
    expect(tool(Setup.node())).toMatchObject({ kind: 'tool', language: 'node', version: ['24'], cache: { manager: 'npm', lockFiles: ['package-lock.json'], paths: ['~/.npm'] } });
    expect(tool(Setup.python({ packageManager: PackageManager.UV, cache: true, lockFiles: ['services/*/uv.lock'] })).cache).toMatchObject({ manager: 'uv', lockFiles: ['services/*/uv.lock'] });
    expect(tool(Setup.rust({ cache: false })).cache).toBeUndefined();
    expect([Setup.go(), Setup.java(), Setup.dotnet()].map(step => tool(step).version)).toEqual([['1.26'], ['25'], ['10.0']]);
  });

  it('take a version of a matrix', () => {
    const ci = pipeline();
    const matrix = Matrix.of({ node: ['22', '24'] });
    new Job(ci, 'job', { matrix, steps: [Setup.node({ version: matrix.value('node') })] });
    expect((ci._graph().jobs[0].steps[0] as ToolStepNode).version).toEqual([{ kind: 'matrix', axis: 'node' }]);
  });

  it.each([
    ['node', '.nvmrc', 'v24.1.0\n', '24.1.0'], ['go', 'go.mod', 'module x\n\ngo 1.26.2\n', '1.26.2'], ['python', '.tool-versions', 'nodejs 24\npython 3.14.1\n', '3.14.1'],
    ['dotnet', 'global.json', '{"sdk": {"version": "10.0.100"}}', '10.0.100'], ['rust', 'rust-toolchain.toml', '[toolchain]\nchannel = "1.94.0"\n', '1.94.0'],
    ['node', '.nvmrc', 'lts/*', 'FW1053'], ['node', '.nvmrc', undefined, 'FW1053'], ['node', 'notes.txt', '24', 'FW1053'], ['node', 'package.json', '{"engines": {"node": ">=22"}}', 'FW1053'],
    ['java', '.java-version', '', 'FW1053'],
  ] as const)('%s reads %s', (language, file, content, expected) => {
    const root = fs.mkdtempSync(path.join(os.tmpdir(), 'fairway-tools-'));
    try {
      if (content !== undefined) {
        fs.writeFileSync(path.join(root, file), content);
      }
      const found = () => tool(Setup[language]({ versionFile: file }), new Platform({ name: 'acme', root }));
      expect(expected.startsWith('FW') ? codesOf(found) : found().version).toEqual([expected]);
    } finally {
      fs.rmSync(root, { recursive: true, force: true });
    }
  });
});
