import * as fc from 'fast-check';
import '../../support/properties';
import { codesOf, DESTINATION, REPOSITORY, SOURCE, SPEC, synth } from './support';
import { expectFinding, expectNoTypeError } from '../../support/misuse';
import { argocd } from 'cdk8s-fairway';

const {
  ApplicationSet, ApplicationsSync, DeletionOrder, Destination, Finalizer, Generator, MatchOperator, PullRequestProvider, PullRequestState,
  ScmProvider, StrategyType, SyncOption,
} = argocd;

const TEMPLATE: argocd.ApplicationTemplate = { ...SPEC, name: 'shop-{{ .name }}' };
const LIST = Generator.list([{ name: 'a', env: 'dev' }, { name: 'b', env: 'prod' }]);
const GIT = { repoURL: REPOSITORY, revision: 'main', paths: [{ path: 'apps/*' }, { path: 'apps/old', exclude: true }] };
const SECRET = { secretName: 'scm', key: 'token' };

const declare = (props: any) => (chart: any) => new ApplicationSet(chart, 'set', { metadata: { name: 'shop' }, generators: [LIST], template: TEMPLATE, ...props });
const set = (props: any) => synth(declare(props));
const generators = (...each: argocd.Generator[]) => set({ generators: each }).spec.generators;

test('texts are Go templates that fail for what is missing', () => {
  expect(set({}).spec).toEqual({
    goTemplate: true,
    goTemplateOptions: ['missingkey=error'],
    generators: [{ list: { elements: [{ name: 'a', env: 'dev' }, { name: 'b', env: 'prod' }] } }],
    template: { metadata: { name: 'shop-{{ .name }}' }, spec: { project: 'default', source: SOURCE, destination: DESTINATION._toJson() } },
  });
});

test('everything that an ApplicationSet can say', () => {
  const printed = set({
    syncWave: 2,
    template: {
      ...TEMPLATE,
      namespace: 'argocd',
      labels: { env: '{{ .env }}' },
      annotations: { note: 'x' },
      finalizer: Finalizer.BACKGROUND,
      destination: Destination.cluster('{{ .name }}', 'shop'),
      syncPolicy: { automated: { enabled: false }, syncOptions: [SyncOption.SERVER_SIDE_APPLY] },
      ignoreDifferences: [{ kind: 'A', jsonPointers: ['/a'] }],
      revisionHistoryLimit: 3,
      info: [{ name: 'a', value: 'b' }],
    },
    templatePatch: 'spec:\n{{- if eq .env "prod" }}\n  revisionHistoryLimit: 5\n{{- end }}\n',
    syncPolicy: { applicationsSync: ApplicationsSync.CREATE_UPDATE, preserveResourcesOnDeletion: true },
    strategy: {
      type: StrategyType.ROLLING_SYNC,
      rollingSync: { steps: [{ matchExpressions: [{ key: 'env', operator: MatchOperator.IN, values: ['dev'] }], maxUpdate: 1 }, { matchExpressions: [{ key: 'env', operator: MatchOperator.NOT_IN, values: ['dev'] }], maxUpdate: '25%' }] },
      deletionOrder: DeletionOrder.REVERSE,
    },
    preservedFields: { annotations: ['a'], labels: ['b'] },
    ignoreApplicationDifferences: [{ name: 'a', jsonPointers: ['/spec/source/targetRevision'], jqPathExpressions: ['.a'] }],
  });
  expect(printed.metadata.annotations).toEqual({ 'argocd.argoproj.io/sync-wave': '2' });
  expect(printed.spec).toMatchObject({
    template: {
      metadata: { namespace: 'argocd', labels: { env: '{{ .env }}' }, annotations: { note: 'x' }, finalizers: ['resources-finalizer.argocd.argoproj.io/background'] },
      spec: { destination: { name: '{{ .name }}' }, syncPolicy: { automated: { enabled: false }, syncOptions: ['ServerSideApply=true'] }, ignoreDifferences: [{ kind: 'A' }], revisionHistoryLimit: 3 },
    },
    syncPolicy: { applicationsSync: 'create-update', preserveResourcesOnDeletion: true },
    strategy: { type: 'RollingSync', rollingSync: { steps: [{ maxUpdate: 1 }, { maxUpdate: '25%' }] }, deletionOrder: 'Reverse' },
    preservedFields: { annotations: ['a'], labels: ['b'] },
    ignoreApplicationDifferences: [{ name: 'a' }],
  });
});

