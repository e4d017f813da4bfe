import { codesOf, DESTINATION, project, PROJECT, REPOSITORY, synth } from './support';
import { expectFinding } from '../../support/misuse';
import { argocd } from 'cdk8s-fairway';

const { AppProject, Destination, IntegrityMode, RbacAction, RbacEffect, RbacResource, SyncWindowKind } = argocd;

const WINDOW = { kind: SyncWindowKind.DENY, schedule: '0 22 * * 5', duration: '58h', applications: ['*'] };

test('everything that a project can say', () => {
  expect(project({
    sourceNamespaces: ['team-*'],
    destinationServiceAccounts: [{ server: 'https://*', namespace: 'shop-*', defaultServiceAccount: 'argocd:deployer' }, { server: '*', defaultServiceAccount: 'deployer' }],
    clusterResourceBlacklist: [{ group: '', kind: 'Namespace', name: 'kube-*' }],
    namespaceResourceBlacklist: [{ group: '', kind: 'ResourceQuota' }],
    orphanedResources: { warn: true, ignore: [{ group: 'apps', kind: 'Deployment', name: 'x-*' }, {}] },
    permitOnlyProjectScopedClusters: true,
    roles: [{
      name: 'ci',
      description: 'Syncs.',
      policies: [
        { resource: RbacResource.APPLICATIONS, action: RbacAction.SYNC },
        { resource: RbacResource.APPLICATIONS, action: RbacAction.action('apps/Deployment', 'restart'), object: 'web-*', effect: RbacEffect.DENY },
        { resource: RbacResource.LOGS, action: RbacAction.GET, object: 'team/web' },
      ],
      groups: ['acme:deployers', 'cn=a,ou=b'],
    }, { name: 'nobody' }],
    syncWindows: [{ ...WINDOW, timeZone: 'Europe/Berlin', namespaces: ['a'], clusters: ['b'], manualSync: true, andOperator: true, syncOverrun: true, description: 'Weekends.' }],
    sourceIntegrity: { git: [{ repos: ['https://github.com/acme/*'], mode: IntegrityMode.STRICT, keys: ['0123456789ABCDEF'] }, { repos: ['*'], mode: IntegrityMode.NONE }] },
  }).spec).toEqual({
    sourceRepos: [REPOSITORY],
    sourceNamespaces: ['team-*'],
    destinations: [DESTINATION._toJson()],
    destinationServiceAccounts: [{ server: 'https://*', namespace: 'shop-*', defaultServiceAccount: 'argocd:deployer' }, { server: '*', defaultServiceAccount: 'deployer' }],
    clusterResourceWhitelist: [],
    clusterResourceBlacklist: [{ group: '', kind: 'Namespace', name: 'kube-*' }],
    namespaceResourceWhitelist: [],
    namespaceResourceBlacklist: [{ group: '', kind: 'ResourceQuota' }],
    orphanedResources: { warn: true, ignore: [{ group: 'apps', kind: 'Deployment', name: 'x-*' }, {}] },
    permitOnlyProjectScopedClusters: true,
    roles: [{
      name: 'ci',
      description: 'Syncs.',
      policies: [
        'p, proj:shop:ci, applications, sync, shop/*, allow',
        'p, proj:shop:ci, applications, action/apps/Deployment/restart, shop/web-*, deny',
        'p, proj:shop:ci, logs, get, shop/team/web, allow',
      ],
      groups: ['acme:deployers', '"cn=a,ou=b"'],
    }, { name: 'nobody', policies: [] }],
    syncWindows: [{ ...WINDOW, timeZone: 'Europe/Berlin', namespaces: ['a'], clusters: ['b'], manualSync: true, andOperator: true, syncOverrun: true, description: 'Weekends.' }],
    sourceIntegrity: {
      git: {
        policies: [
          { repos: [{ url: 'https://github.com/acme/*' }], gpg: { mode: 'strict', keys: ['0123456789ABCDEF'] } },
          { repos: [{ url: '*' }], gpg: { mode: 'none', keys: [] } },
        ],
      },
    },
  });
});

