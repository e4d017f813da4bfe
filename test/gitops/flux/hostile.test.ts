import { Chart, Testing } from 'cdk8s';
import * as fc from 'fast-check';
import { chartOf, found, KINDS, make } from './support';
import { withEach } from '../../support/misuse';
import '../../support/properties';
import { flux } from 'cdk8s-fairway';

/* Whatever a program in JavaScript passes: it is refused by a finding, or what is written has no holes. */

const {
  ActionStrategy, GitReference, ImagePolicyChoice, KubeConfig, OciReference, SourceReference, SubstituteReference, ValuesReference,
} = flux;

const VALUES: any[] = [
  null, undefined, '', ' ', 'text', '1m', 'a\nb', 0, 1, -1, 1.5, NaN, 2 ** 60, true, false, 10n, Symbol('s'), () => 'x', [], ['text'], [null], [undefined], [5], [{}], {}, { a: 'b' }, { a: 5 }, { a: null }, { a: {} },
  { name: 'a' }, [{ name: 'a' }], [{ kind: 'Kustomization', name: '*' }], Object.create(null), new Map(), new Date(0), /x/, '__proto__', 'constructor', JSON.parse('{"__proto__": {"a": 1}}'), { constructor: 'a' },
  GitReference.branch(null as any), GitReference.commit({} as any, 5 as any), OciReference.semver(5 as any, [] as any),
  SourceReference.gitRepository(null as any, { namespace: 5 as any }),
  SourceReference.bucket('a', null as any), ImagePolicyChoice.semver({} as any), ImagePolicyChoice.numerical([] as any), KubeConfig.secret(5 as any, {} as any), [SubstituteReference.secret({} as any, 5 as any)],
  [ValuesReference.secret('a', 'b' as any)], [ValuesReference.configMap(null as any, { optional: 'x' as any })], ActionStrategy.retryOnFailure(5 as any), 'x'.repeat(20_000),
];

/** No holes, nothing of ours, and cdk8s can print it. */
function expectWhole(chart: Chart): void {
  const look = (value: unknown): void => {
    expect(value).not.toBeUndefined();
    if (typeof value === 'object' && value !== null) {
      expect([Object.prototype, Array.prototype, null]).toContain(Object.getPrototypeOf(value));
      Object.values(value).forEach(look);
    }
  };
  Testing.synth(chart).forEach(look);
}

function used(kind: string, props: any): void {
  const chart = chartOf();
  new KINDS[kind].make(chart, 'it', props);
  expectWhole(chart);
}

const FIELDS: Record<string, string[]> = {
  GitRepository: ['url', 'ref', 'secretRef', 'provider', 'serviceAccountName', 'timeout', 'verify', 'proxySecretRef', 'ignore', 'sparseCheckout', 'include', 'recurseSubmodules', 'interval', 'suspend'],
  OCIRepository: ['url', 'ref', 'layerSelector', 'provider', 'secretRef', 'serviceAccountName', 'certSecretRef', 'verify', 'timeout', 'insecure', 'interval'],
  HelmRepository: ['url', 'secretRef', 'certSecretRef', 'passCredentials', 'provider', 'insecure', 'timeout', 'accessFrom', 'interval'],
  HelmChart: ['chart', 'sourceRef', 'version', 'reconcileStrategy', 'valuesFiles', 'ignoreMissingValuesFiles', 'verify'],
  Bucket: ['bucketName', 'endpoint', 'provider', 'sts', 'region', 'prefix', 'secretRef', 'ignore', 'insecure'],
  ExternalArtifact: ['sourceRef', 'metadata'],
  Kustomization: [
    'sourceRef', 'path', 'interval', 'retryInterval', 'timeout', 'prune', 'deletionPolicy', 'dependsOn', 'wait', 'healthChecks', 'healthCheckExprs', 'ignore', 'force', 'targetNamespace', 'namePrefix', 'patches', 'images',
    'components', 'buildMetadata', 'postBuild', 'decryption', 'serviceAccountName', 'kubeConfig', 'commonMetadata', 'suspend', 'metadata',
  ],
  HelmRelease: [
    'chart', 'chartRef', 'interval', 'timeout', 'dependsOn', 'driftDetection', 'install', 'upgrade', 'rollback', 'uninstall', 'test', 'values', 'valuesFrom', 'postRenderers', 'postRenderStrategy', 'waitStrategy',
    'healthCheckExprs', 'releaseName', 'targetNamespace', 'maxHistory', 'persistentClient', 'kubeConfig', 'commonMetadata',
  ],
  ImageRepository: ['image', 'provider', 'secretRef', 'timeout', 'exclusionList', 'accessFrom', 'insecure'],
  ImagePolicy: ['imageRepositoryRef', 'policy', 'filterTags', 'digestReflectionPolicy', 'interval'],
  ImageUpdateAutomation: ['sourceRef', 'git', 'interval', 'policySelector', 'updatePath'],
  Alert: ['provider', 'eventSources', 'eventSeverity', 'eventMetadata', 'inclusionList', 'exclusionList'],
  Provider: ['type', 'address', 'secretRef', 'channel', 'username', 'commitStatusExpr', 'timeout', 'serviceAccountName'],
  Receiver: ['type', 'resources', 'events', 'secretRef', 'oidcProviders', 'resourceFilter', 'interval'],
};

