import { container, environment, image, manifest, manifests, pod, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Environment, Image, Platform, Replicas, WebServiceOverride } from 'cdk8s-fairway';

const INGRESS = { className: 'nginx', namespace: 'ingress-nginx', annotations: { 'cert-manager.io/cluster-issuer': 'acme' } };

/** A service in dev and prod, with an override for prod. */
function withOverride(override: WebServiceOverride) {
  const platform = newPlatform();
  const dev = environment(platform, 'dev', { ingress: INGRESS });
  const prod = environment(platform, 'prod', { ingress: INGRESS, promotedFrom: [dev] });
  service(platform, 'app', {
    host: 'dev.example.com',
    env: { LOG_LEVEL: 'debug', REGION: 'eu', URL: 'https://$(REGION)' },
    resources: { cpu: '200m', memory: '256Mi', memoryLimit: '512Mi' },
    replicas: Replicas.fixed(2),
    overrides: { prod: { host: 'shop.example.com', ...override } },
  });
  return { platform, dev, prod };
}

test('each environment gets what it says, and the rest from the workload', () => {
  const { dev, prod } = withOverride({
    image: image('patched'), replicas: Replicas.between(3, 9), env: { LOG_LEVEL: 'warn', ALPHA: '$(URL)' }, resources: { cpu: '1', memory: '300Mi' },
  });
  expect(container(dev)).toMatchObject({
    image: image().reference,
    env: [{ name: 'LOG_LEVEL', value: 'debug' }, { name: 'REGION', value: 'eu' }, { name: 'URL', value: 'https://$(REGION)' }],
    resources: { requests: { cpu: '200m', memory: '256Mi' }, limits: { cpu: '1000m', memory: '512Mi' } },
  });
  expect(container(prod)).toMatchObject({
    image: image('patched').reference,
    env: [{ name: 'REGION', value: 'eu' }, { name: 'URL', value: 'https://$(REGION)' }, { name: 'ALPHA', value: '$(URL)' }, { name: 'LOG_LEVEL', value: 'warn' }],
    resources: { requests: { cpu: '1', memory: '300Mi' }, limits: { cpu: '5', memory: '512Mi' } },
  });
  expect([dev, prod].map(e => manifest(e, 'app', 'Deployment').spec.replicas)).toEqual([2, undefined]);
  expect(manifests(dev, 'HorizontalPodAutoscaler')).toEqual([]);
  expect(manifest(prod, 'app', 'HorizontalPodAutoscaler').spec).toMatchObject({ minReplicas: 3, maxReplicas: 9 });
  expect([dev, prod].map(e => manifest(e, 'app', 'Ingress').spec.rules[0].host)).toEqual(['dev.example.com', 'shop.example.com']);
});

test('the version label follows the image', () => {
  const { dev, prod } = withOverride({ image: Image.of('ghcr.io/acme/app', { tag: '_2.0-x', digest: `sha256:${'1'.repeat(64)}` }) });
  expect([dev, prod].map(e => pod(e).metadata.labels['app.kubernetes.io/version'])).toEqual(['1.4.2', '2.0-x']);
});

test('an image without a tag has no version label', () => {
  const { prod } = withOverride({ image: Image.of('ghcr.io/acme/app', { digest: `sha256:${'1'.repeat(64)}` }) });
  expect(pod(prod).metadata.labels['app.kubernetes.io/version']).toBeUndefined();
  expect(manifest(prod, 'app', 'Deployment').metadata.labels['app.kubernetes.io/version']).toBeUndefined();
});

test('undefined changes nothing', () => {
  const nothing = { image: undefined, replicas: undefined, env: undefined, resources: { cpu: undefined, memoryLimit: undefined } };
  const { platform, dev, prod } = withOverride(nothing);
  expect(container(prod).resources).toEqual(container(dev).resources);
  worker(newPlatform(), 'job', { overrides: { prod: undefined as any } });
  expect(platform.check()).toEqual([]);
});

test('what is given is read once: what a program does to its maps and lists afterwards does nothing', () => {
  const platform = newPlatform();
  const ingress: any = { ...INGRESS, annotations: {} };
  const prod = environment(platform, 'prod', { ingress });
  const given: any = {
    env: { A: '1' },
    labels: { a: 'b' },
    args: ['x'],
    writablePaths: {},
    dependsOn: [],
    egress: [],
    callers: [],
    podAnnotations: {},
    resources: {},
    host: 'a.example.com',
    overrides: { prod: { env: { B: '2' }, resources: {}, host: 'shop.example.com' } },
  };
  service(platform, 'app', given);
  given.env.A = 5;
  given.labels['a b'] = 'c';
  given.args.push(6);
  given.writablePaths['..'] = '';
  given.dependsOn.push('nobody');
  given.callers.push('nobody');
  given.egress.push('0.0.0.0/0');
  given.podAnnotations.x = 5;
  given.resources.cpu = 'lots';
  given.overrides.prod.env.B = 7;
  given.overrides.prod.resources.cpu = 'lots';
  given.overrides.prod.host = 'Other';
  given.overrides.dev = {};
  given.host = 'Other';
  ingress.annotations.x = 5;
  ingress.namespace = '';
  expect(platform.check()).toEqual([]);
  expect(container(prod)).toMatchObject({ args: ['x'], env: [{ name: 'A', value: '1' }, { name: 'B', value: '2' }], resources: { requests: { cpu: '100m' } } });
  expect(manifest(prod, 'app', 'Ingress')).toMatchObject({ metadata: { labels: { a: 'b' } }, spec: { rules: [{ host: 'shop.example.com' }] } });
  expect(JSON.stringify(manifests(prod.node.findChild('app')))).not.toMatch(/nobody|Other|lots/);
});

