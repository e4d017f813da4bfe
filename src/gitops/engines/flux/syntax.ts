/*
 * Texts that only a controller understands in full, looked at as far as it can be told without it.
 */

const VERSION = '[vV]?(?:[0-9]+|[xX*])(?:\\.(?:[0-9]+|[xX*])){0,2}(?:-[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?(?:\\+[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*)?'.replace('[vV]', 'v');
const CONDITION = `(?:!=|=>|>=|=<|<=|~>|=|>|<|~|\\^)?[ \\t]*${VERSION}`;
const CONDITIONS = new RegExp(`^[ \\t]*${CONDITION}(?:(?:[ \\t]+|[ \\t]*,[ \\t]*)${CONDITION})*[ \\t]*$`);
const HYPHEN = new RegExp(`(${VERSION})[ \\t]+-[ \\t]+(${VERSION})`, 'g');

/** The limits of github.com/Masterminds/semver 3.5, constraints.go. */
const LONGEST_RANGE = 512;
const MOST_ALTERNATIVES = 32;

/** What is wrong with a range of versions, or nothing. */
export function rangeFault(value: unknown): string | undefined {
  if (typeof value !== 'string') {
    return 'is no text';
  }
  if (value.length > LONGEST_RANGE) {
    return `has more than ${LONGEST_RANGE} characters`;
  }
  const alternatives = value.replace(HYPHEN, '>=$1, <=$2').split('||');
  if (alternatives.length > MOST_ALTERNATIVES) {
    return `has more than ${MOST_ALTERNATIVES} alternatives`;
  }
  return alternatives.every(each => CONDITIONS.test(each)) ? undefined : 'is no range of versions';
}

const OPENING: Record<string, string> = { '(': ')', '[': ']', '{': '}' };

/** What is wrong with a CEL expression as far as its outside shows, or nothing. */
export function celFault(value: unknown): string | undefined {
  if (typeof value !== 'string') {
    return 'is no text';
  }
  if (value.trim() === '') {
    return 'is empty';
  }
  if (value.length > 10_000) {
    return 'has more than 10000 characters';
  }
  const bare = withoutStrings(value);
  if (bare === undefined) {
    return 'has a quote that is not closed';
  }
  const open: string[] = [];
  for (const character of bare) {
    if (character in OPENING) {
      open.push(OPENING[character]);
    } else if (')]}'.includes(character) && open.pop() !== character) {
      return 'has a bracket that does not fit';
    }
  }
  if (open.length > 0) {
    return 'has a bracket that is not closed';
  }
  if (/(^|[^=!<>])=(?!=)/.test(bare) || /===/.test(bare)) {
    return 'has a = that is no ==';
  }
  if (/[\w)\]"]\s+(and|or|not)\s+[\w(!"]/.test(bare)) {
    return 'has a word for an operator, which is &&, || or !';
  }
  return /(&&|\|\||[=!<>+*/%?:.,-])\s*$/.test(bare) || /^\s*(&&|\|\||[=<>+*/%?:,])/.test(bare) ? 'lacks an operand' : undefined;
}

/** The expression with its strings emptied and its comments gone; nothing when a string does not end. */
function withoutStrings(text: string): string | undefined {
  let bare = '';
  for (let i = 0; i < text.length; i++) {
    if (text.startsWith('//', i)) {
      const end = text.indexOf('\n', i);
      i = end === -1 ? text.length : end;
    } else if (text[i] === '"' || text[i] === '\'') {
      const quote = text.startsWith(text[i].repeat(3), i) ? text[i].repeat(3) : text[i];
      const isRaw = /(^|[^A-Za-z0-9_])[bB]?[rR][bB]?$/.test(text.slice(Math.max(0, i - 3), i));
      const end = endOfString(text, i + quote.length, quote, isRaw);
      if (end === -1) {
        return undefined;
      }
      bare += '""';
      i = end;
    } else {
      bare += text[i];
    }
  }
  return bare;
}

