import { compileCondition, EvaluationError } from '../../src/simulation/expression';
import { expectFinding, titled } from '../support/misuse';

// Rows marked * are those of utils/evaluate/evaluate_test.go of Argo Rollouts v1.9.1 (Apache-2.0).
test.each<[string, unknown, boolean]>([
  ['result == true', true, true], // *
  ['result == false', true, false], // *
  ['2 in result', [1, 2, 3], true], // *
  ['result > 1', 5, true], // *
  ['all(result.service_apdex.values.values, {# > 1})', { service_apdex: { values: { values: [2, 2] } } }, true], // *
  ['all(result.service_apdex.values.values, {# > 1})', { service_apdex: { values: { values: [0, 2] } } }, false],
  ['asInt(result) == 1', '1', true], // *
  ['asInt(result) == 1', 1.9, true], // *
  ['asFloat(result) >= 1.1', '1.1', true], // *
  ['result[0] >= 0.95', [0.95], true],
  ['result[-1] == 3', [1, 2, 3], true],
  ['len(result) > 0 && !isNaN(result[0]) && result[0] >= 0.95', [NaN], false],
  ['len(result) > 0 && !isNaN(result[0]) && result[0] >= 0.95', [], false],
  ['isNaN(result[0]) or result[0] < 5', [NaN], true],
  ['isInf(result[0])', [-Infinity], true],
  ['default(result, 0) < 0.05', null, true],
  ['default(result, 0) < 0.05', 0.1, false],
  ['isNil(result)', null, true],
  ['(result ?? 7) == 7', null, true],
  ['(result.a ?? 1) == true ? true : false', { a: true }, true],
  ['result.status == "ok"', { status: 1 }, false],
  ['asFloat(result) == 1.1 && asFloat(result) <= 1.1', '1.1', true], // *
  ['asInt(result) == 1', 1.123, true], // *
  ['result?.a?.b == nil', {}, true],
  ['result?.a.b == nil', null, true],
  ['result.a["b"] == "x"', { a: { b: 'x' } }, true],
  ['result.missing == nil', {}, true],
  ['not (result > 1) and true', 1, true],
  ['result not in [1, 2]', 3, true],
  ['"a" in result', { a: 1 }, true],
  ['result in ["ok", \'fine\']', 'fine', true],
  ['result startsWith "he" && result endsWith "lo" && result contains `ell`', 'hello', true],
  ['result[0] * 100 / 4 - 5 == 20', [1], true],
  ['2 ** 3 ** 2 == 512', null, true],
  ['-2 ^ 2 == -4', null, true],
  ['1 + 2 * 3 == 7', null, true],
  ['result > 1 ? result < 10 : result == 0', 0, true],
  ['any(result, # > 2)', [1, 2, 3], true],
  ['none(result, {# > 3})', [1, 2, 3], true],
  ['one(result, {# > 2})', [1, 2, 3], true],
  ['count(result, {# > 1}) == 2', [1, 2, 3], true],
  ['len(filter(result, {.v > 1})) == 1', [{ v: 1 }, { v: 2 }], true],
  ['sum(map(result, {#.v})) == 3', [{ v: 1 }, { v: 2 }], true],
  ['all(result, {#index < 3})', [7, 8, 9], true],
  ['max(result) == 3 && min(1, 2) == 1 && mean(result) == 2 && abs(-1) == 1', [1, 2, 3], true],
  ['floor(result) == 1 && ceil(result) == 2 && round(result) == 2', 1.5, true],
  ['round(result) == -3', -2.5, true],
  ['result[1:3] == [2, 3] && len(result[:-1]) == 2', [1, 2, 3], true],
  ['first(result) == 1 and last(result) == 3', [1, 2, 3], true],
  ['1_000 == 1e3 && 0x10 == 16 && .5 == 0.5', null, true],
  ['"a" + "b" == "ab" && "a" < "b"', null, true],
  ['result == "a\\n\\"b"', 'a\n"b', true],
])('%s of %j is %s', (condition, result, expected) => {
  expect(compileCondition(condition, 'test').holds(result)).toBe(expected);
});

test.each<[string, unknown]>([
  ['1', true], // * no bool
  ['asInt(result) == 1', '1.1'], // *
  ['asInt(result) == 1', 'x'], // *
  ['asFloat(result) == 1', []], // *
  ['result[0] > 1', []],
  ['result > 1', [1]],
  ['result > 1', null],
  ['result.a > 1', null],
  ['result > "1"', 2],
  ['result && true', 1],
  ['not result', 'x'],
  ['isNaN(result)', 'x'],
  ['len(result) > 0', 5],
  ['all(result, {# > 1})', 5],
  ['all(result, {#})', [1]],
  ['result + "a" == "1a"', 1],
  ['-result == 1', '1'],
  ['max(result) == 1', []],
  ['asFloat(result) == 1.1', 'NotANum'], // *
  ['asFloat(result) == "1.1"', '1.1'], // *
  ['result[0] == "1"', [1]],
  ['result == result', {}],
])('%s of %j is an error, not a verdict', (condition, result) => {
  expect(() => compileCondition(condition, 'test').holds(result)).toThrow(EvaluationError);
});

test.each([
  'invalidVariable', // *
  'result.Name() == "hi"', // *
  '', ' ', 'result >', '> 1', 'result[0', '(result', 'result)', 'result ~ 1', '"open', 'result % 2 == 0', 'result matches "a.*"', '1..3 == result', 'let x = 1; x > 0',
  'result | len() > 0', 'foo(result)', 'len(result, 1) > 0', 'len() > 0', '# > 1', '.a > 1', 'all(result) == true', 'count(result) > 1', 'result = 1', 'result ?? 1 + 1 == 2',
  '{a: 1} == result', 'result == 1 2', 'find(result, {# > 1}) == 2', 'all(result, {#acc > 1})', 'all(result, {# > 1)', 'result?', 'a'.repeat(20_000),
  '('.repeat(300) + '1' + ')'.repeat(300), '-'.repeat(5000) + '1 > 0', 'constructor("x") == 1', 'toString() == "x"',
])('%s is refused', condition => {
  expectFinding(() => compileCondition(condition, 'test'), 'FW804', 'test');
});

test.each(titled([null, undefined, 1, {}, [], true, Symbol('s')]))('%s is no condition', (_, condition) => {
  expectFinding(() => compileCondition(condition, 'test'), 'FW804', 'test');
});

test('it knows the numbers and fields of a condition', () => {
  const { numbers, fields } = compileCondition('result.rate >= 0.95 && result["p99"] < 500', 'test');
  expect(numbers).toEqual([0.95, 500]);
  expect(fields).toEqual(['rate', 'p99']);
});

test('fields that every object of JavaScript has are not there', () => {
  expect(compileCondition('result.constructor == nil && result.__proto__ == nil', 'test').holds({})).toBe(true);
});
