import { Platform } from '../../src/core';
import { Severity } from '../../src/core/diagnostics/finding';
import { Cluster, Environment, EnvironmentProps } from '../../src/environments';
import { GitOpsEngine } from '../../src/gitops';
import { DeliveryPipeline, DeliveryPipelineProps } from '../../src/golden-path';
import { Image } from '../../src/images';
import { ChangeRoute, CodeHost, HealthCheck, ImageStep, JobContainer, JobStep, PipelineEngine, PipelineSecret, PipelineSystem } from '../../src/pipelines';
import type { DeliveryStepNode, JobNode, PipelineGraph } from '../../src/pipelines/graph';
import { PromotionEngine } from '../../src/promotion';
import { Probe, WebService } from '../../src/workloads';
import { standIn } from '../pipelines/stand-in';
import { codesOf } from '../support/findings';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const HTTPS = 'https://github.com/acme/shop-platform';
const cluster = Cluster.inCluster({ kubernetesVersion: '1.34' });

interface Road {
  readonly platform: Platform;
  readonly dev: Environment;
  readonly staging: Environment;
  readonly prod: Environment;
  readonly cart: WebService;
  readonly checkout: WebService;
}

function road(protection: EnvironmentProps['protection'] = { requireHealth: true, approvals: { teams: ['acme/sre'] } }, props: object = {}): Road {
  const platform = new Platform({ name: 'shop', root: '/nowhere', repository: HTTPS, gitops: GitOpsEngine.argoCd({ revision: 'main' }), ...props });
  const dev = new Environment(platform, 'dev', { cluster });
  const staging = new Environment(platform, 'staging', { cluster, promotedFrom: [dev] });
  const prod = new Environment(platform, 'prod', { cluster, promotedFrom: [staging], protection });
  const service = (name: string) => new WebService(platform, name, { image: Image.of(`ghcr.io/acme/${name}`, { tag: '1', digest: DIGEST }), port: 8080, readiness: Probe.http('/readyz') });
  return { platform, dev, staging, prod, cart: service('cart'), checkout: service('checkout') };
}

function delivered({ platform }: Road, props: Partial<DeliveryPipelineProps> = {}) {
  const made = new DeliveryPipeline(platform, 'delivery', { engine: standIn(), ...props });
  return { made, graph: made.delivery._graph(), rollback: made.rollback._graph(), maintenance: made.maintenance._graph() };
}

const jobOf = (graph: PipelineGraph, id: string): JobNode => graph.jobs.find(job => job.id === id)!;
const order = (graph: PipelineGraph) => Object.fromEntries(graph.jobs.map(job => [job.id, job.needs.map(edge => edge.job)]));
const actions = (job: JobNode) => job.steps.map(step => step.kind === 'delivery' ? step.action : step.kind);
const delivery = (job: JobNode, action: string) => job.steps.find(step => step.kind === 'delivery' && step.action === action) as DeliveryStepNode;

