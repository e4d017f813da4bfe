import { readHost } from '../../src/core/host';
import { Progress } from '../../src/core/progress';

const TERMINAL = { isTerminal: true, color: true, continuousIntegration: false };
const CI = { isTerminal: false, color: false, continuousIntegration: true };
const FILE = { isTerminal: false, color: false, continuousIntegration: false };

/** What a synth prints that takes `step` milliseconds for each of its reports, and when. */
function output(terminal: typeof TERMINAL, step: number, reports = 100): string[] {
  let clock = 5000;
  const written: string[] = [];
  const progress = new Progress(terminal, text => void written.push(text), () => clock);
  for (const stage of ['resolving', 'writing']) {
    for (let i = 0; i < reports; i++) {
      clock += step;
      progress.report(stage, i, reports);
    }
  }
  progress.finish();
  return written;
}

test.each([TERMINAL, CI, FILE])('a synth of less than a second is silent: %j', terminal => {
  expect(output(terminal, 4)).toEqual([]);
});

describe('on a terminal', () => {
  test('one line is written again and again, and cleared at the end', () => {
    const written = output(TERMINAL, 100);
    expect(written.length).toBeGreaterThan(100);
    expect(written[0]).toBe('\r\u001b[2mresolving 9%\u001b[22m\u001b[K');
    written.forEach(text => expect(text).toMatch(/^\r[^\n\r]*\u001b\[K$/));
    expect(written).toContain('\r\u001b[2mwriting 50%\u001b[22m\u001b[K');
    expect(written.at(-1)).toBe('\r\u001b[K');
  });

  test('ten times a second at most, however often it is asked', () => {
    expect(output(TERMINAL, 1, 2000).length).toBeLessThanOrEqual(32);
  });

  test('without colour', () => {
    expect(output({ ...TERMINAL, color: false }, 100)[0]).toBe('\rresolving 9%\u001b[K');
  });

  test('nothing to do is no division by zero', () => {
    const written: string[] = [];
    let clock = 0;
    const progress = new Progress({ ...TERMINAL, color: false }, text => void written.push(text), () => clock);
    clock = 2000;
    progress.report('writing', 0, 0);
    progress.finish();
    progress.finish();
    expect(written).toEqual(['\rwriting 0%\u001b[K', '\r\u001b[K']);
  });
});

test('in continuous integration a plain line for each stage', () => {
  expect(output(CI, 100)).toEqual(['fairway: resolving (100)\n', 'fairway: writing (100)\n']);
});

test('into a file nothing', () => {
  expect(output(FILE, 100)).toEqual([]);
});

describe('what the process says of its terminal', () => {
  const isTTY = Object.getOwnPropertyDescriptor(process.stderr, 'isTTY');
  afterEach(() => Object.defineProperty(process.stderr, 'isTTY', isTTY ?? { value: undefined, configurable: true }));

  test.each<[boolean, NodeJS.ProcessEnv, Partial<typeof TERMINAL>]>([
    [true, {}, { isTerminal: true, color: true, continuousIntegration: false }],
    [true, { NO_COLOR: '1' }, { isTerminal: true, color: false }],
    [true, { NO_COLOR: '' }, { color: true }], // no-color.org: when present and not empty
    [true, { TERM: 'dumb' }, { color: false }],
    [false, {}, { isTerminal: false, color: false, continuousIntegration: false }],
    [false, { CI: 'true' }, { isTerminal: false, color: false, continuousIntegration: true }],
  ])('a terminal: %j, the environment: %j', (terminal, env, expected) => {
    Object.defineProperty(process.stderr, 'isTTY', { value: terminal, configurable: true });
    expect(readHost(env).terminal).toMatchObject(expected);
  });
});
