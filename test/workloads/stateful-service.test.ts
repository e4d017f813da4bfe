import { environment, image, manifest, manifests, service } from '../support/model';
import { Network } from '../support/network';
import { newPlatform } from '../support/platform';
import { Environment, Platform, PodOrder, PortProtocol, Probe, StatefulService, StatefulServiceProps } from 'cdk8s-fairway';

function stateful(scope: Platform, props: Partial<StatefulServiceProps> = {}): StatefulService {
  return new StatefulService(scope, 'db', { image: image(), port: 5432, readiness: Probe.tcp(), protocol: PortProtocol.TCP, storage: { '/var/lib/db': { size: '10Gi' } }, ...props });
}

function inProd(props: Partial<StatefulServiceProps> = {}): Environment {
  const platform = newPlatform();
  const prod = environment(platform);
  stateful(platform, props);
  expect(platform.check()).toEqual([]);
  return prod;
}

test('by default', () => {
  const prod = inProd();
  const { template, ...spec } = manifest(prod, 'db', 'StatefulSet').spec;
  expect(spec).toEqual({
    serviceName: 'db-pods',
    replicas: 3,
    podManagementPolicy: 'OrderedReady',
    minReadySeconds: 10,
    selector: { matchLabels: { 'app.kubernetes.io/instance': 'db' } },
    updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
    volumeClaimTemplates: [{
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'var-lib-db' },
      spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } }, volumeMode: 'Filesystem' },
    }],
  });
  expect(template.spec.containers[0].volumeMounts).toEqual([{ name: 'tmp', mountPath: '/tmp' }, { name: 'var-lib-db', mountPath: '/var/lib/db' }]);
  expect(template.spec.topologySpreadConstraints[0].matchLabelKeys).toEqual(['controller-revision-hash']);
  expect(manifests(prod.node.findChild('db')).map(o => `${o.kind} ${o.metadata.name}`)).toEqual([
    'ServiceAccount db', 'StatefulSet db', 'Service db-pods', 'Service db', 'NetworkPolicy db', 'PodDisruptionBudget db',
  ]);
  expect(manifest(prod, 'db', 'PodDisruptionBudget').spec.maxUnavailable).toBe(1);
});

test('the nameless Service names the pods before they are ready, the other one leads to those that are', () => {
  const services = Object.fromEntries(manifests(inProd({ servicePort: 15432 }), 'Service').map(({ metadata, spec }) => [metadata.name, spec]));
  expect(services['db-pods']).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true, ports: [{ name: 'tcp', port: 5432, targetPort: 'tcp' }] });
  expect(services.db).toMatchObject({ type: 'ClusterIP', ports: [{ name: 'tcp', port: 15432, targetPort: 'tcp' }] });
  expect(services.db).not.toHaveProperty('publishNotReadyAddresses');
});

test('in full, and by environment', () => {
  const platform = newPlatform();
  const dev = environment(platform, 'dev');
  const prod = environment(platform, 'prod', { promotedFrom: [dev] });
  stateful(platform, {
    pods: 5,
    order: PodOrder.PARALLEL,
    partition: 2,
    deleteStorageWhenScaled: true,
    storage: { '/b': { size: '1Gi', storageClass: 'fast', singlePod: true }, '/a': { size: '2Gi' } },
    writablePaths: { '/c': '1Mi' },
    overrides: { dev: { pods: 1, partition: 0 } },
  });
  expect(platform.check()).toEqual([]);
  expect(manifest(prod, 'db', 'StatefulSet').spec).toMatchObject({
    replicas: 5,
    podManagementPolicy: 'Parallel',
    updateStrategy: { rollingUpdate: { partition: 2 } },
    persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Delete' },
    volumeClaimTemplates: [{ metadata: { name: 'a' } }, { metadata: { name: 'b' }, spec: { accessModes: ['ReadWriteOncePod'], storageClassName: 'fast' } }],
  });
  expect(manifest(dev, 'db', 'StatefulSet').spec).toMatchObject({ replicas: 1, updateStrategy: { rollingUpdate: { partition: 0 } } });
  expect(manifests(dev, 'PodDisruptionBudget')).toEqual([]);
});

test('its pods find each other, its callers find it, and nobody else does', () => {
  const platform = newPlatform();
  const prod = environment(platform);
  const db = stateful(platform);
  service(platform, 'api', { dependsOn: ['db'] });
  service(platform, 'report');
  service(platform, 'other');
  db.allowFrom('report');
  platform.lower();
  const network = new Network(manifests(prod));
  const pod = (name: string) => ({ namespace: 'acme-prod', labels: { 'app.kubernetes.io/instance': name } });
  expect(['db', 'api', 'report', 'other'].map(name => network.allows(pod(name), pod('db'), 5432))).toEqual([true, true, true, false]);
  expect(network.allows(pod('db'), pod('api'), 8080)).toBe(false);
});

test('explained', () => {
  const platform = newPlatform();
  const prod = environment(platform);
  expect(stateful(platform, { partition: 2 }).explain(prod)).toBe('db in prod: a StatefulSet; its pods are replaced one after the other, down to the number 2.\n');
});