function endOfString(text: string, from: number, quote: string, isRaw: boolean): number {
  for (let i = from; i < text.length; i++) {
    if (text[i] === '\\' && !isRaw) {
      i++;
    } else if (text.startsWith(quote, i)) {
      return i + quote.length - 1;
    } else if (text[i] === '\n' && quote.length === 1) {
      return -1;
    }
  }
  return -1;
}

/** Escapes that Go knows (regexp/syntax). */
const ESCAPES = 'dswDSWbBAzpPCQEaftnrvx01234567';

/** What is wrong with a regular expression of Go, or nothing. */
export function patternFault(value: unknown): string | undefined {
  if (typeof value !== 'string') {
    return 'is no text';
  }
  if (value === '') {
    return 'is empty';
  }
  if (value.length > 10_000) {
    return 'has more than 10000 characters';
  }
  // Between \Q and \E everything is a letter.
  const plain = value.replace(/\\Q([^]*?)(?:\\E|$)|\\[^]/g, (each, quoted?: string) => quoted === undefined ? each : 'q'.repeat(quoted.length));
  const unescaped = plain.replace(/\\[^]/g, '\\.');
  const outside = unescaped.replace(/\[\^?\]?(\[:\w+:\]|[^\]])*\]/g, 'a');
  if (/\(\?(<?[=!]|>)/.test(outside)) {
    return 'looks around, which Go does not';
  }
  for (const [, escape] of plain.matchAll(/\\([^]|$)/g)) {
    if (/[1-9]/.test(escape) || escape === 'k') {
      return 'refers back to a group, which Go does not';
    }
    if (escape === '' || (/[A-Za-z0-9]/.test(escape) && !ESCAPES.includes(escape))) {
      return 'has an escape that Go does not know';
    }
  }
  if ([...outside.matchAll(/\{(\d+)(?:,(\d*))?\}/g)].some(([, least, most]) => Number(least) > 1000 || Number(most ?? 0) > 1000)) {
    return 'repeats more than 1000 times, which Go does not';
  }
  try {
    new RegExp(plain.replace(/\(\?P</g, '(?<').replace(/\(\?[imsU-]+(:|\))/g, (_, end) => end === ':' ? '(?:' : ''));
    return undefined;
  } catch {
    return 'is no regular expression';
  }
}

/** The groups of a regular expression that an extract may name. */
export function groupsOf(expression: string): string[] {
  const open = expression.replace(/\\[^]/g, '').replace(/\[[^\]]*\]/g, '');
  const named = [...open.matchAll(/\(\?P?<(\w+)>/g)].map(([, name]) => name);
  const count = [...open.matchAll(/\((?!\?)|\(\?P?<\w/g)].length;
  return [...named, ...Array.from({ length: count + 1 }, (_, i) => String(i))];
}

/** The groups that an extract names (Go `Regexp.Expand`). */
export function namesOf(extract: string): string[] {
  return [...extract.replace(/\$\$/g, ' ').matchAll(/\$(?:\{(\w+)\}|(\w+))/g)].map(([, braced, bare]) => braced ?? bare);
}

const SECRET_KEY = /(^|[._-]|[a-z])(password|passwd|passphrase|secret[_-]?key|api[_-]?key|access[_-]?key|private[_-]?key|client[_-]?secret|token)$/i;

/** The place of the first text in plain data whose key says that it is a secret, if there is one. */
export function secretIn(value: unknown, at: string, depth = 0): string | undefined {
  if (typeof value !== 'object' || value === null || depth > 20) {
    return undefined;
  }
  for (const [key, each] of Object.entries(value)) {
    const here = `${at}.${key}`;
    // A variable or a template is no secret; nor is a name of one.
    if (typeof each === 'string' && each !== '' && SECRET_KEY.test(key) && !/^\s*(\$\{|\{\{|<)/.test(each)) {
      return here;
    }
    const inner = secretIn(each, here, depth + 1);
    if (inner !== undefined) {
      return inner;
    }
  }
  return undefined;
}
