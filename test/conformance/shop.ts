import { Duration } from 'cdk8s';
import {
  Cluster, ClusterProfile, ConcurrencyPolicy, ConfigFiles, Diagnostics, Egress, Environment, GitOpsEngine, Image, KedaTrigger, Platform,
  PlatformProps, PodOrder, PortProtocol, PreStop, Probe, Replicas, RolloutStrategy, ScalingMetric, ScalingPolicy, ScheduledTask, SecretFiles,
  StatefulService, Volume, WebService, Worker,
} from 'cdk8s-fairway';

const DIGEST = `sha256:${'0'.repeat(64)}`;
const image = (name: string) => Image.of(`ghcr.io/acme/${name}`, { tag: '1.4.2', digest: DIGEST });

/** A shop that uses nearly everything that workloads can have, for those who check what is made of it. */
export function shop(props: Partial<PlatformProps>): Platform {
  const platform = new Platform({ name: 'shop', repository: 'https://github.com/acme/platform', gitops: GitOpsEngine.argoCd(), ...props });
  const dev = new Environment(platform, 'dev', {
    cluster: Cluster.named('dev', { kubernetesVersion: '1.28' }),
    ingress: { className: 'nginx', namespace: 'ingress-nginx' },
  });
  new Environment(platform, 'prod', {
    cluster: Cluster.named('prod-eu', { kubernetesVersion: '1.34', profile: ClusterProfile.GKE_AUTOPILOT }),
    promotedFrom: [dev],
    gateway: { name: 'public', namespace: 'gateways', sectionName: 'https', podNamespace: 'envoy' },
    monitoringNamespace: 'observability',
    quota: { cpu: '40', memory: '80Gi', pods: 100 },
  });

  const spool = Volume.folder('1Gi');
  const checkout = new WebService(platform, 'checkout', {
    image: image('checkout'),
    command: ['/bin/server'],
    args: ['--config', '/etc/checkout/app.yaml'],
    port: 8080,
    servicePort: 80,
    protocol: PortProtocol.HTTP,
    readiness: Probe.http('/readyz'),
    liveness: Probe.http('/livez', { failureThreshold: 6 }),
    startup: Probe.http('/readyz', { period: Duration.seconds(2), failureThreshold: 90 }),
    hosts: ['shop.example.com', 'www.shop.example.com'],
    tlsSecret: 'shop-tls',
    env: { LOG_LEVEL: 'info', DB_PASSWORD_FILE: '/run/secrets/db/password' },
    secretEnv: { LICENSE: { name: 'license', key: 'text' } },
    resources: { cpu: '250m', memory: '512Mi' },
    writablePaths: { '/cache': '256Mi' },
    config: { '/etc/checkout': ConfigFiles.of({ 'app.yaml': 'currency: EUR\n' }) },
    secrets: { '/run/secrets/db': SecretFiles.of('database', { files: { password: 'db-password' } }) },
    volumes: { '/spool': spool, '/var/run/token': Volume.serviceAccountToken('vault') },
    sidecars: [{
      name: 'shipper',
      image: image('shipper'),
      volumes: { '/spool': spool },
      port: 2020,
      readiness: Probe.http('/health'),
      resources: { cpu: '50m', memory: '64Mi' },
    }],
    initContainers: [{ name: 'migrate', image: image('migrate'), args: ['up'], secrets: { '/run/secrets/db': SecretFiles.of('database') } }],
    metrics: { port: 9090, path: '/metrics', interval: Duration.seconds(15), labels: { release: 'prometheus' } },
    replicas: Replicas.between(3, 12, {
      cpuUtilization: 65,
      metrics: [ScalingMetric.pods('requests_per_second', '100')],
      behavior: { scaleDown: { stabilization: Duration.minutes(10), policies: [ScalingPolicy.percent(10, Duration.minutes(1))] } },
    }),
    strategy: RolloutStrategy.rollingUpdate({ maxSurge: '25%' }),
    shutdown: { preStop: PreStop.SLEEP_ACTION, preStopWait: Duration.seconds(20), drain: Duration.seconds(30) },
    imagePullSecrets: ['registry'],
    serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': 'checkout@acme.iam.gserviceaccount.com' },
    egress: [Egress.cidr('10.20.0.0/16', 5432)],
    dependsOn: ['catalogue'],
    overrides: {
      dev: {
        replicas: Replicas.fixed(2),
        shutdown: { preStopWait: Duration.seconds(1) },
        hosts: ['shop.dev.example.com'],
        config: { '/etc/checkout': ConfigFiles.of({ 'app.yaml': 'currency: TEST\n' }) },
        serviceAccountAnnotations: { 'iam.gke.io/gcp-service-account': 'checkout@acme-dev.iam.gserviceaccount.com' },
      },
    },
  });
  Diagnostics.of(checkout).acknowledge('FW429', 'the vendor\'s library reads its license from the environment');
  new StatefulService(platform, 'catalogue', {
    image: image('catalogue'),
    port: 6379,
    protocol: PortProtocol.TCP,
    readiness: Probe.tcp(),
    liveness: Probe.tcp({ failureThreshold: 12 }),
    storage: { '/var/lib/catalogue': { size: '10Gi', storageClass: 'standard-rwo' } },
    pods: 3,
    order: PodOrder.PARALLEL,
    metrics: {},
    overrides: { dev: { pods: 1 } },
  });
  new Worker(platform, 'mailer', {
    image: image('mailer'),
    metrics: { port: 9090 },
    replicas: Replicas.keda({ minimum: 0, maximum: 20, triggers: [KedaTrigger.kafka('kafka:9092', 'mailer', 'orders', 50)], cooldown: Duration.minutes(10) }),
  });
  new ScheduledTask(platform, 'report', {
    image: image('report'),
    schedule: '30 3 * * mon-fri',
    timeZone: 'Europe/Berlin',
    concurrency: ConcurrencyPolicy.FORBID,
    timeout: Duration.hours(2),
    retries: 1,
    fatalExitCodes: [64, 78],
    dependsOn: ['catalogue'],
    overrides: { dev: { suspend: true } },
  });
  return platform;
}
