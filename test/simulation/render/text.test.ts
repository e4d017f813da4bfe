import { abortedCanary, blueGreen, event, huge, measurement, promotedCanary, state, stuck, summary, timeline, tiny } from './timelines';
import { TextReportOptions, TimelineReport, TimelineReportProps } from '../../../src/simulation/render/timeline-report';
import { AnalysisVerdict, SimulationOutcome, Timeline, TimelineEventKind } from '../../../src/simulation/timeline';

/* A timeline as text for a terminal. */

const ESCAPE = '\u001b';

function text(of: Timeline, options?: TextReportOptions, props?: TimelineReportProps): string {
  return new TimelineReport(of, props).toText(options);
}

function lines(of: Timeline, options?: TextReportOptions): string[] {
  return text(of, options).split('\n');
}

/** The line of the chart with a name. */
function row(of: Timeline, name: string): string {
  return lines(of).find(line => line.trimStart().startsWith(`${name} │`))!.split('│')[1];
}

test('begins with what it is and how it ended', () => {
  expect(text(promotedCanary(), {}, { title: 'checkout in prod', scenario: 'all is well' }).split('\n').slice(0, 3)).toEqual(['checkout in prod: promoted after 24 min 50 s', 'all is well', '']);
});

test('ends with what it means', () => {
  expect(text(abortedCanary()).replace(/\s+/g, ' ')).toContain(
    'The update was undone after 4 min 10 s: Metric "error-rate" assessed Failed due to failed (3) > failureLimit (2). The old version has the traffic. '
    + 'Until the abort the new version served 1,200 of 25,000 requests (0.48 %). After it, 5 requests more. '
    + 'At most 11 pods ran at one time, 1 more than wanted. There were always enough pods for the traffic.');
});

test.each([
  [SimulationOutcome.PROMOTED, {}, 'The new version took over after 10 min.'],
  [SimulationOutcome.PROMOTED, { settledSeconds: 700 }, 'The old pods were gone after 11 min 40 s.'],
  [SimulationOutcome.ABORTED, { secondsToAbort: 30, reason: 'it failed.' }, 'The update was undone after 30 s: it failed. The old version has the traffic.'],
  [SimulationOutcome.ROLLED_BACK, {}, 'A former version was applied again and runs everywhere after 10 min.'],
  [SimulationOutcome.PAUSED, { reason: 'a pause without an end' }, 'The update waits until a person acts: a pause without an end.'],
  [SimulationOutcome.STUCK, { reason: 'deadline' }, 'The update is stuck: deadline. Nothing undoes it by itself'],
  [SimulationOutcome.UNFINISHED, {}, 'had not ended when the simulated time was over, after 10 min.'],
  [SimulationOutcome.PROMOTED, { worstCapacity: 0.5, worstAvailablePods: 1 }, 'At the worst moment there were 50 % of the pods that the traffic needs (1 pod available).'],
  [SimulationOutcome.PROMOTED, { extraPods: 0, peakPods: 1 }, 'At most 1 pod ran at one time, none more than wanted.'],
])('says of %s with %j: %s', (outcome, more, expected) => {
  expect(text(timeline({ summary: summary(outcome, 600, more) })).replace(/\s+/g, ' ')).toContain(expected);
});

test('says nothing of requests where there are none', () => {
  expect(text(timeline({ summary: summary(SimulationOutcome.PROMOTED, 600, { requests: 0 }) }))).not.toContain('requests');
});

describe('the chart', () => {
  test('shows shares, pods, phases and measurements in columns of time', () => {
    const of = abortedCanary();
    expect(row(of, '0 %')).toMatch(/^ {2,6}▂+$/); // nothing before the pods are there, nothing after the abort
    expect(row(of, 'old pods')).toMatch(/^█+$/);
    expect(row(of, 'new pods')).toMatch(/^ +▁+$/);
    expect(row(of, 'phase')).toMatch(/^>+\|+x+$/);
    expect(row(of, 'error-rate').replace(/ +/g, '')).toBe('•••••✗✗✗');
  });

  test('a share grows by rows', () => {
    const rows = lines(promotedCanary()).slice(2, 6).map(line => line.split('│')[1]);
    expect(rows[0]).toMatch(/^ +▂+█+$/); // 80, then 100 per cent
    expect(rows[3]).toMatch(/^▂+▆+█+$/); // 5, 20, then more than a quarter
  });

  test('shows other versions where there are some', () => {
    expect(text(stuck())).not.toContain('other pods');
    expect(text(huge())).toContain('other pods');
  });

  test('has what is short in it', () => {
    const states = [state(0), state(5000, { canaryPods: 10, weight: 100 }), state(5001), state(10_000)];
    expect(row(timeline({ states }), 'new pods').trim()).toBe('█');
  });

  test('of nothing at all is empty', () => {
    expect(text(timeline({ states: [], summary: summary(SimulationOutcome.UNFINISHED, 0) }))).toContain('phase │');
  });
});