describe('a delivery', () => {
  it('follows the road', () => {
    const { graph } = delivered(road());
    expect(order(graph)).toEqual({
      'check': [],
      'edits': [],
      'diff': [],
      'comment': ['diff'],
      'verify-dev': ['check', 'edits'],
      'deploy-staging': ['verify-dev'],
      'verify-staging': ['deploy-staging'],
      'deploy-prod': ['verify-staging'],
      'verify-prod': ['deploy-prod'],
    });
    expect(actions(jobOf(graph, 'deploy-prod'))).toEqual(['checkout', 'tool', 'run', 'promote']);
    expect(actions(jobOf(graph, 'verify-prod'))).toEqual(['checkout', 'wait-for-health', 'record-deployment']);
  });

  it('holds the gates of each environment', () => {
    const { graph } = delivered(road());
    const prod = jobOf(graph, 'deploy-prod');
    expect(prod.environment).toMatchObject({ name: 'prod', protection: { approvals: { teams: ['acme/sre'], count: 1 }, requireHealth: true } });
    expect(delivery(prod, 'promote').with).toMatchObject({ environment: ['prod'], all: true, from: ['staging'], passed: ['health'], route: ['push'], paths: ['releases', 'dist', '.fairway'] });
    expect(delivery(jobOf(graph, 'deploy-staging'), 'promote').with.passed).toBeUndefined();
    expect(delivery(jobOf(graph, 'verify-staging'), 'wait-for-health').with).toMatchObject({
      engine: ['argocd'], selector: ['app.kubernetes.io/part-of=shop,cdk8s-fairway/environment=staging'],
    });
  });

  it('gives the program of a pull request no right but to read', () => {
    const { graph } = delivered(road());
    for (const id of ['diff', 'edits', 'check']) {
      expect(jobOf(graph, id).grants.map(grant => grant.capability).filter(capability => !['readCode', 'uploadFindings'].includes(capability))).toEqual([]);
    }
    const comment = jobOf(graph, 'comment');
    expect(actions(comment)).toEqual(['download', 'comment-diff']);
    expect(comment.grants.map(grant => grant.capability)).toEqual(['commentOnChange']);
    const publishing = graph.jobs.filter(job => job.publishes || job.environment);
    expect(publishing.map(job => JSON.stringify(job.condition)).filter(condition => !condition.includes('"push"'))).toEqual([]);
  });

  it('builds once, and names what it has built by its digest', () => {
    const all = road();
    const { graph } = delivered(all, { images: [{ workload: all.cart, context: 'services/cart' }, { workload: all.checkout, context: 'services/checkout', platforms: ['linux/amd64', 'linux/arm64'] }] });
    expect(order(graph)).toMatchObject({
      'build-cart': ['check', 'edits'],
      'scan-cart': ['build-cart'],
      'sign-cart': ['build-cart', 'scan-cart'],
      'deploy-dev': ['build-cart', 'sign-cart', 'build-checkout', 'sign-checkout'],
      'verify-dev': ['deploy-dev'],
    });
    const digest = { kind: 'output', job: 'build-cart', name: 'digest' };
    expect(delivery(jobOf(graph, 'scan-cart'), 'scan-image').with.digest).toEqual([digest]);
    expect(delivery(jobOf(graph, 'sign-cart'), 'sign-image').with.digest).toEqual([digest]);
    const entering = jobOf(graph, 'deploy-dev').steps.filter(step => step.kind === 'delivery');
    expect(entering.map(step => [step.id, step.with.workloads, step.with.digest])).toEqual([
      ['enter-cart', ['cart'], [digest]], ['enter-checkout', ['checkout'], [{ ...digest, job: 'build-checkout' }]],
    ]);
    expect(graph.filters.map(filter => [filter.id, filter.paths.include])).toContainEqual(['source_cart', ['services/cart/**']]);
    expect(jobOf(graph, 'build-cart').grants.map(grant => grant.capability)).toEqual(['publishPackages', 'readCode', 'readPackages']);
    expect(jobOf(graph, 'sign-cart').identities).toEqual([{ name: 'SIGSTORE', audience: 'sigstore' }]);
    expect(jobOf(graph, 'scan-cart').grants.map(grant => grant.capability)).not.toContain('publishPackages');
  });

  it('does not start by what it has pushed itself; what is merged goes on', () => {
    const pushOf = (graph: PipelineGraph) => graph.triggers.find(trigger => trigger.kind === 'push')!;
    const all = road();
    const images = [all.cart, all.checkout].map(workload => ({ workload, context: workload.name }));
    expect(pushOf(delivered(all, { images }).graph)).toMatchObject({ branches: { include: ['main'] }, paths: { exclude: ['releases/**', 'dist/**', '.fairway/**'] } });
    // What others push into the first environment starts it.
    expect(pushOf(delivered(road()).graph)).toMatchObject({ paths: { exclude: ['releases/staging.json', 'releases/prod.json', 'dist/**', '.fairway/**'] } });
    const reviewed = delivered(road({ approvals: { teams: ['acme/sre'] } }, { promotion: PromotionEngine.pullRequests() })).graph;
    expect(pushOf(reviewed)).not.toHaveProperty('paths');
    expect(delivery(jobOf(reviewed, 'deploy-prod'), 'promote').with.route).toEqual(['pull-request']);
    expect(delivered(road(), { route: ChangeRoute.PULL_REQUEST, branch: 'trunk' }).graph.triggers).toContainEqual({ kind: 'push', branches: { include: ['trunk'], exclude: [] } });
  });

  it('takes what is of the user', () => {
    const all = road({ requireAnalysis: ['success-rate'] });
    const { graph } = delivered(all, {
      health: { prod: HealthCheck.kubernetes(['shop-prod/deployment/cart']) },
      smokeTests: { prod: 'https://shop.example.com/healthz' },
      clusterAccess: [JobStep.run('log in')],
      verification: [JobStep.run('ask')],
      passed: ['success-rate', 'other'],
      test: [JobStep.run('npm test')],
      setup: [JobStep.run('make')],
      events: 'https://events.example.com',
    });
    expect(actions(jobOf(graph, 'test'))).toEqual(['checkout', 'run', 'run']);
    expect(actions(jobOf(graph, 'verify-prod'))).toEqual(['checkout', 'run', 'wait-for-health', 'smoke-test', 'run', 'record-deployment']);
    expect(delivery(jobOf(graph, 'verify-prod'), 'wait-for-health').with.engine).toEqual(['kubectl']);
    expect(delivery(jobOf(graph, 'deploy-prod'), 'promote').with.passed).toEqual(['success-rate']);
  });

  it('has rollbacks that people start, held by the approvals of the environment', () => {
    const { rollback } = delivered(road());
    expect(rollback.triggers).toEqual([{ kind: 'manual' }]);
    expect(rollback.inputs.map(input => [input.name, input.type, input.options])).toEqual([
      ['environment', 'choice', ['dev', 'staging', 'prod']], ['workload', 'string', []], ['to', 'string', []], ['reason', 'string', []],
    ]);
    const prod = jobOf(rollback, 'rollback-prod');
    expect(prod.environment?.protection?.approvals).toBeDefined();
    expect(prod.condition).toEqual({ kind: 'compare', value: { kind: 'input', name: 'environment' }, in: ['prod'] });
    expect(delivery(prod, 'rollback').with).toMatchObject({ environment: ['prod'], workload: [{ kind: 'input', name: 'workload' }], reason: [{ kind: 'input', name: 'reason' }] });
    expect(delivery(prod, 'record-deployment').with.outcome).toEqual(['rollback']);
  });

  it('looks again at what runs', () => {
    const { maintenance } = delivered(road());
    expect(maintenance.triggers.map(trigger => trigger.kind)).toEqual(['schedule', 'manual']);
    expect(delivery(jobOf(maintenance, 'rescan'), 'rescan-images').with.environments).toEqual(['dev', 'staging', 'prod']);
    const update = jobOf(maintenance, 'update');
    expect(update.container).toBeUndefined();
    expect(update.steps.map(step => step.id)).toEqual(['checkout', 'setup-node', 'install', 'update-dependencies']);
    const own = jobOf(delivered(road(), { renovate: JobContainer.of('ghcr.io/renovatebot/renovate:44') }).maintenance, 'update');
    expect([own.container?.image, own.steps.map(step => step.id)]).toEqual(['ghcr.io/renovatebot/renovate:44', ['checkout', 'update-dependencies']]);
  });

  it('takes further jobs', () => {
    const { platform } = road();
    const made = new DeliveryPipeline(platform, 'delivery', { engine: standIn() });
    expect(made.delivery.node.id).toBe('delivery');
    expect([made.rollback.node.id, made.maintenance.node.id]).toEqual(['delivery-rollback', 'delivery-maintenance']);
  });

  it('records what is new', () => {
    const recorded = (graph: PipelineGraph, id: string) => delivery(jobOf(graph, id), 'record-deployment').condition;
    const pushed = delivered(road()).graph;
    expect(recorded(pushed, 'verify-prod')).toEqual({ kind: 'compare', value: { kind: 'output', job: 'deploy-prod', name: 'state' }, in: ['pushed'] });
    expect(recorded(pushed, 'verify-dev')).toEqual({ kind: 'changed', filter: 'runs_in_dev' });
    expect(recorded(delivered(road(), { route: ChangeRoute.PULL_REQUEST }).graph, 'verify-prod')).toEqual({ kind: 'changed', filter: 'runs_in_prod' });
  });

  it.each<[string, PipelineSystem, string[]]>([
    ['GitHub Actions', PipelineEngine.githubActions(), []],
    ['Azure Pipelines', PipelineEngine.azurePipelines(), ['identity for sigstore']],
    ['Jenkins', PipelineEngine.jenkins({ file: 'ci/<pipeline>.jenkinsfile' }), []],
  ])('is lowered for %s, and nothing that matters is left out but %p', (_, engine, gaps) => {
    const all = road({ requireHealth: true, approvals: { teams: ['acme/sre'] } });
    new DeliveryPipeline(all.platform, 'delivery', { engine, images: [{ workload: all.cart, context: 'services/cart' }] });
    const errors = all.platform.check().filter(finding => finding.path.startsWith('delivery') && finding.severity === Severity.ERROR);
    expect(errors.map(finding => gaps.find(gap => finding.message.includes(gap)) ?? finding.message)).toEqual(gaps);
  });
});

