import * as fs from 'fs';
import * as path from 'path';
import * as fc from 'fast-check';
import { newFolder } from '../support/folders';
import { container, environment, image, manifest, manifests, pod, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { ConfigFiles, Environment, Image, Platform, Probe, SecretFiles, Volume, WorkerProps } from 'cdk8s-fairway';

/** An environment with a worker of the given properties. */
function inProd(props: Partial<WorkerProps>, kubernetesVersion = '1.34'): { platform: Platform; prod: Environment } {
  const platform = newPlatform();
  const prod = environment(platform, 'prod', { kubernetesVersion });
  worker(platform, 'app', props);
  return { platform, prod };
}

describe('config', () => {
  const maps = (prod: Environment) => manifests(prod, 'ConfigMap').map(({ metadata, immutable, data, binaryData }) => ({ name: metadata.name, immutable, data, binaryData }));

  test('is an immutable ConfigMap with a hash in its name, mounted read-only', () => {
    const { prod } = inProd({ config: { '/etc/app': ConfigFiles.of({ 'b.yaml': 'b: 1\n', 'a.yaml': 'a: 1\n' }) } });
    const mounted = pod(prod).spec.volumes.find((v: any) => v.name === 'etc-app');
    const [map, ...more] = maps(prod);
    expect(more).toEqual([]);
    expect(map).toEqual({ name: expect.stringMatching(/^app-[0-9a-f]{10}$/), immutable: true, data: { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' }, binaryData: undefined });
    expect(mounted).toEqual({ name: 'etc-app', configMap: { name: map.name, defaultMode: 0o444 } });
    expect(container(prod).volumeMounts).toContainEqual({ name: 'etc-app', mountPath: '/etc/app', readOnly: true });
  });

  test('other content is another ConfigMap, and so another pod; the same content in another order is the same', () => {
    const names = (files: Record<string, string>) => {
      const { prod } = inProd({ config: { '/etc/app': ConfigFiles.of(files) } });
      platformLowered(prod);
      return maps(prod)[0].name;
    };
    expect(names({ a: '1', b: '2' })).toBe(names({ b: '2', a: '1' }));
    const others = ([{ a: '1' }, { a: '2' }, { b: '1' }, { a: '1', b: '' }, { a: '', b: '1' }, { ab: '1' }, { a: '1\n' }, { 1: 'a' }] as Array<Record<string, string>>).map(names);
    expect(new Set(others).size).toBe(others.length);
  });

  test('never has two contents under one name', () => {
    const files = fc.dictionary(fc.stringMatching(/^[a-z0-9.]{1,3}$/).filter(name => !name.startsWith('.')), fc.string(), { minKeys: 1, maxKeys: 3 });
    fc.assert(fc.property(files, files, (a, b) => {
      const sorted = (each: Record<string, string>) => JSON.stringify(Object.entries(each).sort());
      expect(ConfigFiles.of(a)._configMapName('w') === ConfigFiles.of(b)._configMapName('w')).toBe(sorted(a) === sorted(b));
    }));
  });

  test('is one ConfigMap for the same content in two containers, and each environment may have its own', () => {
    const platform = newPlatform();
    const dev = environment(platform, 'dev');
    const prod = environment(platform, 'prod', { promotedFrom: [dev] });
    worker(platform, 'app', {
      config: { '/etc/app': ConfigFiles.of({ a: '1' }), '/etc/more': ConfigFiles.of({ b: '1' }) },
      initContainers: [{ name: 'init', image: image(), config: { '/config': ConfigFiles.of({ a: '1' }) } }],
      overrides: { prod: { config: { '/etc/app': ConfigFiles.of({ a: '2' }) } } },
    });
    platform.lower();
    expect(maps(dev).map(map => map.data).map(data => JSON.stringify(data)).sort()).toEqual(['{"a":"1"}', '{"b":"1"}']);
    expect(maps(prod).map(map => map.data).map(data => JSON.stringify(data)).sort()).toEqual(['{"a":"1"}', '{"a":"2"}', '{"b":"1"}']);
    const { initContainers, containers } = pod(dev).spec;
    const volumeAt = (each: any, mountPath: string) => each.volumeMounts.find((m: any) => m.mountPath === mountPath).name;
    expect(volumeAt(initContainers[0], '/config')).toBe(volumeAt(containers[0], '/etc/app'));
  });

  test('is read from files when it is declared, also when it is no text', () => {
    const folder = newFolder();
    fs.writeFileSync(path.join(folder, 'app.yaml'), 'level: info\n');
    fs.writeFileSync(path.join(folder, 'logo.bin'), Buffer.from([0xff, 0xfe, 0x00]));
    fs.mkdirSync(path.join(folder, 'inner'));
    const config = { '/a': ConfigFiles.fromFolder(folder), '/b': ConfigFiles.fromFile(path.join(folder, 'app.yaml')) };
    fs.writeFileSync(path.join(folder, 'app.yaml'), 'level: debug\n');
    const { prod } = inProd({ config });
    platformLowered(prod);
    expect(maps(prod).map(({ data, binaryData }) => ({ data, binaryData })).sort((a, b) => a.binaryData ? -1 : b.binaryData ? 1 : 0)).toEqual([
      { data: { 'app.yaml': 'level: info\n' }, binaryData: { 'logo.bin': '//4A' } },
      { data: { 'app.yaml': 'level: info\n' }, binaryData: undefined },
    ]);
  });

  test('of exactly 1 MiB is taken', () => {
    expect(() => ConfigFiles.of({ a: 'x'.repeat(1024 * 1024) })).not.toThrow();
  });
});

describe('secrets', () => {
  test('are files by reference that the group of the pod reads', () => {
    const { prod, platform } = inProd({
      secrets: { '/run/secrets/db': SecretFiles.of('db', { files: { password: 'db-password', ca: 'ca.crt' } }), '/run/secrets/more': SecretFiles.of('more', { optional: true }) },
    });
    expect(pod(prod).spec.volumes.filter((v: any) => v.secret)).toEqual([
      { name: 'run-secrets-db', secret: { secretName: 'db', defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca' }, { key: 'db-password', path: 'password' }] } },
      { name: 'run-secrets-more', secret: { secretName: 'more', defaultMode: 0o440, optional: true } },
    ]);
    expect(container(prod).volumeMounts.filter((m: any) => m.readOnly)).toHaveLength(2);
    expect(manifests(prod, 'Secret')).toEqual([]);
    expect(platform.check()).toEqual([]);
  });

  test('in variables are a choice, and other variables may refer to them', () => {
    const { prod, platform } = inProd({ env: { URL: 'postgres://app:$(PASSWORD)@db' }, secretEnv: { PASSWORD: { name: 'db', key: 'password' }, EXTRA: { name: 'db', key: 'extra', optional: true } } });
    expect(container(prod).env).toEqual([
      { name: 'EXTRA', valueFrom: { secretKeyRef: { name: 'db', key: 'extra', optional: true } } },
      { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'db', key: 'password' } } },
      { name: 'URL', value: 'postgres://app:$(PASSWORD)@db' },
    ]);
    expect(platform.check().map(f => f.code)).toEqual(['FW429']);
  });
});

describe('volumes', () => {
  test.each<[string, Volume, object, boolean]>([
    ['a folder', Volume.folder('1Gi'), { emptyDir: { sizeLimit: '1Gi' } }, false],
    ['memory', Volume.memory('32Mi'), { emptyDir: { medium: 'Memory', sizeLimit: '32Mi' } }, false],
    ['a claim', Volume.claim('data', { shared: true }), { persistentVolumeClaim: { claimName: 'data' } }, false],
    ['a claim that is read', Volume.claim('data', { shared: true, readOnly: true }), { persistentVolumeClaim: { claimName: 'data', readOnly: true } }, true],
    ['a ConfigMap', Volume.configMap('ca-bundle'), { configMap: { name: 'ca-bundle', defaultMode: 0o444 } }, true],
    ['an ephemeral volume', Volume.ephemeral({ size: '5Gi', storageClass: 'fast' }), {
      ephemeral: { volumeClaimTemplate: { spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '5Gi' } }, storageClassName: 'fast' } } },
    }, false],
    ['a token', Volume.serviceAccountToken('vault'), { projected: { defaultMode: 0o440, sources: [{ serviceAccountToken: { audience: 'vault', path: 'token', expirationSeconds: 3600 } }] } }, true],
    ['anything else, also what is younger than the types', Volume.native({ image: { reference: 'ghcr.io/acme/models:1' } }, true), { image: { reference: 'ghcr.io/acme/models:1' } }, true],
  ])('%s', (_, volume, source, readOnly) => {
    const { prod, platform } = inProd({ volumes: { '/mnt': volume } });
    expect(pod(prod).spec.volumes).toContainEqual({ name: 'mnt', ...source });
    expect(container(prod).volumeMounts).toContainEqual({ name: 'mnt', mountPath: '/mnt', ...(readOnly ? { readOnly } : {}) });
    expect(platform.check()).toEqual([]);
  });

  test('one object is one volume, in as many containers as mount it; two objects are two', () => {
    const shared = Volume.folder('10Mi');
    const { prod } = inProd({
      volumes: { '/spool': shared, '/own': Volume.folder('10Mi') },
      sidecars: [{ name: 'side', image: image(), volumes: { '/var/spool': shared, '/own': Volume.folder('10Mi') } }],
    });
    const { containers, initContainers, volumes } = pod(prod).spec;
    const mounts = (each: any) => Object.fromEntries(each.volumeMounts.map((m: any) => [m.mountPath, m.name]));
    expect(mounts(containers[0])).toEqual({ '/own': 'own', '/spool': 'spool', '/tmp': 'tmp' });
    expect(mounts(initContainers[0])).toEqual({ '/own': 'side-own', '/tmp': 'side-tmp', '/var/spool': 'spool' });
    expect(volumes.map((v: any) => v.name)).toEqual(['own', 'spool', 'tmp', 'side-own', 'side-tmp']);
  });

  test('folders have room: the limit of local disk holds them, where nobody says otherwise', () => {
    const disk = (props: Partial<WorkerProps>) => container(inProd(props).prod).resources.limits['ephemeral-storage'];
    expect(disk({})).toBe('256Mi');
    expect(disk({ writablePaths: { '/cache': '128Mi' } })).toBe('256Mi');
    expect(disk({ writablePaths: { '/cache': '1Gi' }, volumes: { '/spool': Volume.folder('1Gi') } })).toBe('2176Mi');
    expect(disk({ volumes: { '/cache': Volume.memory('64Mi'), '/data': Volume.claim('data') } })).toBe('256Mi');
    expect(disk({ writablePaths: { '/cache': '1Gi' }, resources: { ephemeralStorageLimit: '512Mi' } })).toBe('512Mi');
  });
});

describe('further containers', () => {
  const props: Partial<WorkerProps> = {
    sidecars: [{ name: 'log-shipper-of-acme', image: image('shipper'), port: 2020, readiness: Probe.http('/health'), resources: { cpu: '10m' } }],
    initContainers: [{ name: 'migrate', image: image('migrate'), command: ['/migrate'], args: ['up'], env: { B: '$(A)', A: '1' }, runAs: { user: 20000 } }, { name: 'warm', image: image('warm') }],
  };

  test('sidecars start before everything else, and go on running', () => {
    const { spec } = pod(inProd(props).prod);
    expect(spec.containers.map((c: any) => c.name)).toEqual(['app']);
    expect(spec.initContainers.map((c: any) => [c.name, c.restartPolicy])).toEqual([['log-shipper-of-acme', 'Always'], ['migrate', undefined], ['warm', undefined]]);
    const [sidecar, migrate] = spec.initContainers;
    expect(sidecar.ports).toEqual([{ name: 'log-shipper-of', containerPort: 2020, protocol: 'TCP' }]);
    expect(sidecar.readinessProbe.httpGet).toEqual({ path: '/health', port: 'log-shipper-of' });
    expect(sidecar.livenessProbe.tcpSocket).toEqual({ port: 'log-shipper-of' });
    expect(sidecar.startupProbe).toMatchObject({ httpGet: { path: '/health', port: 'log-shipper-of' }, failureThreshold: 60 });
    expect(migrate).toMatchObject({ command: ['/migrate'], args: ['up'], env: [{ name: 'A', value: '1' }, { name: 'B', value: '$(A)' }], securityContext: { runAsUser: 20000, runAsGroup: 20000 } });
    expect(Object.keys(migrate).filter(key => /Probe|lifecycle|ports/.test(key))).toEqual([]);
  });

  test('before Kubernetes 1.29 sidecars are containers like the main one', () => {
    const { spec } = pod(inProd(props, '1.28').prod);
    expect(spec.containers.map((c: any) => [c.name, c.restartPolicy])).toEqual([['app', undefined], ['log-shipper-of-acme', undefined]]);
    expect(spec.initContainers.map((c: any) => c.name)).toEqual(['migrate', 'warm']);
  });

  test('the deadline of a rollout waits for sidecars, too', () => {
    const platform = newPlatform();
    const prod = environment(platform);
    service(platform, 'app', { sidecars: [{ name: 'proxy', image: image(), port: 90, readiness: Probe.tcp() }] });
    expect(manifest(prod, 'app', 'Deployment').spec.progressDeadlineSeconds).toBe(300 + 300 + 10 + 60);
    expect(platform.check()).toEqual([]);
  });

  test('images of all containers need digests at the end of the road', () => {
    const tagged = Image.of('ghcr.io/acme/side', { tag: '1' });
    const { platform } = inProd({ sidecars: [{ name: 'side', image: tagged }], initContainers: [{ name: 'init', image: tagged }] });
    expect(platform.check().map(f => f.code)).toEqual(['FW303', 'FW303']);
  });
});

test('accounts and pulls', () => {
  const platform = newPlatform();
  const dev = environment(platform, 'dev');
  const prod = environment(platform, 'prod', { promotedFrom: [dev] });
  const role = (name: string) => ({ 'eks.amazonaws.com/role-arn': `arn:aws:iam::1:role/${name}` });
  worker(platform, 'app', { imagePullSecrets: ['registry', 'mirror'], serviceAccountAnnotations: { ...role('dev'), a: 'b' }, overrides: { prod: { serviceAccountAnnotations: role('prod') } } });
  expect(manifest(dev, 'app', 'ServiceAccount').metadata.annotations).toEqual({ ...role('dev'), a: 'b' });
  expect(manifest(prod, 'app', 'ServiceAccount').metadata.annotations).toEqual({ ...role('prod'), a: 'b' });
  expect(pod(prod).spec.imagePullSecrets).toEqual([{ name: 'registry' }, { name: 'mirror' }]);
});

test('an environment changes commands, shutdown, annotations and destinations', () => {
  const platform = newPlatform();
  const prod = environment(platform);
  worker(platform, 'app', {
    command: ['a'], args: ['b'], podAnnotations: { x: '1', y: '1' }, overrides: { prod: { command: ['c'], args: ['d'], podAnnotations: { y: '2' } } },
  });
  expect(container(prod)).toMatchObject({ command: ['c'], args: ['d'] });
  expect(pod(prod).metadata.annotations).toEqual({ x: '1', y: '2' });
});

function platformLowered(prod: Environment): void {
  Platform.ofConstruct(prod).lower();
}