describe('generators', () => {
  const selector = { matchLabels: { 'values.tier': 'a' }, matchExpressions: [{ key: 'b', operator: 'Exists' }, { key: 'c', operator: 'In', values: ['d'] }] };

  test.each<[string, argocd.Generator, object]>([
    ['a list', Generator.list([{ name: 'a' }], { elementsYaml: '{{ .list | toJson }}', selector }), { list: { elements: [{ name: 'a' }], elementsYaml: '{{ .list | toJson }}' }, selector }],
    ['clusters', Generator.clusters({ clusters: { matchLabels: { env: 'prod' } }, values: { a: '{{ .name }}' }, flatList: false }), { clusters: { selector: { matchLabels: { env: 'prod' } }, values: { a: '{{ .name }}' }, flatList: false } }],
    ['all clusters', Generator.clusters(), { clusters: {} }],
    ['folders', Generator.gitDirectories({ ...GIT, requeueAfterSeconds: 60, pathParamPrefix: 'app' }), { git: { repoURL: REPOSITORY, revision: 'main', directories: GIT.paths, requeueAfterSeconds: 60, pathParamPrefix: 'app' } }],
    ['files', Generator.gitFiles({ ...GIT, values: { a: 'b' } }), { git: { repoURL: REPOSITORY, revision: 'main', files: GIT.paths, values: { a: 'b' } } }],
    ['a decision', Generator.clusterDecisionResource({ configMapRef: 'ocm', labelSelector: { matchLabels: { a: 'b' } } }), { clusterDecisionResource: { configMapRef: 'ocm', labelSelector: { matchLabels: { a: 'b' } } } }],
    ['a program', Generator.plugin({ configMapRef: 'p', parameters: { a: [1] }, requeueAfterSeconds: 0 }), { plugin: { configMapRef: { name: 'p' }, input: { parameters: { a: [1] } }, requeueAfterSeconds: 0 } }],
    ['a provider', Generator.scmProvider(ScmProvider.github({ organization: 'acme', tokenRef: SECRET, allBranches: true, excludeArchivedRepos: true }), { cloneProtocol: 'https', filters: [{ repositoryMatch: '^a', pathsExist: ['b'], pathsDoNotExist: ['c'], labelMatch: 'd', branchMatch: 'e' }] }),
      { scmProvider: { github: { organization: 'acme', tokenRef: SECRET, allBranches: true, excludeArchivedRepos: true }, cloneProtocol: 'https', filters: [{ repositoryMatch: '^a', pathsExist: ['b'], pathsDoNotExist: ['c'], labelMatch: 'd', branchMatch: 'e' }] } }],
    ['pull requests', Generator.pullRequest(PullRequestProvider.github({ owner: 'acme', repo: 'shop', appSecretName: 'app', labels: ['preview'] }), { filters: [{ branchMatch: 'a', targetBranchMatch: 'b', titleMatch: 'c' }], continueOnRepoNotFoundError: true }),
      { pullRequest: { github: { owner: 'acme', repo: 'shop', appSecretName: 'app', labels: ['preview'] }, filters: [{ branchMatch: 'a', targetBranchMatch: 'b', titleMatch: 'c' }], continueOnRepoNotFoundError: true } }],
    ['a matrix', Generator.matrix(Generator.gitDirectories(GIT), Generator.clusters({ selector })), { matrix: { generators: [{ git: { repoURL: REPOSITORY, revision: 'main', directories: GIT.paths } }, { clusters: {}, selector }] } }],
    ['a merge in a matrix', Generator.matrix(Generator.merge(['name'], [Generator.clusters(), LIST], { selector }), LIST), { matrix: { generators: [{ merge: { generators: [{ clusters: {} }, LIST._toJson()], mergeKeys: ['name'] }, selector }, LIST._toJson()] } }],
  ])('%s', (_, generator, expected) => {
    expect(set({ generators: [generator], template: { ...TEMPLATE, name: '{{ .name }}' } }).spec.generators).toEqual([expected]);
  });

  test('a template of one takes what it does not give from the ApplicationSet', () => {
    const [{ list }] = generators(Generator.list([{ name: 'a' }], { template: { labels: { a: 'b' }, source: { ...SOURCE, targetRevision: 'next' }, finalizer: Finalizer.FOREGROUND } }));
    expect(list.template).toEqual({
      metadata: { labels: { a: 'b' }, finalizers: ['resources-finalizer.argocd.argoproj.io'] }, spec: { project: '', destination: {}, source: { ...SOURCE, targetRevision: 'next' } },
    });
    const [other] = generators(Generator.list([{ name: 'a' }], { template: { name: 'x-{{ .name }}', project: 'p', destination: DESTINATION } }));
    expect(other.list.template).toEqual({ metadata: { name: 'x-{{ .name }}' }, spec: { project: 'p', destination: DESTINATION._toJson() } });
  });

  test.each<[string, argocd.ScmProvider]>([
    ['gitlab', ScmProvider.gitlab({ group: 'g', api: 'https://gitlab.example.com', tokenRef: SECRET, includeSubgroups: true, includeSharedProjects: false, topic: 't', includeArchivedRepos: true, caRef: { configMapName: 'c', key: 'k' } })],
    ['gitea', ScmProvider.gitea({ owner: 'o', api: 'https://gitea.example.com', excludeArchivedRepos: true })],
    ['bitbucket', ScmProvider.bitbucket({ owner: 'o', user: 'u', appPasswordRef: SECRET })],
    ['bitbucketServer', ScmProvider.bitbucketServer({ project: 'p', api: 'https://b.example.com', basicAuth: { username: 'u', passwordRef: SECRET } })],
    ['azureDevOps', ScmProvider.azureDevOps({ organization: 'o', teamProject: 'p', accessTokenRef: SECRET })],
    ['awsCodeCommit', ScmProvider.awsCodeCommit({ tagFilters: [{ key: 'a' }], role: 'r', region: 'eu-central-1' })],
  ])('repositories of %s', (kind, provider) => {
    expect(Object.keys(generators(Generator.scmProvider(provider))[0].scmProvider)).toEqual([kind]);
  });

  test.each<[string, argocd.PullRequestProvider]>([
    ['gitlab', PullRequestProvider.gitlab({ project: 'p', pullRequestState: PullRequestState.OPENED, labels: ['a'] })],
    ['gitea', PullRequestProvider.gitea({ owner: 'o', repo: 'r', api: 'https://gitea.example.com' })],
    ['bitbucket', PullRequestProvider.bitbucket({ owner: 'o', repo: 'r', bearerToken: { tokenRef: SECRET } })],
    ['bitbucketServer', PullRequestProvider.bitbucketServer({ project: 'p', repo: 'r', api: 'https://b.example.com' })],
    ['azuredevops', PullRequestProvider.azureDevOps({ organization: 'o', project: 'p', repo: 'r', tokenRef: SECRET })],
  ])('pull requests of %s', (kind, provider) => {
    expect(Object.keys(generators(Generator.pullRequest(provider))[0].pullRequest)).toEqual([kind]);
  });

  const deep = () => Generator.matrix(Generator.matrix(LIST, LIST), LIST);

  test.each<[string, string, () => unknown]>([
    ['FW530', 'a list of nothing', () => Generator.list([])],
    ['FW530', 'nothing but what is excluded', () => Generator.gitFiles({ ...GIT, paths: [{ path: 'a', exclude: true }] })],
    ['FW530', 'a decision on nothing', () => Generator.clusterDecisionResource({ configMapRef: 'a' })],
    ['FW530', 'a decision in two ways', () => Generator.clusterDecisionResource({ configMapRef: 'a', name: 'b', labelSelector: {} })],
    ['FW531', 'three in each other', () => Generator.matrix(deep(), LIST)],
    ['FW531', 'three in each other, by a merge', () => Generator.merge(['a'], [deep(), LIST])],
    ['FW531', 'a merge of one', () => Generator.merge(['a'], [LIST])],
    ['FW531', 'a merge by nothing', () => Generator.merge([], [LIST, LIST])],
    ['FW531', 'a template that is dropped', () => Generator.matrix(Generator.list([{ a: 'b' }], { template: { project: 'p' } }), LIST)],
    ['FW531', 'paths that meet', () => Generator.matrix(Generator.gitFiles(GIT), Generator.gitDirectories(GIT))],
    ['FW512', 'no paths', () => Generator.gitFiles({ ...GIT, paths: [] })],
    ['FW512', 'no repository', () => Generator.gitFiles({ revision: 'a', paths: GIT.paths } as any)],
    ['FW517', 'elements that are no maps', () => Generator.list(['a'])],
    ['FW517', 'half a generator', () => Generator.matrix(LIST, { kind: 'list', _toJson: () => ({}) } as any)],
    ['FW517', 'no provider', () => Generator.scmProvider({} as any)],
    ['FW517', 'a provider of something else', () => Generator.pullRequest(ScmProvider.github({ organization: 'a' }) as any)],
    ['FW517', 'a selector without values', () => Generator.clusters({ clusters: { matchExpressions: [{ key: 'a', operator: 'In' }] } })],
    ['FW517', 'a selector with values', () => Generator.clusters({ selector: { matchExpressions: [{ key: 'a', operator: 'Exists', values: ['b'] }] } })],
    ['FW517', 'an operator that is none', () => Generator.clusters({ selector: { matchExpressions: [{ key: 'a', operator: 'in', values: ['b'] }] } })],
    ['FW518', 'a token in clear text', () => ScmProvider.github({ organization: 'a', token: 'b' } as any)],
    ['FW518', 'an unknown field', () => Generator.clusters({ selectors: {} } as any)],
    ['FW518', 'an unknown field of a template', () => Generator.list([{}], { template: { metadata: {} } as any })],
    ['FW511', 'a source of a template that is none', () => Generator.list([{}], { template: { source: { repoURL: REPOSITORY } } })],
  ])('%s: %s', (code, _, make) => {
    expectFinding(make, code, '');
  });
});

