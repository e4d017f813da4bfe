import { Duration } from 'cdk8s';
import { canary, metric, routed, simulation, template } from './support';
import { MetricSeries, PodBehavior, Scenario, ScenarioAction, Simulation } from '../../src/simulation';
import { findingsOf } from '../support/findings';
import { expectFinding, expectWellSaid, titled } from '../support/misuse';

const m = Duration.minutes;

/** What a series answers at some seconds. */
function values(series: MetricSeries, ...at: number[]): unknown[] {
  return at.map(second => {
    const sample = series._sample(second);
    return sample.kind === 'value' ? sample.value : sample.kind;
  });
}

describe('metric series', () => {
  test('of all kinds', () => {
    expect(values(MetricSeries.constant(5), 0, 1e6)).toEqual([5, 5]);
    expect(values(MetricSeries.step({ from: 1, to: 2, at: m(3) }), 0, 179.9, 180, 999)).toEqual([1, 1, 2, 2]);
    expect(values(MetricSeries.points([{ at: m(2), value: 3 }, { at: m(1), value: 7 }]), 0, 60, 119, 120)).toEqual([7, 7, 7, 3]);
    expect(values(MetricSeries.noData().followedBy(m(1), MetricSeries.providerError()).followedBy(m(2), MetricSeries.constant(1)), 0, 60, 120)).toEqual(['none', 'error', 1]);
    expect(values(MetricSeries.passing().followedBy(m(1), MetricSeries.failing()), 0, 60)).toEqual(['passing', 'failing']);
  });

  test('with noise scatter as they are told, the same each time', () => {
    const series = MetricSeries.noise({ mean: 10, deviation: 2, seed: 7 });
    const drawn = Array.from({ length: 4000 }, (_, i) => series._sample(i * 30)).map(sample => (sample as { value: number }).value);
    const mean = drawn.reduce((a, b) => a + b) / drawn.length;
    expect(mean).toBeCloseTo(10, 0);
    expect(Math.sqrt(drawn.reduce((a, b) => a + (b - mean) ** 2, 0) / drawn.length)).toBeCloseTo(2, 0);
    expect(values(MetricSeries.noise({ mean: 10, deviation: 2, seed: 7 }), 30, 60)).toEqual(drawn.slice(1, 3));
    expect(values(MetricSeries.noise({ mean: 10, deviation: 2, seed: 8 }), 30)).not.toEqual([drawn[1]]);
  });

  test('are no promises', () => {
    expect('then' in MetricSeries.passing()).toBe(false);
  });
});