test('the rules of a project without a name of its own name the one that it gets', () => {
  const printed = synth(chart => new AppProject(chart, 'project', { ...PROJECT, metadata: undefined, roles: [{ name: 'ci', policies: [{ resource: RbacResource.APPLICATIONS, action: RbacAction.ALL }] }] }));
  expect(printed.spec.roles[0].policies).toEqual([`p, proj:${printed.metadata.name}:ci, applications, *, ${printed.metadata.name}/*, allow`]);
});

test('keys of signatures, for an Argo CD before 3.5', () => {
  expect(project({ signatureKeys: ['0123456789ABCDEF'] }).spec.signatureKeys).toEqual([{ keyID: '0123456789ABCDEF' }]);
});

describe('what Argo CD refuses', () => {
  const window = (fields: object) => ({ syncWindows: [{ ...WINDOW, ...fields }] });
  const role = (fields: object) => ({ roles: [{ name: 'ci', ...fields }] });
  const rule = (fields: object) => role({ policies: [{ resource: RbacResource.APPLICATIONS, action: RbacAction.GET, ...fields }] });
  const account = (fields: object) => ({ destinationServiceAccounts: [{ server: '*', defaultServiceAccount: 'a', ...fields }] });

  test.each<[string, string, object]>([
    ['FW525', 'a repository twice', { sourceRepos: [REPOSITORY, REPOSITORY] }],
    ['FW525', 'a destination twice', { destinations: [DESTINATION, Destination.inCluster('shop')] }],
    ['FW525', 'a namespace twice', { sourceNamespaces: ['a', 'a'] }],
    ['FW525', 'no repository at all', { sourceRepos: ['!*'] }],
    ['FW525', 'no namespace at all', { destinations: [Destination.server('*', '!*')] }],
    ['FW525', 'a long description', { description: 'x'.repeat(256) }],
    ['FW525', 'a role twice', { roles: [{ name: 'a' }, { name: 'a' }] }],
    ['FW525', 'a role with a line break', role({ name: 'a\np, x' })],
    ['FW525', 'a rule twice', role({ policies: [{ resource: RbacResource.APPLICATIONS, action: RbacAction.GET }, { resource: RbacResource.APPLICATIONS, action: RbacAction.GET, object: '*' }] })],
    ['FW525', 'an object with a comma', rule({ object: 'a, allow' })],
    ['FW525', 'an action of extensions', rule({ action: RbacAction.INVOKE })],
    ['FW525', 'a group with a line break', role({ groups: ['a\np, proj:shop:ci, *, *, *, allow'] })],
    ['FW525', 'a group with quotes', role({ groups: ['a"'] })],
    ['FW525', 'a group twice', role({ groups: ['a', 'a'] })],
    ['FW525', 'a service account for what is denied', account({ server: '!https://a' })],
    ['FW525', 'a service account with a glob', account({ defaultServiceAccount: 'a*' })],
    ['FW525', 'a service account in two namespaces', account({ defaultServiceAccount: 'a:b:c' })],
    ['FW525', 'two service accounts', { destinationServiceAccounts: [{ server: '*', defaultServiceAccount: 'a' }, { server: '*', defaultServiceAccount: 'b' }] }],
    ['FW525', 'a short id of a key', { signatureKeys: ['01234567'] }],
    ['FW525', 'a policy that trusts nobody', { sourceIntegrity: { git: [{ repos: ['*'], mode: IntegrityMode.HEAD }] } }],
    ['FW528', 'keys in two ways', { signatureKeys: ['0123456789ABCDEF'], sourceIntegrity: { git: [{ repos: ['*'], mode: IntegrityMode.NONE }] } }],
    ['FW526', 'a schedule of six fields', window({ schedule: '0 0 22 * * 5' })],
    ['FW526', 'a named schedule', window({ schedule: '@daily' })],
    ['FW526', 'Sunday as 7', window({ schedule: '0 0 * * 7' })],
    ['FW526', 'an hour that is none', window({ schedule: '0 24 * * *' })],
    ['FW526', 'a range that goes back', window({ schedule: '0 0 * * 5-1' })],
    ['FW526', 'a step of nothing', window({ schedule: '*/0 * * * *' })],
    ['FW526', 'a day that never comes', window({ schedule: '0 0 30 feb *' })],
    ['FW526', 'a time zone in the schedule', window({ schedule: 'TZ=UTC 0 0 * * *' })],
    ['FW526', 'an unknown time zone', window({ timeZone: 'Europe/Atlantis' })],
    ['FW526', 'a time zone in small letters, which Go does not find', window({ timeZone: 'europe/berlin' })],
    ['FW526', 'a time zone that is an offset', window({ timeZone: '+01:00' })],
    ['FW526', 'no time at all', window({ duration: '0s' })],
    ['FW526', 'a window for nothing', window({ applications: [] })],
    ['FW526', 'a window twice', { syncWindows: [{ ...WINDOW, manualSync: true }, WINDOW] }],
    ['FW526', 'a window with a long description', window({ description: 'x'.repeat(256) })],
    ['FW519', 'a duration in days', window({ duration: '2d' })],
    ['FW519', 'a duration that is a number', window({ duration: 60 })],
    ['FW517', 'a kind of window that is none', window({ kind: 'Deny' })],
    ['FW517', 'an action that is a text', rule({ action: 'get' })],
    ['FW517', 'a resource of the whole installation', rule({ resource: RbacResource.ACCOUNTS })],
    ['FW518', 'tokens', role({ jwtTokens: [] })],
    ['FW518', 'an unknown field', { sourceNamespace: ['a'] }],
    ['FW518', 'a name of kinds in namespaces', { namespaceResourceWhitelist: [{ group: '', kind: 'A', name: 'b' }] }],
  ])('%s: %s', (code, _, props) => {
    expectFinding(() => project(props), code, 'chart/project');
  });

  test('FW547: an action that no rule can hold', () => {
    expectFinding(() => RbacAction.action('apps/Deployment', 'a, b'), 'FW547');
  });
});