describe('FW207: an override for no environment of the workload', () => {
  const findings = (declare: (platform: Platform) => unknown) => {
    const platform = newPlatform();
    environment(platform, 'staging');
    environment(platform, 'prod');
    declare(platform);
    return platform.check().map(f => `${f.code} ${f.path}: ${f.message} ${f.remedy}`);
  };

  test('unknown, with a suggestion', () => {
    expect(findings(p => service(p, 'app', { overrides: { stagin: {} } }))).toEqual([
      'FW207 app: An override of "app" names the environment "stagin", which does not exist. Did you mean "staging"? The environments are "staging" and "prod".',
    ]);
  });

  test('where it does not run', () => {
    expect(findings(p => worker(p, 'job', { environments: [Environment.allIn(p)[1]], overrides: { staging: {}, prod: {} } }))).toEqual([
      'FW207 job: An override of "job" names the environment "staging", where it does not run. The environments are "prod".',
    ]);
  });

  test.each<any>([5, 'prod', ['prod'], true])('%p instead of overrides', overrides => {
    expect(() => service(newPlatform(), 'app', { overrides })).toThrow('FW207');
    expect(() => worker(newPlatform(), 'job', { overrides })).toThrow('FW207');
  });

  test.each<any>([null, 5, 'replicas: 3', ['a']])('%p instead of an override', override => {
    expect(() => service(newPlatform(), 'app', { overrides: { prod: override } })).toThrow('FW207');
    expect(() => worker(newPlatform(), 'job', { overrides: { prod: override } })).toThrow('FW207');
  });
});

describe('the environments of a workload', () => {
  test('all by default, also those that are declared later; or those that are given', () => {
    const platform = newPlatform();
    const dev = environment(platform, 'dev');
    const everywhere = service(platform, 'app');
    const some = worker(platform, 'job', { environments: [dev] });
    const prod = environment(platform, 'prod', { promotedFrom: [dev] });
    platform.lower();
    expect(everywhere.environments).toEqual([dev, prod]);
    expect(some.environments).toEqual([dev]);
    expect([everywhere.runsIn(prod), some.runsIn(prod), some.runsIn(dev)]).toEqual([true, false, true]);
    expect(dev.node.children.map(c => c.node.id)).toEqual(['namespaces', 'app', 'job']);
    expect(prod.node.children.map(c => c.node.id)).toEqual(['namespaces', 'app']);
  });

  test('an environment without workloads has no objects', () => {
    const platform = newPlatform();
    const dev = environment(platform, 'dev');
    const prod = environment(platform, 'prod');
    worker(platform, 'job', { environments: [dev] });
    platform.lower();
    expect(manifests(prod)).toEqual([]);
  });
});

describe('a host', () => {
  test('becomes an Ingress of the class of the environment, with its annotations', () => {
    const { prod } = withOverride({});
    expect(manifest(prod, 'app', 'Ingress')).toMatchObject({
      metadata: { annotations: { 'cert-manager.io/cluster-issuer': 'acme' }, namespace: 'acme-prod' },
      spec: {
        ingressClassName: 'nginx',
        rules: [{ host: 'shop.example.com', http: { paths: [{ path: '/', pathType: 'Prefix', backend: { service: { name: 'app', port: { name: 'http' } } } }] } }],
      },
    });
    expect(manifest(prod, 'app', 'Ingress').spec.tls).toBeUndefined();
  });

  test('with a certificate', () => {
    const platform = newPlatform();
    const prod = environment(platform, 'prod', { ingress: INGRESS });
    service(platform, 'app', { tlsSecret: 'shop-tls', overrides: { prod: { host: '*.shop.example.com' } } });
    expect(manifest(prod, 'app', 'Ingress').spec.tls).toEqual([{ hosts: ['*.shop.example.com'], secretName: 'shop-tls' }]);
    expect(platform.check()).toEqual([]);
  });

  test('without one, there is no Ingress', () => {
    const platform = newPlatform();
    const prod = environment(platform, 'prod', { ingress: INGRESS });
    service(platform, 'app');
    platform.lower();
    expect(manifests(prod, 'Ingress')).toEqual([]);
  });
});
