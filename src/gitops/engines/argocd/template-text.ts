/*
 * Texts of Go's text/template, as far as it takes no parser of expressions: what opens must close, and blocks must end.
 */

/** The functions of Sprig that the controller takes away, because they show its environment (applicationset/utils/utils.go). */
const TAKEN_AWAY = ['env', 'expandenv', 'getHostByName'];

const OPENS = ['if', 'range', 'with', 'block', 'define'];

/** Whether a text holds something that is replaced. */
export function isTemplated(text: string): boolean {
  return /\{\{[^]*\}\}/.test(text);
}

/** What is wrong with a text, or nothing. */
export function templateFault(text: string, isGoTemplate: boolean): string | undefined {
  return isGoTemplate ? goTemplateFault(text) : plainFault(text);
}

/** Without Go templates: what is between braces is the name of a parameter (valyala/fasttemplate, which refuses one that does not end). */
function plainFault(text: string): string | undefined {
  const open = text.lastIndexOf('{{');
  return open >= 0 && !text.includes('}}', open) ? 'has braces that do not close' : undefined;
}

function goTemplateFault(text: string): string | undefined {
  const blocks: string[] = [];
  let from = text.indexOf('{{');
  while (from >= 0) {
    const action = actionAt(text, from + 2);
    if (typeof action === 'string') {
      return action;
    }
    const [keyword] = /^\w*/.exec(action.body)!;
    if (OPENS.includes(keyword)) {
      blocks.push(keyword);
    } else if (keyword === 'end' && blocks.pop() === undefined) {
      return 'has an end without a beginning';
    } else if (keyword === 'else' && !['if', 'range', 'with'].includes(blocks.at(-1) ?? '')) {
      return 'has an else without an if';
    } else if (action.body === '' && !action.isComment) {
      return 'has nothing between braces';
    }
    const taken = TAKEN_AWAY.find(name => new RegExp(`(^|[\\s(|])${name}(?![\\w.])`).test(action.code));
    if (taken) {
      return `calls ${taken}, which is not there`;
    }
    from = text.indexOf('{{', action.end);
  }
  return blocks.length > 0 ? `has a ${blocks.at(-1)} that does not end` : undefined;
}

interface Action {
  /** What stands between the braces. */
  readonly body: string;
  /** The same without what stands in quotes. */
  readonly code: string;
  readonly isComment: boolean;
  readonly end: number;
}

/** The action that begins here, or what is wrong with it. */
function actionAt(text: string, start: number): Action | string {
  const comment = /^(?:- )?\/\*/.exec(text.slice(start, start + 4));
  if (comment) {
    const close = text.indexOf('*/', start + comment[0].length);
    const [ending] = close < 0 ? [''] : /^(?: -)?\}\}|/.exec(text.slice(close + 2, close + 6))!;
    return ending === '' ? 'has a comment that does not end' : { body: '', code: '', isComment: true, end: close + 2 + ending.length };
  }
  let code = '';
  let parentheses = 0;
  let i = start;
  while (i < text.length) {
    const char = text[i];
    if (text.startsWith('}}', i)) {
      if (parentheses !== 0) {
        return 'has parentheses that do not close';
      }
      const body = text.slice(start, i).replace(/^-(?=\s)/, '').replace(/\s-$/, '').trim();
      return { body, code, isComment: false, end: i + 2 };
    }
    if (text.startsWith('{{', i)) {
      return 'has braces in braces';
    }
    if (char === '"' || char === '`' || char === '\'') {
      const close = endOfQuotes(text, i);
      if (close < 0) {
        return 'has quotes that do not close';
      }
      i = close + 1;
      code += ' ';
      continue;
    }
    parentheses += char === '(' ? 1 : char === ')' ? -1 : 0;
    if (parentheses < 0) {
      return 'has parentheses that do not open';
    }
    code += char;
    i++;
  }
  return 'has braces that do not close';
}

function endOfQuotes(text: string, start: number): number {
  const quote = text[start];
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\' && quote !== '`') {
      i++;
    } else if (text[i] === quote) {
      return i;
    } else if (text[i] === '\n' && quote !== '`') {
      return -1;
    }
  }
  return -1;
}