test.each([
  '* * * * *', '0 22 * * fri', '*/15 0-6,22,23 1-7 JAN-mar ?', '5/10 * * * *', '0 0 29 2 *', '0 0 31 2 mon', '0,, 1 1 1 0',
])('the schedule %s is read by Argo CD', schedule => {
  expect(project({ syncWindows: [{ ...WINDOW, schedule }] }).spec.syncWindows[0].schedule).toBe(schedule);
});

describe('FW527: a denial permits everything else', () => {
  test.each<[string[], string, object]>([
    [['FW527'], 'a repository', { sourceRepos: [REPOSITORY, '!https://github.com/acme/secret'] }],
    [['FW527'], 'a cluster', { destinations: [DESTINATION, Destination.cluster('!prod', '*')] }],
    [['FW527'], 'a namespace', { destinations: [Destination.inCluster('!kube-system')] }],
    [['FW514'], 'an exception to all repositories', { sourceRepos: ['*', '!https://github.com/acme/secret'] }],
    [['FW514'], 'an exception to all destinations', { destinations: [Destination.server('*', '*'), Destination.server('*', '!kube-system')] }],
  ])('%p: %s', (codes, _, props) => {
    expect(codesOf(chart => new AppProject(chart, 'project', { ...PROJECT, ...props }))).toEqual(codes);
  });
});

test('FW525: what comes into a list later is checked, too', () => {
  const sourceRepos = [REPOSITORY];
  expect(codesOf(chart => {
    new AppProject(chart, 'project', { ...PROJECT, sourceRepos });
    sourceRepos.push(REPOSITORY);
  })).toEqual(['FW525']);
});
