import type { Events } from './events';
import { globExpression, literal, refExpression } from './globs';
import type { InputNode, Text, ValueNode } from '../../graph';
import { writeText } from '../../graph';

/*
 * Expressions of GitHub Actions (docs.github.com, Evaluate expressions in workflows and actions).
 */

/** Plain text for a place where GitHub looks for expressions: what looks like the start of one says itself. */
export function inert(text: string): string {
  return text.replaceAll('${{', '${{ \'${{\' }}');
}

/** Whether a name can stand behind a dot. */
function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][\w-]*$/.test(name);
}

function member(of: string, name: string): string {
  return isIdentifier(name) ? `${of}.${name}` : `${of}[${literal(name)}]`;
}

/** Values as expressions, for one workflow. */
export class Values {
  private readonly inputs: Map<string, InputNode>;

  public constructor(private readonly events: Events, inputs: readonly InputNode[]) {
    this.inputs = new Map(inputs.map(input => [input.name, input]));
  }

  /** Without `${{ }}`. */
  public expression(value: ValueNode): string {
    switch (value.kind) {
      case 'output': return member(`needs.${value.job}.outputs`, value.name);
      case 'stepOutput': return member(`steps.${value.step}.outputs`, value.name);
      case 'input': return this.input(value.name);
      case 'matrix': return member('matrix', value.axis);
      case 'secret': return `secrets.${value.name}`;
      case 'context': return this.events.context(value.name);
      case 'result': return `needs.${value.job}.result`;
      case 'hash': return `hashFiles(${value.files.map(literal).join(', ')})`;
    }
  }

  /** A text with its values in `${{ }}`. */
  public text(text: Text): string {
    return writeText(text, value => `\${{ ${this.expression(value)} }}`, inert);
  }

  /** Whether a value is one of the strings, as an expression. */
  public isOneOf(value: ValueNode, texts: readonly string[]): string {
    const input = value.kind === 'input' ? this.inputs.get(value.name) : undefined;
    if (input?.type === 'boolean') {
      // `true == 'true'` does not hold: both would be numbers.
      const tests = texts.filter(text => text === 'true' || text === 'false').map(text => text === 'true' ? this.input(input.name) : negated(this.input(input.name)));
      return tests.length === 0 ? 'false' : tests.length === 1 ? tests[0] : 'true';
    }
    const prefix = refPrefix(value);
    if (prefix !== undefined) {
      // The full name says as well that it is no ref of another kind.
      return texts.map(text => text === '' ? `!startsWith(github.ref, '${prefix}')` : `github.ref == ${literal(prefix + text)}`).join(' || ');
    }
    const expression = this.expression(value);
    const operand = /\|\||&&/.test(expression) ? `(${expression})` : expression;
    if (texts.length > 3) {
      return `contains(fromJSON(${literal(JSON.stringify(texts))}), ${expression})`;
    }
    return texts.map(text => `${operand} == ${literal(text)}`).join(' || ');
  }

  /** Whether a value matches a glob, as an expression; undefined for what expressions cannot say. */
  public matches(value: ValueNode, glob: string): string | undefined {
    const prefix = refPrefix(value);
    if (prefix !== undefined) {
      return refExpression(prefix, glob);
    }
    const expression = this.expression(value);
    return globExpression(/\|\||&&/.test(expression) ? `(${expression})` : expression, glob);
  }

  /**
   * An input, with its default where the run was started without inputs. An input that is missing is null, and `null == false` holds: what is
   * false and what is missing are told apart by their JSON.
   */
  private input(name: string): string {
    const expression = `inputs.${name}`;
    const input = this.inputs.get(name);
    if (input === undefined || !this.events.startsWithoutInputs) {
      return expression;
    }
    if (input.type === 'boolean') {
      return input.default === 'true' ? `toJSON(${expression}) != 'false'` : `${expression} == true`;
    }
    if (input.default === undefined || input.default === '') {
      return expression;
    }
    return input.type === 'number' ? `format('{0}', ${expression}) || ${literal(input.default)}` : `${expression} || ${literal(input.default)}`;
  }
}

/** What full names of such refs begin with. */
function refPrefix(value: ValueNode): string | undefined {
  const name = value.kind === 'context' ? value.name : undefined;
  return name === 'branch' ? 'refs/heads/' : name === 'tag' ? 'refs/tags/' : undefined;
}

function negated(expression: string): string {
  const compared = /^(.*) (==|!=) (true|'false')$/.exec(expression);
  return compared ? `${compared[1]} ${compared[2] === '==' ? '!=' : '=='} ${compared[3]}` : `!${expression}`;
}
