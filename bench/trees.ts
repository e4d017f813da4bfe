import { ApiObject, App, Chart } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Cluster, Environment, Image, Platform, Probe, Replicas, WebService } from 'cdk8s-fairway';

/** Charts of two plain objects. */
export function plainCharts(app: App, count: number): void {
  for (let i = 0; i < count; i++) {
    const chart = new Chart(app, `service-${i}`, { namespace: 'shop', labels: { team: `team-${i % 20}` } });
    new ApiObject(chart, 'config', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      data: { LOG_LEVEL: 'info', ENDPOINT: `https://service-${i}.example.com/v1`, RETRIES: '3', FEATURE: 'on' },
    });
    new ApiObject(chart, 'service', {
      apiVersion: 'v1',
      kind: 'Service',
      spec: { type: 'ClusterIP', selector: { app: `service-${i}` }, ports: [{ name: 'http', port: 80, targetPort: 8080 }] },
    });
  }
}

/** Charts of a cdk8s-plus Deployment with its Service. */
export function plusCharts(app: App, count: number): void {
  for (let i = 0; i < count; i++) {
    const chart = new Chart(app, `service-${i}`, { namespace: 'shop' });
    const deployment = new kplus.Deployment(chart, 'deployment', {
      replicas: 2,
      containers: [{ image: `registry.example.com/service-${i}:1.0.0`, port: 8080, envVariables: { LOG_LEVEL: { value: 'info' } } }],
    });
    deployment.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });
  }
}

/** A fleet of the model: services in three environments. */
export function fleet(platform: Platform, count: number, replicasOfFirst = 2): void {
  const dev = new Environment(platform, 'dev', { cluster: Cluster.inCluster() });
  const staging = new Environment(platform, 'staging', { cluster: Cluster.inCluster(), promotedFrom: [dev] });
  new Environment(platform, 'prod', { cluster: Cluster.named('prod-eu'), promotedFrom: [staging] });
  for (let i = 0; i < count; i++) {
    new WebService(platform, `service-${i}`, {
      image: Image.of(`registry.example.com/service-${i}`, { tag: '1.0.0', digest: `sha256:${'0'.repeat(64)}` }),
      port: 8080,
      replicas: Replicas.fixed(i === 0 ? replicasOfFirst : 2),
      readiness: Probe.http('/readyz'),
      env: { LOG_LEVEL: 'info', ENDPOINT: `https://service-${i}.example.com/v1` },
      dependsOn: i % 10 === 0 ? [] : [`service-${i - 1}`],
      overrides: { prod: { replicas: Replicas.between(3, 12) } },
    });
  }
}
