import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { environment, manifest, manifests, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Environment, KedaTrigger, Replicas, ScalingMetric, ScalingPolicy } from 'cdk8s-fairway';

function scaled(replicas: Replicas): Environment {
  const platform = newPlatform();
  const prod = environment(platform);
  worker(platform, 'app', { replicas });
  expect(platform.check()).toEqual([]);
  return prod;
}

const metricsOf = (replicas: Replicas) => manifest(scaled(replicas), 'app', 'HorizontalPodAutoscaler').spec.metrics;
const cpu = (averageUtilization: number) => ({ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization', averageUtilization } } });

describe('by Kubernetes', () => {
  const [pods, object, external] = [
    ScalingMetric.pods('rps', '100'),
    ScalingMetric.object('hits', { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'app' }, '2k'),
    ScalingMetric.external('queue', '30', { queue: 'orders' }),
  ];

  test('by CPU, unless other metrics say it better', () => {
    expect(metricsOf(Replicas.between(2, 4))).toEqual([cpu(70)]);
    expect(metricsOf(Replicas.between(2, 4, { metrics: [] }))).toEqual([cpu(70)]);
    expect(metricsOf(Replicas.between(2, 4, { metrics: [pods] }))).toHaveLength(1);
    expect(metricsOf(Replicas.between(2, 4, { metrics: [pods], cpuUtilization: 90 }))).toHaveLength(2);
  });

  test('each kind of metric', () => {
    const average = (averageValue: string) => ({ type: 'AverageValue', averageValue });
    expect(metricsOf(Replicas.between(2, 4, { metrics: [pods, object, external], cpuUtilization: 90 }))).toEqual([
      { type: 'External', external: { metric: { name: 'queue', selector: { matchLabels: { queue: 'orders' } } }, target: average('30') } },
      { type: 'Object', object: { describedObject: { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: 'app' }, metric: { name: 'hits' }, target: average('2k') } },
      { type: 'Pods', pods: { metric: { name: 'rps' }, target: average('100') } },
      cpu(90),
    ]);
  });

  test('the order of their declaration does not matter', () => {
    fc.assert(fc.property(fc.shuffledSubarray([pods, object, external]), metrics => {
      const types = metricsOf(Replicas.between(2, 4, { metrics, cpuUtilization: 50 })).map((m: any) => m.type);
      expect(types).toEqual([...types].sort());
    }), { numRuns: 20 });
  });

  test('behaviour', () => {
    const prod = scaled(Replicas.between(2, 4, {
      behavior: {
        scaleUp: {
          stabilization: Duration.seconds(0),
          slowest: true,
          policies: [ScalingPolicy.pods(4, Duration.seconds(15)), ScalingPolicy.percent(100, Duration.minutes(30))],
        },
        scaleDown: { disabled: true },
      },
    }));
    expect(manifest(prod, 'app', 'HorizontalPodAutoscaler').spec.behavior).toEqual({
      scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Min', policies: [{ type: 'Pods', value: 4, periodSeconds: 15 }, { type: 'Percent', value: 100, periodSeconds: 1800 }] },
      scaleDown: { selectPolicy: 'Disabled' },
    });
  });
});

describe('by KEDA', () => {
  test('a ScaledObject takes the place of the autoscaler', () => {
    const prod = scaled(Replicas.keda({
      minimum: 2,
      maximum: 30,
      pollingInterval: Duration.seconds(10),
      triggers: [
        KedaTrigger.prometheus('http://prometheus.monitoring:9090', 'sum(rate(jobs_total[2m]))', 12.5), KedaTrigger.cpu(70), KedaTrigger.memory(80), KedaTrigger.kafka('kafka:9092', 'app', 'orders', 50),
        KedaTrigger.cron('Europe/Berlin', '0 8 * * *', '0 18 * * *', 10), KedaTrigger.of('aws-sqs-queue', { queueURL: 'https://sqs', queueLength: '5' }, 'aws'),
      ],
    }));
    expect(manifest(prod, 'app', 'ScaledObject')).toMatchObject({
      apiVersion: 'keda.sh/v1alpha1',
      metadata: { name: 'app' },
      spec: {
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'app' },
        pollingInterval: 10,
        minReplicaCount: 2,
        maxReplicaCount: 30,
        triggers: [
          { type: 'prometheus', metadata: { serverAddress: 'http://prometheus.monitoring:9090', query: 'sum(rate(jobs_total[2m]))', threshold: '12.5' } },
          { type: 'cpu', metricType: 'Utilization', metadata: { value: '70' } },
          { type: 'memory', metricType: 'Utilization', metadata: { value: '80' } },
          { type: 'kafka', metadata: { bootstrapServers: 'kafka:9092', consumerGroup: 'app', topic: 'orders', lagThreshold: '50' } },
          { type: 'cron', metadata: { timezone: 'Europe/Berlin', start: '0 8 * * *', end: '0 18 * * *', desiredReplicas: '10' } },
          { type: 'aws-sqs-queue', metadata: { queueURL: 'https://sqs', queueLength: '5' }, authenticationRef: { name: 'aws' } },
        ],
      },
    });
    expect(manifest(prod, 'app', 'ScaledObject').spec).not.toHaveProperty('cooldownPeriod');
    expect(manifest(prod, 'app', 'Deployment').spec).not.toHaveProperty('replicas');
    expect(manifests(prod, 'HorizontalPodAutoscaler')).toEqual([]);
    expect(manifests(prod, 'PodDisruptionBudget')).toHaveLength(1);
  });

  test('a worker may sleep, and when it is awake a drain takes one pod at a time', () => {
    const prod = scaled(Replicas.keda({ minimum: 0, maximum: 5, triggers: [KedaTrigger.of('redis', { address: 'redis:6379', listName: 'a' }), KedaTrigger.cpu(50)], cooldown: Duration.minutes(1) }));
    expect(manifest(prod, 'app', 'ScaledObject').spec).toMatchObject({ minReplicaCount: 0, cooldownPeriod: 60, pollingInterval: 30 });
    expect(manifests(prod, 'PodDisruptionBudget').map(budget => budget.spec.maxUnavailable)).toEqual([1]);
  });

  test('environments choose: fixed, by Kubernetes, by KEDA', () => {
    const platform = newPlatform();
    const [dev, test_, prod] = ['dev', 'test', 'prod'].map(name => environment(platform, name));
    service(platform, 'app', {
      replicas: Replicas.fixed(2),
      overrides: {
        test: { replicas: Replicas.between(2, 3) },
        prod: { replicas: Replicas.keda({ minimum: 2, maximum: 9, triggers: [KedaTrigger.cpu(60)] }) },
      },
    });
    platform.lower();
    const scalers = ['HorizontalPodAutoscaler', 'ScaledObject'];
    const kinds = (e: Environment) => manifests(e.node.findChild('app')).map(o => o.kind).filter(kind => scalers.includes(kind));
    expect([dev, test_, prod].map(kinds)).toEqual([[], ['HorizontalPodAutoscaler'], ['ScaledObject']]);
  });
});
