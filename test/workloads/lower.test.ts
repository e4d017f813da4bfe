import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { parseAllDocuments } from 'yaml';
import { newFolder, readTree } from '../support/folders';
import { environment, objectsIn, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Diagnostics, Environment, FolderChart, Platform, Replicas, Workload } from 'cdk8s-fairway';

function lowered(): { platform: Platform; prod: Environment; deployment: ApiObject; chart: FolderChart; root: string } {
  const root = newFolder();
  const platform = newPlatform(root);
  const prod = environment(platform);
  service(platform, 'app', { replicas: Replicas.between(2, 4) });
  platform.lower();
  const [deployment] = objectsIn(prod, 'Deployment');
  return { platform, prod, deployment, chart: prod.node.findChild('app') as FolderChart, root };
}

test('objects stand in the tree by stable paths', () => {
  const { prod } = lowered();
  expect(objectsIn(prod).map(o => o.node.path)).toEqual([
    'prod/namespaces/namespace-acme-prod', 'prod/namespaces/default-deny-acme-prod', 'prod/namespaces/priority-class',
    'prod/app/service-account', 'prod/app/deployment', 'prod/app/service', 'prod/app/autoscaler', 'prod/app/network-policy', 'prod/app/disruption-budget',
  ]);
});

test('a worker has no Service', () => {
  const platform = newPlatform();
  const prod = environment(platform);
  worker(platform);
  platform.lower();
  expect(objectsIn(prod.node.findChild('job')).map(o => o.kind)).toEqual(['ServiceAccount', 'Deployment', 'NetworkPolicy', 'PodDisruptionBudget']);
});

test('lowering twice is lowering once', () => {
  const { platform, prod } = lowered();
  const before = objectsIn(prod).length;
  platform.lower();
  platform.check();
  expect(objectsIn(prod)).toHaveLength(before);
});

test('fields that are newer than the typed objects survive a patch', () => {
  const { deployment, platform, root } = lowered();
  deployment.addJsonPatch(
    JsonPatch.add('/spec/template/spec/containers/0/restartPolicyRules', [{ action: 'Restart', exitCodes: { operator: 'In', values: [42] } }]),
    JsonPatch.add('/spec/template/spec/hostUsers', false),
    JsonPatch.add('/spec/template/spec/resources', { limits: { cpu: '2' } }),
    JsonPatch.replace('/spec/template/spec/containers/0/lifecycle/preStop', { sleep: { seconds: 30 } }),
    JsonPatch.add('/spec/template/spec/imagePullSecrets', [{ name: 'registry' }]),
  );
  platform.synth();
  const { spec } = parseAllDocuments(readTree(root)['dist/prod/app/Deployment.app.k8s.yaml'])[0].toJS().spec.template;
  expect(spec).toMatchObject({ hostUsers: false, resources: { limits: { cpu: '2' } }, imagePullSecrets: [{ name: 'registry' }] });
  expect(spec.containers[0]).toMatchObject({ lifecycle: { preStop: { sleep: { seconds: 30 } } }, restartPolicyRules: [{ action: 'Restart' }] });
});

test('objects of the user, plain and of cdk8s-plus, are written beside those of the workload', () => {
  const { platform, chart, root } = lowered();
  new ApiObject(chart, 'monitor', { apiVersion: 'monitoring.coreos.com/v1', kind: 'ServiceMonitor', metadata: { name: 'app' }, spec: Lazy.any({ produce: () => ({ endpoints: [] }) }) });
  new kplus.ConfigMap(chart, 'config', { metadata: { name: 'app' }, data: { A: '1' } });
  platform.synth();
  const files = Object.keys(readTree(root)).filter(f => f.startsWith('dist/prod/app/')).map(f => f.slice('dist/prod/app/'.length));
  expect(files.sort()).toEqual([
    'ConfigMap.app.k8s.yaml', 'Deployment.app.k8s.yaml', 'HorizontalPodAutoscaler.app.k8s.yaml', 'NetworkPolicy.app.k8s.yaml', 'PodDisruptionBudget.app.k8s.yaml',
    'Service.app.k8s.yaml', 'ServiceAccount.app.k8s.yaml', 'ServiceMonitor.app.k8s.yaml',
  ]);
});

test('what is written is what stands in the tree', () => {
  const { platform, prod, root } = lowered();
  platform.synth();
  const written = Object.entries(readTree(root)).filter(([file]) => file.startsWith('dist/')).map(([, text]) => parseAllDocuments(text)[0].toJS());
  const key = (o: any) => `${o.kind} ${o.metadata.namespace} ${o.metadata.name}`;
  const sorted = (objects: any[]) => [...objects].sort((a, b) => key(a) < key(b) ? -1 : 1);
  expect(sorted(written)).toEqual(sorted(objectsIn(prod).map(o => o.toJson())));
});

test('an acknowledged warning is no longer one, and an acknowledgement of nothing is', () => {
  const platform = newPlatform();
  environment(platform);
  const single = service(platform, 'app', { replicas: Replicas.fixed(1) });
  const idle = service(platform, 'other');
  Diagnostics.of(single).acknowledge('FW409', 'There can be only one.');
  Diagnostics.of(idle).acknowledge('FW409', 'There can be only one.');
  expect(platform.check().map(f => [f.code, f.path, f.acknowledged])).toEqual([['FW409', 'app', 'There can be only one.'], ['FW102', 'other', undefined]]);
});

test('workloads are listed in the order in which they were declared, wherever they stand', () => {
  const { platform } = lowered();
  expect(Workload.allIn(platform).map(w => w.name)).toEqual(['app']);
  expect([Workload.allIn(platform)[0], platform, null, undefined, {}].map(x => Workload.isWorkload(x))).toEqual([true, false, false, false, false]);
});
