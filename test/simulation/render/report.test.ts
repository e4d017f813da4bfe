import { abortedCanary, blueGreen, huge, promotedCanary, stuck, timeline } from './timelines';
import { elementsOf, hoversOf, parseXml, textsOf } from './xml';
import { Scenario, Simulation, StrategyComparison } from '../../../src/simulation';
import { ComparisonReport } from '../../../src/simulation/render/comparison-report';
import { describeRollout, strategyText } from '../../../src/simulation/render/describe';
import { compactText, countTicks, durationText, numberText, shareText, wrapText } from '../../../src/simulation/render/format';
import { TimelineReport } from '../../../src/simulation/render/timeline-report';
import { expectFinding, titled } from '../../support/misuse';

/* Reports as pages, comparisons as pictures, what a Rollout says of itself, and numbers in words. */

const PAGE = /^<!DOCTYPE html>\n<html lang="en">\n[^]*<\/html>\n$/;

describe('a page', () => {
  test.each(Object.entries({ promotedCanary, abortedCanary, blueGreen, stuck, huge }))('of %s stands on its own', (_, make) => {
    const html = new TimelineReport(make()).toHtml();
    expect(html).toMatch(PAGE);
    expect(html).not.toMatch(/<script|<link|<img|<iframe|src=|href=|@import|javascript:/);
    expect(html.replaceAll('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:/);
    expect(html).toContain('default-src \'none\'');
    expect(html).toContain('@media print');
    expect(html).toContain(new TimelineReport(make()).toSvg());
  });

  test('has the figures, what happened and what was measured as tables', () => {
    const html = new TimelineReport(abortedCanary(), { title: 'checkout in prod', scenario: 'errors rise' }).toHtml();
    const tables = [...html.matchAll(/<table>[^]*?<\/table>/g)].map(([table]) => parseXml(table));
    const rows = tables.map(table => elementsOf(table, 'tr').map(tr => tr.children.map(cell => cell.text)));
    expect(html).toContain('<h1>checkout in prod: aborted after 4 min 10 s</h1>\n<p class="note">errors rise</p>');
    expect(rows[0]).toEqual(expect.arrayContaining([['Outcome', 'aborted'], ['Time to the abort', '4 min 10 s'], ['Exposure', '0.48 %: 1,200 of 25,000 requests']]));
    expect(rows[1]).toContainEqual(['4 min 10 s', '1', '0 %', '10 of 10', '1 of 1', 'Degraded', 'the update is aborted']);
    expect(rows[2]).toEqual([
      ['Metric', 'Analysis', 'From', 'To', 'Count', 'Verdict', 'Values'],
      ['error-rate', 'background', '40 s', '2 min 40 s', '5', 'Successful', '0'],
      ['error-rate', 'background', '3 min 10 s', '4 min 10 s', '3', 'Failed', '0.05'],
    ]);
    expect(elementsOf(tables[1], 'th').every(th => th.attributes.scope === 'col')).toBe(true);
  });

  test('of a long rollout says how much it leaves out', () => {
    expect(new TimelineReport(huge()).toHtml()).toContain('<p class="note">and 13 more events</p>');
  });

  test('takes no markup from names', () => {
    const html = new TimelineReport(timeline({ name: '</title><script>alert(1)</script>' }), { scenario: '<img src=x onerror=alert(1)>' }).toHtml();
    expect(html).not.toMatch(/<script|<img/);
    expect(html).toContain('&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;');
  });
});

const ROLLOUT = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Rollout',
  metadata: { name: 'web' },
  spec: { replicas: 10, strategy: { canary: { steps: [{ setWeight: 10 }, { pause: { duration: '5m' } }] } } },
};
const BLUE_GREEN = { ...ROLLOUT, spec: { replicas: 10, strategy: { blueGreen: { activeService: 'web' } } } };

function comparison(name = 'canary'): StrategyComparison {
  return new StrategyComparison({ simulations: { [name]: Simulation.of({ rollout: ROLLOUT }), 'blue-green': Simulation.of({ rollout: BLUE_GREEN }) }, scenario: new Scenario() });
}

describe('a comparison', () => {
  test('is a picture with a bar for each figure of each strategy', () => {
    const root = parseXml(new ComparisonReport(comparison(), { title: 'checkout in prod', scenario: 'all is well' }).toSvg());
    const [canary, other] = comparison().rows;
    expect(textsOf(root)).toEqual(expect.arrayContaining(['checkout in prod', 'all is well', 'canary', 'blue-green', 'total time', 'exposure', 'extra pods', 'time to abort']));
    expect(hoversOf(root)).toEqual(expect.arrayContaining([
      `canary: total time ${durationText(canary.totalSeconds)}`, `blue-green: extra pods ${other.extraPods}`, `canary: exposure ${shareText(canary.exposure)}`,
    ]));
    expect(elementsOf(root, 'desc')[0].text).toContain(`canary: promoted; total time ${durationText(canary.totalSeconds)}`);
  });

  test('has the longest bar for the greatest figure', () => {
    const root = parseXml(new ComparisonReport(comparison()).toSvg());
    const width = (text: string) => Number(elementsOf(root, 'g').find(g => g.children.at(-1)?.text.startsWith(text))!.children[0].attributes.width);
    expect(width('blue-green: extra pods')).toBeGreaterThan(width('canary: extra pods'));
    expect(width('canary: total time')).toBeGreaterThan(width('blue-green: total time'));
  });

  test('is a page with a table', () => {
    const html = new ComparisonReport(comparison()).toHtml();
    expect(html).toMatch(PAGE);
    const rows = elementsOf(parseXml(/<table>[^]*<\/table>/.exec(html)![0]), 'tr').map(tr => tr.children.map(cell => cell.text));
    expect(rows.map(row => row[0])).toEqual(['Strategy', 'canary', 'blue-green']);
    expect(rows[1][1]).toBe('promoted');
  });

  test('takes no markup from names', () => {
    expect(new ComparisonReport(comparison('<script>x</script>')).toHtml()).not.toContain('<script');
  });
});

describe('what cannot be shown', () => {
  const of = stuck();
  const anything = (value: unknown) => value as never;

  test.each(titled<unknown>([undefined, null, 0, 'x', [], {}, { states: [], events: [] }, Symbol('s'), () => of]))('no timeline: %s', (_, value) => {
    expectFinding(() => new TimelineReport(anything(value)), 'FW825');
  });

  test.each(titled<unknown>([0, {}, [], true, Symbol('s')]))('no title, no scenario: %s', (_, value) => {
    expectFinding(() => new TimelineReport(of, { title: anything(value) }), 'FW825');
    expectFinding(() => new TimelineReport(of, { scenario: anything(value) }), 'FW825');
    expectFinding(() => new ComparisonReport(comparison(), { title: anything(value) }), 'FW825');
  });

  test.each(titled<unknown>([0, 'x', {}, [1], [undefined]]))('no steps: %s', (_, value) => {
    expectFinding(() => new TimelineReport(of, { steps: anything(value) }), 'FW825');
  });

  test.each(titled<unknown>([0, 'x', [], { a: '1' }, { a: NaN }, { a: null }]))('no thresholds: %s', (_, value) => {
    expectFinding(() => new TimelineReport(of, { thresholds: anything(value) }), 'FW825');
  });

  test.each(titled<unknown>([NaN, '100', {}, []]))('no width: %s', (_, value) => {
    expectFinding(() => new TimelineReport(of).toText({ width: anything(value) }), 'FW825');
  });

  test.each(titled<unknown>([undefined, null, 0, 'x', {}, { rows: 1 }]))('no comparison: %s', (_, value) => {
    expectFinding(() => new ComparisonReport(anything(value)), 'FW825');
  });

  test('null is as nothing', () => {
    expect(new TimelineReport(of, anything(null)).toText(anything(null))).toBe(new TimelineReport(of).toText());
    const nothing = { steps: anything(null), thresholds: anything(null), title: anything(null), scenario: anything(null) };
    expect(new TimelineReport(of, nothing).toSvg()).toBe(new TimelineReport(of).toSvg());
  });

  test('a metric with the name of a member of all objects has no threshold', () => {
    expect(new TimelineReport(promotedCanary(), { thresholds: { constructor: 1 } }).toSvg()).not.toContain('threshold');
  });
});

describe('what a Rollout says of itself', () => {
  test('its steps', () => {
    const steps = [
      { setWeight: 5 }, { pause: { duration: '90s' } }, { pause: { duration: 600 } }, { pause: {} }, { pause: { duration: '1h30m' } }, { setCanaryScale: { weight: 1 } },
      { setHeaderRoute: { name: 'x' } }, { setMirrorRoute: { name: 'x' } }, { analysis: {} }, { experiment: {} }, {}, null,
    ];
    expect(describeRollout({ spec: { strategy: { canary: { steps } } } }).steps).toEqual([
      '5 %', 'pause 1 min 30 s', 'pause 10 min', 'wait for a person', 'pause 1h30m', 'scale', 'header route', 'mirror', 'analysis', 'experiment', 'step', 'step',
    ]);
    expect(describeRollout(undefined)).toEqual({ steps: [], thresholds: {} });
  });

  test.each([
    ['result[0] >= 0.95', 0.95],
    ['result < 0.01', 0.01],
    ['len(result) > 0 && !isNaN(result[0]) && result[0] < 5e-2', 0.05],
    ['len(result) == 0 || result[0] <= 300', 300],
    ['asFloat(result) >= -1.5', -1.5],
    ['len(result) > 0', undefined],
    ['result == "ok"', undefined],
    ['all(result, # < 3)', undefined],
  ])('the threshold in %s', (successCondition, expected) => {
    const template = { spec: { metrics: [{ name: 'm', successCondition }] } };
    const odd = { spec: { metrics: [null, { name: 4 }] } };
    expect(describeRollout({}, [template, null, odd]).thresholds).toEqual(expected === undefined ? {} : { m: expected });
    expect(describeRollout({}, [{ spec: { metrics: [{ name: 'm', failureCondition: successCondition }] } }]).thresholds?.m).toBe(expected);
  });

  test.each([
    [{ blueGreen: {} }, 'blue-green'],
    [{ canary: {} }, 'rolling update'],
    [{ canary: { steps: [{ setWeight: 1 }] } }, 'canary by replicas'],
    [{ canary: { steps: [{ setWeight: 1 }], trafficRouting: {} } }, 'routed canary'],
    [undefined, 'rolling update'],
  ])('the strategy in %j is %s', (strategy, expected) => expect(strategyText({ spec: { strategy } })).toBe(expected));
});

describe('numbers in words', () => {
  test.each([
    [0, '0 s'], [0.25, '0.3 s'], [9.96, '10 s'], [45, '45 s'], [60, '1 min'], [90, '1 min 30 s'], [3600, '1 h'], [3700, '1 h 1 min'], [3605, '1 h'],
    [86_400, '1 d'], [90_000, '1 d 1 h'], [-5, '0 s'], [NaN, '0 s'], [1e9, '11574 d 1 h'],
  ])('%d seconds are %s', (seconds, expected) => expect(durationText(seconds)).toBe(expected));

  test.each([[0, '0'], [1.5, '1.5'], [0.123_456, '0.1235'], [1234, '1,234'], [1_234_567.8, '1,234,568'], [-1234, '-1,234'], [1e-9, '1e-9'], [NaN, 'NaN']])('%d is %s', (value, expected) => {
    expect(numberText(value)).toBe(expected);
  });

  test.each([[0, '0 %'], [0.0042, '0.42 %'], [0.123_456, '12.3 %'], [1, '100 %']])('a share of %d is %s', (value, expected) => expect(shareText(value)).toBe(expected));

  test.each([[950_000, '950,000'], [2_592_000, '2.59 M'], [8.64e9, '8.64 G'], [12.4, '12']])('%d in little room is %s', (value, expected) => expect(compactText(value)).toBe(expected));

  test.each([[1, ['0', '1']], [4, ['0', '1', '2', '3', '4']], [11, ['0', '5', '10', '15']], [5160, ['0', '2,000', '4,000', '6,000']], [0, ['0', '1']]])('marks up to %d', (top, expected) => {
    expect(countTicks(top).map(tick => tick.text)).toEqual(expected);
  });

  test('a number stays with its unit, and a long word is broken', () => {
    expect(wrapText('about 48 % of it', 9)).toEqual(['about', '48 % of', 'it']);
    expect(wrapText('after 3 min', 8)).toEqual(['after', '3 min']);
    expect(wrapText('abcdefghij', 4)).toEqual(['abcd', 'efgh', 'ij']);
    expect(wrapText('', 4)).toEqual([]);
  });
});
