import * as fc from 'fast-check';
import { EngineName, ENGINES, roadOf, SCENARIOS } from './scenarios';
import { codes, findingsOf } from '../support/findings';
import { expectFinding, expectNoTypeError, expectWellSaid, NO_NAME, NO_TEXT, titled, withEach } from '../support/misuse';
import { environment, image, REPOSITORY, service } from '../support/model';
import { newPlatform } from '../support/platform';
import { flux, kargo, NamespaceRule, promoter, PromotionEngine } from 'cdk8s-fairway';

const CHAIN = SCENARIOS[0];

/** Options of each engine that are all right. */
const VALID: Record<EngineName, Record<string, unknown>> = {
  pullRequests: { codeOwners: { form: 'github', path: 'CODEOWNERS', lines: ['* @acme/all'] }, heldElsewhere: {} },
  kargo: {
    project: 'shop',
    branch: 'main',
    provider: 'github',
    image: { constraint: '^1' },
    images: { web: { constraint: '^2' } },
    interval: '5m',
    analysisArgs: { a: 'b' },
    codeOwners: {},
    heldElsewhere: {},
  },
  gitOpsPromoter: {
    scm: promoter.Scm.github({ appID: 1 }), repository: promoter.Repository.github({ owner: 'acme', name: 'platform' }), secretRef: 'github', namespace: 'shop', heldElsewhere: {},
  },
  fluxImageAutomation: {
    namespace: 'flux-system',
    gitRepository: 'shop',
    branch: 'main',
    pushBranch: 'images',
    authorEmail: 'a@b.c',
    image: { interval: '5m' },
    images: { web: { policy: flux.ImagePolicyChoice.numerical() } },
    codeOwners: {},
    heldElsewhere: {},
  },
};

const make = (engine: EngineName, options: unknown) => (PromotionEngine as any)[engine](options);

describe.each(Object.keys(ENGINES) as EngineName[])('options of %s', engine => {
  test('good ones are taken', () => {
    expect(make(engine, VALID[engine])).toBeDefined();
  });

  test('whatever JavaScript passes gives a finding, or works', () => {
    const use = (options: any) => {
      const made = make(engine, options);
      expect(made).toBeDefined();
      roadOf(engine, CHAIN, undefined, { promotion: made }).platform.check().forEach(expectWellSaid);
    };
    withEach([...NO_TEXT, '', ' ', '__proto__'], Object.keys(VALID[engine]), VALID[engine], use);
  }, 60_000);

  test('an option that does not exist is refused', () => {
    for (const option of ['project_', 'heldelsewhere', 'constructor', 'toString']) {
      expectFinding(() => make(engine, { ...VALID[engine], [option]: 'x' }), 'FW900');
    }
    expectFinding(() => make(engine, JSON.parse('{"__proto__": {}, "x": 1}')), 'FW900');
    for (const options of [null, [], 'x', 1]) {
      expectFinding(() => make(engine, options), 'FW900');
    }
  });

  test.each(titled<unknown>([null, 'x', [], { approval: 'x' }, { approvals: '' }, { approvals: ' ' }, { soakTime: 1 }, { soakTime: 'a\nb' }, { constructor: 'x' }, { soakTime: '\u202e' }]))(
    'heldElsewhere %s is refused', (_, heldElsewhere) => {
      expectFinding(() => make(engine, { ...VALID[engine], heldElsewhere }), 'FW900');
    });

  test('never a type error, whatever an option holds', () => {
    const anything = fc.anything({ withNullPrototype: true, withBigInt: true });
    fc.assert(fc.property(fc.constantFrom(...Object.keys(VALID[engine])), anything, (option, value) => {
      expectNoTypeError(() => make(engine, { ...VALID[engine], [option]: value }));
    }), { numRuns: 300 });
  });
});

const BAD: Array<[EngineName, Record<string, unknown>]> = [
  ...NO_NAME.filter(name => name !== '').map(name => ['kargo', { project: name }] as [EngineName, Record<string, unknown>]),
  ['pullRequests', { codeOwners: null }],
  ['pullRequests', { codeOwners: [] }],
  ['pullRequests', { codeOwners: { form: 'bitbucket' } }],
  ['pullRequests', { codeOwners: { path: '../CODEOWNERS' } }],
  ['pullRequests', { codeOwners: { path: '/etc/CODEOWNERS' } }],
  ['pullRequests', { codeOwners: { path: 1 } }],
  ['pullRequests', { codeOwners: { lines: '* @acme' } }],
  ['pullRequests', { codeOwners: { lines: ['a\nb'] } }],
  ['pullRequests', { codeOwners: { lines: [1] } }],
  ['pullRequests', { codeOwners: { lines: new Array(1) } }],
  ['pullRequests', { codeOwners: { owners: [] } }],
  ['kargo', { branch: '' }],
  ['kargo', { branch: '-x' }],
  ['kargo', { provider: 'sourcehut' }],
  ['kargo', { interval: '5' }],
  ['kargo', { images: [] }],
  ['kargo', { images: { web: null } }],
  ['kargo', { images: { web: { strategy: 'SemVer' } } }],
  ['kargo', { image: { imageSelectionStrategy: 'semver' } }],
  ['kargo', { analysisArgs: { a: 1 } }],
  ['kargo', { analysisArgs: [] }],
  ['gitOpsPromoter', { scm: {} }],
  ['gitOpsPromoter', { repository: undefined }],
  ['gitOpsPromoter', { repository: promoter.Repository.gitea({ owner: 'a', name: 'b' }) }],
  ['gitOpsPromoter', { secretRef: 'A b' }],
  ['gitOpsPromoter', { namespace: 'A' }],
  ['fluxImageAutomation', { namespace: 'A' }],
  ['fluxImageAutomation', { gitRepository: 'A b' }],
  ['fluxImageAutomation', { branch: 'a..b' }],
  ['fluxImageAutomation', { pushBranch: 'a/' }],
  ['fluxImageAutomation', { authorEmail: 'nobody' }],
  ['fluxImageAutomation', { images: 'web' }],
  ['fluxImageAutomation', { image: { digestReflectionPolicy: 'Never' } }],
  ['fluxImageAutomation', { image: { policy: { semver: '1' } } }],
  ['fluxImageAutomation', { image: { filterTags: 'x' } }],
  ['fluxImageAutomation', { image: { interval: 'soon' } }],
  ['fluxImageAutomation', { image: { secretRef: 'A b' } }],
  ['fluxImageAutomation', { image: { provider: 'acme' } }],
  ['fluxImageAutomation', { image: { tags: [] } }],
];

