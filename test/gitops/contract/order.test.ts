import { scenario } from './engines';
import { application, errorsOf, platformOf, road } from './model';
import { environment, service, worker } from '../../support/model';
import { Cluster, RolloutEngine, RolloutStrategy } from 'cdk8s-fairway';

/* What is there after what: the same of every engine, from one declaration. */

scenario('namespaces before workloads, workloads after those that they depend on', engine => {
  const platform = platformOf(engine);
  road(platform);
  service(platform, 'web', { dependsOn: ['api'] });
  service(platform, 'api', { dependsOn: ['db'] });
  service(platform, 'db');
  const { isAfter } = engine.see(platform);
  for (const name of ['dev', 'staging', 'prod']) {
    const full = (id: string) => `acme-${name}-${id}`;
    expect(isAfter(full('db'), full('namespaces'))).toBe(true);
    expect(isAfter(full('api'), full('db'))).toBe(true);
    expect(isAfter(full('web'), full('api'))).toBe(true);
    expect(isAfter(full('web'), full('db'))).toBe(true);
    expect(isAfter(full('db'), full('web'))).toBe(false);
  }
  expect(isAfter('acme-prod-web', 'acme-dev-api')).toBe(false); // another cluster has an order of its own
  expect(platform.check()).toEqual([]);
});

scenario('a workload after a chart, the chart after another one', engine => {
  const platform = platformOf(engine);
  environment(platform);
  application(platform, 'database', { dependsOn: ['operator'] });
  application(platform, 'operator');
  service(platform, 'web', { dependsOn: ['database'] });
  service(platform, 'other');
  const { isAfter } = engine.see(platform);
  expect(isAfter('acme-prod-web', 'acme-in-cluster-database')).toBe(true);
  expect(isAfter('acme-in-cluster-database', 'acme-in-cluster-operator')).toBe(true);
  expect(isAfter('acme-prod-web', 'acme-in-cluster-operator')).toBe(true);
  expect(isAfter('acme-in-cluster-operator', 'acme-in-cluster-database')).toBe(false);
  expect(platform.check()).toEqual([]);
});

scenario('who has objects of a group comes after who brings the group', engine => {
  const platform = platformOf(engine, { rollouts: RolloutEngine.argoRollouts() });
  road(platform);
  application(platform, 'argo-rollouts', { provides: ['argoproj.io'] });
  service(platform, 'web', { strategy: RolloutStrategy.blueGreen() });
  const { isAfter } = engine.see(platform);
  expect(isAfter('acme-prod-web', 'acme-prod-eu-argo-rollouts')).toBe(true);
  expect(isAfter('acme-dev-web', 'acme-in-cluster-argo-rollouts')).toBe(true);
  expect(isAfter('acme-prod-web', 'acme-in-cluster-argo-rollouts')).toBe(false);
});

scenario('what an engine adds depends on nothing else', engine => {
  const platform = platformOf(engine);
  environment(platform);
  worker(platform, 'job');
  application(platform, 'chart');
  const { isAfter } = engine.see(platform);
  expect(isAfter('acme-prod-job', 'acme-in-cluster-chart') && isAfter('acme-in-cluster-chart', 'acme-prod-job')).toBe(false);
});

scenario('several regions: each has the order of its own cluster', engine => {
  const platform = platformOf(engine);
  environment(platform, 'prod', { cluster: undefined, regions: ['eu', 'us'].map(name => ({ name, cluster: Cluster.named(`prod-${name}`, { kubernetesVersion: '1.34' }) })) });
  application(platform, 'chart');
  service(platform, 'web', { dependsOn: ['db', 'chart'] });
  service(platform, 'db');
  const { isAfter, deployed } = engine.see(platform);
  expect([...deployed.keys()].sort()).toEqual([
    ...['eu', 'us'].flatMap(region => ['db', 'namespaces', 'web'].map(name => `acme-prod-${region}-${name}`)), 'acme-prod-eu-chart', 'acme-prod-us-chart',
  ].sort());
  for (const region of ['eu', 'us']) {
    expect(isAfter(`acme-prod-${region}-web`, `acme-prod-${region}-db`)).toBe(true);
    expect(isAfter(`acme-prod-${region}-web`, `acme-prod-${region}-chart`)).toBe(true);
  }
  expect(isAfter('acme-prod-us-web', 'acme-prod-eu-db')).toBe(false);
  expect(platform.check()).toEqual([]);
});

scenario('waves of regions are kept by no engine, and said', engine => {
  const platform = platformOf(engine);
  const prod = environment(platform, 'prod', { cluster: undefined, regions: [{ cluster: Cluster.named('eu') }, { cluster: Cluster.named('us'), wave: 1 }] });
  worker(platform, 'job');
  expect(platform.check().map(({ code, path }) => [code, path])).toEqual([['FW588', prod.node.path]]);
});

scenario('rings are refused', engine => {
  const platform = platformOf(engine);
  environment(platform);
  application(platform, 'a', { dependsOn: ['b'] });
  application(platform, 'b', { dependsOn: ['c'] });
  application(platform, 'c', { dependsOn: ['a'] });
  expect(errorsOf(platform)).toContainEqual(['FW583', 'a']);
  expect(errorsOf(platform).filter(([code]) => code === 'FW583')).toHaveLength(1);
});
