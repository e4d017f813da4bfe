/** A token of a condition. */
export interface Token {
  readonly kind: 'number' | 'string' | 'name' | 'operator' | 'end';
  readonly text: string;
}

const PATTERN = new RegExp([
  /(?<space>\s+)/,
  /(?<number>0[xX][0-9a-fA-F_]+|(?:\d[\d_]*(?:\.(?!\.)\d*)?|\.\d+)(?:[eE][+-]?\d+)?)/,
  /(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`[^`]*`)/,
  /(?<name>[A-Za-z_$][\w$]*)/,
  /(?<operator>\|\||&&|==|!=|<=|>=|\*\*|\?\?|\?\.|\.\.|[-+*/%^!<>()[\]{}.,:?#|;=])/,
].map(part => part.source).join('|'), 'y');

const WORDS = new Set(['or', 'and', 'not', 'in', 'matches', 'contains', 'startsWith', 'endsWith', 'let']);

/** Cuts a condition into tokens. Returns the fault as a text where there is one. */
export function tokenize(source: string): Token[] | string {
  const tokens: Token[] = [];
  PATTERN.lastIndex = 0;
  while (PATTERN.lastIndex < source.length) {
    const from = PATTERN.lastIndex;
    const groups = PATTERN.exec(source)?.groups;
    if (!groups) {
      return `has ${JSON.stringify(source.slice(from, from + 10))}, which the simulator does not know`;
    }
    if (groups.number !== undefined) {
      tokens.push({ kind: 'number', text: groups.number.replaceAll('_', '') });
    } else if (groups.string !== undefined) {
      tokens.push({ kind: 'string', text: unquote(groups.string) });
    } else if (groups.name !== undefined) {
      tokens.push({ kind: WORDS.has(groups.name) ? 'operator' : 'name', text: groups.name });
    } else if (groups.operator !== undefined) {
      tokens.push({ kind: 'operator', text: groups.operator });
    }
  }
  tokens.push({ kind: 'end', text: 'the end' });
  return tokens;
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' };

function unquote(text: string): string {
  const inner = text.slice(1, -1);
  return text.startsWith('`') ? inner : inner.replace(/\\(.)/g, (_, c: string) => ESCAPES[c] ?? c);
}
