import { App, Chart, Testing } from 'cdk8s';
import { DESTINATION, PROJECT, REPOSITORY, SOURCE, SPEC } from './support';
import { expectNoTypeError, withEach } from '../../support/misuse';
import { argocd, Platform } from 'cdk8s-fairway';

/*
 * Whatever a program in JavaScript passes for a property: it is refused by a finding, or it can be checked and printed.
 */

const { ApplicationSet, ClusterAccess, Generator, NotificationService, PullRequestProvider, RbacAction, RbacResource, ScmProvider } = argocd;

const RING: any = {};
RING.ring = RING;

const VALUES: any[] = [
  null, undefined, '', ' ', 'text', '*', '!*', '{{', '{{ .a }}', 0, 1, -1, 1.5, NaN, 2 ** 60, true, false, 10n, Symbol('s'), () => 'x', [], ['text'], [null], [undefined], [,], [5], [{}], [[]], {}, // eslint-disable-line no-sparse-arrays
  { a: 'b' }, { a: 5 }, { a: null }, { a: {} }, [{ a: 'b' }], [{ name: 'a' }], { constructor: 'x' }, JSON.parse('{ "__proto__": "x" }'), '__proto__', 'constructor', Object.create(null), new Map(), new Date(0), /x/, RING, 'x'.repeat(100_000),
  { _toJson: () => ({}) }, DESTINATION, RbacAction.GET, Generator.clusters(), ClusterAccess.gcp(),
];

/** Makes something in a chart of a platform, checks it and prints it. */
function made(make: (chart: Chart) => unknown): void {
  const platform = new Platform({ name: 'acme', root: '/nowhere' });
  make(new Chart(platform, 'chart', { namespace: 'argocd' }));
  expect(platform.check().filter(finding => ['FW104', 'FW109'].includes(finding.code))).toEqual([]);
  const chart = new Chart(new App({ outdir: '/nowhere' }), 'chart', { namespace: 'argocd' });
  make(chart);
  Testing.synth(chart);
}

const application = (props: any) => made(chart => new argocd.Application(chart, 'a', props));
const project = (props: any) => made(chart => new argocd.AppProject(chart, 'a', props));
const LIST = Generator.list([{ name: 'a' }, { name: 'b' }]);
const SET = { generators: [LIST], template: { ...SPEC, name: '{{ .name }}' } };
const set = (props: any) => made(chart => new ApplicationSet(chart, 'a', props));
const generated = (generator: argocd.Generator) => set({ ...SET, generators: [generator] });

test.each<[string, string[]]>([
  ['helm', ['releaseName', 'valuesObject', 'values', 'valueFiles', 'ignoreMissingValueFiles', 'skipCrds', 'namespace', 'kubeVersion', 'apiVersions', 'version', 'parameters', 'fileParameters', 'passCredentials']],
  ['kustomize', ['namePrefix', 'images', 'replicas', 'patches', 'components', 'commonLabels', 'commonAnnotations', 'namespace', 'labelIncludeTemplates', 'apiVersions']],
  ['directory', ['recurse', 'include', 'exclude', 'jsonnet']],
  ['plugin', ['name', 'env', 'parameters']],
])('sources by %s', (way, fields) => {
  withEach(VALUES, fields, {}, each => application({ ...SPEC, source: { ...SOURCE, [way]: each } }));
});

test('the parts of sources', () => {
  withEach(VALUES, ['patch', 'path', 'target', 'options'], {}, each => application({ ...SPEC, source: { ...SOURCE, kustomize: { patches: [each] } } }));
  withEach(VALUES, ['name', 'value', 'forceString'], { name: 'a', value: 'b' }, each => application({ ...SPEC, source: { ...SOURCE, helm: { parameters: [each] } } }));
  withEach(VALUES, ['name', 'string', 'array', 'map'], { name: 'a' }, each => application({ ...SPEC, source: { ...SOURCE, plugin: { parameters: [each] } } }));
  withEach(VALUES, ['extVars', 'tlas', 'libs'], {}, each => application({ ...SPEC, source: { ...SOURCE, directory: { jsonnet: each } } }));
  withEach(VALUES, ['repoURL', 'path', 'ref', 'name', 'tagPrefix'], SOURCE, each => application({ ...SPEC, source: undefined, sources: [SOURCE, each] }));
});

test('source hydrators and sync policies', () => {
  const hydrator = { drySource: { repoURL: REPOSITORY, targetRevision: 'main', path: 'a' }, syncSource: { targetBranch: 'b', path: 'c' } };
  const hydrated = (sourceHydrator: any) => application({ ...SPEC, source: undefined, sourceHydrator });
  withEach(VALUES, ['drySource', 'syncSource', 'hydrateTo'], hydrator, hydrated);
  withEach(VALUES, ['repoURL', 'targetRevision', 'path', 'helm'], hydrator.drySource, drySource => hydrated({ ...hydrator, drySource }));
  withEach(VALUES, ['repoURL', 'targetBranch', 'path'], hydrator.syncSource, syncSource => hydrated({ ...hydrator, syncSource }));
  withEach(VALUES, ['automated', 'retry', 'syncOptions', 'managedNamespaceMetadata'], {}, syncPolicy => application({ ...SPEC, syncPolicy }));
  withEach(VALUES, ['enabled', 'prune', 'allowEmpty'], {}, automated => application({ ...SPEC, syncPolicy: { automated } }));
  withEach(VALUES, ['labels', 'annotations'], {}, managedNamespaceMetadata => application({ ...SPEC, syncPolicy: { managedNamespaceMetadata } }));
});