test.each(Object.keys(KINDS))('%s', kind => {
  withEach(VALUES, FIELDS[kind], KINDS[kind].props, props => used(kind, props));
});

test('parts of parts', () => {
  const within = (kind: string, names: string[], wrap: (value: any) => any, valid: any = {}) =>
    withEach(VALUES, names, valid, each => used(kind, { ...KINDS[kind].props, ...wrap(each) }));
  within('Kustomization', ['name', 'namespace', 'readyExpr'], each => ({ dependsOn: [each] }), { name: 'a' });
  within('Kustomization', ['paths', 'target'], each => ({ ignore: [each] }), { paths: ['/a'] });
  within('Kustomization', ['substitute', 'substituteFrom', 'substituteStrategy'], postBuild => ({ postBuild }));
  within('Kustomization', ['patch', 'target'], each => ({ patches: [each] }), { patch: 'a' });
  within('HelmRelease', ['strategy', 'remediation', 'crds', 'timeout', 'disableWait', 'replace'], install => ({ install }));
  within('HelmRelease', ['chart', 'sourceRef', 'version', 'interval', 'verify', 'metadata', 'valuesFiles'], chart => ({ chart, chartRef: undefined }), { chart: 'a', sourceRef: SourceReference.helmRepository('a') });
  within('ImageUpdateAutomation', ['checkout', 'commit', 'push'], each => ({ git: each }), { commit: { author: { email: 'a@b.c' } } });
  within('ImageUpdateAutomation', ['author', 'signingKey', 'messageTemplate', 'messageTemplateValues'], commit => ({ git: { commit } }), { author: { email: 'a@b.c' } });
  within('ImagePolicy', ['pattern', 'extract'], filterTags => ({ filterTags }), { pattern: 'a' });
  within('Receiver', ['kind', 'name', 'matchLabels', 'filter', 'namespace'], each => ({ resources: [each] }), { kind: 'GitRepository', name: 'a' });
  within('OCIRepository', ['provider', 'secretRef', 'matchOIDCIdentity', 'trustedRootSecretRef'], verify => ({ verify }));
});

/** Values that fields may well have, so that much is accepted. */
const likely = fc.constantFrom<any>(
  undefined, true, false, '1m', '30s', 'a', 'shop', './deploy', '1.x', 3, [], ['a'], {}, { a: 'b' }, [{ name: 'a' }], [{ name: 'b', namespace: 'c' }], [{ paths: ['/a'] }], { matchLabels: { a: 'b' } },
  { mode: 'enabled' }, { retries: 2 }, { remediation: { retries: 1 } }, { strategy: ActionStrategy.retryOnFailure('5m') }, { secretRef: 'a' }, { substitute: { a: 'b' } }, { substituteFrom: [SubstituteReference.secret('a')] },
  [ValuesReference.secret('a', { optional: true })], KubeConfig.secret('a'), [{ kind: 'Deployment', name: 'a' }], [{ apiVersion: 'a/v1', current: 'true' }], { enable: true }, [{ images: [{ name: 'a', newTag: 'b' }] }],
);

test.each(Object.keys(KINDS))('what %s accepts is written whole', kind => {
  let accepted = 0;
  fc.assert(fc.property(fc.dictionary(fc.constantFrom(...FIELDS[kind]), likely, { maxKeys: 4 }), props => {
    const chart = chartOf();
    try {
      make(kind, props, chart);
    } catch {
      return;
    }
    accepted++;
    expectWhole(chart);
  }), { numRuns: 300 });
  expect(accepted).toBeGreaterThan(5);
});

test('what is passed may change afterwards', () => {
  const dependsOn = [{ name: 'a' }];
  expect(found(chart => {
    make('Kustomization', { dependsOn }, chart);
    dependsOn.push({ name: 'shop' });
    (dependsOn as any[])[0].name = 'shop';
  })).toEqual([]);
});
