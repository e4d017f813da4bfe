import * as messages from './messages';
import { Check, text } from '../../../core/shape';

/*
 * Expressions of expr-lang and templates of Go: that what is opened is closed. What they say only their engines know.
 */

const QUOTES: Record<string, RegExp> = { '"': /^"(?:[^"\\]|\\[^])*"/, '\'': /^'(?:[^'\\]|\\[^])*'/, '`': /^`[^`]*`/ };

/** What is wrong with an expression, or nothing. */
export function expressionFault(expression: string): string | undefined {
  const open: string[] = [];
  for (let i = 0; i < expression.length; i++) {
    const c = expression[i];
    if (c in QUOTES) {
      const quoted = QUOTES[c].exec(expression.slice(i));
      if (quoted === null) {
        return 'has a text that no quote closes';
      }
      i += quoted[0].length - 1;
    } else if ('([{'.includes(c)) {
      open.push(c);
    } else if (')]}'.includes(c) && open.pop() !== '([{'[')]}'.indexOf(c)]) {
      return 'has brackets that do not match';
    }
  }
  return open.length > 0 ? 'has brackets that do not match' : undefined;
}

/** What is wrong with a template of Go, or nothing. */
export function templateFault(template: string): string | undefined {
  let depth = 0;
  for (let at = template.indexOf('{{'); at >= 0; at = template.indexOf('{{', at)) {
    const end = template.indexOf('}}', at + 2);
    if (end < 0) {
      return 'has an action that no }} closes';
    }
    const [, word] = /^-?\s*(\w*)/.exec(template.slice(at + 2, end))!;
    if (['if', 'range', 'with', 'block', 'define'].includes(word)) {
      depth++;
    } else if (word === 'end' && --depth < 0) {
      return 'has an {{ end }} too many';
    }
    at = end + 2;
  }
  return depth > 0 ? 'has a block that no {{ end }} closes' : undefined;
}

function readable(faultOf: (value: string) => string | undefined, most: number): Check {
  return (at, value) => {
    text(at, value);
    const fault = (value as string).length > most ? `has more than ${most} characters` : faultOf(value as string);
    if (fault !== undefined) {
      throw messages.invalidExpression.error(at.path, { kind: at.kind, field: at.field, value, fault });
    }
  };
}

export const expression = readable(expressionFault, 8192);
export const template = readable(templateFault, 8192);