test('projects', () => {
  withEach(VALUES, [
    'metadata', 'sourceRepos', 'sourceNamespaces', 'destinations', 'destinationServiceAccounts', 'clusterResourceWhitelist', 'clusterResourceBlacklist', 'namespaceResourceBlacklist', 'orphanedResources',
    'permitOnlyProjectScopedClusters', 'roles', 'syncWindows', 'sourceIntegrity', 'signatureKeys', 'description',
  ], PROJECT, project);
  withEach(VALUES, ['name', 'description', 'policies', 'groups'], { name: 'a' }, role => project({ ...PROJECT, roles: [role] }));
  withEach(VALUES, ['resource', 'action', 'object', 'effect'], { resource: RbacResource.LOGS, action: RbacAction.GET }, policy => project({ ...PROJECT, roles: [{ name: 'a', policies: [policy] }] }));
  withEach(VALUES, ['kind', 'schedule', 'duration', 'timeZone', 'applications', 'namespaces', 'clusters', 'manualSync', 'description'], { kind: 'deny', schedule: '* * * * *', duration: '1h', applications: ['*'] },
    window => project({ ...PROJECT, syncWindows: [window] }));
  withEach(VALUES, ['server', 'namespace', 'defaultServiceAccount'], { server: '*', defaultServiceAccount: 'a' }, account => project({ ...PROJECT, destinationServiceAccounts: [account] }));
  withEach(VALUES, ['repos', 'mode', 'keys'], { repos: ['*'], mode: 'none' }, policy => project({ ...PROJECT, sourceIntegrity: { git: [policy] } }));
});

test('ApplicationSets', () => {
  withEach(VALUES, ['metadata', 'generators', 'template', 'templatePatch', 'goTemplate', 'goTemplateOptions', 'syncPolicy', 'strategy', 'preservedFields', 'ignoreApplicationDifferences', 'syncWave'], SET, set);
  withEach(VALUES, ['name', 'namespace', 'labels', 'annotations', 'finalizer', 'project', 'source', 'destination', 'syncPolicy', 'ignoreDifferences', 'info'], SET.template, template => set({ ...SET, template }));
  withEach(VALUES, ['type', 'rollingSync', 'deletionOrder'], {}, strategy => set({ ...SET, strategy }));
  withEach(VALUES, ['matchExpressions', 'maxUpdate'], {}, step => set({ ...SET, strategy: { type: 'RollingSync', rollingSync: { steps: [step] } } }));
  withEach(VALUES, ['key', 'operator', 'values'], { key: 'a', operator: 'In', values: ['b'] }, each => set({ ...SET, strategy: { type: 'RollingSync', rollingSync: { steps: [{ matchExpressions: [each] }] } } }));
});

test('generators', () => {
  const git = { repoURL: REPOSITORY, revision: 'main', paths: [{ path: 'a' }] };
  VALUES.forEach(value => {
    expectNoTypeError(() => generated(Generator.list(value)));
    expectNoTypeError(() => generated(Generator.list([value])));
    expectNoTypeError(() => generated(Generator.matrix(value, LIST)));
    expectNoTypeError(() => generated(Generator.merge(value, [LIST, LIST])));
    expectNoTypeError(() => generated(Generator.merge(['a'], value)));
    expectNoTypeError(() => generated(Generator.merge(['a'], [LIST, value])));
    expectNoTypeError(() => generated(Generator.matrix(LIST, LIST, value)));
    expectNoTypeError(() => generated(Generator.scmProvider(value)));
    expectNoTypeError(() => generated(Generator.pullRequest(value)));
  });
  withEach(VALUES, ['clusters', 'selector', 'values', 'flatList', 'template'], {}, each => generated(Generator.clusters(each)));
  withEach(VALUES, ['repoURL', 'revision', 'paths', 'pathParamPrefix', 'requeueAfterSeconds', 'values'], git, each => generated(Generator.gitFiles(each)));
  withEach(VALUES, ['configMapRef', 'parameters'], { configMapRef: 'a' }, each => generated(Generator.plugin(each)));
  withEach(VALUES, ['configMapRef', 'name', 'labelSelector'], { configMapRef: 'a', name: 'b' }, each => generated(Generator.clusterDecisionResource(each)));
  withEach(VALUES, ['organization', 'api', 'tokenRef', 'allBranches'], { organization: 'a' }, each => generated(Generator.scmProvider(ScmProvider.github(each))));
  withEach(VALUES, ['owner', 'repo', 'labels', 'tokenRef'], { owner: 'a', repo: 'b' }, each => generated(Generator.pullRequest(PullRequestProvider.github(each))));
  withEach(VALUES, ['filters', 'cloneProtocol'], {}, each => generated(Generator.scmProvider(ScmProvider.github({ organization: 'a' }), each)));
  withEach(VALUES, ['name', 'labels', 'project', 'destination', 'source', 'sources', 'syncPolicy', 'finalizer', 'info', 'revisionHistoryLimit'], {}, template => generated(Generator.clusters({ template })));
});

