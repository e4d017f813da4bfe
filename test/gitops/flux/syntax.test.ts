import * as fc from 'fast-check';
import { celFault, groupsOf, namesOf, patternFault, rangeFault, secretIn } from '../../../src/gitops/engines/flux/syntax';
import '../../support/properties';

/* Ranges, expressions and patterns. What is right and wrong was asked of Go: Masterminds/semver 3.5, regexp and Flux's CEL. */

test.each([
  '*', 'x', 'X', '1', 'v1', '1.2', '1.x', '1.2.x', '1.2.*', '1.2.3', 'v1.2.3', '01.2.3', '1.2.3-rc.1', '1.2.3+build.5', '=1.2.3', '!=1.2.3', '>1', '>= 1.2', '=>1', '<=2', '=<2',
  '~1.2', '~>1.2.3', '^1', '^0.0.3', '>=1.2.0 <2.0.0', '>=1.2.0, <2.0.0', '>=1.2.0,<2.0.0', '>=1.0.0 , <2.0.0', '1.2 - 1.4.5', '1.x || 2.x', '1.x||>=2.5.0 || 5.0.0 - 7.2.3', ' 1.x ', '>=1.0.0-0', '1.0.0 2.0.0',
])('%j is a range', text => expect(rangeFault(text)).toBeUndefined());

test.each<unknown>([
  '', ' ', 'latest', 'stable', '1.2.3.4', '1.2.3-', '1.2.3+', '>=', '>= ', '>', '1.x |', '|| 1.x', '1.x ||', '1.x || || 2.x', '==1', '><1', '1..2', '.1', '1.', 'a.b.c', '1.x,', ',1.x', '>=1.0.0;<2', '1.2.3 - ', 'V1', '1|2',
  '1x2', '-1', '1.2.3_4', null, 1, {}, ['1.x'], 'x'.repeat(513), Array.from({ length: 33 }, () => '1').join('||'),
])('%j is no range', text => expect(rangeFault(text)).toBeDefined());

test.each([
  'true', 'dep.status.observedGeneration == dep.metadata.generation', 'dep.status.conditions.filter(e, e.type == "Ready").all(e, e.status == "True")', '"a = b" == self.a', '!has(self.a) && (self.b >= 1 || self.c != 2)',
  'self.a in ["x", \'y\']', '"""a "quoted" text""" == self.a', 'r"\\d" == self.a', '// comment = (\ntrue', 'self.a ? 1 : 2', '{"a": 1}["a"] == 1', '"and" == self.a', '-1 < self.a', '"\\"" == self.a',
])('%j may be an expression', text => expect(celFault(text)).toBeUndefined());

test.each<unknown>([
  '', ' ', 'a = b', 'a === b', '(a', 'a)', '[a)', '"a', '\'a', 'a &&', '&& a', 'a ==', 'a and b', 'a or (b)', 'a.', '"a\nb"', '"""a"', null, 1, {}, 'a'.repeat(10_001),
])('%j is no expression', text => expect(celFault(text)).toBeDefined());

test.each([
  '^.*\\.sig$', '^main-[a-f0-9]+-(?P<ts>[0-9]+)$', '(?i)abc', '(?i:abc)d', '(?<name>a)', '\\Aabc\\z', '[[:alpha:]]+', '\\p{Greek}', 'a{1,1000}', 'a|b', '\\(\\?=', '[(?=]', 'a*?', '\\x41', '\\.', '\\Qa(b*\\E+', '\\\\Q', 'a\\Q[',
])('%j is a pattern', text => expect(patternFault(text)).toBeUndefined());

test.each<unknown>([
  '', '(a', 'a)', '[a', '*', '+a', 'a**', '(?=a)', '(?!a)', '(?<=a)', '(?<!a)', '(?>a)', '(a)\\1', '\\k<a>', '\\y', 'a{1001}', 'a{1,2000}', '\\', null, 1, {},
])('%j is no pattern', text => expect(patternFault(text)).toBeDefined());

test('groups and what names them', () => {
  expect(groupsOf('^v(?P<major>[0-9]+)\\.([0-9]+)(?:x)\\([(]$')).toEqual(['major', '0', '1', '2']);
  expect(namesOf('$major.${2}-$1a$$b')).toEqual(['major', '2', '1a']);
});

test('what looks like a secret', () => {
  expect(secretIn({ a: [{ db: { adminPassword: 'x' } }] }, 'values')).toBe('values.a.0.db.adminPassword');
  expect(secretIn({ existingSecret: 'a', passwordSecretName: 'a', password: '', token: '${TOKEN}', key: '{{ .a }}', tokens: 5 }, 'values')).toBeUndefined();
});

test('nothing breaks down, whatever it is given', () => {
  fc.assert(fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.anything(), fc.stringMatching(/^[\\()[\]{}"'=&|<>?:!*+.$a1 -]{0,30}$/)), value => {
    for (const fault of [rangeFault(value), celFault(value), patternFault(value)]) {
      expect(['string', 'undefined']).toContain(typeof fault);
    }
    expect(['string', 'undefined']).toContain(typeof secretIn(value, ''));
  }));
});

test('long texts take no long time', () => {
  const start = performance.now();
  ['1.'.repeat(250), '>'.repeat(512), '1 '.repeat(256), '('.repeat(10_000), '"'.repeat(10_000), '\\'.repeat(10_000), '='.repeat(10_000), ' and '.repeat(2000)].forEach(text => {
    rangeFault(text);
    celFault(text);
    patternFault(text);
  });
  expect(performance.now() - start).toBeLessThan(2000);
});