describe('what the controller would refuse, or ignore', () => {
  const rolling = (step: object, more: object = {}) => ({ strategy: { type: StrategyType.ROLLING_SYNC, rollingSync: { steps: [step] }, ...more } });
  const template = (fields: object) => ({ template: { ...TEMPLATE, ...fields } });

  test.each<[string, string, object]>([
    ['FW512', 'no generators', { generators: [] }],
    ['FW512', 'no name', template({ name: '' })],
    ['FW512', 'no project', template({ project: '' })],
    ['FW513', 'a wave that is none', { syncWave: 1.5 }],
    ['FW516', 'a rule about nothing', { ignoreApplicationDifferences: [{ name: 'a' }] }],
    ['FW517', 'a finalizer that nobody knows', template({ finalizer: 'x' })],
    ['FW517', 'options without Go templates', { goTemplate: false, goTemplateOptions: ['missingkey=error'] }],
    ['FW517', 'an option at which Go panics', { goTemplateOptions: ['missingkey=fail'] }],
    ['FW517', 'a policy that is none', { syncPolicy: { applicationsSync: 'create' } }],
    ['FW518', 'nested selectors, which are always applied', { applyNestedSelectors: true }],
    ['FW518', 'a template with metadata', template({ metadata: { name: 'a' } })],
    ['FW520', 'a source that contradicts itself', template({ source: { ...SOURCE, helm: { values: 'a', valuesObject: {} } } })],
    ['FW530', 'a number in a list without Go templates', { goTemplate: false, generators: [Generator.list([{ name: 1 }])], template: { ...TEMPLATE, name: '{{name}}' } }],
    ['FW532', 'braces that do not close', template({ name: '{{ .name }' })],
    ['FW532', 'braces in a key', template({ labels: { '{{ .a': 'b' } })],
    ['FW532', 'an end without an if', { templatePatch: '{{ end }}' }],
    ['FW532', 'an if without an end', { templatePatch: '{{ if .a }}' }],
    ['FW532', 'a value of a generator', { generators: [Generator.clusters({ values: { a: '{{ .name' } })] }],
    ['FW532', 'the second of a matrix', { generators: [Generator.matrix(LIST, Generator.gitFiles({ ...GIT, revision: '{{ .env' }))] }],
    ['FW532', 'a template of a generator', { generators: [Generator.list([{}], { template: { project: '{{ ' } })] }],
    ['FW532', 'braces without Go templates', { goTemplate: false, template: { ...TEMPLATE, name: '{{name}} {{' } }],
    ['FW533', 'one name for two elements', template({ name: 'shop' })],
    ['FW533', 'one name for all clusters', { ...template({ name: 'shop' }), generators: [Generator.clusters()] }],
    ['FW533', 'one name for two generators', { ...template({ name: 'shop' }), generators: [Generator.list([{}]), Generator.list([{}])] }],
    ['FW535', 'steps that are none', rolling({}, { rollingSync: { steps: [] } })],
    ['FW535', 'steps of nothing', { strategy: { rollingSync: { steps: [{}] } } }],
    ['FW535', 'an order of deletion without steps', { strategy: { deletionOrder: DeletionOrder.REVERSE } }],
    ['FW535', 'automated sync', { ...rolling({}), ...template({ syncPolicy: { automated: {} } }) }],
    ['FW535', 'a condition without values', rolling({ matchExpressions: [{ key: 'a', operator: MatchOperator.IN, values: [] }] })],
    ['FW535', 'more than all', rolling({ maxUpdate: '101%' })],
    ['FW535', 'fewer than none', rolling({ maxUpdate: -1 })],
    ['FW535', 'a number in a text', rolling({ maxUpdate: '1' })],
    ['FW517', 'an operator of other selectors', rolling({ matchExpressions: [{ key: 'a', operator: 'Exists', values: [] }] })],
  ])('%s: %s', (code, _, props) => {
    expectFinding(() => set(props), code);
  });

  test.each<[string, argocd.Generator]>([
    ['a list of one', Generator.list([{}])],
    ['all clusters as a list', Generator.clusters({ flatList: true })],
    ['one by one', Generator.matrix(Generator.list([{}]), Generator.list([{}]))],
    ['a merge into one', Generator.merge(['a'], [Generator.list([{ a: 'b' }]), LIST])],
  ])('one name is enough for %s', (_, generator) => {
    expect(() => set({ generators: [generator], template: { ...TEMPLATE, name: 'shop' } })).not.toThrow();
  });
});

