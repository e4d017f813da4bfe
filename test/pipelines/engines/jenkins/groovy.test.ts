import * as fc from 'fast-check';
import { readText, textsOf } from './read-groovy';
import type { Expr, Test } from '../../../../src/pipelines/engines/jenkins/ast';
import { block, expr, isIdentifier, literal, quoted, test as asTest } from '../../../../src/pipelines/engines/jenkins/groovy';
import { assignment, comment } from '../../../../src/pipelines/engines/jenkins/print-steps';
import '../../../support/properties';

const awkward = fc.array(fc.oneof(
  fc.constantFrom('\'', '\'\'', '\'\'\'', '\\', '\\u0041', '\\\\', '$', '${x}', '"', '\n', '\r', '\t', '\0', '\u2028', '\ud800', '😀', '//', '/*', ' ', 'a'),
  fc.string(),
), { maxLength: 12 }).map(parts => parts.join(''));

describe('texts', () => {
  it.each([quoted, block, literal])('are read as they were written, whatever is in them', write => {
    fc.assert(fc.property(awkward, text => {
      expect(readText(write(text))).toEqual({ value: text, end: write(text).length });
    }), { numRuns: 300 });
  });

  it.each([
    ['', '\'\''],
    ['it\'s', '\'it\\\'s\''],
    ['a\\b', '\'a\\\\b\''],
    ['${HOME}', '\'${HOME}\''],
    ['a\nb', '\'\'\'a\nb\'\'\''],
    ['x=\'\'\ny', '\'\'\'x=\'\'\ny\'\'\''],
    ['a\n\'\'\'', '\'\'\'a\n\\\'\\\'\\\'\'\'\''],
    ['a\nb\'', '\'\'\'a\nb\\\'\'\'\''],
    ['a\r\nb', '\'\'\'a\\r\nb\'\'\''],
    ['\u202e', '\'\\u202e\''],
  ])('are best read: %j', (text, written) => {
    expect(literal(text)).toBe(written);
  });
});

describe('comments', () => {
  it('stay comments', () => {
    fc.assert(fc.property(awkward, text => {
      const lines = comment(text);
      expect(lines.every(line => /^\/\/[^\p{C}\u2028\u2029]*$/u.test(line) && !line.includes('\\u'))).toBe(true);
      expect(textsOf(`${lines.join('\n')}\n`)).toEqual([]);
    }));
  });
});

describe('names', () => {
  it.each([['CI', true], ['_x1', true], ['class', false], ['in', false], ['a-b', false], ['1a', false], ['', false], ['ä', false]])('%j is an identifier: %s', (name, is) => {
    expect(isIdentifier(name)).toBe(is);
  });
});

const env = (name: string): Expr => ({ is: 'env', name });
const text = (value: string): Expr => ({ is: 'text', value });

describe('expressions', () => {
  it.each<[Expr, string]>([
    [env('A'), '(env.A ?: \'\')'],
    [env('a-b'), '(env[\'a-b\'] ?: \'\')'],
    [{ is: 'param', name: 'level' }, 'params.level.toString()'],
    [{ is: 'concat', parts: [text('v'), env('A')] }, '\'v\' + (env.A ?: \'\')'],
    [{ is: 'when', test: { is: 'truthy', value: env('T') }, yes: text(''), no: env('B') }, '(env.T ? \'\' : (env.B ?: \'\'))'],
  ])('%j', (given, written) => {
    expect(expr(given)).toBe(written);
  });

  it('join a variable to its name', () => {
    expect(assignment('A', { is: 'concat', parts: [text('v'), env('B')] })).toBe('\'A=v\' + (env.B ?: \'\')');
    expect(assignment('A', env('B'))).toBe('\'A=\' + (env.B ?: \'\')');
  });
});

const equal = (name: string, value: string): Test => ({ is: 'equal', left: env(name), right: text(value) });

describe('tests', () => {
  it.each<[Test, string]>([
    [equal('A', 'x'), 'env.A == \'x\''],
    [equal('A', ''), '(env.A ?: \'\') == \'\''],
    [{ is: 'all', tests: [equal('A', 'x'), { is: 'any', tests: [equal('B', 'y'), { is: 'true' }] }] }, 'env.A == \'x\' && (env.B == \'y\' || true)'],
    [{ is: 'not', test: { is: 'all', tests: [equal('A', 'x'), equal('B', 'y')] } }, '!(env.A == \'x\' && env.B == \'y\')'],
    [{ is: 'in', value: env('A'), list: ['x', 'y\''] }, '((env.A ?: \'\') in [\'x\', \'y\\\'\'])'],
    [{ is: 'fits', value: env('A'), pattern: 'a.*' }, '(env.A ?: \'\') ==~ \'a.*\''],
    [{ is: 'all', tests: [] }, 'true'],
    [{ is: 'any', tests: [] }, 'false'],
  ])('%j', (given, written) => {
    expect(asTest(given)).toBe(written);
  });
});
