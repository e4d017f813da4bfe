import { Duration } from 'cdk8s';
import { container, environment, manifest, manifests, pod, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Environment, PreStop, Probe, Replicas, Shutdown } from 'cdk8s-fairway';

/* What a release must not cost a single request for: each rule of a rollout, a stop and a drain. */

function inProd(kubernetesVersion = '1.34'): { prod: Environment; declare: typeof service; declareWorker: typeof worker } {
  const platform = newPlatform();
  return {
    prod: environment(platform, 'prod', { kubernetesVersion }),
    declare: (_, name, props) => service(platform, name, props),
    declareWorker: (_, name, props) => worker(platform, name, props),
  };
}

describe.each(['1.28', '1.34'])('Kubernetes %s', version => {
  const { prod, declare, declareWorker } = inProd(version);
  declare(prod, 'app');
  declareWorker(prod, 'job');
  const deployments = ['app', 'job'].map(name => manifest(prod, name, 'Deployment'));

  test('new pods come before old ones go', () => {
    expect(deployments.map(d => d.spec.strategy)).toEqual(deployments.map(() => ({ type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } })));
  });

  test('a pod counts only when it has lived for a while, and the deadline is later', () => {
    for (const { spec } of deployments) {
      expect(spec.minReadySeconds).toBe(10);
      expect(spec.progressDeadlineSeconds).toBeGreaterThan(spec.minReadySeconds);
    }
  });

  test('outgoing pods do not count for the spread', () => {
    for (const { spec } of deployments) {
      expect(spec.template.spec.topologySpreadConstraints.map((c: any) => [c.matchLabelKeys, c.whenUnsatisfiable, c.maxSkew]))
        .toEqual([[['pod-template-hash'], 'ScheduleAnyway', 1], [['pod-template-hash'], 'ScheduleAnyway', 1]]);
    }
  });

  test('pods are selected by a label that no release changes', () => {
    for (const { spec, metadata } of deployments) {
      expect(spec.selector).toEqual({ matchLabels: { 'app.kubernetes.io/name': metadata.name, 'app.kubernetes.io/instance': metadata.name } });
      expect(spec.template.metadata.labels['app.kubernetes.io/version']).toBe('1.4.2');
    }
  });
});

describe('stopping', () => {
  const sleepAction = (seconds: number) => ({ preStop: { sleep: { seconds } } });
  const sleepCommand = (seconds: number) => ({ preStop: { exec: { command: ['sleep', String(seconds)] } } });

  test.each<[string, string, Shutdown | undefined, object | undefined, number]>([
    ['the default, with the sleep action', '1.34', undefined, sleepAction(15), 40],
    ['the default, from 1.30', '1.30', undefined, sleepAction(15), 40],
    ['the default, before it', '1.29', undefined, sleepCommand(15), 40],
    ['the default, on the oldest', '1.28', undefined, sleepCommand(15), 40],
    ['the command by choice', '1.34', { preStop: PreStop.SLEEP_COMMAND }, sleepCommand(15), 40],
    ['the action by choice', '1.34', { preStop: PreStop.SLEEP_ACTION, preStopWait: Duration.seconds(60) }, sleepAction(60), 85],
    ['no wait by choice', '1.34', { preStop: PreStop.NONE }, undefined, 25],
    ['no wait although a time is given', '1.34', { preStop: PreStop.NONE, preStopWait: Duration.seconds(60) }, undefined, 25],
    ['a wait of nothing', '1.34', { preStopWait: Duration.seconds(0) }, undefined, 25],
    ['a wait of nothing by an action', '1.28', { preStop: PreStop.SLEEP_ACTION, preStopWait: Duration.seconds(0) }, undefined, 25],
    ['a longer drain', '1.34', { drain: Duration.minutes(5) }, sleepAction(15), 320],
    ['no drain', '1.34', { drain: Duration.seconds(0) }, sleepAction(15), 20],
    ['both', '1.28', { preStopWait: Duration.seconds(40), drain: Duration.minutes(60) }, sleepCommand(40), 3645],
  ])('%s', (_, version, shutdown, lifecycle, grace) => {
    const { prod, declare } = inProd(version);
    declare(prod, 'app', { shutdown });
    expect(container(prod).lifecycle).toEqual(lifecycle);
    expect(pod(prod).spec.terminationGracePeriodSeconds).toBe(grace);
  });

  test.each<[string, Shutdown | undefined, object | undefined, number]>([
    ['does not wait: nobody sends it requests', undefined, undefined, 25],
    ['waits when it is asked to', { preStopWait: Duration.seconds(5) }, sleepAction(5), 30],
    ['may take its time', { drain: Duration.minutes(30) }, undefined, 1805],
    ['needs no wait for an action', { preStop: PreStop.SLEEP_ACTION }, undefined, 25],
  ])('a worker %s', (_, shutdown, lifecycle, grace) => {
    const { prod, declareWorker } = inProd();
    declareWorker(prod, 'job', { shutdown });
    expect(container(prod, 'job').lifecycle).toEqual(lifecycle);
    expect(pod(prod, 'job').spec.terminationGracePeriodSeconds).toBe(grace);
  });

  test('the grace period is always longer than the wait and the drain', () => {
    for (const wait of [0, 1, 15, 3600]) {
      for (const drain of [0, 1, 20, 3600]) {
        const { prod, declare } = inProd();
        declare(prod, 'app', { shutdown: { preStopWait: Duration.seconds(wait), drain: Duration.seconds(drain) } });
        expect(pod(prod).spec.terminationGracePeriodSeconds).toBeGreaterThan(wait + drain);
      }
    }
  });

  test('FW420: an action that the cluster does not know, in each such environment', () => {
    const platform = newPlatform();
    const old = environment(platform, 'old', { kubernetesVersion: '1.29' });
    environment(platform, 'new', { kubernetesVersion: '1.30' });
    service(platform, 'app', { shutdown: { preStop: PreStop.SLEEP_ACTION } });
    service(platform, 'idle', { shutdown: { preStop: PreStop.SLEEP_ACTION, preStopWait: Duration.seconds(0) } });
    expect(platform.check()).toMatchObject([{ code: 'FW420', severity: 'error', path: 'app', message: 'The sleep action exists from Kubernetes 1.30; "old" runs 1.29.' }]);
    expect(old.cluster.kubernetesVersion).toBe('1.29');
  });
});

