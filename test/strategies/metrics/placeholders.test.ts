import * as fc from 'fast-check';
import { ADDRESS, asked, context, refused, text } from './support';
import { MetricsProvider } from '../../../src/environments';
import { Metric } from '../../../src/strategies/metric';
import { isFinding, queryOf } from '../../../src/strategies/metrics/query';

const PROMETHEUS = MetricsProvider.prometheus({ address: ADDRESS });
const own = (query: string) => Metric.query('orders', { query, atLeast: 1 });

test.each([
  ['{{namespace}}', 'shop'],
  ['{{ namespace }}', 'shop'],
  ['up{a="{{workload}}",b="{{service}}"}', 'up{a="checkout",b="checkout-canary"}'],
  ['up{pod=~"{{pods}}"}[{{interval}}]', 'up{pod=~"checkout-{{args.new-version}}-.*"}[60s]'],
  ['up{{{namespace}}}', 'up{shop}'],
  ['{a="b"}}', '{a="b"}}'],
])('%s becomes %s', (query, expected) => {
  expect(text(own(query), context(PROMETHEUS))).toBe(expected);
});

test.each(['{{target}}', '{{ args.new-version }}', '{{}}', '{{namespace', 'a {{ b', '{{"{{"}}', '{{{{namespace}}}}', '{{ variables.x }}'])('%s is no placeholder', query => {
  const finding = refused(own(query), context(PROMETHEUS));
  expect(finding).toMatchObject({ code: 'FW611', path: 'prod/checkout' });
  expect(finding.message).toContain('is no placeholder');
  expect(finding.remedy).toContain('Placeholders are "{{namespace}}", "{{workload}}", "{{service}}", "{{pods}}" and "{{interval}}".');
});

test('a brace right before a placeholder of the engine would become part of it', () => {
  const finding = refused(own('up{{{pods}}}'), context(PROMETHEUS, { pods: '{{ target }}-.*' }));
  expect(finding.message).toContain('right behind a brace');
});

test('the Service of a new version that has none', () => {
  expect(refused(own('up{service="{{service}}"}'), context(PROMETHEUS, { service: undefined })).message).toContain('no Service of its own');
});

test.each([
  ['up{pod=~"{{pods}}"}', 'up{pod=~"a\\\\.b{{args.new-version}}"}'],
  ["up{pod=~'{{pods}}'}", "up{pod=~'a\\\\.b{{args.new-version}}'}"],
  ['up{pod=~`{{pods}}`}', 'up{pod=~`a\\.b{{args.new-version}}`}'],
  ['up{a="`",pod=~"{{pods}}"}', 'up{a="`",pod=~"a\\\\.b{{args.new-version}}"}'],
  ['up{a="\\"",pod=~`{{pods}}`}', 'up{a="\\"",pod=~`a\\.b{{args.new-version}}`}'],
])('a backslash is escaped as the string around %s needs it', (query, expected) => {
  expect(text(own(query), context(PROMETHEUS, { pods: 'a\\.b{{args.new-version}}' }))).toBe(expected);
});

test.each(['a"b', "a'b", 'a`b', 'a\nb'])('the value %j would end the string that it stands in', pods => {
  expect(refused(own('up{pod=~"{{pods}}"}'), context(PROMETHEUS, { pods })).message).toContain('a quote or a line break');
});

test('built-in queries escape whatever name they get', () => {
  fc.assert(fc.property(fc.string(), fc.string(), (namespace, pods) => {
    fc.pre(!`${namespace}${pods}`.includes('{{'));
    const query = text(Metric.successRate({ atLeast: 0.9 }), context(PROMETHEUS, { namespace, pods }));
    const [one, two] = [...query.matchAll(/namespace=("(?:\\[^]|[^"\\\n])*"),pod=~("(?:\\[^]|[^"\\\n])*")/g)].map(([, n, p]) => [n, p]);
    expect(one).toEqual(two);
    const read = (quoted: string) => quoted.slice(1, -1).replace(/\\([^])/g, (_, c: string) => ({ n: '\n', r: '\r' } as Record<string, string>)[c] ?? c);
    expect(one.map(read)).toEqual([namespace, pods]);
  }), { numRuns: 200 });
});

test('a query with any text is answered without braces of another, or is a finding', () => {
  const word = fc.constantFrom('{', '{{', '}}', '}', 'namespace', '{{pods}}', '{{interval}}', 'up', '"', '`', ' ', '#', '\n', 'scalar(', ')');
  fc.assert(fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), words => {
    const query = words.join('');
    fc.pre(query.trim() !== '');
    const result = queryOf(own(query)._plan, context(PROMETHEUS)) as { query: string };
    if (isFinding(result)) {
      expect(result.code).toBe('FW611');
    } else {
      expect(result.query.replaceAll('{{args.new-version}}', '')).not.toContain('{{');
    }
  }), { numRuns: 500 });
});

test.each([
  ['up # comment\n/ 2', 'up \n/ 2'],
  ['up{a="#1"} # one', 'up{a="#1"}'],
  ['# only\nup', 'up'],
])('comments are left out, as engines join lines: %j', (query, expected) => {
  expect(text(own(query), context(PROMETHEUS))).toBe(expected);
});

test.each(['scalar(up)', ' scalar (sum(up{a=")"})) ', '1', '-1.5e3', 'time()', 'NaN'])('%s is a bare number', query => {
  expect(refused(own(query), context(PROMETHEUS)).message).toContain('a bare number');
});

test.each(['scalar(up) * up', 'scalar(up) + vector(1)', 'vector(scalar(up))', 'scalar_total', 'time'])('%s may have no data', query => {
  expect(text(own(query), context(PROMETHEUS))).toBe(query);
});

test('nothing but comments is no query', () => {
  expect(refused(own('# later'), context(PROMETHEUS)).message).toContain('empty');
});

test('HTTP checks and Jobs know the names, not the pods', () => {
  const where = context();
  const check = Metric.httpCheck('smoke', { url: 'http://{{service}}.{{namespace}}/healthz', headers: { 'X-Of': '{{workload}}' }, jsonPath: '{$.rate}', atMost: 0.1 });
  expect(asked(check, where)).toEqual({
    kind: 'http', url: 'http://checkout-canary.shop/healthz', headers: { 'X-Of': 'checkout' }, jsonPath: '{$.rate}', timeoutSeconds: 10,
  });
  expect(asked(Metric.job('e2e', { image: 'ghcr.io/acme/e2e:1.0', args: ['--target', 'http://{{service}}'] }), where)).toEqual({
    kind: 'job', image: 'ghcr.io/acme/e2e:1.0', command: undefined, args: ['--target', 'http://checkout-canary'], timeoutSeconds: 300,
  });
  const finding = refused(Metric.job('e2e', { image: 'ghcr.io/acme/e2e:1.0', args: ['{{pods}}'] }), where);
  expect([finding.code, finding.remedy]).toEqual(['FW611', expect.stringContaining('Placeholders are "{{namespace}}", "{{workload}}" and "{{service}}".')]);
});

test('what the provider is told by headers is no template of the engine either', () => {
  const tenant = (value: string) => MetricsProvider.prometheus({ address: ADDRESS, headers: { 'X-Scope-OrgID': value } });
  expect(asked(own('up'), context(tenant('{{namespace}}')))).toMatchObject({ headers: { 'X-Scope-OrgID': 'shop' } });
  expect(refused(own('up'), context(tenant('{{ tenant }}')))).toMatchObject({ code: 'FW611' });
});
