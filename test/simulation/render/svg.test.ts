import * as fc from 'fast-check';
import '../../support/properties';
import { abortedCanary, blueGreen, event, huge, measurement, promotedCanary, state, stuck, summary, timeline, tiny } from './timelines';
import { elementsOf, hoversOf, parseXml, textsOf, XmlElement } from './xml';
import { TimelineReport, TimelineReportProps } from '../../../src/simulation/render/timeline-report';
import { AnalysisVerdict, RolloutPhase, SimulationOutcome, Timeline, TimelineEventKind } from '../../../src/simulation/timeline';

/* The picture of a timeline: what is in it, and that any timeline gives a sound one. */

const HOSTILE = '</text><script>alert(1)</script>&"\'\u0000\u001b[31m\u202e]]><!--\ufffe';

function draw(of: Timeline, props: TimelineReportProps = {}): XmlElement {
  return parseXml(new TimelineReport(of, props).toSvg());
}

const ALL = { promotedCanary, abortedCanary, blueGreen, stuck, tiny, huge };

describe.each(Object.entries(ALL))('%s', (_, make) => {
  const svg = new TimelineReport(make(), { scenario: 'a scenario' }).toSvg();
  const root = parseXml(svg);

  test('is one accessible picture that needs nothing else', () => {
    expect(root.name).toBe('svg');
    expect(root.attributes).toMatchObject({ role: 'img', xmlns: 'http://www.w3.org/2000/svg' });
    const [title, desc] = root.attributes['aria-labelledby'].split(' ');
    expect(elementsOf(root, 'title').find(t => t.attributes.id === title)?.text).toContain(make().name);
    expect(elementsOf(root, 'desc').find(d => d.attributes.id === desc)?.text).toContain('a scenario');
    expect(elementsOf(root).map(e => e.name).filter(name => ['script', 'image', 'use', 'a', 'foreignObject', 'link'].includes(name))).toEqual([]);
    expect(svg.replace('xmlns="http://www.w3.org/2000/svg"', '')).not.toMatch(/https?:|url\((?!#)|@import|@font-face|javascript:| on\w+=/);
  });

  test('stays within its borders, with coordinates that are numbers', () => {
    expect(svg).not.toMatch(/NaN|Infinity|undefined|null/);
    const [, , width, height] = root.attributes.viewBox.split(' ').map(Number);
    for (const { name, attributes } of elementsOf(root)) {
      if (name === 'text' || name === 'rect') {
        expect(Number(attributes.x ?? 0)).toBeGreaterThanOrEqual(0);
        expect(Number(attributes.x ?? 0)).toBeLessThanOrEqual(width);
        expect(Number(attributes.y ?? 0)).toBeGreaterThanOrEqual(0);
        expect(Number(attributes.y ?? 0)).toBeLessThanOrEqual(height);
        expect(Number(attributes.width ?? 0)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  test('refers only to patterns that it has, under ids of its own', () => {
    const ids = elementsOf(root).flatMap(e => e.attributes.id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(id => id.startsWith(ids[0]))).toBe(true);
    expect([...svg.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id).filter(id => !ids.includes(id))).toEqual([]);
  });

  test('is the same each time', () => expect(new TimelineReport(make(), { scenario: 'a scenario' }).toSvg()).toBe(svg));

  test('has the same colours without a style sheet', () => {
    const drawn = elementsOf(root).filter(e => ['rect', 'circle', 'text', 'path'].includes(e.name));
    expect(drawn.filter(e => e.attributes.fill === undefined && e.attributes.stroke === undefined)).toEqual([]);
  });
});

test('two pictures in one page do not share an id', () => {
  const ids = (root: XmlElement) => elementsOf(root).flatMap(e => e.attributes.id ?? []);
  expect(ids(draw(promotedCanary())).filter(id => ids(draw(abortedCanary())).includes(id))).toEqual([]);
});

describe('what is shown', () => {
  test('the steps in words, the shares in numbers, the figures, and the words for them', () => {
    const texts = textsOf(draw(promotedCanary(), { title: 'checkout in prod', steps: ['5 %', 'pause 6 min', '20 %', 'pause 6 min', '50 %', 'pause 6 min', '80 %', 'pause 6 min'] }));
    expect(texts).toEqual(expect.arrayContaining([
      'checkout in prod', 'PROMOTED', '5 %', '20 %', '50 %', '80 %', '2: pause 6 min', '8: pause 6 min', '37.2 %', '55,430 of 149,000 requests', '10 more than wanted',
    ]));
    expect(texts.join(' ')).toContain('The new version took over after 24 min 50 s. The old pods were gone after 25 min 20 s.');
  });

  test('why it was aborted', () => {
    const texts = textsOf(draw(abortedCanary()));
    expect(texts).toEqual(expect.arrayContaining(['ABORTED', 'Degraded', 'the update is aborted', '0.48 %']));
    expect(texts.join(' ')).toContain('The update was undone after 4 min 10 s: Metric "error-rate" assessed Failed');
    expect(texts.join(' ')).toContain('After it, 5 requests more.');
  });

  test('each measurement with its time, value and verdict, and the threshold', () => {
    const root = draw(abortedCanary(), { thresholds: { 'error-rate': 0.01 } });
    expect(hoversOf(root)).toEqual(expect.arrayContaining(['40 s: 0, good', '3 min 10 s: 0.05, failed', 'threshold 0.01']));
    expect(hoversOf(draw(abortedCanary()))).not.toContain('threshold 0.01');
  });

  test('a higher value stands higher', () => {
    const signs = (value: number) => {
      const root = draw(timeline({ states: [state(0), state(60)], measurements: [measurement(10, 'm', 0, AnalysisVerdict.SUCCESSFUL), measurement(30, 'm', value, AnalysisVerdict.SUCCESSFUL)] }));
      return elementsOf(root, 'g').filter(g => /: -?\d.*good$/.test(g.children.at(-1)?.text ?? '')).map(g => Number(g.children[0].attributes.cy));
    };
    const [low, high] = signs(5);
    expect(high).toBeLessThan(low);
    const [above, below] = signs(-5);
    expect(below).toBeGreaterThan(above);
  });

  test('every verdict has a shape of its own, and so has every part of the legend', () => {
    const verdicts = Object.values(AnalysisVerdict);
    const root = draw(timeline({ states: [state(0), state(600)], measurements: verdicts.map((verdict, i) => measurement(i * 100 + 10, 'm', 1, verdict)) }));
    const shapes = elementsOf(root, 'g').filter(g => /^\d.*: 1, /.test(g.children.at(-1)?.text ?? '')).map(g => {
      const { name, attributes: { d, r } } = g.children[0];
      return `${name} ${r ?? d.replace(/^M\S+ [\d.]+/, '')}`;
    });
    expect(shapes).toHaveLength(verdicts.length);
    expect(new Set(shapes).size).toBe(verdicts.length);
    expect(textsOf(root)).toEqual(expect.arrayContaining(['good', 'failed', 'inconclusive', 'no answer', 'not decided']));
  });

  test('phases are told by words and patterns, not by colour alone', () => {
    const phases = Object.values(RolloutPhase);
    const root = draw(timeline({ states: phases.map((phase, i) => state(i * 100, { phase })) }));
    const last = phases.at(-1);
    expect(textsOf(root)).toEqual(expect.arrayContaining(phases.filter(phase => phase !== last)));
    const fills = elementsOf(root, 'rect').map(e => e.attributes.fill).filter(fill => fill?.startsWith('url('));
    expect(fills.some(fill => fill.includes('hatch-canary'))).toBe(true);
    expect(fills.some(fill => fill.includes('cross-bad'))).toBe(true);
  });

  test('pods that are not available look otherwise, pods of other versions, too', () => {
    const paths = (of: Timeline) => elementsOf(draw(of), 'path').map(e => e.attributes.fill ?? '').filter(fill => fill.startsWith('url('));
    expect(paths(timeline({ states: [state(0), state(60)] }))).toEqual([]);
    const mixed = timeline({ states: [state(0, { stablePods: 5, stableAvailable: 4, canaryPods: 3, canaryAvailable: 1, olderPods: 2 }), state(60)] });
    expect(paths(mixed).map(fill => /-(hatch|dots)-\w+/.exec(fill)?.[0])).toEqual(['-hatch-stable', '-hatch-canary', '-dots-older']);
  });

  test('an abort is more important than what else happens at the time', () => {
    const texts = textsOf(draw(timeline({
      states: [state(0), state(100)],
      events: [event(50, TimelineEventKind.ANALYSIS_FINISHED, 'the analysis failed'), event(50, TimelineEventKind.ABORTED, 'the update is aborted')],
    })));
    expect(texts).toContain('the update is aborted');
    expect(texts).not.toContain('the analysis failed');
  });

  test('no metrics, no steps: no panel for them', () => {
    const texts = textsOf(draw(stuck()));
    expect(texts).not.toContain('measurements');
    expect(texts).not.toContain('step');
    expect(textsOf(draw(promotedCanary()))).toEqual(expect.arrayContaining(['measurements', 'step']));
  });

  test('very many metrics: the first, and how many there are', () => {
    const measurements = Array.from({ length: 20 }, (_, i) => measurement(5, `metric-${i}`, 1, AnalysisVerdict.SUCCESSFUL));
    const texts = textsOf(draw(timeline({ states: [state(0), state(60)], measurements })));
    expect(texts.filter(text => text.startsWith('metric-'))).toHaveLength(16);
    expect(texts).toContain('and 4 more metrics, in the table');
  });
});

describe('the time axis', () => {
  const lasting = (seconds: number) => draw(timeline({ states: [state(0), state(seconds)], summary: summary(SimulationOutcome.PROMOTED, seconds) }));
  const ticks = (seconds: number) => textsOf(lasting(seconds));

  test.each([
    [10, ['0', '1 s', '5 s', '10 s']],
    [600, ['0', '1 min', '5 min', '10 min']],
    [1800, ['0', '5 min', '30 min']],
    [7200, ['0', '15 min', '1 h', '1 h 30 min', '2 h']],
    [86_400, ['0', '3 h', '12 h', '1 d']],
    [604_800, ['0', '1 d', '7 d']],
  ])('%d seconds', (seconds, expected) => expect(ticks(seconds)).toEqual(expect.arrayContaining(expected)));

  test('never has more marks than fit', () => {
    fc.assert(fc.property(fc.double({ min: 0.5, max: 1e9, noNaN: true }), seconds => {
      const root = lasting(seconds);
      const xs = elementsOf(root, 'text').filter(e => e.attributes['text-anchor'] === 'middle' && e.attributes['font-size'] === '11').map(e => Number(e.attributes.x));
      expect(xs.length).toBeGreaterThanOrEqual(2);
      expect(xs.length).toBeLessThanOrEqual(12);
    }), { numRuns: 100 });
  });
});

test('a long rollout of many pods is drawn with few elements, and at once', () => {
  const of = huge();
  const started = performance.now();
  const svg = new TimelineReport(of).toSvg();
  expect(performance.now() - started).toBeLessThan(2000);
  expect(svg.length).toBeLessThan(400_000);
  expect(elementsOf(parseXml(svg)).length).toBeLessThan(4000);
});

test('the peak and the dip of a moment are not lost among thousands of states', () => {
  const states = Array.from({ length: 20_000 }, (_, i) => state(i * 10));
  states[12_345] = state(123_450, { weight: 77, canaryPods: 40 });
  const svg = new TimelineReport(timeline({ states })).toSvg();
  const quiet = new TimelineReport(timeline({ states: states.map(s => ({ ...s, weight: 0, canaryPods: 0, canaryAvailable: 0 })) })).toSvg();
  const heights = (markup: string) => elementsOf(parseXml(markup), 'path').find(e => e.attributes['stroke-width'] === '2.5')!.attributes.d.match(/V[\d.]+/g) ?? [];
  expect(heights(quiet)).toEqual([]);
  expect(heights(svg)).toHaveLength(2); // up, and down again
  expect(textsOf(parseXml(svg))).toContain('60'); // the scale of the pods goes beyond 50
});

test('names and messages can be anything', () => {
  const svg = new TimelineReport(timeline({
    name: HOSTILE,
    states: [state(0), state(60, { stepIndex: 0 }), state(90)],
    events: [event(20, TimelineEventKind.ACTION, HOSTILE), event(40, TimelineEventKind.ABORTED, '💥'.repeat(500))],
    measurements: [measurement(10, HOSTILE, undefined, AnalysisVerdict.ERROR, { analysis: HOSTILE, result: HOSTILE })],
    summary: summary(SimulationOutcome.STUCK, 60, { reason: HOSTILE }),
  }), { title: HOSTILE.repeat(50), scenario: HOSTILE.repeat(50), steps: [HOSTILE], thresholds: { [HOSTILE]: 1 } }).toSvg();
  const root = parseXml(svg);
  expect(elementsOf(root, 'script')).toEqual([]);
  // eslint-disable-next-line no-control-regex -- none of them may be left
  expect(svg).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e\ufffe]/);
});

/** Any timeline that a simulation could have. */
const anyTimeline = fc.record({
  span: fc.double({ min: 0, max: 1e6, noNaN: true }),
  states: fc.array(fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    weight: fc.integer({ min: 0, max: 100 }),
    replicas: fc.integer({ min: 0, max: 5000 }),
    stablePods: fc.integer({ min: 0, max: 5000 }),
    canaryPods: fc.integer({ min: 0, max: 5000 }),
    olderPods: fc.integer({ min: 0, max: 50 }),
    phase: fc.constantFrom(...Object.values(RolloutPhase)),
    stepIndex: fc.option(fc.integer({ min: 0, max: 12 }), { nil: undefined }),
  }), { maxLength: 30 }),
  events: fc.array(fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }), kind: fc.constantFrom(...Object.values(TimelineEventKind)), message: fc.string({ unit: 'binary', maxLength: 80 }),
  }), { maxLength: 40 }),
  measurements: fc.array(fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    metric: fc.constantFrom('a', 'b', '<c>'),
    value: fc.option(fc.double(), { nil: undefined }),
    verdict: fc.constantFrom(...Object.values(AnalysisVerdict)),
    dryRun: fc.boolean(),
  }), { maxLength: 40 }),
  outcome: fc.constantFrom(...Object.values(SimulationOutcome)),
}).map(({ span, states, events, measurements, outcome }) => {
  const sorted = <T extends { at: number }>(items: T[]) => [...items].sort((a, b) => a.at - b.at);
  return timeline({
    states: sorted(states).map(({ at, ...rest }, i) => state(i === 0 ? 0 : at * span, { ...rest, stableAvailable: Math.floor(rest.stablePods / 2) })),
    events: sorted(events).map(({ at, kind, message }) => event(at * span, kind, message)),
    measurements: sorted(measurements).map(({ at, metric, value, verdict, dryRun }) => measurement(at * span, metric, value, verdict, { dryRun })),
    summary: summary(outcome, span),
  });
});

