import { digest } from './promotion-support';
import { Gate, gatesOf, GateRequest, Subject } from '../../src/cli/promotion/gates';
import type { ProtectionModel } from '../../src/cli/promotion/model';
import { emptyState } from '../../src/environments/release-file';

/* What gates say, without a program. */

const NOW = '2026-11-27T10:00:00Z'; // a Friday

function gates(protection: ProtectionModel, more: Partial<Omit<GateRequest, 'now'>> & { now?: string } = {}): Gate[] {
  const { now = NOW, ...rest } = more;
  return gatesOf({
    target: { name: 'prod', promotedFrom: ['staging'], protection },
    state: emptyState('prod'),
    subjects: [subject([['staging', '1', '2026-11-26T10:00:00Z']])],
    passed: [],
    ...rest,
    now: new Date(now),
  });
}

function subject(sources: Array<[string, string | undefined, string?]>): Subject {
  return { name: 'checkout', version: digest(1), sources: sources.map(([environment, digit, since]) => ({ environment, version: digit && digest(digit), since })) };
}

const failed = (all: Gate[]) => all.filter(gate => !gate.passed).map(({ gate, message, remedy }) => `${gate}: ${message} ${remedy}`);

test('no gates, nothing to say', () => {
  expect(gates({})).toEqual([]);
});

describe('several sources', () => {
  test('all have to run the same', () => {
    expect(gates({}, { subjects: [subject([['eu', '1'], ['us', '1']])] })).toEqual([{ gate: 'sources', subject: 'checkout', passed: true, message: 'It runs in "eu" and "us".' }]);
  });

  test.each<[string, string | undefined, string]>([
    ['another digest', '2', 'sources: "us" runs sha256:222222222222, not sha256:111111111111. Promote it to us first.'],
    ['no digest', undefined, 'sources: "us" runs no digest, not sha256:111111111111. Promote it to us first.'],
  ])('%s', (_, digit, expected) => {
    expect(failed(gates({}, { subjects: [subject([['eu', '1'], ['us', digit]])] }))).toEqual([expected]);
  });
});

describe('soak time', () => {
  test.each<[string, string | undefined, number, string[]]>([
    ['over', '2026-11-26T10:00:00Z', 86400, []],
    ['over since a second', '2026-11-27T09:59:59Z', 1, []],
    ['not over', '2026-11-26T10:00:01Z', 86400, ['soakTime: It runs in "staging" since 2026-11-26T10:00:01Z; the soak time is 1 day. Promote it after 2026-11-27T10:00:01Z.']],
    ['in another zone', '2026-11-27T11:00:00+02:00', 5400, ['soakTime: It runs in "staging" since 2026-11-27T11:00:00+02:00; the soak time is 90 minutes. Promote it after 2026-11-27T10:30:00Z.']],
    ['not known', undefined, 60, ['soakTime: It is not known since when it runs in "staging": it never came there by a promotion. Promote a release to staging, or enter one with --image and --commit: that notes the time.']],
  ])('%s', (_, since, soakSeconds, expected) => {
    expect(failed(gates({ soakSeconds }, { subjects: [subject([['staging', '1', since]])] }))).toEqual(expected);
  });

  test('in each source', () => {
    const sources: Subject = subject([['eu', '1', '2026-11-27T00:00:00Z'], ['us', '1', '2026-11-27T09:00:00Z']]);
    expect(failed(gates({ soakSeconds: 7200 }, { subjects: [sources] }))).toEqual([expect.stringContaining('"us" since')]);
  });
});

describe('freezes of the program', () => {
  test.each<[string, object, boolean]>([
    ['now', { reason: 'Sale' }, true],
    ['until later', { reason: 'Sale', until: '2026-11-27T10:00:01Z' }, true],
    ['until now', { reason: 'Sale', until: NOW }, false],
    ['from now on', { reason: 'Sale', from: NOW }, true],
    ['from later on', { reason: 'Sale', from: '2026-11-27T10:00:01Z' }, false],
  ])('%s', (_, freeze, holds) => {
    expect(failed(gates({ freezes: [freeze as any] }))).toEqual(holds ? [expect.stringMatching(/^freeze: "prod" is frozen by the program.*: Sale\. /)] : []);
  });

  test('says until when', () => {
    expect(failed(gates({ freezes: [{ reason: 'Sale.', until: '2026-12-01T00:00:00Z' }] })))
      .toEqual(['freeze: "prod" is frozen by the program until 2026-12-01T00:00:00Z: Sale. Promote it after 2026-12-01T00:00:00Z, or take the freeze out of the program.']);
  });

  test('and of the release state', () => {
    const state = (until?: string) => ({ ...emptyState('prod'), frozen: { reason: 'incident', until } });
    expect(failed(gates({}, { state: state() }))).toEqual(['freeze: "prod" is frozen by its release state: incident. Wait until the freeze is taken out of its release state.']);
    expect(failed(gates({}, { state: state('2026-11-27T09:00:00Z') }))).toEqual([]);
  });
});

describe('allowed times', () => {
  const office = { schedule: '0 9 * * 1-4', minutes: 420, timeZone: 'Europe/Berlin' };
  test.each<[string, string, string[]]>([
    ['on a Thursday', '2026-11-26T10:00:00Z', []],
    ['on a Friday', NOW, ['allowedTimes: Promotions are not allowed at this time. The next window opens at 2026-11-30T08:00:00Z.']],
    ['in summer', '2026-07-01T07:00:00Z', []],
    ['an hour too early in winter', '2026-11-26T07:59:59Z', ['allowedTimes: Promotions are not allowed at this time. The next window opens at 2026-11-26T08:00:00Z.']],
  ])('%s', (_, now, expected) => {
    expect(failed(gates({ allowedTimes: [office] }, { now }))).toEqual(expected);
  });

  test('the nearest of several windows', () => {
    const night = { schedule: '0 22 * * *', minutes: 60, timeZone: 'UTC' };
    expect(failed(gates({ allowedTimes: [office, night] }))).toEqual([expect.stringContaining('opens at 2026-11-27T22:00:00Z.')]);
  });
});

describe('what the caller vouches for', () => {
  const protection = { requireHealth: true, requireAnalysis: ['error-rate'] };
  test.each<[string[], string[]]>([
    [[], ['health', 'analysis']], [['health'], ['analysis']], [['error-rate'], ['health']], [['health', 'error-rate'], []], [['Health'], ['health', 'analysis']],
  ])('%j', (passed, expected) => {
    expect(gates(protection, { passed }).filter(gate => !gate.passed).map(gate => gate.gate)).toEqual(expected);
  });

  test('nothing is asked for where the road begins: there is nothing before', () => {
    expect(gates(protection, { target: { name: 'dev', promotedFrom: [], protection } })).toEqual([]);
  });
});
