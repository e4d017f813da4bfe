import { App, Chart } from 'cdk8s';
import { expectFinding, NO_TEXT, titled } from '../support/misuse';
import { environment, REPOSITORY, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { argocd, GitOpsEngine } from 'cdk8s-fairway';

/* What Argo CD would refuse, or accept and ignore, is said by the constructor. */

const { Application, AppProject, Destination, SyncOption } = argocd;
const SOURCE = { repoURL: 'https://github.com/acme/platform', path: 'dist/prod' };
const VALID = { project: 'default', source: SOURCE, destination: Destination.inCluster('shop') };

const chart = () => new Chart(new App({ outdir: '/nowhere' }), 'chart');

function expectApplicationRefused(code: string, props: any): void {
  expectFinding(() => new Application(chart(), 'app', { ...VALID, ...props }), code, 'chart/app');
}

describe('FW510: exactly one kind of source', () => {
  test.each<[string, any]>([
    ['none', { source: undefined }],
    ['null', { source: null }],
    ['both', { sources: [SOURCE] }],
    ['an empty list', { source: undefined, sources: [] }],
    ['no list', { source: undefined, sources: SOURCE }],
    ['an empty text', { source: '' }],
  ])('%s', (_, props) => expectApplicationRefused('FW510', props));
});

describe('FW511: a path or a chart', () => {
  const repoURL = 'https://a';
  test.each<[string, any]>([
    ['neither', { repoURL }],
    ['both', { repoURL, path: 'a', chart: 'b', targetRevision: '1' }],
    ['an empty path', { repoURL, path: '' }],
    ['an absolute path', { repoURL, path: '/etc' }],
    ['a path that leaves', { repoURL, path: '../a' }],
    ['a path that leaves later', { repoURL, path: 'a/../../b' }],
    ['a path that ends above', { repoURL, path: 'a/..' }],
    ['a path with a line break', { repoURL, path: 'a\nb' }],
    ['a chart without a version', { repoURL, chart: 'redis' }],
    ['only a ref', { repoURL, ref: 'values' }],
    ['two ways', { repoURL, path: 'a', helm: {}, kustomize: {} }],
    ['two other ways', { repoURL, path: 'a', directory: { recurse: true }, plugin: {} }],
  ])('%s', (_, source) => {
    expectApplicationRefused('FW511', { source });
  });

  test.each<[string, any[]]>([
    ['one without a path', [SOURCE, { repoURL }]],
    ['only refs', [{ repoURL, ref: 'a' }, { repoURL, ref: 'b' }]],
    ['a ref beside a chart', [{ repoURL, chart: 'a', targetRevision: '1', ref: 'x' }]],
  ])('among several: %s', (_, sources) => {
    expectApplicationRefused('FW511', { source: undefined, sources });
  });
});

describe('FW512: fields that Argo CD needs', () => {
  test.each(titled<any>(['', ' ', undefined, ...NO_TEXT]))('the project %s', (_, project) => expectApplicationRefused('FW512', { project }));
  test.each(titled<any>(['', undefined, ...NO_TEXT]))('the repository %s', (_, repoURL) => expectApplicationRefused('FW512', { source: { ...SOURCE, repoURL } }));
  test.each(titled<any>([undefined, null, 'https://a', { server: 'https://a', namespace: 'b' }]))('the destination %s', (_, destination) => expectApplicationRefused('FW512', { destination }));
  test.each(titled<any>([undefined, null, {}]))('the props %s', (_, props) => {
    expectFinding(() => new Application(chart(), 'app', props), 'FW512', 'chart/app');
    expectFinding(() => new AppProject(chart(), 'project', props), 'FW512', 'chart/project');
  });

  test('a source that is none', () => expectApplicationRefused('FW512', { source: undefined, sources: [null] }));

  test.each(titled<any>(['', ' ', undefined, ...NO_TEXT]))('the part %s of a destination', (_, text) => {
    expectFinding(() => Destination.inCluster(text), 'FW512');
    expectFinding(() => Destination.server(text, 'shop'), 'FW512');
    expectFinding(() => Destination.cluster(text, 'shop'), 'FW512');
    expectFinding(() => Destination.server('https://a', text), 'FW512');
  });

  test.each<[string, any]>([
    ['no repositories', { sourceRepos: [] }],
    ['no list of repositories', { sourceRepos: REPOSITORY }],
    ['an empty repository', { sourceRepos: [''] }],
    ['no text as repository', { sourceRepos: [null] }],
    ['no destinations', { destinations: [] }],
    ['no list of destinations', { destinations: Destination.inCluster('a') }],
    ['no Destination', { destinations: [{ server: '*', namespace: '*' }] }],
  ])('a project with %s', (_, props) => {
    expectFinding(() => new AppProject(chart(), 'project', { sourceRepos: [REPOSITORY], destinations: [Destination.inCluster('a')], ...props }), 'FW512', 'chart/project');
  });
});

describe('FW513: waves', () => {
  test.each(titled<any>([1.5, NaN, Infinity, '1', '', null, {}, 2 ** 53, 1n]))('%s', (_, syncWave) => {
    expectApplicationRefused('FW513', { syncWave });
    expectFinding(() => new AppProject(chart(), 'project', { sourceRepos: [REPOSITORY], destinations: [Destination.inCluster('a')], syncWave }), 'FW513', 'chart/project');
  });
});

describe('FW515: sync policies', () => {
  test.each(titled<any>(['', 'Prune', 'Prune=', '=confirm', 'Prune=confirm ', 'Prune = confirm', 'Prune=confirm,Delete=confirm', 'Prune=confirm\n', undefined, ...NO_TEXT]))('the option %s', (_, option) => {
    expectFinding(() => SyncOption.of(option), 'FW515');
  });

  test.each(titled<any>([
    'automated', 5, [], { automated: true }, { automated: 'yes' }, { retry: 5 }, { retry: true },
    { retry: { limit: 1.5 } }, { retry: { limit: '5' } }, { retry: { limit: NaN } },
    { retry: { backoff: { factor: 0 } } }, { retry: { backoff: { factor: 1.5 } } }, { retry: { backoff: { factor: '2' } } },
    { retry: { backoff: { duration: '5' } } }, { retry: { backoff: { duration: '5 s' } } }, { retry: { backoff: { duration: 's' } } }, { retry: { backoff: { duration: '' } } }, { retry: { backoff: { duration: 5 } } },
    { retry: { backoff: { maxDuration: '3 minutes' } } }, { retry: { backoff: { maxDuration: '-3m' } } },
    { syncOptions: ['Prune=false'] }, { syncOptions: 'Prune=false' }, { syncOptions: [null] }, { syncOptions: [SyncOption.PRUNE_LAST, undefined] },
  ]))('%s', (_, syncPolicy) => expectApplicationRefused('FW515', { syncPolicy }));

  test.each(titled<any>([['Prune=false'], 'Prune=false', [null], SyncOption.PRUNE_LAST]))('options of the Application itself: %s', (_, syncOptions) => expectApplicationRefused('FW515', { syncOptions }));
});

describe('FW516: ignore rules', () => {
  test.each(titled<any>([
    {}, null, { kind: 'Deployment' }, { group: 'apps', jsonPointers: ['/spec'] }, { kind: '', jsonPointers: ['/spec'] }, { kind: 'Deployment', jsonPointers: [] },
    { kind: 'Deployment', jsonPointers: ['spec/replicas'] }, { kind: 'Deployment', jsonPointers: [''] }, { kind: 'Deployment', jsonPointers: ['/a~2'] }, { kind: 'Deployment', jsonPointers: ['$.spec'] },
  ]))('%s', (_, rule) => expectApplicationRefused('FW516', { ignoreDifferences: [rule] }));
});

describe('FW517: fields of another type', () => {
  test.each(titled<any>([-1, 1.5, '10', null, NaN]))('revisionHistoryLimit %s', (_, revisionHistoryLimit) => expectApplicationRefused('FW517', { revisionHistoryLimit }));
  test.each(titled<any>(['docs', {}, [null], ['a'], [{ name: 'a' }], [{ name: 'a', value: 5 }]]))('info %s', (_, info) => expectApplicationRefused('FW517', { info }));
  test.each(titled<any>([{ prune: 'yes' }, { selfHeal: 1 }, { allowEmpty: null }]))('automated %s', (_, automated) => expectApplicationRefused('FW517', { syncPolicy: { automated } }));
  test.each(titled<any>([{ chart: 5 }, { targetRevision: 1.2 }, { name: {} }, { helm: 'values' }, { kustomize: [] }, { plugin: true }, { directory: null }]))('source %s', (_, source) => {
    expectApplicationRefused('FW517', { source: { ...SOURCE, ...source } });
  });
  test.each(titled<any>([5, null, {}]))('description %s', (_, description) => {
    expectFinding(() => new AppProject(chart(), 'project', { sourceRepos: [REPOSITORY], destinations: [Destination.inCluster('a')], description }), 'FW517', 'chart/project');
  });
  test.each(titled<any>(['', 'foreground', 'resources-finalizer.argocd.argoproj.io/', null, 5, true]))('finalizer %s', (_, finalizer) => expectApplicationRefused('FW517', { finalizer }));
  test.each(titled<any>(['*', [{ kind: 'Namespace' }], [{ group: '' }], [{ group: '', kind: '' }], [null], ['Namespace']]))('kinds %s', (_, kinds) => {
    for (const field of ['clusterResourceWhitelist', 'namespaceResourceWhitelist']) {
      expectFinding(() => new AppProject(chart(), 'project', { sourceRepos: [REPOSITORY], destinations: [Destination.inCluster('a')], [field]: kinds }), 'FW517', 'chart/project');
    }
  });
});

describe('the engine', () => {
  test.each<[any]>([[undefined], ['']])('FW501: without a repository (%p)', repository => {
    expectFinding(() => newPlatform(undefined, { gitops: GitOpsEngine.argoCd(), repository }), 'FW501', '');
  });

  test.each(titled<any>([
    'acme/platform', 'github.com/acme/platform', 'http://github.com/acme/platform', 'file:///srv/platform', 'git://github.com/acme/platform', 'https://', 'https://github.com', 'https://github.com/',
    'https://user@github.com/acme/platform', 'https://user:secret@github.com/acme/platform', 'https://:secret@github.com/acme/platform', 'ssh://git:secret@github.com/acme/platform',
    'https://github.com/acme/*', 'https://github.com/*/platform', 'https://github.com/acme/plat?orm', 'https://github.com/acme/{a,b}', 'https://github.com/acme/[a]', '!https://github.com/acme/platform', '*',
    'https://github.com/acme/platform#main', 'https://github.com/acme/platform?ref=main', 'https://github.com/acme/plat form', ' https://github.com/acme/platform', 'https://git\nhub.com/acme/platform',
    'https://github.com/acme/platform\u0000', 'git@github.com', 'git@github.com:', '@github.com:a/b', 'javascript:alert(1)', 5, {}, true,
  ]))('FW502: the repository %s', (_, repository) => {
    expectFinding(() => newPlatform(undefined, { gitops: GitOpsEngine.argoCd(), repository }), 'FW502', '');
  });

  test.each(['https://github.com/acme/platform', 'https://github.com/acme/platform.git', 'https://git.example.com:8443/a/b/c', 'ssh://git@github.com/acme/platform', 'ssh://git@host:2222/a', 'git@github.com:acme/platform.git', 'org-1@vs-ssh.visualstudio.com:v3/a/b', 'oci://ghcr.io/acme/manifests'])('the repository %s is fine', repository => {
    const platform = newPlatform(undefined, { gitops: GitOpsEngine.argoCd(), repository });
    environment(platform);
    worker(platform);
    expect(platform.check()).toEqual([]);
  });

  test.each(titled<any>([
    { namespace: '' }, { namespace: 'Argo CD' }, { namespace: 'a'.repeat(64) }, { namespace: 5 }, { namespace: '*' },
    { revision: '' }, { revision: 'my branch' }, { revision: 'main\n' }, { revision: 5 }, { revision: {} },
  ]))('FW505: options %s', (_, options) => {
    expectFinding(() => GitOpsEngine.argoCd(options), 'FW505', '');
  });

  test.each(titled<any>([{ finalizer: 'foreground' }, { finalizer: '' }, { finalizer: true }]))('FW517: options %s', (_, options) => {
    expectFinding(() => GitOpsEngine.argoCd(options), 'FW517', '');
  });

  test.each<any>([undefined, null, {}])('options %p are the default', options => {
    expect(() => GitOpsEngine.argoCd(options)).not.toThrow();
  });
});
