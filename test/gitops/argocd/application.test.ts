import { application, codesOf, REPOSITORY, SOURCE, SPEC, synth } from './support';
import { expectFinding } from '../../support/misuse';
import { argocd } from 'cdk8s-fairway';

const { Application, SyncOption } = argocd;

const HYDRATOR = {
  drySource: { repoURL: REPOSITORY, targetRevision: 'main', path: 'charts/shop', helm: { valueFiles: ['prod.yaml'] } },
  syncSource: { targetBranch: 'env/prod', path: 'shop' },
  hydrateTo: { targetBranch: 'env/prod-next' },
};

test('every field of every way to render a source is written as it is given', () => {
  const sources: argocd.ApplicationSource[] = [
    {
      repoURL: 'https://charts.example.com',
      chart: 'redis',
      targetRevision: '1.2.3',
      helm: {
        releaseName: 'r',
        values: 'a: 1\n',
        valueFiles: ['$values/a.yaml'],
        ignoreMissingValueFiles: true,
        skipCrds: true,
        skipTests: true,
        skipSchemaValidation: true,
        passCredentials: true,
        namespace: 'n',
        kubeVersion: '1.34',
        apiVersions: ['apps/v1/Deployment'],
        parameters: [{ name: 'a.b', value: '1', forceString: true }],
        fileParameters: [{ name: 'c', path: '$values/c.txt' }],
      },
    },
    { repoURL: REPOSITORY, ref: 'values', name: 'values' },
    {
      repoURL: REPOSITORY,
      path: 'k',
      targetRevision: '1.x',
      tagPrefix: 'shop/',
      kustomize: {
        namePrefix: 'a-',
        nameSuffix: '-b',
        images: ['app=ghcr.io/acme/app:1.0', 'app:2.0', 'app@sha256:0123'],
        replicas: [{ name: 'web', count: 3 }],
        patches: [{ patch: '- op: remove', target: { kind: 'Deployment', name: 'web', group: 'apps', version: 'v1', namespace: 'x', labelSelector: 'a=b', annotationSelector: 'c' } }, { path: 'p.yaml', options: { allowNameChange: true } }],
        components: ['../c'],
        ignoreMissingComponents: true,
        commonLabels: { a: 'b' },
        forceCommonLabels: true,
        labelWithoutSelector: true,
        labelIncludeTemplates: true,
        commonAnnotations: { c: '$ARGOCD_APP_REVISION' },
        forceCommonAnnotations: true,
        commonAnnotationsEnvsubst: true,
        namespace: 'shop',
        version: 'v5',
        kubeVersion: '1.34',
        apiVersions: ['v1'],
      },
    },
    { repoURL: REPOSITORY, path: 'd', directory: { recurse: true, include: '*.json', exclude: 'x', jsonnet: { extVars: [{ name: 'a', value: '1', code: true }], tlas: [{ name: 'b', value: 'c' }], libs: ['vendor'] } } },
    { repoURL: REPOSITORY, path: 'p', plugin: { name: 'cdk8s-v1', env: [{ name: 'A', value: 'b' }], parameters: [{ name: 's', string: '' }, { name: 'l', array: ['x'] }, { name: 'm', map: { k: 'v' } }] } },
  ];
  expect(application({ source: undefined, sources }).spec.sources).toEqual(sources);
});

test('a source hydrator', () => {
  expect(application({ source: undefined, sourceHydrator: HYDRATOR }).spec).toEqual({
    project: 'default', destination: { server: 'https://kubernetes.default.svc', namespace: 'shop' }, sourceHydrator: HYDRATOR,
  });
});

test('a sync policy', () => {
  const syncPolicy = { automated: { enabled: false, prune: true }, managedNamespaceMetadata: { labels: { a: 'b' }, annotations: { c: 'd' } } };
  const syncOptions = [SyncOption.CREATE_NAMESPACE, SyncOption.PRUNE_ORPHAN, SyncOption.NO_CLIENT_SIDE_APPLY_MIGRATION];
  expect(application({ syncPolicy: { ...syncPolicy, syncOptions } }).spec.syncPolicy)
    .toEqual({ ...syncPolicy, syncOptions: ['CreateNamespace=true', 'PrunePropagationPolicy=orphan', 'ClientSideApplyMigration=false'] });
});

