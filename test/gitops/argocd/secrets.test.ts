import { codesOf, synth } from './support';
import { expectFinding } from '../../support/misuse';
import { argocd } from 'cdk8s-fairway';

const { ClusterAccess, ClusterSecret, RepositoryCredentials, RepositorySecret, RepositoryType } = argocd;

const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const EKS = { name: 'prod-eu', server: 'https://10.0.0.1', access: ClusterAccess.aws({ clusterName: 'prod-eu', roleARN: 'arn:aws:iam::1:role/argocd' }) };

const cluster = (props: any) => synth(chart => new ClusterSecret(chart, 'cluster', props));
const repository = (props: any) => synth(chart => new RepositorySecret(chart, 'repository', props));
const credentials = (props: any) => synth(chart => new RepositoryCredentials(chart, 'credentials', props));

describe('a cluster', () => {
  test('with everything', () => {
    const { metadata, type, stringData } = cluster({
      ...EKS, metadata: { name: 'prod-eu', labels: { env: 'prod' } }, caData: CA, serverName: 'api', proxyUrl: 'http://proxy:3128', disableCompression: true, namespaces: ['a', 'b'], clusterResources: true, project: 'shop', shard: 1,
    });
    const { config, ...fields } = stringData;
    expect(metadata).toEqual({ name: 'prod-eu', namespace: 'argocd', labels: { 'env': 'prod', 'argocd.argoproj.io/secret-type': 'cluster' } });
    expect([type, fields]).toEqual(['Opaque', { name: 'prod-eu', server: 'https://10.0.0.1', namespaces: 'a,b', clusterResources: 'true', project: 'shop', shard: '1' }]);
    expect(JSON.parse(config)).toEqual({
      awsAuthConfig: { clusterName: 'prod-eu', roleARN: 'arn:aws:iam::1:role/argocd' },
      disableCompression: true,
      proxyUrl: 'http://proxy:3128',
      tlsClientConfig: { insecure: false, serverName: 'api', caData: Buffer.from(CA).toString('base64') },
    });
  });

  test('that Argo CD runs in, for its labels', () => {
    expect(cluster({ metadata: { labels: { env: 'dev' } }, name: 'in-cluster' }).stringData).toEqual({
      name: 'in-cluster', server: 'https://kubernetes.default.svc', config: '{\n  "tlsClientConfig": {\n    "insecure": false\n  }\n}',
    });
  });

  test.each<[string, argocd.ClusterAccess, object]>([
    ['GKE', ClusterAccess.gcp(), { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'argocd-k8s-auth', args: ['gcp'] }],
    ['AKS', ClusterAccess.azure({ AAD_ENVIRONMENT_NAME: 'AzurePublicCloud' }), { apiVersion: 'client.authentication.k8s.io/v1beta1', command: 'argocd-k8s-auth', args: ['azure'], env: { AAD_LOGIN_METHOD: 'workloadidentity', AAD_ENVIRONMENT_NAME: 'AzurePublicCloud' } }],
    ['a program', ClusterAccess.exec({ command: 'a', apiVersion: 'v1', env: { AZURE_FEDERATED_TOKEN_FILE: '/x' }, installHint: 'b', provideClusterInfo: true }), { apiVersion: 'v1', command: 'a', env: { AZURE_FEDERATED_TOKEN_FILE: '/x' }, installHint: 'b', provideClusterInfo: true }],
  ])('by %s', (_, access, execProviderConfig) => {
    expect(JSON.parse(cluster({ ...EKS, access }).stringData.config)).toEqual({ execProviderConfig, tlsClientConfig: { insecure: false } });
  });

  test.each<[string, string, () => unknown]>([
    ['FW512', 'without a name', () => cluster({ ...EKS, name: '' })],
    ['FW512', 'of nothing', () => cluster(undefined)],
    ['FW518', 'with an unknown field', () => cluster({ ...EKS, url: 'a' })],
    ['FW540', 'with a password', () => cluster({ ...EKS, password: 'a' })],
    ['FW540', 'with a token', () => cluster({ ...EKS, bearerToken: 'a' })],
    ['FW540', 'with a key', () => cluster({ ...EKS, keyData: 'a' })],
    ['FW540', 'with a configuration of its own', () => cluster({ ...EKS, config: {} })],
    ['FW540', 'with a password in a URL', () => cluster({ ...EKS, server: 'https://a:b@c' })],
    ['FW540', 'with a password of a proxy', () => cluster({ ...EKS, proxyUrl: 'http://a:b@c' })],
    ['FW540', 'with a private key for a certificate', () => cluster({ ...EKS, caData: '-----BEGIN PRIVATE KEY-----' })],
    ['FW540', 'with a secret in the environment', () => ClusterAccess.exec({ command: 'a', env: { AAD_SERVICE_PRINCIPAL_CLIENT_SECRET: 'b' } })],
    ['FW541', 'without https', () => cluster({ ...EKS, server: 'http://10.0.0.1' })],
    ['FW541', 'at a name', () => cluster({ ...EKS, server: 'prod' })],
    ['FW541', 'without a way in', () => cluster({ ...EKS, access: undefined })],
    ['FW541', 'with half a way in', () => cluster({ ...EKS, access: { _toJson: () => ({}) } })],
    ['FW541', 'that needs no way in', () => cluster({ name: 'a', access: EKS.access })],
    ['FW541', 'that needs no way in, with a slash', () => cluster({ name: 'a', server: 'https://kubernetes.default.svc/', access: EKS.access })],
    ['FW541', 'with a certificate that is none', () => cluster({ ...EKS, caData: 'a' })],
    ['FW541', 'with a certificate that is not looked at', () => cluster({ ...EKS, caData: CA, insecure: true })],
    ['FW541', 'with a proxy that is none', () => cluster({ ...EKS, proxyUrl: 'proxy' })],
    ['FW541', 'with cluster-wide resources of no namespaces', () => cluster({ ...EKS, clusterResources: true })],
    ['FW541', 'with two namespaces in one', () => cluster({ ...EKS, namespaces: ['a,b'] })],
    ['FW517', 'with a shard that is none', () => cluster({ ...EKS, shard: -1 })],
  ])('%s: %s', (code, _, make) => {
    expectFinding(make, code);
  });

  test('FW543: one that is not verified', () => {
    expect(codesOf(chart => new ClusterSecret(chart, 'a', { ...EKS, insecure: true }))).toEqual(['FW543']);
    expect(codesOf(chart => new ClusterSecret(chart, 'a', EKS))).toEqual([]);
  });
});

