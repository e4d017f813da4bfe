import * as fs from 'fs';
import * as path from 'path';
import { ApiObject } from 'cdk8s';
import * as fc from 'fast-check';
import { Platform, RepositoryFile } from '../../src/core';
import { Severity } from '../../src/core/diagnostics/finding';
import { pathFault } from '../../src/core/files/paths';
import { Cluster, Environment, EnvironmentProps } from '../../src/environments';
import { GitOpsEngine } from '../../src/gitops';
import { DeliveryPipeline, ServiceDelivery, ServiceDeliveryProps } from '../../src/golden-path';
import { Image } from '../../src/images';
import { ChangeRoute, CodeHost, ImageStep, JobContainer, JobStep, PipelineEngine, PipelineSecret, PipelineSystem, Setup } from '../../src/pipelines';
import { CONTEXTS, DeliveryStepNode, JobNode, PipelineGraph } from '../../src/pipelines/graph';
import { PromotionEngine } from '../../src/promotion';
import { Probe, WebService } from '../../src/workloads';
import { standIn } from '../pipelines/stand-in';
import { codesOf } from '../support/findings';
import { newFolder, readTree } from '../support/folders';
import '../support/properties';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const SERVICE = 'https://github.com/acme/checkout';
const cluster = Cluster.inCluster({ kubernetesVersion: '1.34' });
const test = [Setup.go(), JobStep.run('go test ./...', { id: 'tests' })];

interface Road {
  readonly platform: Platform;
  readonly dev: Environment;
  readonly lab: Environment;
  readonly prod: Environment;
  readonly checkout: WebService;
}

function service(platform: Platform, name: string, props: object = {}): WebService {
  return new WebService(platform, name, { image: Image.of(`ghcr.io/acme/${name}`, { tag: '1', digest: DIGEST }), port: 8080, readiness: Probe.http('/readyz'), ...props });
}

function road(protection: EnvironmentProps['protection'] = { approvals: { teams: ['acme/dev'] } }, props: object = {}): Road {
  const platform = new Platform({ name: 'shop', root: '/nowhere', repository: 'https://github.com/acme/shop-platform.git', gitops: GitOpsEngine.argoCd({ revision: 'main' }), ...props });
  const dev = new Environment(platform, 'dev', { cluster, protection });
  const lab = new Environment(platform, 'lab', { cluster });
  const prod = new Environment(platform, 'prod', { cluster, promotedFrom: [dev], protection: { requireHealth: true } });
  return { platform, dev, lab, prod, checkout: service(platform, 'checkout', { environments: [dev, prod] }) };
}

function delivered({ platform, checkout }: Road, props: Partial<ServiceDeliveryProps> = {}, id = 'checkout-delivery') {
  const made = new ServiceDelivery(platform, id, { engine: standIn(), workload: checkout, repository: SERVICE, test, ...props });
  return { made, graph: made.delivery._graph(), maintenance: made.maintenance?._graph() };
}

const renovate = JobContainer.of('ghcr.io/renovatebot/renovate:44');

const jobOf = (graph: PipelineGraph, id: string): JobNode => graph.jobs.find(job => job.id === id)!;
const order = (graph: PipelineGraph) => Object.fromEntries(graph.jobs.map(job => [job.id, job.needs.map(edge => edge.job)]));
const actions = (job: JobNode) => job.steps.map(step => step.kind === 'delivery' ? step.action : step.kind);
const delivery = (job: JobNode, action: string) => job.steps.find(step => step.kind === 'delivery' && step.action === action) as DeliveryStepNode;

/** The files of a repository, by path. */
function filesOf({ platform }: Road): Record<string, string> {
  const files = platform.node.findAll().filter((each): each is RepositoryFile => RepositoryFile.isRepositoryFile(each));
  return Object.fromEntries(files.map(each => [each.path, each._render()]));
}

