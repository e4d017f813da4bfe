import { expectCoherent, madeBy } from './coherent';
import { ALWAYS, EngineName, ENGINES, roadOf, SCENARIOS } from './scenarios';
import { codes } from '../support/findings';
import { PromotionGate, Promotions, Severity } from 'cdk8s-fairway';

/*
 * The contract of the engines of promotion: each road is written once, and run on all of them. What an engine does not hold is
 * said; where it says nothing, what comes out holds together.
 */

describe.each(Object.keys(ENGINES) as EngineName[])('%s', engine => {
  test.each(SCENARIOS.map(scenario => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    const { platform } = roadOf(engine, scenario);
    const findings = platform.check();
    const no = scenario.doesNotApply?.[engine];
    const expected = no ? [no.code] : scenario.codes?.[engine] ?? [];
    expect([...new Set(codes(findings))].filter(code => !ALWAYS[engine].includes(code)).sort()).toEqual([...expected].sort());
    if (no) {
      expect(madeBy(platform)).toEqual([]);
      expect(findings.find(finding => finding.code === no.code)!.message).toMatch(/and/);
    } else {
      expectCoherent(platform);
      const stops = scenario.stops.map(stop => stop.name);
      expect(Promotions.of(platform).explain()).toMatch(new RegExp(`^acme \\(${stops[0]}[^]*part +support +how\n[^]*\nOn a rollback: \\S[^\n]*\\.\n$`));
    }
  });

  test('every gate of the model is answered', () => {
    for (const scenario of SCENARIOS.filter(({ doesNotApply }) => doesNotApply?.[engine] === undefined)) {
      const text = Promotions.of(roadOf(engine, scenario).platform).explain();
      for (const { name, from, protection = {} } of scenario.stops.filter(stop => stop.from !== undefined)) {
        const gates = Object.keys(protection).length;
        expect(text.split('\n').filter(line => line.startsWith(`  ${name}: `)).length).toBeGreaterThanOrEqual(gates);
        expect(from).toBeDefined();
      }
    }
  });

  test('a gate that is held elsewhere is no error, and the table says by whom', () => {
    for (const scenario of SCENARIOS.filter(each => each.codes?.[engine]?.includes('FW901'))) {
      const { platform } = roadOf(engine, scenario, { heldElsewhere: Object.fromEntries(gatesOf(scenario).map(gate => [gate, 'the release manager'])) });
      expect(codes(platform.check().filter(finding => finding.severity === Severity.ERROR))).toEqual([]);
      expect(Promotions.of(platform).explain()).toMatch(/held elsewhere +the release manager/);
      expectCoherent(platform);
    }
  });

  test('the same program gives the same bytes', () => {
    const texts = [0, 1].map(() => SCENARIOS.filter(each => each.codes === undefined && each.doesNotApply?.[engine] === undefined)
      .map(scenario => roadOf(engine, scenario).platform.synthYaml()).join());
    expect(texts[0]).toBe(texts[1]);
  });

  test('no GitOps engine complains that it does not deploy what an engine makes', () => {
    const { platform } = roadOf(engine, SCENARIOS[0]);
    expect(codes(platform.check())).not.toContain('FW508');
    expect(madeBy(platform).length > 0).toBe(engine !== 'pullRequests');
  });

  test('an engine without anything to promote says so', () => {
    const { platform } = roadOf(engine, { name: '', stops: [], workloads: [] });
    expect(codes(platform.check())).toEqual(['FW912']);
    expect(codes(roadOf(engine, { name: '', stops: [{ name: 'dev' }], workloads: [], releases: { 'dev.images.yaml': '' } }).platform.check())).toEqual(['FW912']);
  });

  test('who holds what needs no holder is a warning', () => {
    const { platform } = roadOf(engine, SCENARIOS[0], { heldElsewhere: { [PromotionGate.ANALYSIS]: 'a person' } });
    const [finding] = platform.check().filter(each => each.code === 'FW904');
    expect(finding.message).toContain('"requireAnalysis", which no environment has');
  });
});

function gatesOf({ stops, releases = {} }: (typeof SCENARIOS)[number]): string[] {
  return [...stops.flatMap(stop => Object.keys(stop.protection ?? {})), ...(Object.values(releases).some(text => text.includes('frozen')) ? ['freezes'] : [])];
}
