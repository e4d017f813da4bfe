import { Duration } from 'cdk8s';
import { blueGreen, canary, metric, routed, simulation, template } from './support';
import { MetricSeries, Scenario, ScenarioAction, SimulationOutcome, StrategyComparison } from '../../src/simulation';
import { findingsOf } from '../support/findings';
import { expectFinding } from '../support/misuse';

const STEPS = [{ setWeight: 1 }, { pause: { duration: '5m' } }, { setWeight: 10 }, { pause: { duration: '10m' } }, { setWeight: 50 }, { pause: { duration: '10m' } }];
const ANALYSIS = { templates: [{ templateName: 'success' }] };
const CANARY = simulation(routed({ steps: STEPS, analysis: ANALYSIS }), template('success', metric({ interval: '30s' })));
const BAD = new Scenario().withMetric('success-rate', MetricSeries.step({ from: 0.99, to: 0.95 - 0.05, at: Duration.minutes(3) }));

test('a unit test of a strategy is three lines', () => {
  const scenario = Scenario.fromJson({ metrics: { 'success-rate': { from: 0.999, to: 0.9, at: '3m' } } });
  const timeline = CANARY.run(scenario);
  timeline.assertAborted({ exposureBelow: 0.01, within: Duration.minutes(4) });
  expect(timeline.summary).toMatchObject({ secondsToAbort: 180, requests: 18_000, exposedRequests: 170 });
});

test('exposure follows the rate of requests, its share does not', () => {
  const { summary } = CANARY.run(BAD.withRequestsPerSecond(1000));
  expect(summary.exposedRequests).toBeCloseTo(1700);
  expect(summary.exposure).toBeCloseTo(170 / 18_000);
  expect(CANARY.run(BAD.withRequestsPerSecond(0)).summary).toMatchObject({ requests: 0, exposedRequests: 0, exposure: summary.exposure });
});

test.each<[string, () => void]>([
  ['was not aborted: it is promoted after 25:30', () => CANARY.run().assertAborted()],
  ['was aborted after 3:00, not within 1:00', () => CANARY.run(BAD).assertAborted({ within: Duration.minutes(1) })],
  ['had served 0.944 % of the requests when it was aborted, not less than 0.5 %', () => CANARY.run(BAD).assertAborted({ exposureBelow: 0.005 })],
  ['was not promoted: it is aborted after 3:00', () => CANARY.run(BAD).assertPromoted()],
  ['was promoted after 25:30, not within 20:00', () => CANARY.run().assertPromoted({ within: Duration.minutes(20) })],
  ['had 80 % of the pods that its traffic needs, not at least 90 %', () => simulation(canary({})).run().assertPromoted({ capacityAtLeast: 0.9 })],
  ['is promoted, not aborted', () => CANARY.run().assertOutcome(SimulationOutcome.ABORTED)],
])('an expectation that is not met says so: %s', (fault, run) => {
  const [finding] = findingsOf(run);
  expect(finding.code).toBe('FW820');
  expect(finding.message).toContain(fault);
  expect(finding.message).toContain('revision 2 is applied'); // the timeline
});

test('expectations that are met say nothing', () => {
  CANARY.run().assertPromoted({ within: Duration.minutes(26), capacityAtLeast: 1 });
  CANARY.run().assertOutcome(SimulationOutcome.PROMOTED);
  CANARY.run(BAD).assertAborted({});
  expect(CANARY.run(BAD).summary.outcome).toBe(SimulationOutcome.ABORTED);
});

test.each([[{ within: 5 }], [{ within: 'x' }], [{ exposureBelow: 5 }], [{ exposureBelow: NaN }]])('%j is no expectation', expectation => {
  expectFinding(() => CANARY.run(BAD).assertAborted(expectation as never), 'FW810');
});

test('the text has a line for each event and the figures', () => {
  const text = CANARY.run(BAD).toText();
  expect(text).toMatch(/^ *time +new +former +pods +phase +event$/m);
  expect(text).toMatch(/^ *3:00 +0 % +10\/10 +1\/1 +Degraded +aborted: the background analysis is Failed/m);
  expect(text).toContain('exposure 0.944 % (170 of 18000 requests), peak 11 pods (1 extra), capacity at least 100 %');
});

test('a long text is cut in its middle', () => {
  const many = Array.from({ length: 60 }, (_, i) => ({ setWeight: i + 1 }));
  expect(simulation(routed({ steps: many })).run().toText()).toMatch(/^ +… +\d+ more$/m);
});

test('plain data has everything', () => {
  const timeline = CANARY.run(BAD);
  const json = JSON.parse(JSON.stringify(timeline.toJson()));
  expect(Object.keys(json)).toEqual(['name', 'summary', 'events', 'states', 'measurements']);
  expect(json.measurements).toHaveLength(7);
});

describe('a comparison', () => {
  const simulations = { 'canary': CANARY, 'rolling': simulation(canary({})), 'blue-green': simulation(blueGreen({ prePromotionAnalysis: ANALYSIS }), template('success', metric({ count: 5 }))) };

  test('has a row for each strategy', () => {
    const comparison = new StrategyComparison({ simulations, scenario: BAD });
    expect(comparison.rows).toMatchObject([
      { name: 'canary', outcome: SimulationOutcome.ABORTED, secondsToAbort: 180, extraPods: 1 },
      { name: 'rolling', outcome: SimulationOutcome.PROMOTED, totalSeconds: 20, extraPods: 3 },
      { name: 'blue-green', outcome: SimulationOutcome.ABORTED, exposure: 0, extraPods: 4 },
    ]);
    expect(comparison.toText()).toMatch(/^canary +aborted +3:00 +3:00 +0\.944 % +1 +100 %$/m);
    expect(comparison.timeline('rolling').summary.outcome).toBe(SimulationOutcome.PROMOTED);
    expect(Object.keys(comparison.toJson().timelines)).toEqual(['canary', 'rolling', 'blue-green']);
  });

  test('needs something to compare', () => {
    expectFinding(() => new StrategyComparison({ simulations: {} }), 'FW821');
    expectFinding(() => new StrategyComparison(undefined as never), 'FW821');
    expectFinding(() => new StrategyComparison({ simulations: { a: 5 as never } }), 'FW821');
    expectFinding(() => new StrategyComparison({ simulations, scenario: 5 as never }), 'FW810');
    expectFinding(() => new StrategyComparison({ simulations, scenario: BAD.withMetric('latency', MetricSeries.passing()) }), 'FW812');
    expectFinding(() => new StrategyComparison({ simulations }).timeline('x'), 'FW821');
  });
});

test('a full promotion takes an aborted update to its end, whatever analysis said', () => {
  const { summary } = CANARY.run(BAD.withAction(ScenarioAction.promoteFull(Duration.minutes(4))));
  expect(summary).toMatchObject({ outcome: SimulationOutcome.PROMOTED, secondsToAbort: 180, totalSeconds: 250 });
});