describe('templates of Go', () => {
  test.each([
    '{{ .name }}', '{{- .name -}}', '{{/* a }} comment */}}', '{{- /* a */ -}}', '{{ if .a }}{{ else if .b }}{{ else }}{{ end }}', '{{ range $i, $x := .list }}{{ $x }}{{ end }}',
    '{{ "}}" }}', '{{ `{{` }}', '{{ index .a "b\\"}}" }}', '{{ (index .a 0).b | default "x" }}', '{{ .environment }}', 'no braces', '} }', '{{ with .a }}{{ . }}{{ end }}', '{{ end_of.x }}', "{{ eq .a '}' }}",
  ])('%s is read', text => {
    expect(() => set({ templatePatch: text })).not.toThrow();
  });

  test.each([
    '{{', '{{ }}', '{{ .a', '{{ "a }}', '{{ (.a }}', '{{ .a) }}', '{{ {{ .a }} }}', '{{ if .a }}', '{{ end }}', '{{ else }}', '{{/* a }}', '{{ env "HOME" }}', '{{ .a | expandenv }}', '{{ getHostByName "a" }}', '{{ "a\n" }}',
    '{{ if .a }}{{ end }}{{ end }}',
  ])('%s is not', text => {
    expectFinding(() => set({ templatePatch: text }), 'FW532', 'chart/set');
  });

  test('any text is read or refused, and nothing else happens', () => {
    const piece = fc.constantFrom('{{', '}}', ' ', '"', '`', '\'', '\\', '(', ')', '/*', '*/', '-', 'if', 'end', 'else', 'range', '.a', '|', 'env', '\n', 'x');
    fc.assert(fc.property(fc.array(piece, { minLength: 1, maxLength: 20 }), pieces => expectNoTypeError(() => set({ templatePatch: `a${pieces.join('')}` }))));
  });
});