describe('a delivery of a service', () => {
  it('builds once, and hands over', () => {
    const { graph } = delivered(road());
    expect(order(graph)).toEqual({
      'test': [],
      'image': [],
      'build': ['test'],
      'scan': ['build'],
      'sign': ['build', 'scan'],
      'deploy-dev': ['build', 'sign'],
    });
    expect(Object.fromEntries(graph.jobs.map(job => [job.id, actions(job)]))).toEqual({
      'test': ['checkout', 'tool', 'run'],
      'image': ['checkout', 'build-image'],
      'build': ['checkout', 'login-registry', 'build-image'],
      'scan': ['login-registry', 'scan-image', 'upload-findings'],
      'sign': ['login-registry', 'sign-image', 'attest-image', 'attest-image'],
      'deploy-dev': ['checkout-repository', 'tool', 'run', 'promote'],
    });
    expect(graph.jobs.map(job => [job.id, job.condition && 'is' in job.condition ? job.condition.is : []])).toEqual([
      ['test', []], ['image', ['pullRequest']], ['build', ['push']], ['scan', ['push']], ['sign', ['push']], ['deploy-dev', ['push']],
    ]);
    expect(graph.filters).toEqual([]);
  });

  it('names what it has built by its digest, to the end', () => {
    const { graph } = delivered(road());
    const digest = [{ kind: 'output', job: 'build', name: 'digest' }];
    expect([delivery(jobOf(graph, 'scan'), 'scan-image'), delivery(jobOf(graph, 'sign'), 'sign-image')].map(step => step.with.digest)).toEqual([digest, digest]);
    expect(delivery(jobOf(graph, 'deploy-dev'), 'promote').with).toEqual({
      environment: ['dev'],
      workloads: ['checkout'],
      image: ['ghcr.io/acme/checkout'],
      tag: [{ kind: 'context', name: 'sha' }],
      digest,
      commit: [{ kind: 'context', name: 'sha' }],
      sourceRepository: [SERVICE],
      route: ['push'],
      branch: ['main'],
      paths: ['releases', 'dist', '.fairway'],
      host: ['github'],
      api: ['https://api.github.com'],
      repository: ['acme/shop-platform'],
      token: [{ kind: 'secret', name: 'PLATFORM_TOKEN' }],
    });
    expect(delivery(jobOf(graph, 'image'), 'build-image').with).toMatchObject({ push: false, context: ['.'], dockerfile: ['Dockerfile'] });
    expect(delivery(jobOf(graph, 'build'), 'build-image').with).toMatchObject({ push: true, provenance: true, sbom: true });
  });

  it('works in the repository of the platform only where it hands over', () => {
    const { graph } = delivered(road({ approvals: { teams: ['acme/dev'] } }, { outdir: 'out', publishedPath: 'manifests', releases: 'state' }), { platformBranch: 'trunk' });
    const job = jobOf(graph, 'deploy-dev');
    expect(job.environment).toMatchObject({ name: 'dev', protection: { approvals: { teams: ['acme/dev'], count: 1 } } });
    expect(delivery(job, 'checkout-repository').with).toMatchObject({ address: ['https://github.com/acme/shop-platform.git'], folder: ['platform'], ref: ['trunk'], depth: 0 });
    expect(job.steps[2]).toMatchObject({ kind: 'run', script: 'npm ci', workingDirectory: 'platform' });
    const promote = delivery(job, 'promote');
    expect([promote.portable.workingDirectory, promote.with.branch, promote.with.paths]).toEqual(['platform', ['trunk'], ['state', 'manifests', '.fairway']]);
  });

  it('shows the token of the platform to the job that hands over alone, and gives that no right over the service', () => {
    const { graph } = delivered(road());
    expect(graph.secrets).toEqual([{ name: 'GITHUB_TOKEN' }, { name: 'PLATFORM_TOKEN', environment: 'dev' }]);
    expect(graph.jobs.filter(job => JSON.stringify(job).includes('PLATFORM_TOKEN')).map(job => job.id)).toEqual(['deploy-dev']);
    const handOver = jobOf(graph, 'deploy-dev');
    expect(handOver.steps.filter(step => JSON.stringify(step.env).includes('PLATFORM_TOKEN')).map(step => step.id)).toEqual(['checkout-repository', 'enter-checkout']);
    expect([handOver.grants, handOver.identities]).toEqual([[], []]);
    expect(graph.jobs.filter(job => JSON.stringify(job.condition ?? '').includes('"push"') === false).flatMap(job => job.grants.map(grant => grant.capability))).toEqual(['readCode', 'readCode']);
    expect(graph.jobs.filter(job => job.publishes).map(job => job.id)).toEqual(['build', 'sign', 'deploy-dev']);
  });

  it('reads nothing that others choose, but who started the run, for the registry', () => {
    const untrusted = Object.entries(CONTEXTS).filter(([, trust]) => trust === 'untrusted').map(([name]) => `{"kind":"context","name":"${name}"}`);
    const { graph, maintenance } = delivered(road(), { renovate });
    expect(untrusted.filter(value => JSON.stringify([graph.jobs, maintenance!.jobs]).includes(value))).toEqual(['{"kind":"context","name":"actor"}']);
  });

  it('enters each environment that the road begins with and the workload runs in', () => {
    const all = road();
    const cart = service(all.platform, 'cart');
    const { graph } = delivered(all, { workload: cart, route: ChangeRoute.PULL_REQUEST, test: [] }, 'cart-delivery');
    expect(order(graph)).toMatchObject({ 'build': [], 'deploy-dev': ['build', 'sign'], 'deploy-lab': ['build', 'sign'] });
    expect(graph.jobs.map(job => job.id)).not.toContain('deploy-prod');
    expect(graph.jobs.map(job => job.id)).not.toContain('test');
    expect(delivery(jobOf(graph, 'deploy-lab'), 'promote').with).toMatchObject({ environment: ['lab'], route: ['pull-request'] });
    expect(graph.secrets.map(secret => secret.name)).toEqual(['GITHUB_TOKEN', 'PLATFORM_TOKEN']);
  });

  it('proposes by default what the platform proposes', () => {
    const { graph } = delivered(road({}, { promotion: PromotionEngine.pullRequests() }));
    expect(delivery(jobOf(graph, 'deploy-dev'), 'promote').with.route).toEqual(['pull-request']);
  });

  it('takes what is of the user', () => {
    const host = CodeHost.gitlab({ api: 'https://gitlab.example.com/api/v4', repository: 'acme/platform', token: PipelineSecret.named('BOT') });
    const { graph, maintenance } = delivered(road(), {
      repository: 'https://git.example.com/acme/checkout',
      serviceHost: CodeHost.gitlab({ api: 'https://git.example.com/api/v4' }),
      host,
      branch: 'trunk',
      context: 'app',
      platforms: ['linux/arm64'],
      setup: [JobStep.run('make', { workingDirectory: 'platform' })],
      signingKey: 'awskms:///alias/release',
      maintenance: '7 5 * * 1',
      renovate: JobContainer.of('ghcr.io/acme/renovate:44'),
    });
    expect(graph.triggers).toMatchObject([{ kind: 'pullRequest', branches: { include: ['trunk'] } }, { kind: 'push', branches: { include: ['trunk'] } }]);
    expect(graph.repository).toBe('https://git.example.com/acme/checkout');
    expect(actions(jobOf(graph, 'deploy-dev'))).toEqual(['checkout-repository', 'run', 'promote']);
    expect(delivery(jobOf(graph, 'deploy-dev'), 'checkout-repository').with.address).toEqual(['https://gitlab.example.com/acme/platform.git']);
    expect(delivery(jobOf(graph, 'build'), 'build-image').with).toMatchObject({ context: ['app'], dockerfile: ['app/Dockerfile'], platforms: ['linux/arm64'] });
    expect(jobOf(graph, 'sign').identities).toEqual([]);
    expect(maintenance!.triggers).toMatchObject([{ kind: 'schedule', cron: '7 5 * * 1' }, { kind: 'manual' }]);
    expect(maintenance!.jobs.map(job => [job.id, actions(job), job.container?.image])).toEqual([['update', ['checkout', 'update-dependencies'], 'ghcr.io/acme/renovate:44']]);
    expect(delivered(road()).made.maintenance).toBeUndefined();
    expect(delivery(jobOf(maintenance!, 'update'), 'update-dependencies').with.api).toEqual(['https://git.example.com/api/v4']);
  });

  it('is what the delivery of the platform starts by', () => {
    const pushOf = (props: object, entersElsewhere = true) => {
      const all = road();
      if (entersElsewhere) {
        service(all.platform, 'cart', { environments: [all.dev] });
      }
      service(all.platform, 'report', { environments: [all.prod] });
      const images = [{ workload: all.checkout, context: 'checkout' }];
      return new DeliveryPipeline(all.platform, 'delivery', { engine: standIn(), images, ...props }).delivery._graph().triggers.find(trigger => trigger.kind === 'push');
    };
    expect(pushOf({})).toMatchObject({ paths: { exclude: ['releases/prod.json', 'dist/**', '.fairway/**'] } });
    expect(pushOf({}, false)).toMatchObject({ paths: { exclude: ['releases/**', 'dist/**', '.fairway/**'] } });
    expect(pushOf({ route: ChangeRoute.PULL_REQUEST })).not.toHaveProperty('paths');
  });

  const ENGINES: ReadonlyArray<[string, () => PipelineSystem, string[], string[]]> = [
    ['GitHub Actions', () => PipelineEngine.githubActions(), [], ['.github/workflows/checkout-delivery-maintenance.yml', '.github/workflows/checkout-delivery.yml']],
    ['GitLab CI', () => PipelineEngine.gitlabCi(), [], ['.gitlab-ci.yml', '.gitlab/ci/checkout-delivery-maintenance.yml', '.gitlab/ci/checkout-delivery.yml']],
    ['Azure Pipelines', () => PipelineEngine.azurePipelines(), ['identity for sigstore'], ['.azure/checkout-delivery-maintenance.yml']],
    ['Jenkins', () => PipelineEngine.jenkins({ file: 'ci/<pipeline>.jenkinsfile' }), [], ['ci/checkout-delivery-maintenance.jenkinsfile', 'ci/checkout-delivery.jenkinsfile']],
    ['Tekton', () => PipelineEngine.tekton({ concurrencyHeldBy: 'Kueue admits one run at a time' }), [], []],
  ];

  it.each(ENGINES)('is lowered for %s, and nothing that matters is left out but what it cannot', (_, engine, gaps, files) => {
    const root = newFolder();
    const all = road({}, { root, outdir: path.join(root, 'dist') });
    const { made: { delivery: pipeline, maintenance } } = delivered(all, { engine: engine(), renovate });
    const errors = [pipeline, maintenance!].flatMap(each => each.findings()).filter(finding => finding.severity === Severity.ERROR);
    expect(errors.map(finding => gaps.find(gap => finding.message.includes(gap)) ?? finding.message)).toEqual(gaps);
    all.platform.lower();
    expect(Object.keys(filesOf(all)).filter(file => !file.startsWith('argocd/')).sort()).toEqual(files.map(file => `services/checkout/${file}`));
    if (files.length > 0) {
      expect(pipeline.explain() + maintenance!.explain()).toContain(`Take the files over into the root of ${SERVICE}`);
    }
  });

  it('signs by a key where a system has no identity for sigstore', () => {
    const { made } = delivered(road({}), { engine: PipelineEngine.azurePipelines(), signingKey: 'awskms:///alias/release' });
    expect(made.delivery.findings().filter(finding => finding.severity === Severity.ERROR)).toEqual([]);
  });

  it('speaks of the root of its own repository in its files', () => {
    const root = newFolder();
    const all = road({}, { root, outdir: path.join(root, 'dist') });
    delivered(all, { engine: PipelineEngine.gitlabCi(), renovate });
    new DeliveryPipeline(all.platform, 'delivery', { engine: PipelineEngine.gitlabCi() });
    all.platform.lower();
    const texts = filesOf(all);
    expect(texts['services/checkout/.gitlab-ci.yml']).toContain('local: /.gitlab/ci/checkout-delivery.yml');
    expect(texts['services/checkout/.gitlab-ci.yml']).not.toContain('local: /.gitlab/ci/delivery.yml');
    expect(texts['.gitlab-ci.yml']).not.toContain('checkout');
    expect(Object.entries(texts).filter(([file, text]) => file.startsWith('services/') && text.includes('services/checkout'))).toEqual([]);
  });

  it('listens to its own repository in a cluster', () => {
    const { platform, checkout } = road({});
    const { delivery: pipeline } = new ServiceDelivery(platform, 'checkout-delivery', {
      engine: PipelineEngine.tekton({ concurrencyHeldBy: 'Kueue' }), workload: checkout, repository: SERVICE, signingKey: 'awskms:///alias/release',
    });
    platform.lower();
    const objects = pipeline.node.findAll().filter(each => ApiObject.isApiObject(each)).map(each => JSON.stringify((each as ApiObject).toJson()));
    const heard = objects.filter(each => each.includes('full_name =='));
    expect(heard.length).toBeGreaterThan(0);
    expect(heard.filter(each => !each.includes('body.repository.full_name == \\"acme/checkout\\"'))).toEqual([]);
    expect(objects.filter(each => each.includes('shop-platform')).map(each => (JSON.parse(each) as { metadata: { name: string } }).metadata.name)).toEqual(['checkout-delivery-deploy-dev']);
  });

  it('reads versions from its own folder', () => {
    const root = newFolder();
    fs.mkdirSync(path.join(root, 'services/checkout'), { recursive: true });
    fs.writeFileSync(path.join(root, '.nvmrc'), '22\n');
    fs.writeFileSync(path.join(root, 'services/checkout/.nvmrc'), '24\n');
    const { graph } = delivered(road({}, { root }), { test: [Setup.node({ versionFile: '.nvmrc' })] });
    expect(jobOf(graph, 'test').steps[1]).toMatchObject({ version: ['24'] });
    expect(codesOf(() => delivered(road({}, { root }), { test: [Setup.node({ versionFile: '.nvmrc' })], folder: 'elsewhere' }))).toEqual(['FW1053']);
  });

  it('is written by a synth, and taken away by the next one without it', () => {
    const root = newFolder();
    const made = (withService: boolean) => {
      const all = road({}, { root, outdir: path.join(root, 'dist') });
      if (withService) {
        delivered(all, { engine: PipelineEngine.githubActions() });
      }
      all.platform.synth();
      return Object.keys(readTree(root)).filter(file => file.startsWith('services/'));
    };
    expect(made(true)).toEqual(['services/checkout/.github/workflows/checkout-delivery.yml']);
    expect(made(false)).toEqual([]);
  });
});