describe('what contradicts itself, or is not there, is refused', () => {
  const helm = (fields: object) => ({ source: { ...SOURCE, helm: fields } });
  const kustomize = (fields: object) => ({ source: { ...SOURCE, kustomize: fields } });
  const plugin = (fields: object) => ({ source: { ...SOURCE, plugin: fields } });
  const hydrator = (fields: object) => ({ source: undefined, sourceHydrator: { ...HYDRATOR, ...fields } });
  const options = (...values: string[]) => ({ syncPolicy: { syncOptions: values.map(value => SyncOption.of(value)) } });
  const sources = (...each: object[]) => ({ source: undefined, sources: each });

  test.each<[string, string, object]>([
    ['FW510', 'two kinds of source', { sourceHydrator: HYDRATOR }],
    ['FW512', 'a parameter without a name', helm({ parameters: [{ value: '1' }] })],
    ['FW512', 'a dry source without a path', hydrator({ drySource: { repoURL: REPOSITORY, targetRevision: 'main' } })],
    ['FW517', 'values that are a list', helm({ valuesObject: [] })],
    ['FW517', 'values that no JSON holds', helm({ valuesObject: { a: () => 1 } })],
    ['FW517', 'values that hold themselves', helm({ valuesObject: (() => { const ring: any = {}; ring.a = ring; return ring; })() })],
    ['FW517', 'a key that cdk8s cannot print', helm({ valuesObject: { a: { constructor: 'x' } } })],
    ['FW517', 'a prototype among labels', kustomize({ commonLabels: JSON.parse('{ "__proto__": "x" }') })],
    ['FW517', 'a share of a replica', kustomize({ replicas: [{ name: 'a', count: 1.5 }] })],
    ['FW517', 'an image that is no other', kustomize({ images: ['app'] })],
    ['FW517', 'a label that is a number', { syncPolicy: { managedNamespaceMetadata: { labels: { a: 5 } } } }],
    ['FW518', 'an unknown field of the Application', { sorce: SOURCE }],
    ['FW518', 'an unknown field of a source', { source: { ...SOURCE, revision: 'main' } }],
    ['FW518', 'an unknown field of Helm', helm({ valuesFiles: [] })],
    ['FW518', 'an unknown field of Kustomize', kustomize({ prefix: 'a' })],
    ['FW518', 'an unknown field of a patch', kustomize({ patches: [{ patch: 'a', targets: {} }] })],
    ['FW518', 'an unknown field of automated sync', { syncPolicy: { automated: { selfheal: true } } }],
    ['FW518', 'an unknown field of a retry', { syncPolicy: { retry: { backOff: {} } } }],
    ['FW518', 'an unknown field of an ignore rule', { ignoreDifferences: [{ kind: 'A', jsonPointers: ['/a'], jqPaths: [] }] }],
    ['FW520', 'values in two ways', helm({ valuesObject: {}, values: 'a: 1' })],
    ['FW520', 'a parameter twice', helm({ parameters: [{ name: 'a', value: '1' }, { name: 'a', value: '2' }] })],
    ['FW520', 'a patch that is a text and a file', kustomize({ patches: [{ patch: 'a', path: 'b' }] })],
    ['FW520', 'a patch that is neither', kustomize({ patches: [{}] })],
    ['FW520', 'templates without selectors left out', kustomize({ labelIncludeTemplates: true })],
    ['FW520', 'a parameter of a plug-in with nothing', plugin({ parameters: [{ name: 'a' }] })],
    ['FW520', 'a parameter of a plug-in with two values', plugin({ parameters: [{ name: 'a', string: 'b', array: [] }] })],
    ['FW520', 'values of a source that is not there', helm({ valueFiles: ['$values/a.yaml'] })],
    ['FW520', 'values of another ref', sources({ ...SOURCE, helm: { valueFiles: ['$value/a.yaml'] } }, { repoURL: REPOSITORY, ref: 'values' })],
    ['FW520', 'two sources of one ref', sources(SOURCE, { repoURL: REPOSITORY, ref: 'a' }, { repoURL: REPOSITORY, ref: 'a' })],
    ['FW520', 'two sources of one name', sources({ ...SOURCE, name: 'a' }, { ...SOURCE, name: 'a' })],
    ['FW520', 'a ref with a dot', sources(SOURCE, { repoURL: REPOSITORY, ref: 'a.b' })],
    ['FW522', 'one option twice', options('Prune=false', 'Prune=confirm')],
    ['FW522', 'replaced and applied', options('Replace=true', 'ServerSideApply=true')],
    ['FW522', 'one option of a resource twice', { syncOptions: [SyncOption.DELETE_FALSE, SyncOption.DELETE_CONFIRM] }],
    ['FW524', 'a hydrator to the root', hydrator({ syncSource: { targetBranch: 'a', path: './' } })],
    ['FW524', 'a hydrator out of the repository', hydrator({ syncSource: { targetBranch: 'a', path: '../a' } })],
    ['FW524', 'a hydrator to where it reads', hydrator({ syncSource: { targetBranch: 'main', path: 'a' } })],
    ['FW524', 'a hydrator that goes no other way', hydrator({ hydrateTo: { targetBranch: 'env/prod' } })],
    ['FW511', 'a dry source in two ways', hydrator({ drySource: { ...HYDRATOR.drySource, kustomize: {} } })],
  ])('%s: %s', (code, _, props) => {
    expectFinding(() => application(props), code, 'chart/app');
  });

  test('the dry source may be read from the branch of another repository', () => {
    expect(() => application(hydrator({ syncSource: { targetBranch: 'main', path: 'a', repoURL: 'https://github.com/acme/hydrated' } }))).not.toThrow();
  });
});