test('clusters and repositories', () => {
  withEach(VALUES, ['metadata', 'name', 'server', 'access', 'caData', 'serverName', 'insecure', 'proxyUrl', 'namespaces', 'clusterResources', 'project', 'shard'], { name: 'a', server: 'https://b', access: ClusterAccess.gcp() },
    each => made(chart => new argocd.ClusterSecret(chart, 'a', each)));
  withEach(VALUES, ['metadata', 'url', 'type', 'name', 'project', 'depth', 'enableOCI', 'insecure', 'proxy', 'write'], { url: 'https://a/b' }, each => made(chart => new argocd.RepositorySecret(chart, 'a', each)));
  withEach(VALUES, ['metadata', 'url', 'type', 'useAzureWorkloadIdentity'], { url: 'https://a/b', useAzureWorkloadIdentity: true }, each => made(chart => new argocd.RepositoryCredentials(chart, 'a', each)));
  withEach(VALUES, ['command', 'args', 'env', 'apiVersion'], { command: 'a' }, ClusterAccess.exec);
  withEach(VALUES, ['clusterName', 'roleARN'], { clusterName: 'a' }, ClusterAccess.aws);
  VALUES.forEach(value => expectNoTypeError(() => ClusterAccess.azure(value)));
});

test('settings', () => {
  const written = (settings: argocd.ArgoCdSettings) => {
    settings.mergePatch();
    made(chart => settings.toConfigMap(chart, 'a'));
  };
  withEach(VALUES, ['health', 'ignoreDifferences', 'ignoreResourceUpdates', 'resourceExclusions', 'resourceInclusions', 'others'], {}, each => written(new argocd.ArgoCdConfig(each)));
  withEach(VALUES, ['resource', 'lua', 'useOpenLibs'], { resource: { group: 'a', kind: 'B' }, lua: 'return {}' }, each => written(new argocd.ArgoCdConfig({ health: [each] })));
  withEach(VALUES, ['policies', 'groups', 'defaultRole', 'scopes', 'matchMode'], {}, each => written(new argocd.RbacConfig(each)));
  withEach(VALUES, ['subject', 'resource', 'action', 'object', 'effect'], { subject: 'a', resource: RbacResource.APPLICATIONS, action: RbacAction.GET, object: 'a/b' }, each => written(new argocd.RbacConfig({ policies: [each] })));
  withEach(VALUES, ['group', 'role'], { group: 'a', role: 'role:admin' }, each => written(new argocd.RbacConfig({ groups: [each] })));
  withEach(VALUES, ['templates', 'triggers', 'services', 'defaultTriggers', 'subscriptions', 'context', 'installed'], {}, each => written(new argocd.NotificationsConfig(each)));
  withEach(VALUES, ['message', 'email', 'slack', 'github', 'webhook', 'others'], { message: 'a' }, each => written(new argocd.NotificationsConfig({ templates: { a: each } })));
  withEach(VALUES, ['when', 'send', 'oncePer'], { when: 'true', send: ['a'] }, each => written(new argocd.NotificationsConfig({ templates: { a: { message: 'b' } }, triggers: { b: [each] } })));
  withEach(VALUES, ['recipients', 'triggers', 'selector'], { recipients: ['a'], triggers: ['b'] }, each => written(new argocd.NotificationsConfig({ subscriptions: [each], installed: ['a', 'b'] })));
  withEach(VALUES, ['commitAnnotation', 'repositoryAnnotation', 'environmentLabel'], {}, each => new argocd.DeploymentNotifications(each));
  VALUES.forEach(value => {
    expectNoTypeError(() => new argocd.ArgoCdConfig({}).toConfigMap(new Chart(new App({ outdir: '/nowhere' }), 'c'), 'a', value));
    expectNoTypeError(() => RbacAction.action(value, value));
    expectNoTypeError(() => NotificationService.of(value, value, value));
    expectNoTypeError(() => NotificationService.of('slack', value));
    expectNoTypeError(() => NotificationService.of('slack', {}, value));
    expectNoTypeError(() => NotificationService.webhook(value, { url: 'https://a' }));
  });
  withEach(VALUES, ['token', 'channels', 'icon'], { token: '$a' }, NotificationService.slack);
  withEach(VALUES, ['host', 'port', 'from', 'password'], { host: 'a', port: 25, from: 'b' }, NotificationService.email);
  withEach(VALUES, ['appID', 'installationID', 'privateKey'], { appID: '1', installationID: '2', privateKey: '$a' }, NotificationService.github);
});
