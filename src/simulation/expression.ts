import { Token, tokenize } from './expression-lexer';
import { add, array, bool, compare, contains, equal, EvaluationError, fail, fetch, FUNCTIONS, isTyped, number, slice, text, typeName } from './expression-values';
import * as messages from './messages';

/** What a condition sees: the result of the provider, and the element a predicate looks at. */
interface Scope {
  readonly result: unknown;
  readonly item?: unknown;
  readonly index?: number;
}

type Evaluate = (scope: Scope) => unknown;

/** A condition of a metric, compiled once. */
export interface Condition {
  /** True or false; throws EvaluationError where the controller would call the measurement an Error. */
  readonly holds: (result: unknown) => boolean;
  /** The numbers in it, among which are its thresholds. */
  readonly numbers: readonly number[];
  /** The fields of `result` it reads. */
  readonly fields: readonly string[];
}

export { EvaluationError };

/** Compiles a condition in expr-lang. Throws FW804 for syntax that is wrong, or that the simulator does not know. */
export function compileCondition(source: unknown, where: string): Condition {
  if (typeof source !== 'string' || source.length > 10_000) {
    throw messages.invalidCondition.error(where, { condition: source, fault: 'is no text of a reasonable length' });
  }
  const parser = new Parser(source, where);
  const evaluate = parser.parse();
  return { holds: result => bool(evaluate({ result: result ?? null })), numbers: parser.numbers, fields: parser.fields };
}

const BINARY: Record<string, number> = {
  'or': 10,
  '||': 10,
  'and': 15,
  '&&': 15,
  '==': 20,
  '!=': 20,
  '<': 20,
  '>': 20,
  '>=': 20,
  '<=': 20,
  'in': 20,
  'contains': 20,
  'startsWith': 20,
  'endsWith': 20,
  '+': 30,
  '-': 30,
  '*': 60,
  '/': 60,
  '**': 100,
  '^': 100,
  '??': 500,
};
const RIGHT = new Set(['**', '^']);
const PREDICATES = new Set(['all', 'any', 'none', 'one', 'filter', 'map', 'count']);
const DEEPEST = 200;

class Parser {
  public readonly numbers: number[] = [];
  public readonly fields: string[] = [];
  private readonly tokens: Token[];
  private at = 0;
  private closures = 0;
  private depth = 0;

  public constructor(private readonly source: string, private readonly where: string) {
    const tokens = tokenize(source);
    this.tokens = typeof tokens === 'string' ? this.refuse(tokens) : tokens;
  }

  public parse(): Evaluate {
    const evaluate = this.expression(0);
    return this.token.kind === 'end' ? evaluate : this.unexpected();
  }

  private get token(): Token {
    return this.tokens[this.at];
  }

  private refuse(fault: string): never {
    throw messages.invalidCondition.error(this.where, { condition: this.source, fault });
  }

  private unexpected(): never {
    return this.refuse(`has ${JSON.stringify(this.token.text)} where the simulator knows nothing of the kind`);
  }

  private is(operator: string): boolean {
    return this.token.kind === 'operator' && this.token.text === operator;
  }

  private take(operator: string): boolean {
    const found = this.is(operator);
    this.at += found ? 1 : 0;
    return found;
  }

  private expect(operator: string): void {
    if (!this.take(operator)) {
      this.refuse(`lacks ${JSON.stringify(operator)} before ${JSON.stringify(this.token.text)}`);
    }
  }

  private expression(precedence: number): Evaluate {
    if (++this.depth > DEEPEST) {
      this.refuse('is nested too deeply');
    }
    let left = this.primary();
    let coalesced = false;
    for (;;) {
      const start = this.at;
      const negated = this.take('not');
      const operator = this.token.kind === 'operator' ? this.token.text : '';
      const binding = BINARY[operator];
      if (binding === undefined || binding < precedence) {
        this.at = start;
        break;
      }
      if (coalesced && operator !== '??') {
        this.refuse('mixes ?? with other operators without parentheses');
      }
      coalesced = operator === '??';
      this.at++;
      const combined = combine(operator, left, this.expression(RIGHT.has(operator) ? binding : binding + 1));
      left = negated ? scope => !bool(combined(scope)) : combined;
    }
    this.depth--;
    return precedence === 0 ? this.conditional(left) : left;
  }

