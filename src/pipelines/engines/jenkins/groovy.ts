import type { Expr, Test } from './ast';

/*
 * Groovy texts and expressions. Texts are single-quoted: nothing in them is evaluated, `$` least of all.
 */

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f' };

const unicode = (c: string) => [...Array(c.length).keys()].map(i => `\\u${c.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');

/** What is not written as it is: characters that mean something, control characters, invisible ones, half characters. */
const AWKWARD = /['\\\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

function escaped(c: string): string {
  return ESCAPES[c] ?? unicode(c);
}

/** A text in single quotes, on one line. */
export function quoted(value: string): string {
  return `'${value.replace(AWKWARD, c => c === '\'' ? '\\\'' : escaped(c))}'`;
}

/** A text of several lines, each as it is: the lines of it are never indented, for that would change them. */
export function block(value: string): string {
  const lines = value.replace(AWKWARD, c => c === '\n' || c === '\t' || c === '\'' ? c : escaped(c));
  // A pair of quotes is an empty text in a shell, and common; three would end the block, and so would one before its end.
  return `'''${lines.replace(/'+/g, (run, at: number) => run.length > 2 || at + run.length === lines.length ? run.replace(/'/g, '\\\'') : run)}'''`;
}

/** A text as it is best read: of several lines as a block. */
export function literal(value: string): string {
  return value.includes('\n') ? block(value) : quoted(value);
}

const IDENTIFIER = /^[A-Za-z_][A-Za-z0-9_]*$/;

const KEYWORDS = new Set(('abstract as assert boolean break byte case catch char class const continue def default do double else enum extends false final finally float for goto '
  + 'if implements import in instanceof int interface long native new null package private protected public return short static strictfp super switch synchronized this '
  + 'threadsafe throw throws trait transient true try var void volatile while').split(' '));

/** Whether a name can stand in Groovy without quotes, and as the key of an `environment` section. */
export function isIdentifier(name: string): boolean {
  return IDENTIFIER.test(name) && !KEYWORDS.has(name);
}

/** `env.NAME`, or `env['name-with-hyphens']`. */
function member(of: string, name: string): string {
  return isIdentifier(name) ? `${of}.${name}` : `${of}[${quoted(name)}]`;
}

/** A variable as something to assign to. */
export const envTarget = (name: string) => member('env', name);

/** An expression that gives a text. */
export function expr(e: Expr): string {
  switch (e.is) {
    case 'text': return literal(e.value);
    case 'env': return `(${member('env', e.name)} ?: '')`;
    case 'param': return `${member('params', e.name)}.toString()`;
    case 'concat': return e.parts.length === 0 ? '\'\'' : e.parts.map(expr).join(' + ');
    case 'when': return `(${test(e.test)} ? ${expr(e.yes)} : ${expr(e.no)})`;
    case 'fixed': return e.code;
  }
}

/** An expression that is compared: `env.X` gives null when there is none, which no text equals. */
function compared(e: Expr): string {
  return e.is === 'env' ? member('env', e.name) : e.is === 'concat' ? `(${expr(e)})` : expr(e);
}

/** A test as Groovy, in parentheses where it stands in another one. */
export function test(t: Test, inside = false): string {
  const wrap = (code: string) => inside ? `(${code})` : code;
  switch (t.is) {
    case 'true': case 'false': return t.is;
    case 'all': case 'any':
      if (t.tests.length < 2) {
        return t.tests.length === 0 ? String(t.is === 'all') : test(t.tests[0], inside);
      }
      return wrap(t.tests.map(each => test(each, each.is === 'any' || each.is === 'all')).join(t.is === 'all' ? ' && ' : ' || '));
    case 'not': return `!(${test(t.test)})`;
    case 'equal': case 'unequal': {
      const sign = t.is === 'equal' ? '==' : '!=';
      return wrap(t.right.is === 'text' && t.right.value === '' ? `${expr(t.left)} ${sign} ''` : `${compared(t.left)} ${sign} ${compared(t.right)}`);
    }
    case 'in': return `(${expr(t.value)} in [${t.list.map(quoted).join(', ')}])`;
    case 'fits': return wrap(`${expr(t.value)} ==~ ${quoted(t.pattern)}`);
    case 'startsWith': case 'endsWith': case 'contains': return `${expr(t.value)}.${t.is}(${expr(t.part)})`;
    case 'truthy': return compared(t.value);
    case 'fixedTest': return t.code;
  }
}