describe('a scenario file', () => {
  test('says all that a program can', () => {
    const file = Scenario.fromJson({
      initialDeployment: true,
      replicas: 7,
      pods: { behavior: 'ready', startup: '20s' },
      stablePods: 'neverReady',
      requestsPerSecond: 5,
      limit: '1d',
      metrics: { 'success-rate': [{ from: 0.99, to: 0.9, at: '3m' }, { after: '10m', value: 1 }, { after: '1h30m', series: 'noData' }], 'latency': { mean: 10, deviation: 0 }, 'errors': 'failing' },
      actions: [{ at: '5m', do: 'promote' }, { at: 60, do: 'scale', replicas: 3 }, { at: '1m30s', do: 'deploy', pods: { behavior: 'crashLoop', readyFor: '500ms' } }],
    });
    expect(file.initialDeployment).toBe(true);
    expect(file.requestsPerSecond).toBe(5);
    expect(file._replicas).toBe(7);
    expect(file._pods.toString()).toBe('ready after 20 s');
    expect(file._stablePods.toString()).toBe('never ready');
    expect(file._limit).toBe(86_400);
    expect(file._actions.map(action => action.toString())).toEqual(['replicas are set to 3 at 60 s', 'a new revision is applied at 90 s', 'a person promotes at 300 s']);
    expect(values(file._metrics.get('success-rate')!, 0, 180, 600, 5400)).toEqual([0.99, 0.9, 1, 'none']);
    expect(values(file._metrics.get('latency')!, 0)).toEqual([10]);
  });

  test('may be a text, or empty', () => {
    expect(Scenario.fromJson('{"replicas": 2, "pods": {"startup": "5s"}}')._pods.toString()).toBe('ready after 5 s');
    expect(Scenario.fromJson({}).requestsPerSecond).toBe(100);
  });

  test.each(['promote', 'promoteFull', 'abort', 'retry', 'pause', 'resume', 'rollback', 'restartController'])('knows the action %s', action => {
    expect(Scenario.fromJson({ actions: [{ at: '1s', do: action }] })._actions).toHaveLength(1);
  });

  test.each([
    ['flapping', { up: '10s', down: '5s' }], ['crashLoop', {}], ['neverReady', {}], ['ready', { startup: 3 }],
  ])('knows pods that are %s', (behavior, more) => {
    expect(Scenario.fromJson({ pods: { behavior, ...more } })._pods).toBeInstanceOf(PodBehavior);
  });

  test.each<[unknown, 'FW810' | 'FW811', string]>([
    ['{', 'FW810', 'scenario'], [null, 'FW810', 'scenario'], [[], 'FW810', 'scenario'], [5, 'FW810', 'scenario'],
    [{ replica: 5 }, 'FW811', 'scenario'], [{ replicas: '5' }, 'FW810', 'replicas'], [{ replicas: -1 }, 'FW810', 'replicas'], [{ replicas: 1.5 }, 'FW810', 'replicas'],
    [{ replicas: 1e300 }, 'FW810', 'replicas'], [{ requestsPerSecond: -1 }, 'FW810', 'requestsPerSecond'], [{ initialDeployment: 'yes' }, 'FW810', 'initialDeployment'],
    [{ limit: 'soon' }, 'FW810', 'limit'], [{ limit: '0s' }, 'FW810', 'limit'], [{ limit: '' }, 'FW810', 'limit'], [{ limit: '5m3h' }, 'FW810', 'limit'], [{ limit: -3 }, 'FW810', 'limit'],
    [{ pods: 'ill' }, 'FW810', 'pods.behavior'], [{ pods: { behavior: 'ready', up: '1s' } }, 'FW811', 'pods'], [{ pods: { start: '1s' } }, 'FW811', 'pods'],
    [{ pods: { behavior: 'flapping', up: '0s' } }, 'FW810', 'pods.up'], [{ pods: [] }, 'FW810', 'pods'],
    [{ metrics: [] }, 'FW810', 'metrics'], [{ metrics: { a: [] } }, 'FW810', 'metrics.a'], [{ metrics: { a: {} } }, 'FW810', 'metrics.a'], [{ metrics: { a: 'good' } }, 'FW810', 'metrics.a'],
    [{ metrics: { a: { value: '1' } } }, 'FW810', 'metrics.a.value'], [{ metrics: { a: { from: 1, to: 2 } } }, 'FW810', 'metrics.a.at'],
    [{ metrics: { a: { from: 1, to: 2, at: '1m', value: 3 } } }, 'FW811', 'metrics.a'], [{ metrics: { a: { points: [] } } }, 'FW810', 'metrics'],
    [{ metrics: { a: { points: [{ at: '1m', value: null }] } } }, 'FW810', 'metrics'], [{ metrics: { a: { mean: 1 } } }, 'FW810', 'metrics.a.deviation'],
    [{ metrics: { a: { mean: 1, deviation: -1 } } }, 'FW810', 'metrics.deviation'], [{ metrics: { a: [1, { value: 2 }] } }, 'FW810', 'metrics.a[1].after'],
    [{ metrics: { a: [{ after: '1m', value: 2 }] } }, 'FW811', 'metrics.a[0]'], [{ actions: {} }, 'FW810', 'actions'], [{ actions: ['promote'] }, 'FW810', 'actions[0]'],
    [{ actions: [{ do: 'promote' }] }, 'FW810', 'actions[0].at'], [{ actions: [{ at: '1m' }] }, 'FW810', 'actions[0].do'], [{ actions: [{ at: '1m', do: 'promot' }] }, 'FW810', 'actions[0].do'],
    [{ actions: [{ at: '1m', do: 'abort', replicas: 3 }] }, 'FW811', 'actions[0]'], [{ actions: [{ at: '1m', do: 'scale' }] }, 'FW810', 'replicas'],
    [{ actions: [{ at: '1m', do: 'deploy', pods: 'x' }] }, 'FW810', 'actions[0].pods.behavior'],
  ])('%j is refused with %s at %s', (json, code, path) => {
    expectFinding(() => Scenario.fromJson(json), code, path);
  });

  test('helps with a key that is nearly right', () => {
    expect(findingsOf(() => Scenario.fromJson({ metric: {} }))[0].message).toContain('Did you mean "metrics"?');
  });
});