  private conditional(condition: Evaluate): Evaluate {
    if (!this.take('?')) {
      return condition;
    }
    const yes = this.is(':') ? condition : this.expression(0);
    this.expect(':');
    const no = this.expression(0);
    return this.conditional(scope => (bool(condition(scope)) ? yes(scope) : no(scope)));
  }

  private primary(): Evaluate {
    for (const [operator, binding] of [['not', 50], ['!', 50], ['-', 90], ['+', 90]] as const) {
      if (this.take(operator)) {
        const operand = this.expression(binding);
        if (binding === 50) {
          return scope => !bool(operand(scope));
        }
        return operator === '-' ? scope => -number(operand(scope), '-') : scope => number(operand(scope), '+');
      }
    }
    if (this.take('(')) {
      const inner = this.expression(0);
      this.expect(')');
      return this.postfix(inner);
    }
    if (this.closures > 0 && (this.is('#') || this.is('.'))) {
      if (this.take('#') && this.token.kind === 'name') {
        const name = this.tokens[this.at++].text;
        return name === 'index' ? this.postfix(scope => scope.index) : this.refuse(`has #${name}, which the simulator does not know`);
      }
      return this.postfix(scope => scope.item);
    }
    return this.secondary();
  }

  private secondary(): Evaluate {
    const token = this.token;
    this.at++;
    switch (token.kind) {
      case 'number': {
        const value = Number(token.text);
        this.numbers.push(value);
        return () => value;
      }
      case 'string':
        return this.postfix(() => token.text);
      case 'name':
        return this.name(token.text);
      case 'operator':
        if (token.text === '[') {
          const elements = this.list(']');
          return this.postfix(scope => elements.map(element => element(scope)));
        }
    }
    this.at--;
    return this.unexpected();
  }

  private name(name: string): Evaluate {
    switch (name) {
      case 'true': return () => true;
      case 'false': return () => false;
      case 'nil': return () => null;
      case 'result':
        this.noteField();
        return this.postfix(scope => scope.result);
    }
    if (!this.take('(')) {
      return this.refuse(`has ${JSON.stringify(name)}, which the simulator does not know`);
    }
    if (PREDICATES.has(name)) {
      return this.predicate(name);
    }
    const args = this.list(')');
    if (name === 'isNil' && args.length === 1) {
      return scope => scope.result === null; // the controller looks at the result, whatever the argument is
    }
    if (name === 'default' && args.length === 2) {
      return this.postfix(scope => (scope.result === null ? args[1](scope) : scope.result));
    }
    const found = Object.prototype.hasOwnProperty.call(FUNCTIONS, name) ? FUNCTIONS[name] : undefined;
    if (!found || args.length < found.least || args.length > found.most) {
      return this.refuse(`calls ${name} with ${args.length} arguments, which the simulator does not know`);
    }
    return this.postfix(scope => found.call(...args.map(arg => arg(scope))));
  }

  private noteField(): void {
    const [dot, field] = [this.token, this.tokens[this.at + 1]];
    if (dot.kind === 'operator' && (dot.text === '.' || dot.text === '?.') && field?.kind === 'name') {
      this.fields.push(field.text);
    } else if (dot.kind === 'operator' && dot.text === '[' && field?.kind === 'string') {
      this.fields.push(field.text);
    }
  }

