import { Duration } from 'cdk8s';
import * as fc from 'fast-check';
import { deliver, Delivered, delivered } from './arbitrary';
import { expectCoherent } from './coherent';
import { ENGINES } from './scenarios';
import { FairwayError } from '../../src/core/diagnostics/fairway-error';
import { approximateCounts } from '../../src/simulation/replicas';
import { wholePods } from '../../src/strategies/engines/argo-rollouts/whole-pods';
import { manifests } from '../support/model';
import { Finding, MetricSeries, PodBehavior, Scenario, Severity, SimulationOutcome, Timeline, WorkloadSimulation } from 'cdk8s-fairway';

/* Any strategy for any workload on any engine is refused with a code, or holds together and does what it says. */

/** What came of a drawn delivery: nothing where its declaration is refused, as it must be, by the library itself. */
function attempt(engine: string, drawn: Delivered, isReversed = false) {
  try {
    return deliver(engine, drawn, isReversed);
  } catch (e) {
    expect(FairwayError.isFairwayError(e) ? e.findings.map(finding => finding.code) : e).toEqual([expect.stringMatching(/^FW\d{3}$/)]);
    return undefined;
  }
}

function isFine(findings: Finding[]): boolean {
  return findings.every(finding => finding.severity !== Severity.ERROR);
}

/** Documents of a synth in an order of their own: they come in that of their declaration. */
function documents(yaml: string): string[] {
  return yaml.split('---\n').sort();
}

describe.each(Object.keys(ENGINES))('%s', engine => {
  test('refuses a delivery with a code, or makes objects that hold together, whatever is declared first', () => {
    let fine = 0;
    fc.assert(fc.property(delivered, drawn => {
      const made = attempt(engine, drawn);
      if (!made) {
        return;
      }
      const findings = made.platform.check();
      expect(made.workload.explain(made.prod)).toMatch(/^app in prod, [a-z-]+, by [A-Z]/);
      findings.forEach(finding => expect(finding.remedy).toMatch(/\S/));
      if (!isFine(findings)) {
        return;
      }
      fine++;
      expectCoherent(manifests(made.prod.node.findChild('app') as any), { worker: drawn.isWorker });
      const again = attempt(engine, drawn, true)!;
      expect(again.platform.check().map(finding => finding.code).sort()).toEqual(findings.map(finding => finding.code).sort());
      expect(documents(again.platform.synthYaml())).toEqual(documents(made.platform.synthYaml()));
    }), { numRuns: 150 });
    expect(fine).toBeGreaterThan(15);
  });
});

test('Argo Rollouts promotes what is healthy in the time that it says, undoes what is not, and never has too few pods', () => {
  const seen: Record<string, number> = {};
  const slow = Duration.days(60); // longer than any drawn rollout
  fc.assert(fc.property(delivered, fc.integer({ min: 0, max: 60 }), (drawn, startup) => {
    const made = attempt('argo-rollouts', drawn);
    const findings = made?.platform.check() ?? [];
    if (!made || !isFine(findings) || drawn.strategy.kind === 'recreate') {
      return;
    }
    const simulation = WorkloadSimulation.of(made.workload, made.prod);
    const run = (more: object): Timeline => {
      const timeline = simulation.run(new Scenario({ pods: PodBehavior.ready({ startup: Duration.seconds(startup) }), limit: slow, ...more }));
      if (!('maxUnavailable' in drawn.strategy && drawn.strategy.maxUnavailable)) {
        timeline.assertCapacity(1);
      }
      const what = `${drawn.strategy.kind} ${timeline.summary.outcome}`;
      seen[what] = (seen[what] ?? 0) + 1;
      return timeline;
    };
    const total = made.strategy.totalTime?.toSeconds();
    const healthy = run({});
    if (total === undefined) {
      healthy.assertOutcome(SimulationOutcome.PAUSED);
    } else {
      healthy.assertPromoted({ within: Duration.seconds(total + 40 * (startup + 70)) });
      expect(healthy.summary.totalSeconds).toBeGreaterThanOrEqual(total);
    }
    const isLate = findings.some(finding => finding.code === 'FW620'); // a metric that comes too late, said so
    if (simulation.metricNames.length > 0 && !isLate) {
      const { outcome } = run({ metrics: Object.fromEntries(simulation.metricNames.map(name => [name, MetricSeries.failing()])) }).summary;
      expect(outcome === SimulationOutcome.PAUSED && total === undefined ? SimulationOutcome.ABORTED : outcome).toBe(SimulationOutcome.ABORTED);
    }
  }), { numRuns: 300 });
  expect(Object.keys(seen).sort()).toEqual([
    'blue-green aborted', 'blue-green paused', 'blue-green promoted', 'canary aborted', 'canary paused', 'canary promoted', 'rolling promoted',
  ]);
});

test('whole pods for a weight are those of the controller, as the simulator has them from its tables', () => {
  for (let replicas = 1; replicas <= 25; replicas++) {
    for (let weight = 0; weight <= 100; weight++) {
      for (const surge of [0, 1]) {
        const { canary, stable } = approximateCounts(replicas, weight, 100, surge);
        expect([replicas, weight, surge, wholePods(replicas, weight, surge)]).toEqual([replicas, weight, surge, { canary, pods: canary + stable }]);
      }
    }
  }
});