describe('what does not fit', () => {
  const any = (value: unknown) => value as never;
  const mine = CodeHost.github({ repository: 'acme/platform' });

  it.each<[string, string, (all: Road) => unknown]>([
    ['FW1000', 'no engine', all => delivered(all, { engine: undefined })],
    ['FW1001', 'an engine of another kind', all => delivered(all, { engine: any(GitOpsEngine.flux()) })],
    ['FW1000', 'no workload', all => delivered(all, { workload: undefined })],
    ['FW1001', 'a workload that is none', all => delivered(all, { workload: any('checkout') })],
    ['FW1001', 'an object of a prototype', all => delivered(all, { workload: any(Object.create(null)) })],
    ['FW1063', 'something with an image', all => delivered(all, { workload: any({ image: {} }) })],
    ['FW1063', 'a workload of another platform', all => delivered(all, { workload: road().checkout })],
    ['FW1000', 'no repository', all => delivered(all, { repository: undefined })],
    ['FW1056', 'a repository that is no address', all => delivered(all, { repository: 'acme/checkout' })],
    ['FW1056', 'a repository with a user', all => delivered(all, { repository: 'https://me:pw@github.com/acme/checkout' })],
    ['FW1056', 'a repository that is no text', all => delivered(all, { repository: any(7) })],
    ['FW1060', 'a service nobody knows where', all => delivered(all, { renovate, repository: 'https://git.example.com/acme/checkout' })],
    ['FW1060', 'a platform nobody knows where', () => delivered(road({}, { repository: 'https://git.example.com/acme/shop' }))],
    ['FW1060', 'a platform without a repository of its own', () => delivered(road({}, { repository: 'https://github.com/acme' }))],
    ['FW1055', 'a host that says no repository', all => delivered(all, { host: CodeHost.gitlab() })],
    ['FW1001', 'a host that is none', all => delivered(all, { host: any('github') })],
    ['FW1065', 'the token of the run', all => delivered(all, { host: mine, engine: PipelineEngine.githubActions() })],
    ['FW1042', 'a folder above', all => delivered(all, { folder: '../services' })],
    ['FW1042', 'a folder of the machine', all => delivered(all, { folder: '/services' })],
    ['FW1001', 'the root', all => delivered(all, { folder: '.' })],
    ['FW1001', 'a folder of git', all => delivered(all, { folder: 'services/.git' })],
    ['FW1001', 'a folder with blanks', all => delivered(all, { folder: 'my services' })],
    ['FW1001', 'a folder that is a list', all => delivered(all, { folder: any(['a']) })],
    ['FW1042', 'a context outside', all => delivered(all, { context: '../checkout' })],
    ['FW1001', 'tests that are no list', all => delivered(all, { test: any('go test') })],
    ['FW1001', 'a branch that is an option', all => delivered(all, { branch: '--all' })],
    ['FW1055', 'a branch of the platform that is none', all => delivered(all, { platformBranch: 'a..b' })],
    ['FW1001', 'an unknown route', all => delivered(all, { route: any('email') })],
    ['FW1026', 'a calendar that is none', all => delivered(all, { renovate, maintenance: '@daily' })],
    ['FW1055', 'times of updates by nothing', all => delivered(all, { maintenance: '7 5 * * 1' })],
    ['FW1002', 'an unknown field', all => delivered(all, any({ enviroments: [] }))],
    ['FW1002', 'a field of all objects', all => delivered(all, any(JSON.parse('{ "__proto__": {} }')))],
    ['FW1063', 'a registry that nobody logs in to', all => delivered(all, { workload: service(all.platform, 'web', { image: Image.of('registry.example.com/acme/web', { tag: '1' }) }) })],
    ['FW1064', 'a workload where releases are promoted to alone', all => delivered(all, { workload: service(all.platform, 'web', { environments: [all.prod] }) })],
    ['FW1064', 'a workload that runs nowhere', all => delivered(all, { workload: service(all.platform, 'web', { environments: [] }) })],
    ['FW1061', 'no environments', () => {
      const platform = new Platform({ name: 'shop', root: '/nowhere' });
      return new ServiceDelivery(platform, 'd', { engine: standIn(), workload: service(platform, 'web'), repository: SERVICE });
    }],
  ])('%s: %s', (code, _, make) => {
    expect(codesOf(() => make(road()))).toEqual([code]);
  });

  it('never writes outside of the folder, whatever it is called', () => {
    const part = fc.oneof(fc.constantFrom('.', '..', '.git', '.fairway', 'con', '~', '-x', 'a b', '$x', 'services', 'a.', ''), fc.string({ maxLength: 6 }));
    let accepted = 0;
    fc.assert(fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), parts => {
      const folder = parts.join('/');
      const all = road({});
      const found = codesOf(() => delivered(all, { engine: PipelineEngine.githubActions(), renovate, folder }));
      if (found.length === 0) {
        accepted++;
        all.platform.lower();
        const files = Object.keys(filesOf(all)).filter(file => file.includes('workflows'));
        expect(files).toHaveLength(2);
        expect(files.filter(file => path.posix.normalize(file) !== file || !file.startsWith(`${folder}/.github/`) || pathFault(file) !== undefined)).toEqual([]);
      } else {
        expect(['FW1000', 'FW1001', 'FW1042']).toEqual(expect.arrayContaining(found));
      }
    }), { numRuns: 200 });
    expect(accepted).toBeGreaterThan(5);
  });

  it('the token of the run is a secret like others elsewhere', () => {
    expect(codesOf(() => delivered(road(), { host: CodeHost.github({ repository: 'acme/platform' }), engine: PipelineEngine.jenkins() }))).toEqual([]);
  });

  it('a registry of your own has a login', () => {
    const all = road();
    const web = service(all.platform, 'web', { image: Image.of('registry.example.com/acme/web', { tag: '1' }) });
    const login = ImageStep.login({ registry: 'registry.example.com', username: 'ci', password: PipelineSecret.named('REGISTRY') });
    const { graph } = delivered(all, { workload: web, login });
    expect(delivery(jobOf(graph, 'build'), 'login-registry').with.registry).toEqual(['registry.example.com']);
    expect(actions(jobOf(graph, 'image'))).toEqual(['checkout', 'build-image']);
  });

  it('FW1061: an environment that comes later, where releases of the service would enter', () => {
    const all = road();
    const cart = service(all.platform, 'cart');
    delivered(all, { workload: cart });
    new Environment(all.platform, 'next', { cluster, promotedFrom: [all.lab] });
    new Environment(all.platform, 'late', { cluster });
    expect(all.platform.check().filter(finding => finding.code === 'FW1061').map(finding => finding.message)).toEqual(['The delivery was made before the environment late.']);
  });

  it('FW1066 and FW1039: two services in one folder, two pipelines in one file', () => {
    const all = road();
    const cart = service(all.platform, 'cart');
    const engine = PipelineEngine.githubActions();
    const one = delivered(all, { engine, folder: 'services/all' }).made;
    const other = delivered(all, { engine, folder: 'services/all', workload: cart, repository: 'https://github.com/acme/cart' }, 'cart-delivery').made;
    expect([one, other].map(each => each.delivery.findings().filter(finding => finding.severity === Severity.ERROR).map(finding => finding.code))).toEqual([['FW1066'], ['FW1066']]);
    const again = new ServiceDelivery(cart, 'checkout-delivery', { engine, workload: all.checkout, repository: SERVICE });
    const first = delivered(all, { engine }, 'first').made;
    expect(again.delivery.findings().filter(finding => finding.severity === Severity.ERROR)).toEqual([]);
    expect(first.delivery.findings().filter(finding => finding.severity === Severity.ERROR)).toEqual([]);
    const same = new ServiceDelivery(all.checkout, 'checkout-delivery', { engine, workload: all.checkout, repository: SERVICE });
    expect(same.delivery.findings().filter(finding => finding.severity === Severity.ERROR).map(finding => [finding.code, finding.message])).toEqual([
      ['FW1039', expect.stringContaining('services/checkout/.github/workflows/checkout-delivery.yml')],
    ]);
  });
});
