import { expectCoherent } from './coherent';
import { caller, declare, ENGINES, platformOf, SCENARIOS } from './scenarios';
import { manifests } from '../support/model';
import { Severity } from 'cdk8s-fairway';

/*
 * The contract of the engines of rollouts: each scenario is written once and run on all of them. A scenario says which
 * findings an engine gives; where it gives no error, what comes out must hold together, whatever the engine.
 */

describe.each(Object.keys(ENGINES))('%s', engine => {
  test.each(SCENARIOS.map(scenario => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    const expected = scenario.codes?.[engine] ?? [];
    const { platform, prod } = platformOf(engine, {}, scenario.environment);
    const workload = declare(platform, scenario);
    caller(platform, 'app');
    const findings = platform.check().filter(finding => finding.acknowledged === undefined);
    expect([...new Set(findings.map(finding => finding.code))].sort()).toEqual([...expected].sort());
    expect(workload.explain(prod)).toMatch(/^app in prod, [a-z-]+, by [A-Z][^]*\n {2}part +support +how\n {2}\S/);
    if (findings.every(finding => finding.severity !== Severity.ERROR)) {
      expectCoherent(manifests(prod.node.findChild('app') as any), scenario);
    } else {
      expect(() => platform.synth()).toThrow(expected[0]);
    }
  });

  test('the same program gives the same bytes', () => {
    const text = () => {
      const { platform } = platformOf(engine);
      SCENARIOS.filter(({ codes }) => !codes?.[engine]?.length).forEach((scenario, i) => declare(platform, scenario, `app-${i}`));
      return platform.synthYaml();
    };
    expect(text()).toBe(text());
  });
});