test('the with methods leave the scenario they were called on as it was', () => {
  const plain = new Scenario();
  plain.withReplicas(3).withRequestsPerSecond(1).withLimit(m(1)).withPods(PodBehavior.neverReady()).withStablePods(PodBehavior.neverReady()).withMetric('a', MetricSeries.passing())
    .withAction(ScenarioAction.abort(m(1))).asInitialDeployment();
  expect(plain).toEqual(new Scenario());
});

const BAD = titled([null, 'x', NaN, true, {}, [], Symbol('s'), 10n, () => 1]);

test.each(BAD)('%s is no part of a scenario', (_, value) => {
  const bad = value as never;
  const runs: Array<() => unknown> = [
    () => new Scenario({ replicas: bad }), () => new Scenario({ pods: bad }), () => new Scenario({ requestsPerSecond: bad }),
    () => new Scenario({ limit: bad }),
    () => new Scenario().withMetric('a', bad), () => new Scenario().withAction(bad), () => PodBehavior.ready({ startup: bad }), () => PodBehavior.flapping({ up: bad }),
    () => MetricSeries.step({ from: bad === true ? bad : ('x' as never), to: 1, at: m(1) }), () => MetricSeries.points(bad), () => MetricSeries.noise(bad),
    () => MetricSeries.passing().followedBy(bad, MetricSeries.passing()), () => MetricSeries.passing().followedBy(m(1), bad),
    () => ScenarioAction.promote(bad),
    () => ScenarioAction.scale(m(1), bad), () => ScenarioAction.deploy(m(1), { pods: bad }), () => simulation(canary({})).run(bad),
  ];
  for (const run of runs) {
    const findings = findingsOf(run);
    expect(findings.map(finding => finding.code)).toEqual(['FW810']);
    expectWellSaid(findings[0]);
  }
});

test('a metric that nobody measures is refused', () => {
  const sim = simulation(routed({ analysis: { templates: [{ templateName: 't' }] } }), template('t', metric()));
  const finding = expectFinding(() => sim.run(new Scenario().withMetric('succes-rate', MetricSeries.passing())), 'FW812', 'metrics.succes-rate');
  expect(finding.message).toContain('Did you mean "success-rate"?');
  expectFinding(() => simulation(canary({})).run(new Scenario().withMetric('a', MetricSeries.passing())), 'FW812');
});