describe('the decisions', () => {
  test('have time, step, weight, pods and phase', () => {
    expect(text(abortedCanary())).toContain('      10 s     1     5 %   10    1  Progressing  the router gives 5 % to the new revision');
    expect(text(promotedCanary())).toContain(' 6 min 11 s     3     5 %   10  0/2  Progressing  the new revision gets 2 pods');
  });

  test('do not repeat what is as it was', () => {
    const of = timeline({ events: [event(10, TimelineEventKind.PODS, 'one'), event(10, TimelineEventKind.STEP, 'two'), event(20, TimelineEventKind.STEP, 'three')] });
    expect(lines(of).filter(line => /(one|two|three)$/.test(line)).map(line => line.trim().split(/ {2,}/)[0])).toEqual(['10 s', 'two', '20 s']);
  });

  test('of a long rollout are the telling ones', () => {
    const noise = Array.from({ length: 300 }, (_, i) => event(i, TimelineEventKind.PODS, `pod ${i}`));
    const of = timeline({ events: [...noise.slice(0, 150), event(150, TimelineEventKind.ABORTED, 'the update is aborted'), ...noise.slice(150, 151), event(152, TimelineEventKind.ACTION, 'a person retries')] });
    const written = text(of);
    expect(written).toContain('(150 events left out)');
    expect(written).toContain('(1 event left out)');
    expect(written).toContain('the update is aborted');
    expect(written).not.toContain('pod 7');
  });

  test('are never so many that nobody reads them', () => {
    expect(lines(huge()).length).toBeLessThan(120);
  });
});

describe('the measurements', () => {
  test('of one verdict in a row are one line', () => {
    expect(text(abortedCanary())).toContain('error-rate, background:\n  5 × Successful (0; 40 s to 2 min 40 s)\n  3 × Failed (0.05; 3 min 10 s to 4 min 10 s)\n');
  });

  test('are by analysis, and say what is a dry run and what has no number', () => {
    expect(text(blueGreen())).toContain('smoke-test, pre-promotion:\n  5 × Successful (true; 1 min 25 s to 5 min 25 s)\nsuccess-rate, post-promotion:\n');
    const dry = timeline({ measurements: [measurement(1, 'm', 1, AnalysisVerdict.FAILED, { dryRun: true }), measurement(2, 'm', 3, AnalysisVerdict.FAILED, { dryRun: true })] });
    expect(text(dry)).toContain('m, background, dry run:\n  2 × Failed (1 to 3; 1 s to 2 s)\n');
  });

  test('that change all the time are cut', () => {
    const measurements = Array.from({ length: 40 }, (_, i) => measurement(i, 'm', i, i % 2 ? AnalysisVerdict.FAILED : AnalysisVerdict.SUCCESSFUL));
    expect(text(timeline({ measurements }))).toContain('  and 32 more changes of the verdict\n');
  });
});

describe.each([promotedCanary, abortedCanary, blueGreen, stuck, tiny, huge])('%p', make => {
  test.each([[60], [80], [100], [160]])('has no line longer than %d characters', width => {
    expect(lines(make(), { width }).filter(line => [...line].length > Math.max(width, 100))).toEqual([]);
    const chart = lines(make(), { width }).filter(line => /[│└]/.test(line));
    expect(chart.filter(line => [...line].length > width)).toEqual([]);
  });
});

test('colours are there when asked for, and are ended', () => {
  expect(text(abortedCanary())).not.toContain(ESCAPE);
  const colored = text(abortedCanary(), { color: true });
  expect(colored).toContain(`${ESCAPE}[31maborted after 4 min 10 s${ESCAPE}[0m`);
  expect(colored.split(ESCAPE).length % 2).toBe(1); // as many ends as beginnings
  // Without its colours it is the same text.
  // eslint-disable-next-line no-control-regex -- that is what colours are
  expect(colored.replace(/\u001b\[\d+m/g, '')).toBe(text(abortedCanary()));
});

test('names and messages cannot move the cursor', () => {
  const hostile = 'a\u001b[2J\u202eb\r\n';
  const written = text(timeline({
    name: hostile,
    events: [event(1, TimelineEventKind.ACTION, hostile)],
    measurements: [measurement(1, hostile, undefined, AnalysisVerdict.ERROR, { analysis: hostile, result: hostile })],
    summary: summary(SimulationOutcome.STUCK, 10, { reason: hostile }),
  }), {}, { scenario: hostile });
  // eslint-disable-next-line no-control-regex -- none of them may be left
  expect(written).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
  expect(written).toContain('a\\u001b[2J\\u202eb');
});

test('the same timeline gives the same text', () => expect(text(huge())).toBe(text(huge())));
