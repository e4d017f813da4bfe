/*
 * PromQL as text: just enough to tell strings and comments from the rest.
 */

/** The quote that is open at the end of a text, if one is. */
export function openQuote(text: string): string | undefined {
  return parts(text).at(-1)?.open;
}

/** A query without its comments; Flagger joins the lines of a query, so that a comment would swallow the rest. */
export function withoutComments(text: string): string {
  return parts(text).filter(part => part.kind !== 'comment').map(part => part.text).join('').trim();
}

/** Whether a query is, as far as can be seen, one bare number, which has no place for no data. */
export function isScalar(query: string): boolean {
  const text = parts(query).map(part => part.kind === 'string' ? '""' : part.text).join('').replace(/\s+/g, '');
  if (/^[-+]?(\d[\d.]*(e[-+]?\d+)?|Inf|NaN|time\(\)|pi\(\))$/i.test(text)) {
    return true;
  }
  let depth = 0;
  if (!text.startsWith('scalar(')) {
    return false;
  }
  for (let i = 'scalar'.length; i < text.length; i++) {
    depth += text[i] === '(' ? 1 : text[i] === ')' ? -1 : 0;
    if (depth === 0) {
      return i === text.length - 1;
    }
  }
  return false;
}

interface Part {
  readonly kind: 'code' | 'string' | 'comment';
  readonly text: string;
  readonly open?: string;
}

function parts(text: string): Part[] {
  const result: Part[] = [];
  for (const [part] of text.matchAll(/"(?:\\[^]|[^"\\])*"?|'(?:\\[^]|[^'\\])*'?|`[^`]*`?|#[^\n]*|[^"'`#]+/g)) {
    const quote = /^["'`]/.test(part) ? part[0] : undefined;
    const isClosed = quote !== undefined && part.length > 1 && new RegExp(`^${quote}(?:${quote === '`' ? '' : '\\\\[^]|'}[^${quote}${quote === '`' ? '' : '\\\\'}])*${quote}$`).test(part);
    result.push({ kind: quote ? 'string' : part.startsWith('#') ? 'comment' : 'code', text: part, open: isClosed ? undefined : quote });
  }
  return result;
}
