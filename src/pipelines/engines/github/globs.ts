import type { GlobsNode } from '../../graph';
import { isLiteral } from '../../graph';

/**
 * A string as an expression. An `if` in which `${{` stands anywhere, in a string as well, is no expression but a text with expressions in it, and such
 * a text holds whatever it says (docs.github.com, Workflow syntax, jobs.<job_id>.if): those characters are put together by `format`.
 */
export function literal(text: string): string {
  const parts = text.split('${{').map(part => `'${part.replaceAll('\'', '\'\'')}'`);
  if (parts.length === 1) {
    return parts[0];
  }
  const start = `{${parts.length}}{${parts.length + 1}}`;
  return `format('${parts.map((_, i) => `{${i}}`).join(start)}', ${parts.join(', ')}, '$', '{{')`;
}

/**
 * Whether a value matches a glob, as an expression; undefined for what expressions cannot say. `*` stops at a slash, which `contains` tells as long
 * as there is none in what stands before.
 */
export function globExpression(value: string, glob: string): string | undefined {
  if (isLiteral(glob)) {
    return `${value} == ${literal(glob)}`;
  }
  if (/^\*\*$|^\*\*\/\*\*$/.test(glob)) {
    return 'true';
  }
  if (/^\*\*\/[^*?]+$/.test(glob)) {
    const name = glob.slice(3);
    return `${value} == ${literal(name)} || endsWith(${value}, ${literal(`/${name}`)})`;
  }
  const split = splitGlob(glob);
  if (split === undefined) {
    return undefined;
  }
  const { before, star, after } = split;
  const tests = [
    ...before === '' ? [] : [`startsWith(${value}, ${literal(before)})`],
    ...after === '' ? [] : [`endsWith(${value}, ${literal(after)})`],
    ...star === '*' ? [`!contains(${value}, '/')`] : [],
  ];
  return tests.join(' && ');
}

/** Whether a ref of a kind has a name that matches a glob. Its full name says both at once. */
export function refExpression(prefix: string, glob: string): string | undefined {
  if (isLiteral(glob)) {
    return `github.ref == ${literal(prefix + glob)}`;
  }
  const folder = /^\*\*\/([^*?]+)$/.exec(glob);
  if (folder) {
    return `startsWith(github.ref, '${prefix}') && endsWith(github.ref, ${literal(`/${folder[1]}`)})`;
  }
  const split = splitGlob(glob);
  return split && [
    `startsWith(github.ref, ${literal(prefix + split.before)})`,
    ...split.after === '' ? [] : [`endsWith(github.ref_name, ${literal(split.after)})`],
    ...split.star === '*' ? ['!contains(github.ref_name, \'/\')'] : [],
  ].join(' && ');
}

/** What stands before and after the one star of a glob; undefined where expressions cannot say what it means. */
function splitGlob(glob: string): { readonly before: string; readonly star: string; readonly after: string } | undefined {
  const [, before, star, after] = /^([^*?]*)(\*\*|\*)([^*?]*)$/.exec(glob) ?? [];
  // `aba` begins with `ab` and ends with `ba`; `**/` may stand for nothing.
  const isClear = star !== undefined && (before === '' || after === '') && !(star === '*' && (before + after).includes('/')) && !(star === '**' && after.startsWith('/'));
  return isClear ? { before, star, after } : undefined;
}

/** A glob as a pattern of a filter, in which more characters have a meaning (docs.github.com, Workflow syntax, filter pattern cheat sheet). */
function filterPattern(glob: string): string {
  const escaped = glob.replace(/[\\[\]+]/g, char => `\\${char}`).replaceAll('?', '*');
  return escaped.startsWith('!') ? `\\${escaped}` : escaped;
}

/** Whether a filter says the same as the globs: `?` is one character for us, and makes the character before optional for GitHub. */
export function isExact({ include, exclude }: GlobsNode): boolean {
  return ![...include, ...exclude].some(glob => glob.includes('?'));
}

export function matchesAll({ include, exclude }: GlobsNode): boolean {
  return exclude.length === 0 && include.some(glob => glob === '**');
}

/** The keys of a filter: `paths`, or `paths-ignore` where all but some is meant. */
export function filter(key: 'branches' | 'tags' | 'paths', globs: GlobsNode): Record<string, string[]> {
  if (globs.exclude.length > 0 && globs.include.length === 1 && globs.include[0] === '**') {
    return { [`${key}-ignore`]: globs.exclude.map(filterPattern) };
  }
  return { [key]: [...globs.include.map(filterPattern), ...globs.exclude.map(glob => `!${filterPattern(glob)}`)] };
}