/** The labels of events in their rows, as what they cover at least: `y`, left and right. */
function eventLabels(root: XmlElement): Array<{ y: number; from: number; to: number }> {
  const phase = Number(elementsOf(root, 'text').find(e => e.text === 'phase')!.attributes.y);
  return elementsOf(root, 'text')
    .filter(({ attributes: { y, 'font-size': size } }) => Number(y) > 55 && Number(y) < phase - 5 && size === '11')
    .map(({ attributes: { x, y, 'text-anchor': anchor }, text }) => {
      const width = [...text].length * 4.5; // narrower than any drawn text
      const from = anchor === 'end' ? Number(x) - width : Number(x);
      return { y: Number(y), from, to: from + width };
    });
}

/** The labels that the line of another event goes through. */
function struckOut(root: XmlElement): unknown[] {
  const lines = elementsOf(root, 'path').filter(e => e.attributes['stroke-dasharray'] === '4 3')
    .map(e => /^M(\S+) (\S+)V/.exec(e.attributes.d)!.slice(1).map(Number));
  return eventLabels(root).filter(({ y, from, to }) => lines.some(([x, top]) => top < y - 4 && x > from + 1 && x < to - 1));
}

test('a label gives way where its line would strike out another one', () => {
  const root = draw(timeline({
    states: [state(0), state(1000)],
    events: [
      event(10, TimelineEventKind.ACTION, 'a label of some length here'),
      event(100, TimelineEventKind.ACTION, 'a label that is as long as a label may be: sixty characters.'),
      event(320, TimelineEventKind.ACTION, 'short'),
    ],
  }));
  expect(eventLabels(root)).toHaveLength(3);
  expect(struckOut(root)).toEqual([]);
});

test('any timeline gives a sound picture, whose event labels neither overlap nor are struck out', () => {
  fc.assert(fc.property(anyTimeline, of => {
    const root = draw(of);
    expect(elementsOf(root, 'path').filter(e => /NaN|Infinity|undefined/.test(e.attributes.d))).toEqual([]);
    expect(struckOut(root)).toEqual([]);
    const labels = eventLabels(root);
    const overlapping = labels.filter((a, i) => labels.some((b, j) => i < j && a.y === b.y && a.from < b.to && b.from < a.to));
    expect(overlapping).toEqual([]);
  }), { numRuns: 150 });
});