test.each(BAD.map(([engine, options], i) => [`${i}: ${engine} ${JSON.stringify(options).slice(0, 60)}`.replace(/[^ -~]/g, '?'), engine, options] as const))(
  'FW900: %s', (_, engine, options) => {
    expectFinding(() => make(engine, { ...VALID[engine], ...options }), 'FW900');
  });

test('options of a workload that is not there are refused', () => {
  for (const engine of ['kargo', 'fluxImageAutomation'] as const) {
    const { platform } = roadOf(engine, CHAIN, { images: { wbe: {} } });
    expect(codes(platform.check())).toContain('FW900');
  }
});

test.each(['kargo', 'fluxImageAutomation'] as const)('%s without a repository', engine => {
  expectFinding(() => newPlatform(undefined, { promotion: make(engine, {}) }), 'FW911');
  expectFinding(() => newPlatform(undefined, { promotion: make(engine, {}), repository: 'ftp://acme' }), 'FW911');
});

test('an engine of another kind is refused', () => {
  expect(codes(findingsOf(() => newPlatform(undefined, { repository: REPOSITORY, gitops: PromotionEngine.kargo() })))).toEqual(['FW111']);
});

test('GitOps Promoter without branches names the environments', () => {
  const platform = newPlatform(undefined, { repository: REPOSITORY, promotion: ENGINES.gitOpsPromoter() });
  const dev = environment(platform, 'dev', { branch: 'environment/dev' });
  environment(platform, 'prod', { promotedFrom: [dev] });
  service(platform, 'web');
  const finding = platform.check().find(each => each.code === 'FW906')!;
  expect(finding.message).toContain('"prod" has none');
});

test.each([
  ['the same branch', 'environment/dev'],
  ['a branch called as what is proposed', 'environment/dev-next'],
])('GitOps Promoter refuses %s for two environments', (_, branch) => {
  const platform = newPlatform(undefined, { repository: REPOSITORY, promotion: ENGINES.gitOpsPromoter() });
  const dev = environment(platform, 'dev', { branch: 'environment/dev' });
  environment(platform, 'prod', { promotedFrom: [dev], branch });
  service(platform, 'web');
  expect(codes(platform.check())).toContain('FW907');
});

test('Kargo says which release states it will not find', () => {
  const platform = newPlatform(undefined, { repository: REPOSITORY, promotion: PromotionEngine.kargo() });
  environment(platform, 'prod');
  service(platform, 'web');
  const finding = platform.check().find(each => each.code === 'FW908')!;
  expect(finding.remedy).toContain('{"version": 1, "environment": "prod", "workloads": {}}');
  expectWellSaid(finding);
});

test('Kargo refuses another image further along, and a project in the namespace of workloads', () => {
  const platform = newPlatform(undefined, { repository: REPOSITORY, promotion: PromotionEngine.kargo({ project: 'shop' }) });
  const dev = environment(platform, 'dev');
  environment(platform, 'prod', { promotedFrom: [dev], namespaces: NamespaceRule.perEnvironment('shop') });
  service(platform, 'web', { overrides: { prod: { image: image('web-mirror') } } });
  const found = platform.check();
  expect(codes(found)).toEqual(expect.arrayContaining(['FW909', 'FW914']));
  found.forEach(expectWellSaid);
});

test('a pinned environment is a warning for Kargo', () => {
  const revision = 'a'.repeat(40);
  const { platform } = roadOf('kargo', {
    ...CHAIN, releases: { 'prod.json': JSON.stringify({ version: 1, environment: 'prod', workloads: {}, platform: { revision, since: '2026-11-01T00:00:00Z' } }) },
  });
  expect(platform.check().find(each => each.code === 'FW913')!.message).toContain('aaaaaaaaaaaa of the program');
});

test('a workload that Kargo follows by digest needs a tag', () => {
  const { platform } = roadOf('kargo', CHAIN, { image: { imageSelectionStrategy: kargo.ImageSelectionStrategy.DIGEST } });
  expect(codes(platform.check())).toEqual(['FW924']);
});