describe('the progress deadline is longer than the slowest start', () => {
  const seconds = Duration.seconds;

  test.each<[string, { readiness?: Probe; startup?: Probe }, slowest: number, expected: number]>([
    ['by default', {}, 310, 600],
    ['with a slow start-up probe', { startup: Probe.tcp({ period: seconds(10), failureThreshold: 120 }) }, 1210, 1270],
    ['with a delay', { startup: Probe.tcp({ initialDelay: seconds(600) }) }, 910, 970],
    ['with a timeout above the period, which sets the pace', { startup: Probe.tcp({ period: seconds(5), timeout: seconds(30), failureThreshold: 60 }) }, 1810, 1870],
    ['with a readiness probe that doubles as start-up probe', { readiness: Probe.http('/', { timeout: seconds(20) }) }, 1210, 1270],
    ['with an impatient readiness probe', { readiness: Probe.http('/', { period: seconds(1), failureThreshold: 1 }) }, 310, 600],
    ['at the bounds', { startup: Probe.tcp({ initialDelay: seconds(3600), period: seconds(3600), timeout: seconds(3600), failureThreshold: 10_000 }) }, 36_003_610, 36_003_670],
  ])('%s', (_, probes, slowest, expected) => {
    const { prod, declare } = inProd();
    declare(prod, 'app', probes);
    const deadline = manifest(prod, 'app', 'Deployment').spec.progressDeadlineSeconds;
    expect(deadline).toBe(expected);
    expect(deadline).toBeGreaterThan(slowest);
    expect(deadline).toBeLessThan(2 ** 31);
  });

  test('of a worker, which has no probe', () => {
    const { prod, declareWorker } = inProd();
    declareWorker(prod, 'job');
    expect(manifest(prod, 'job', 'Deployment').spec.progressDeadlineSeconds).toBe(600);
  });
});

describe('replicas', () => {
  test.each<[string, Replicas | undefined, number | undefined, boolean, { minReplicas: number; maxReplicas: number } | undefined]>([
    ['by default', undefined, 2, true, undefined],
    ['one', Replicas.fixed(1), 1, false, undefined],
    ['two', Replicas.fixed(2), 2, true, undefined],
    ['many', Replicas.fixed(10_000), 10_000, true, undefined],
    ['from one', Replicas.between(1, 3), undefined, true, { minReplicas: 1, maxReplicas: 3 }],
    ['from three', Replicas.between(3, 12), undefined, true, { minReplicas: 3, maxReplicas: 12 }],
  ])('%s', (_, replicas, fixed, hasBudget, scaled) => {
    const { prod, declare, declareWorker } = inProd();
    declare(prod, 'app', { replicas });
    declareWorker(prod, 'job', { replicas });
    for (const name of ['app', 'job']) {
      const { spec } = manifest(prod, name, 'Deployment');
      const of = (kind: string) => manifests(prod.node.findChild(name), kind);
      expect(spec.replicas).toBe(fixed);
      expect('replicas' in spec).toBe(fixed !== undefined);
      expect(of('PodDisruptionBudget')).toHaveLength(hasBudget ? 1 : 0);
      expect(of('HorizontalPodAutoscaler').map(o => o.spec)).toMatchObject(scaled ? [scaled] : []);
    }
  });

  test('metrics stand in the order of the controller, which drifts otherwise', () => {
    const { prod, declare } = inProd();
    declare(prod, 'app', { replicas: Replicas.between(2, 4, { memoryUtilization: 80, cpuUtilization: 60 }) });
    const metrics = manifest(prod, 'app', 'HorizontalPodAutoscaler').spec.metrics;
    expect(metrics.map((m: any) => [m.type, m.resource.name, m.resource.target])).toEqual([
      ['Resource', 'cpu', { type: 'Utilization', averageUtilization: 60 }],
      ['Resource', 'memory', { type: 'Utilization', averageUtilization: 80 }],
    ]);
  });

  describe('FW409: one replica at the end of the road', () => {
    test.each<[string, Replicas | undefined, Replicas | undefined, string[]]>([
      ['fixed', Replicas.fixed(1), undefined, ['FW409']],
      ['from one', Replicas.between(1, 5), undefined, ['FW409']],
      ['only elsewhere', Replicas.fixed(1), Replicas.fixed(2), []],
      ['only there', undefined, Replicas.fixed(1), ['FW409']],
      ['by default', undefined, undefined, []],
    ])('%s', (_, replicas, inFinal, expected) => {
      const platform = newPlatform();
      const dev = environment(platform, 'dev');
      environment(platform, 'prod', { promotedFrom: [dev] });
      service(platform, 'app', { replicas, overrides: inFinal ? { prod: { replicas: inFinal } } : {} });
      expect(platform.check().map(f => f.code)).toEqual(expected);
    });
  });
});