describe('a repository', () => {
  test('with everything', () => {
    const { metadata, stringData } = repository({
      metadata: { name: 'platform' },
      url: 'https://github.com/acme/platform',
      type: RepositoryType.GIT,
      name: 'platform',
      project: 'shop',
      enableLfs: true,
      depth: 1,
      proxy: 'http://proxy:3128',
      noProxy: 'a,b',
      useAzureWorkloadIdentity: true,
      insecure: false,
    });
    expect(metadata.labels).toEqual({ 'argocd.argoproj.io/secret-type': 'repository' });
    expect(stringData).toEqual({
      url: 'https://github.com/acme/platform', type: 'git', name: 'platform', project: 'shop', enableLfs: 'true', depth: '1', proxy: 'http://proxy:3128', noProxy: 'a,b', useAzureWorkloadIdentity: 'true', insecure: 'false',
    });
  });

  test.each<[string, object]>([
    ['Helm charts', { url: 'https://charts.example.com', type: RepositoryType.HELM, name: 'charts' }],
    ['Helm charts in a registry', { url: 'ghcr.io/acme/charts', type: RepositoryType.HELM, enableOCI: true }],
    ['OCI artifacts', { url: 'oci://ghcr.io/acme/app', type: RepositoryType.OCI }],
    ['Git by SSH', { url: 'git@github.com:acme/platform.git' }],
    ['Git by an SSH URL', { url: 'ssh://git@github.com/acme/platform' }],
  ])('of %s', (_, props) => {
    expect(repository(props).stringData).toMatchObject({ url: (props as any).url });
  });

  test('that the hydrator writes to, and credentials for many', () => {
    const of = ({ metadata, stringData }: any) => [metadata.labels['argocd.argoproj.io/secret-type'], stringData];
    const many = { url: 'https://dev.azure.com/acme', useAzureWorkloadIdentity: true };
    expect(of(repository({ url: 'https://a/b', write: true }))).toEqual(['repository-write', { url: 'https://a/b' }]);
    expect(of(credentials(many))).toEqual(['repo-creds', { url: 'https://dev.azure.com/acme', useAzureWorkloadIdentity: 'true' }]);
    expect(of(credentials({ ...many, write: true }))).toEqual(['repo-write-creds', { url: 'https://dev.azure.com/acme', useAzureWorkloadIdentity: 'true' }]);
  });

  test.each<[string, string, () => unknown]>([
    ['FW540', 'a password', () => repository({ url: 'https://a/b', password: 'c' })],
    ['FW540', 'a name to log in with', () => repository({ url: 'https://a/b', username: 'c' })],
    ['FW540', 'a key', () => repository({ url: 'git@a:b', sshPrivateKey: 'c' })],
    ['FW540', 'a key of an App', () => credentials({ url: 'https://a/b', githubAppPrivateKey: 'c' })],
    ['FW540', 'a password in the URL', () => repository({ url: 'https://a:b@c/d' })],
    ['FW540', 'a password of a proxy', () => repository({ url: 'https://a/b', proxy: 'http://c:d@e' })],
    ['FW542', 'a URL that is none', () => repository({ url: 'platform' })],
    ['FW542', 'a scheme before a registry of charts', () => repository({ url: 'oci://ghcr.io/a', type: RepositoryType.HELM, enableOCI: true })],
    ['FW542', 'no scheme before OCI artifacts', () => repository({ url: 'ghcr.io/a', type: RepositoryType.OCI })],
    ['FW542', 'charts without a name', () => repository({ url: 'https://a', type: RepositoryType.HELM })],
    ['FW542', 'a registry of Git', () => repository({ url: 'https://a/b', enableOCI: true })],
    ['FW542', 'a registry without TLS, which is none', () => repository({ url: 'https://a/b', insecureOCIForceHttp: true })],
    ['FW542', 'a proxy that is none', () => repository({ url: 'https://a/b', proxy: 'c' })],
    ['FW542', 'nothing to log in with', () => credentials({ url: 'https://a/b' })],
    ['FW517', 'a depth of nothing', () => repository({ url: 'https://a/b', depth: 0 })],
    ['FW518', 'an unknown field', () => repository({ url: 'https://a/b', kind: 'git' })],
  ])('%s: %s', (code, _, make) => {
    expectFinding(make, code);
  });

  test.each([['insecure'], ['insecureIgnoreHostKey']])('FW543: %s', field => {
    expect(codesOf(chart => new RepositorySecret(chart, 'a', { url: 'https://a/b', [field]: true }))).toEqual(['FW543']);
  });
});

test('no message shows a credential', () => {
  const secret = 'hunter2';
  for (const make of [() => cluster({ ...EKS, password: secret }), () => repository({ url: `https://a:${secret}@c/d` }), () => cluster({ ...EKS, caData: `PRIVATE KEY ${secret}` }), () => repository({ url: 'git@a:b', sshPrivateKey: secret })]) {
    const { message, remedy } = expectFinding(make, 'FW540');
    expect(message + remedy).not.toContain(secret);
  }
});