describe('a Rollout that the controller would refuse', () => {
  const one = (...steps: unknown[]): unknown => routed({ steps });
  test.each<[string, unknown]>([
    ['nothing', undefined], ['null', null], ['a text', 'x'], ['another kind', { kind: 'Deployment' }], ['no spec', { kind: 'Rollout' }],
    ['no strategy', { kind: 'Rollout', spec: { strategy: {} } }], ['two strategies', { kind: 'Rollout', spec: { strategy: { canary: {}, blueGreen: {} } } }],
    ['a spec that is a list', { kind: 'Rollout', spec: [] }], ['replicas that are a text', canary({}, { replicas: '3' })], ['NaN replicas', canary({}, { replicas: NaN })],
    ['a weight of 101', one({ setWeight: 101 })], ['a weight of -1', one({ setWeight: -1 })], ['a weight of 1.5', one({ setWeight: 1.5 })], ['a step of nothing', one({})],
    ['a step of two kinds', one({ setWeight: 5, pause: {} })], ['an unknown step', one({ sleep: 5 })], ['steps that are no list', routed({ steps: {} })], ['a step that is a text', one('x')],
    ['a pause of a word', one({ pause: { duration: 'soon' } })], ['a pause of -1', one({ pause: { duration: -1 } })], ['setCanaryScale without a router', canary({ steps: [{ setCanaryScale: {} }] })],
    ['a header route without a router', canary({ steps: [{ setHeaderRoute: { name: 'x' } }] })], ['dynamicStableScale without a router', canary({ dynamicStableScale: true })],
    ['dynamicStableScale with scaleDownDelaySeconds', routed({ dynamicStableScale: true, scaleDownDelaySeconds: 3 })], ['a surge of a word', canary({ maxSurge: 'some' })],
    ['no surge and none unavailable', canary({ maxSurge: 0, maxUnavailable: 0 })], ['blue-green without a Service', { kind: 'Rollout', spec: { strategy: { blueGreen: {} } } }],
    ['one Service for both', { kind: 'Rollout', spec: { strategy: { blueGreen: { activeService: 'a', previewService: 'a' } } } }],
    ['a deadline below minReadySeconds', canary({}, { progressDeadlineSeconds: 5, minReadySeconds: 10 })], ['an experiment without templates', one({ experiment: {} })],
    ['an experiment that takes too much', one({ setWeight: 96 }, { experiment: { templates: [{ name: 'x', specRef: 'canary', weight: 5 }] } })],
    ['an experiment of nothing', one({ experiment: { templates: [{ name: 'x', specRef: 'both' }] } })],
  ])('%s', (_, rollout) => {
    expectFinding(() => simulation(rollout), 'FW801');
  });

  test('an unknown version, templates of another kind, and no props', () => {
    expectFinding(() => Simulation.of({ rollout: canary({}), version: '0.9' }), 'FW801', 'version');
    expectFinding(() => simulation(canary({}), { kind: 'Secret' }), 'FW801', 'analysisTemplates[0]');
    expectFinding(() => Simulation.of(undefined as never), 'FW801');
    expectFinding(() => Simulation.of({ rollout: canary({}), analysisTemplates: 'x' as never }), 'FW801');
  });

  test('a template that is not there', () => {
    const finding = expectFinding(() => simulation(routed({ analysis: { templates: [{ templateName: 'succes' }] } }), template('success', metric())), 'FW802');
    expect(finding.message).toContain('Did you mean "success"?');
    expectFinding(() => simulation(routed({ analysis: { templates: [{ templateName: 'success', clusterScope: true }] } }), template('success', metric())), 'FW802');
  });

  test('plug-ins', () => {
    expectFinding(() => simulation(one({ plugin: { name: 'x' } })), 'FW803');
    for (const provider of [{ plugin: { x: {} } }, { kayenta: {} }, { skywalking: {} }, { unheardOf: {} }]) {
      expectFinding(() => simulation(routed({ analysis: { templates: [{ templateName: 't' }] } }), template('t', metric({ provider }))), 'FW803');
    }
  });

  test.each<[string, Record<string, unknown>]>([
    ['a count below the limits', { count: 2, failureLimit: 3 }], ['both limits off', { failureLimit: -1 }], ['a limit below -1', { failureLimit: -2 }], ['no provider', { provider: {} }],
    ['two providers', { provider: { prometheus: {}, web: {} } }], ['a count without an interval', { interval: undefined, count: 2 }], ['an interval of a word', { interval: 'often' }],
    ['an initial delay of a word', { initialDelay: '5' }], ['an argument without a value', { successCondition: 'result[0] > {{args.least}}' }], ['a negative count', { count: -1 }],
  ])('a metric with %s', (_, more) => {
    expectFinding(() => simulation(routed({ analysis: { templates: [{ templateName: 't' }] } }), template('t', metric(more))), 'FW805');
  });

  test('a metric without an end in a step, two of one name, none at all, and a dry run of nothing', () => {
    expectFinding(() => simulation(one({ analysis: { templates: [{ templateName: 't' }] } }), template('t', metric())), 'FW805');
    expectFinding(() => simulation(routed({ analysis: { templates: [{ templateName: 't' }] } }), template('t', metric(), metric())), 'FW805');
    expectFinding(() => simulation(routed({ analysis: { templates: [{ templateName: 't' }] } }), template('t')), 'FW805');
    expectFinding(() => simulation(routed({ analysis: { templates: [{ templateName: 't' }], dryRun: [{ metricName: 'x' }] } }), template('t', metric())), 'FW805');
    expectFinding(() => simulation(routed({ analysis: { templates: [{ templateName: 't' }], dryRun: [{ metricName: '[' }] } }), template('t', metric())), 'FW805');
  });
});
