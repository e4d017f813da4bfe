import { Duration } from 'cdk8s';
import {
  Cluster, Diagnostics, Environment, GitOpsEngine, Metric, MetricsProvider, Platform, PlatformProps, Probe, Replicas, RolloutEngine, RolloutStrategy,
  SaturatedResource, Steps, TrafficRouter, WebService, Worker,
} from 'cdk8s-fairway';
import { boutiqueImage, redisImage } from './images';

/** Between two steps of a canary, and between two samples of a metric. */
const interval = Duration.minutes(2);

/** Google's Online Boutique: eleven services and Redis, from development to production. */
export function boutique(kubernetesVersion = '1.34', props: Partial<PlatformProps> = {}): Platform {
  const platform = new Platform({
    name: 'boutique',
    repository: 'https://github.com/acme/boutique-platform',
    gitops: GitOpsEngine.argoCd(),
    rollouts: RolloutEngine.argoRollouts(),
    publishedPath: 'dist',
    ...props,
  });

  const gateway = { name: 'public', namespace: 'gateways' };
  const metrics = MetricsProvider.prometheus({ address: 'http://prometheus.monitoring:9090' });
  const shared = Cluster.inCluster({ kubernetesVersion });
  const dev = new Environment(platform, 'dev', { cluster: shared, gateway, metrics });
  const staging = new Environment(platform, 'staging', { cluster: shared, gateway, metrics, promotedFrom: [dev] });
  new Environment(platform, 'prod', { cluster: Cluster.named('prod-eu', { kubernetesVersion }), gateway, metrics, promotedFrom: [staging] });

  new WebService(platform, 'frontend', {
    image: boutiqueImage('frontend'),
    port: 8080,
    servicePort: 80,
    readiness: Probe.http('/_healthz', { headers: { Cookie: 'shop_session-id=x-readiness-probe' } }),
    liveness: Probe.http('/_healthz', { headers: { Cookie: 'shop_session-id=x-liveness-probe' } }),
    resources: { cpu: '100m', cpuLimit: '200m', memory: '64Mi', memoryLimit: '128Mi' },
    ...calling({ PORT: '8080', ENABLE_PROFILER: '0', SHOPPING_ASSISTANT_SERVICE_ADDR: 'shoppingassistantservice:80' },
      'PRODUCT_CATALOG=productcatalogservice:3550', 'CURRENCY=currencyservice:7000', 'CART=cartservice:7070', 'AD=adservice:9555',
      'RECOMMENDATION=recommendationservice:8080', 'SHIPPING=shippingservice:50051', 'CHECKOUT=checkoutservice:5050'),
    strategy: RolloutStrategy.canary({
      router: TrafficRouter.gatewayApi(),
      steps: Steps.exponential({ first: 5, every: interval }),
      analysis: [Metric.successRate({ atLeast: 0.99, interval }), Metric.latency({ percentile: 99, below: Duration.millis(800), interval })],
    }),
    overrides: {
      dev: { host: 'boutique.dev.example.com', strategy: RolloutStrategy.rollingUpdate() },
      staging: { host: 'boutique.staging.example.com' },
      prod: { host: 'boutique.example.com', replicas: Replicas.between(3, 12) },
    },
  });

  new WebService(platform, 'checkoutservice', {
    ...grpc('checkoutservice', 5050),
    ...calling({ PORT: '5050' },
      'PRODUCT_CATALOG=productcatalogservice:3550', 'SHIPPING=shippingservice:50051', 'PAYMENT=paymentservice:50051',
      'EMAIL=emailservice:5000', 'CURRENCY=currencyservice:7000', 'CART=cartservice:7070'),
    replicas: Replicas.fixed(3),
    strategy: RolloutStrategy.blueGreen({ prePromotion: [Metric.saturation({ resource: SaturatedResource.MEMORY, atMost: 0.9, interval })] }),
    overrides: { dev: { strategy: RolloutStrategy.rollingUpdate() } },
  });

  new WebService(platform, 'recommendationservice', {
    ...grpc('recommendationservice', 8080),
    resources: { cpu: '100m', cpuLimit: '200m', memory: '220Mi', memoryLimit: '450Mi' },
    ...calling({ PORT: '8080', DISABLE_PROFILER: '1' }, 'PRODUCT_CATALOG=productcatalogservice:3550'),
  });

  new WebService(platform, 'cartservice', {
    ...grpc('cartservice', 7070),
    resources: { cpu: '200m', cpuLimit: '300m', memory: '64Mi', memoryLimit: '128Mi' },
    env: { REDIS_ADDR: 'redis-cart:6379' },
    dependsOn: ['redis-cart'],
    overrides: { prod: { replicas: Replicas.between(3, 9) } },
  });

  new WebService(platform, 'adservice', {
    ...grpc('adservice', 9555, {}),
    resources: { cpu: '200m', cpuLimit: '300m', memory: '180Mi', memoryLimit: '300Mi' },
  });
  new WebService(platform, 'emailservice', { ...grpc('emailservice', 8080), servicePort: 5000 });
  new WebService(platform, 'currencyservice', { ...grpc('currencyservice', 7000), overrides: { prod: { replicas: Replicas.between(3, 9) } } });
  new WebService(platform, 'paymentservice', grpc('paymentservice', 50051));
  new WebService(platform, 'productcatalogservice', grpc('productcatalogservice', 3550));
  new WebService(platform, 'shippingservice', grpc('shippingservice', 50051));

  const redis = new WebService(platform, 'redis-cart', {
    image: redisImage,
    port: 6379,
    readiness: Probe.tcp(),
    replicas: Replicas.fixed(1),
    resources: { cpu: '70m', cpuLimit: '125m', memory: '200Mi', memoryLimit: '256Mi', ephemeralStorage: '128Mi' },
    writablePaths: { '/data': '128Mi' },
  });
  Diagnostics.of(redis).acknowledge('FW409', 'Carts live in the memory of one Redis; two would not share them. Losing a cart is accepted.');

  new Worker(platform, 'loadgenerator', {
    image: boutiqueImage('loadgenerator'),
    resources: { cpu: '300m', cpuLimit: '500m', memory: '256Mi', memoryLimit: '512Mi' },
    env: { FRONTEND_ADDR: 'frontend:80', USERS: '10', RATE: '1' },
    dependsOn: ['frontend'],
    environments: [dev, staging],
    overrides: { staging: { env: { USERS: '50' } } },
  });

  return platform;
}

/** What the gRPC services have in common. */
function grpc(service: Parameters<typeof boutiqueImage>[0], port: number, env: Record<string, string> = { DISABLE_PROFILER: '1' }) {
  return {
    image: boutiqueImage(service),
    port,
    readiness: Probe.grpc(),
    liveness: Probe.grpc(),
    resources: { cpu: '100m', cpuLimit: '200m', memory: '64Mi', memoryLimit: '128Mi' },
    env: { PORT: String(port), ...env },
  };
}

/** The services that a service depends on, and where they are in the variables that its program reads: `CART_SERVICE_ADDR`. */
function calling(env: Record<string, string>, ...services: string[]) {
  const addresses = services.map(service => service.split('=')).map(([name, address]) => [`${name}_SERVICE_ADDR`, address]);
  return { env: { ...env, ...Object.fromEntries(addresses) }, dependsOn: addresses.map(([, address]) => address.split(':')[0]) };
}