describe('what does nothing, or too much, is warned of', () => {
  test.each<[string[], string, Partial<argocd.ApplicationProps>]>([
    [['FW521'], 'metadata of a namespace that is not made', { syncPolicy: { managedNamespaceMetadata: { labels: {} } } }],
    [[], 'metadata of one that is', { syncPolicy: { managedNamespaceMetadata: { labels: {} }, syncOptions: [SyncOption.CREATE_NAMESPACE] } }],
    [['FW521'], 'respect for no rules', { syncPolicy: { syncOptions: [SyncOption.RESPECT_IGNORE_DIFFERENCES] } }],
    [[], 'respect for a rule', { syncPolicy: { syncOptions: [SyncOption.RESPECT_IGNORE_DIFFERENCES] }, ignoreDifferences: [{ kind: 'A', jsonPointers: ['/a'] }] }],
    [['FW521'], 'emptying without pruning', { syncPolicy: { automated: { allowEmpty: true } } }],
    [['FW521'], 'force for all', { syncPolicy: { syncOptions: [SyncOption.FORCE] } }],
    [[], 'force for one', { syncOptions: [SyncOption.FORCE, SyncOption.REPLACE] }],
    [['FW521'], 'pruning last, and never', { syncPolicy: { syncOptions: [SyncOption.PRUNE_LAST, SyncOption.PRUNE_FALSE] } }],
    [['FW521'], 'an option of a policy on a resource', { syncOptions: [SyncOption.CREATE_NAMESPACE] }],
    [['FW521'], 'a version of Helm', { source: { ...SOURCE, helm: { version: 'v3' } } }],
    [['FW579'], 'respect for a field in a list', {
      syncPolicy: { syncOptions: [SyncOption.RESPECT_IGNORE_DIFFERENCES] },
      ignoreDifferences: [{ group: 'networking.istio.io', kind: 'VirtualService', jqPathExpressions: ['.spec.http[].route[].weight'] }],
    }],
    [[], 'a field in a list, without respect', { ignoreDifferences: [{ kind: 'VirtualService', jqPathExpressions: ['.spec.http[].route[].weight'] }] }],
    [[], 'respect for a field that is in no list', {
      syncPolicy: { syncOptions: [SyncOption.RESPECT_IGNORE_DIFFERENCES] }, ignoreDifferences: [{ kind: 'A', jqPathExpressions: ['.spec.a'] }],
    }],
    [['FW579'], 'a VirtualService by its manager', { ignoreDifferences: [{ kind: 'VirtualService', managedFieldsManagers: ['rollouts-controller'] }] }],
    [[], 'something else by its manager', { ignoreDifferences: [{ kind: 'Deployment', managedFieldsManagers: ['kube-controller-manager'] }] }],
    [['FW523'], 'everything is replaced', { syncPolicy: { syncOptions: [SyncOption.REPLACE] } }],
  ])('%p: %s', (codes, _, props) => {
    expect(codesOf(chart => new Application(chart, 'app', { ...SPEC, ...props }))).toEqual(codes);
  });
});

test('rules that come later count for RespectIgnoreDifferences', () => {
  const ignoreDifferences: argocd.ResourceIgnoreDifferences[] = [];
  expect(codesOf(chart => {
    new Application(chart, 'app', { ...SPEC, ignoreDifferences, syncPolicy: { syncOptions: [SyncOption.RESPECT_IGNORE_DIFFERENCES] } });
    ignoreDifferences.push({ kind: 'A', jsonPointers: ['/a'] });
  })).toEqual([]);
});

test('a source is no longer shared with who gave it', () => {
  const source = { ...SOURCE, helm: { valuesObject: { a: 1 } } };
  const printed = synth(chart => {
    new Application(chart, 'app', { ...SPEC, source });
    source.helm.valuesObject.a = 2;
  });
  expect(printed.spec.source.helm.valuesObject).toEqual({ a: 1 });
});