describe('what does not fit', () => {

  const any = (value: unknown) => value as never;

  it.each<[string, string, (all: Road) => unknown]>([
    ['FW1000', 'no engine', all => delivered(all, { engine: undefined })],
    ['FW1001', 'an engine of another kind', all => delivered(all, { engine: any(GitOpsEngine.flux()) })],
    ['FW1002', 'an unknown field', all => delivered(all, any({ enviroments: [] }))],
    ['FW1001', 'images that are no list', all => delivered(all, { images: any('cart') })],
    ['FW1063', 'an image for a workload elsewhere', all => delivered(all, { images: [{ workload: road().cart, context: '.' }] })],
    ['FW1063', 'an image twice', all => delivered(all, { images: [{ workload: all.cart, context: 'a' }, { workload: all.cart, context: 'b' }] })],
    ['FW1001', 'an image for nothing', all => delivered(all, { images: [any({ workload: {}, context: '.' })] })],
    ['FW1042', 'an image outside', all => delivered(all, { images: [{ workload: all.cart, context: '../cart' }] })],
    ['FW1063', 'a smoke test nowhere', all => delivered(all, { smokeTests: { pord: 'https://x.example.com' } })],
    ['FW1056', 'a smoke test of a file', all => delivered(all, { smokeTests: { prod: 'file:///x' } })],
    ['FW1063', 'health nowhere', all => delivered(all, { health: { qa: HealthCheck.kubernetes(['a/deployment/b']) } })],
    ['FW1026', 'a calendar that is none', all => delivered(all, { maintenance: '@daily' })],
    ['FW1060', 'a repository nobody knows where', () => delivered(road({}, { repository: 'https://git.example.com/acme/shop' }))],
    ['FW1062', 'health that nobody looks at', () => delivered(road({ requireHealth: true }, { gitops: undefined }))],
    ['FW1062', 'an analysis that nobody looks at', () => delivered(road({ requireAnalysis: ['success-rate'] }))],
  ])('%s: %s', (code, _, make) => {
    expect(codesOf(() => make(road()))).toEqual([code]);
  });

  it('FW1061: no environments, or one that comes later', () => {
    const platform = new Platform({ name: 'shop', root: '/nowhere', repository: HTTPS });
    expect(codesOf(() => new DeliveryPipeline(platform, 'delivery', { engine: standIn() }))).toEqual(['FW1061']);
    const all = road();
    delivered(all);
    new Environment(all.platform, 'late', { cluster });
    expect(all.platform.check().map(finding => finding.code)).toContain('FW1061');
  });

  it('FW1063: a registry that nobody logs in to', () => {
    const { platform } = road();
    const image = Image.of('registry.example.com/acme/web', { tag: '1' });
    const web = new WebService(platform, 'web', { image, port: 8080, readiness: Probe.http('/readyz') });
    const images = [{ workload: web, context: 'web' }];
    expect(codesOf(() => new DeliveryPipeline(platform, 'delivery', { engine: standIn(), images }))).toEqual(['FW1063']);
    const login = ImageStep.login({ registry: 'registry.example.com', username: 'ci', password: PipelineSecret.named('REGISTRY') });
    const made = new DeliveryPipeline(platform, 'second', { engine: standIn(), images, login, host: CodeHost.gitlab() });
    expect(actions(jobOf(made.delivery._graph(), 'build-web'))).toEqual(['checkout', 'login-registry', 'build-image']);
  });
});