describe('what is legal and unwise', () => {
  const steps = (...values: string[][]) => ({ type: StrategyType.ROLLING_SYNC, rollingSync: { steps: values.map(each => ({ matchExpressions: [{ key: 'env', operator: MatchOperator.IN, values: each }] })) } });
  const labelled = { ...TEMPLATE, labels: { env: '{{ .env }}' } };

  test.each<[string[], string, object]>([
    [[], 'what is wise', {}],
    [['FW534'], 'a project of the generators', { template: { ...TEMPLATE, project: '{{ .name }}' } }],
    [['FW534'], 'a project of the generators, in one of them', { generators: [Generator.list([{}], { template: { project: '{{ .name }}' } })] }],
    [['FW537'], 'no Go templates', { goTemplate: false, template: { ...TEMPLATE, name: '{{name}}' } }],
    [['FW537'], 'options without the one', { goTemplateOptions: ['missingkey=default'] }],
    [['FW537'], 'no options', { goTemplateOptions: [] }],
    [['FW538'], 'resources that are not preserved', { syncPolicy: { preserveResourcesOnDeletion: true }, template: { ...TEMPLATE, finalizer: Finalizer.FOREGROUND } }],
    [['FW538'], 'Applications that stay, without their ApplicationSet', { syncPolicy: { applicationsSync: ApplicationsSync.CREATE_ONLY } }],
    [[], 'Applications and resources that stay', { syncPolicy: { applicationsSync: ApplicationsSync.CREATE_ONLY, preserveResourcesOnDeletion: true } }],
    [['FW543'], 'a server that is not verified', { generators: [Generator.scmProvider(ScmProvider.gitea({ owner: 'o', api: 'https://a', insecure: true }))] }],
    [['FW543'], 'one inside of a matrix', { generators: [Generator.matrix(LIST, Generator.pullRequest(PullRequestProvider.gitea({ owner: 'o', repo: 'r', api: 'https://a', insecure: true })))] }],
    [['FW521'], 'metadata of a namespace that is not made', { template: { ...TEMPLATE, syncPolicy: { managedNamespaceMetadata: {} } } }],
    [['FW536', 'FW536'], 'no label', { strategy: steps(['dev'], ['prod']) }],
    [[], 'each in one step', { strategy: steps(['dev'], ['prod']), template: labelled }],
    [['FW536'], 'one in no step', { strategy: steps(['dev']), template: labelled }],
    [['FW536'], 'one in two steps', { strategy: steps(['dev'], ['prod', 'dev']), template: labelled }],
    [[], 'labels of which nothing is known', { strategy: steps(['dev']), template: labelled, generators: [Generator.clusters()] }],
    [['FW536'], 'no label for any cluster', { strategy: steps(['dev']), generators: [Generator.clusters()] }],
    [[], 'a patch that may set labels', { strategy: steps(['dev']), templatePatch: 'metadata: {}' }],
    [[], 'a key of which nothing is known', { strategy: steps(['dev']), template: { ...TEMPLATE, labels: { '{{ .name }}': 'dev' } } }],
  ])('%p: %s', (codes, _, props) => {
    expect(codesOf(declare(props))).toEqual(codes);
  });
});