  private predicate(name: string): Evaluate {
    const source = this.expression(0);
    if (name === 'count' && this.take(')')) {
      return this.refuse('calls count without a predicate, which the simulator does not know');
    }
    this.expect(',');
    const braces = this.take('{');
    this.closures++;
    const test = this.expression(0);
    this.closures--;
    if (braces) {
      this.expect('}');
    }
    this.expect(')');
    return this.postfix(scope => {
      const items = array(source(scope), name);
      const run = (item: unknown, index: number): unknown => test({ result: scope.result, item, index });
      const holds = (item: unknown, index: number): boolean => bool(run(item, index));
      switch (name) {
        case 'all': return items.every(holds);
        case 'any': return items.some(holds);
        case 'none': return !items.some(holds);
        case 'one': return items.filter(holds).length === 1;
        case 'filter': return items.filter(holds);
        case 'map': return items.map(run);
        default: return items.filter(holds).length;
      }
    });
  }

  private list(end: string): Evaluate[] {
    const elements: Evaluate[] = [];
    while (!this.take(end)) {
      if (elements.length > 0) {
        this.expect(',');
      }
      elements.push(this.expression(0));
    }
    return elements;
  }

  private postfix(value: Evaluate): Evaluate {
    if (this.is('.') || this.is('?.')) {
      const optional = this.take('?.');
      if (!optional) {
        this.at++;
      }
      return this.field(value, optional);
    }
    return this.take('[') ? this.index(value) : value;
  }

  private field(value: Evaluate, optional: boolean): Evaluate {
    const { kind, text: name } = this.token;
    if (kind !== 'name' && !(kind === 'operator' && /^\w+$/.test(name))) {
      this.refuse('lacks a name after a dot');
    }
    this.at++;
    if (this.is('(')) {
      return this.refuse(`calls the method ${name}, which the simulator does not know`);
    }
    if (!optional) {
      return this.postfix(scope => fetch(value(scope), name));
    }
    // Nothing of a chain is read once its beginning is nil.
    const rest = this.postfix(scope => fetch(scope.item, name));
    return scope => {
      const from = value(scope);
      return from === null || from === undefined ? null : rest({ result: scope.result, item: from, index: scope.index });
    };
  }

  private index(value: Evaluate): Evaluate {
    const from = this.is(':') ? undefined : this.expression(0);
    if (this.take(':')) {
      const to = this.is(']') ? undefined : this.expression(0);
      this.expect(']');
      return this.postfix(scope => slice(value(scope), from?.(scope), to?.(scope)));
    }
    this.expect(']');
    return this.postfix(scope => fetch(value(scope), from!(scope)));
  }
}

function combine(operator: string, left: Evaluate, right: Evaluate): Evaluate {
  switch (operator) {
    case 'or': case '||': return scope => bool(left(scope)) || bool(right(scope));
    case 'and': case '&&': return scope => bool(left(scope)) && bool(right(scope));
    case '==': return scope => equal(left(scope), right(scope), isTyped(scope.result));
    case '!=': return scope => !equal(left(scope), right(scope), isTyped(scope.result));
    case '<': return scope => compare(left(scope), right(scope), (a, b) => a < b);
    case '>': return scope => compare(left(scope), right(scope), (a, b) => a > b);
    case '<=': return scope => compare(left(scope), right(scope), (a, b) => a <= b);
    case '>=': return scope => compare(left(scope), right(scope), (a, b) => a >= b);
    case 'in': return scope => contains(right(scope), left(scope));
    case 'contains': return scope => text(left(scope), 'contains').includes(text(right(scope), 'contains'));
    case 'startsWith': return scope => text(left(scope), 'startsWith').startsWith(text(right(scope), 'startsWith'));
    case 'endsWith': return scope => text(left(scope), 'endsWith').endsWith(text(right(scope), 'endsWith'));
    case '+': return scope => add(left(scope), right(scope));
    case '-': return scope => number(left(scope), '-') - number(right(scope), '-');
    case '*': return scope => number(left(scope), '*') * number(right(scope), '*');
    case '/': return scope => number(left(scope), '/') / number(right(scope), '/');
    case '**': case '^': return scope => number(left(scope), operator) ** number(right(scope), operator);
    case '??': return scope => left(scope) ?? right(scope);
    default: return () => fail(`${operator} takes no ${typeName(undefined)}`);
  }
}
