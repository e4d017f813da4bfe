import { Duration } from 'cdk8s';
import { expectFinding, NO_TEXT, titled, withEach } from '../support/misuse';
import { environment } from '../support/model';
import { newPlatform } from '../support/platform';
import { Protection, TimeWindow } from 'cdk8s-fairway';

const window = TimeWindow.of({ schedule: '0 9 * * 1-4', duration: Duration.hours(7) });

const FULL: Protection = {
  approvals: { teams: ['acme/sre', '@jane', 'group/sub-group/team', 'sre'], count: 2 },
  soakTime: Duration.hours(24),
  allowedTimes: [window],
  freezes: [{ reason: 'Black Friday', from: '2026-11-26T00:00:00Z', until: '2026-12-01T00:00:00+01:00' }, { reason: 'audit' }],
  requireHealth: true,
  requireAnalysis: ['smoke-test', 'success-rate'],
};

const prod = (protection: unknown) => environment(newPlatform(), 'prod', { protection: protection as Protection });

test('all gates', () => {
  expect(prod(FULL).protection).toEqual(FULL);
  expect(prod(undefined).protection).toEqual({});
});

const BAD: Record<string, unknown[]> = {
  approvals: [
    null, [], 'acme/sre', 1, {}, { teams: [] }, { teams: 'acme/sre' }, { teams: [''] }, { teams: ['a b'] }, { teams: ['a/'] }, { teams: ['/a'] }, { teams: ['@'] },
    { teams: ['a\n* @evil'] }, { teams: ['a', null] }, ...NO_TEXT.map(team => ({ teams: [team] })),
    ...[0, -1, 1.5, 7, NaN, '2', null].map(count => ({ teams: ['a'], count })), { teams: ['a'], counts: 2 }, { teams: ['a'], ['__proto__']: {} },
    JSON.parse('{"teams": ["a"], "__proto__": {"count": 1}}'),
  ],
  soakTime: [null, 0, 3600, '24h', {}, [], Duration.seconds(0), Duration.millis(1500)],
  allowedTimes: [null, [], window, {}, 'always', [null], [{}], [{ schedule: '0 9 * * *', duration: Duration.hours(1) }], [{ isOpen: () => true }]],
  freezes: [
    null, {}, 'now', [null], ['now'], [{}], [{ reason: '' }], [{ reason: ' ' }], [{ reason: 7 }], ...[
      { from: 'tomorrow' }, { from: '2026-11-26' }, { from: '2026-11-26T00:00:00' }, { from: '2026-02-30T00:00:00Z' }, { from: '2026-13-01T00:00:00Z' }, { until: '' },
      { until: null }, { until: 0 }, { until: new Date(0) }, { till: '2026-12-01T00:00:00Z' }, { from: '2026-12-01T00:00:00Z', until: '2026-11-01T00:00:00Z' },
      { from: '2026-12-01T01:00:00+01:00', until: '2026-12-01T00:00:00Z' },
    ].map(times => [{ reason: 'audit', ...times }]),
  ],
  requireHealth: [null, 0, 1, 'yes', {}, []],
  requireAnalysis: [null, 'smoke', {}, [''], ['A'], ['a b'], [null], ['health'], ['a'.repeat(254)], ...NO_TEXT.map(name => [name])],
};

describe.each(Object.entries(BAD))('FW217 for %s', (gate, values) => {
  test.each(titled(values))('%s', (_, value) => {
    expectFinding(() => prod({ ...FULL, [gate]: value }), 'FW217', 'prod');
  });
});

test.each(titled<unknown>(['none', 7, true, [], [FULL], { approval: {} }, { soaktime: Duration.hours(1) }, JSON.parse('{"__proto__": {}}'), { constructor: {} }]))(
  'FW217 for a protection %s', (_, protection) => {
    expectFinding(() => prod(protection), 'FW217', 'prod');
  });

test('whatever JavaScript passes is a finding', () => {
  const odd = [...NO_TEXT, undefined, new Map(), new Proxy({}, {}), [[[]]], 'a'.repeat(100_000), Object.create({ teams: ['a'] })];
  withEach(odd, Object.keys(FULL), FULL as Record<string, unknown>, prod);
  withEach(odd, ['teams', 'count'], { teams: ['a'] }, approvals => prod({ approvals }));
  withEach(odd, ['reason', 'from', 'until'], { reason: 'audit' }, freeze => prod({ freezes: [freeze] }));
});

test('the last day of February is one in leap years', () => {
  expect(() => prod({ freezes: [{ reason: 'audit', from: '2028-02-29T00:00:00Z' }] })).not.toThrow();
  expectFinding(() => prod({ freezes: [{ reason: 'audit', from: '2027-02-29T00:00:00Z' }] }), 'FW217');
});

test('what becomes of the given object does not matter', () => {
  const given: any = {
    approvals: { teams: ['acme/sre'], count: 2 }, allowedTimes: [window], freezes: [{ reason: 'audit' }], requireAnalysis: ['smoke'], requireHealth: true,
  };
  const { protection } = prod(given);
  given.approvals.teams.pop();
  given.approvals.count = 0;
  given.allowedTimes.pop();
  given.freezes[0].reason = '';
  given.freezes.push({ reason: 'more' });
  given.requireAnalysis[0] = 'other';
  delete given.requireHealth;
  expect(protection).toEqual({
    approvals: { teams: ['acme/sre'], count: 2 }, allowedTimes: [window], freezes: [{ reason: 'audit' }], requireAnalysis: ['smoke'], requireHealth: true,
  });
});
