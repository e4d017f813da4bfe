import { Duration } from 'cdk8s';
import {
  Application, ApplicationSource, Cluster, Diagnostics, Environment, GitOpsEngine, Image, Metric, MetricsProvider, Platform, PlatformProps,
  PodSecurity, Probe, Replicas, RolloutEngine, RolloutStrategy, Steps, TrafficRouter, WebService, Worker,
} from 'cdk8s-fairway';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const image = (name: string) => Image.of(`ghcr.io/acme/${name}`, { tag: '1.4.2', digest: DIGEST });
const interval = Duration.minutes(2);

/** A road with a branch for each environment and two regions at its end, whose clusters get all that they need from elsewhere: for each GitOps engine. */
export function fleet(props: Partial<PlatformProps> = {}): Platform {
  const platform = new Platform({
    name: 'fleet',
    repository: 'https://github.com/acme/fleet',
    gitops: GitOpsEngine.argoCd(),
    rollouts: RolloutEngine.argoRollouts(),
    ...props,
  });
  const gateway = { name: 'public', namespace: 'gateways' };
  const metrics = MetricsProvider.prometheus({ address: 'http://kube-prometheus-stack-prometheus.monitoring:9090' });
  const dev = new Environment(platform, 'dev', { cluster: Cluster.inCluster({ kubernetesVersion: '1.34' }), branch: 'env/dev', gateway, metrics });
  const prod = new Environment(platform, 'prod', {
    regions: [
      { name: 'eu', cluster: Cluster.named('prod-eu', { kubernetesVersion: '1.34' }) },
      { name: 'us', cluster: Cluster.named('prod-us', { kubernetesVersion: '1.33' }), wave: 1 },
    ],
    branch: 'env/prod',
    promotedFrom: [dev],
    gateway,
    metrics,
  });
  Diagnostics.of(platform).acknowledge('FW588', 'the branch of us is merged a day later, and a root is started after the one that it needs');

  new Application(platform, 'cert-manager', {
    source: ApplicationSource.helm({ repository: 'oci://quay.io/jetstack/charts', chart: 'cert-manager', version: 'v1.18.2', values: { crds: { enabled: true } } }),
    provides: ['cert-manager.io', 'acme.cert-manager.io'],
    namespaces: ['kube-system'],
    podSecurity: PodSecurity.RESTRICTED,
  });
  new Application(platform, 'ingress-nginx', {
    source: ApplicationSource.helm({
      repository: 'https://kubernetes.github.io/ingress-nginx', chart: 'ingress-nginx', version: '4.13.2', values: { controller: { replicaCount: 2 } },
    }),
    dependsOn: ['cert-manager', 'monitoring'],
    overrides: { dev: { values: { controller: { replicaCount: 1 } } } },
  });
  new Application(platform, 'monitoring', {
    source: ApplicationSource.helm({
      repository: 'https://prometheus-community.github.io/helm-charts', chart: 'kube-prometheus-stack', version: '77.6.0', releaseName: 'kube-prometheus-stack',
    }),
    provides: ['monitoring.coreos.com'],
    namespaces: ['kube-system'],
    podSecurity: PodSecurity.PRIVILEGED,
    timeout: Duration.minutes(15),
  });
  new Application(platform, 'argo-rollouts', {
    source: ApplicationSource.helm({ repository: 'https://argoproj.github.io/argo-helm', chart: 'argo-rollouts', version: '2.40.4' }),
    provides: ['argoproj.io'],
    podSecurity: PodSecurity.RESTRICTED,
  });
  new Application(platform, 'gateways', {
    source: ApplicationSource.kustomize({ path: 'deploy/gateways' }),
    dependsOn: ['cert-manager'],
    provides: ['gateway.networking.k8s.io'],
  });
  new Application(platform, 'policies', {
    source: ApplicationSource.oci({ repository: 'oci://ghcr.io/acme/policies', revision: DIGEST, path: 'cluster' }),
    environments: [prod],
  });
  new Application(platform, 'dashboards', {
    source: ApplicationSource.directory({ repository: 'https://github.com/acme/dashboards', path: 'dashboards', revision: 'v2.3.1' }),
    dependsOn: ['monitoring'],
  });

  new WebService(platform, 'storefront', {
    image: image('storefront'),
    port: 8080,
    readiness: Probe.http('/readyz'),
    host: 'shop.example.com',
    metrics: {},
    replicas: Replicas.between(3, 12),
    strategy: RolloutStrategy.canary({
      router: TrafficRouter.gatewayApi(),
      steps: Steps.linear({ increment: 25, every: interval }),
      analysis: [Metric.successRate({ atLeast: 0.99, interval })],
    }),
    dependsOn: ['orders'],
    overrides: { dev: { host: 'shop.dev.example.com' } },
  });
  new WebService(platform, 'orders', {
    image: image('orders'), port: 8080, readiness: Probe.http('/readyz'), callers: ['storefront'], strategy: RolloutStrategy.blueGreen(),
  });
  new Worker(platform, 'mailer', { image: image('mailer'), dependsOn: ['orders', 'monitoring'] });
  return platform;
}
