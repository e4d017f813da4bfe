import type { Events } from './events';
import type { Values } from './expressions';
import * as messages from './messages';
import type { Report } from './report';
import { asksStatus, describe, describeValue, simplified } from '../../graph';
import type { ConditionNode, ValueNode } from '../../graph';

/** How tightly an expression binds. */
const enum Rank { OR, AND, COMPARISON }

interface Part {
  readonly text: string;
  readonly rank: Rank;
  /** What an `or` is made of, as long as those are comparisons. */
  readonly of?: readonly string[];
}

export interface ConditionPlace {
  readonly path: string;
  /** `job build`, `step test`. */
  readonly what: string;
  readonly isJob: boolean;
}

/** Conditions as expressions. GitHub adds `success()` by itself where no status is asked for. */
export class Conditions {
  public constructor(private readonly events: Events, private readonly values: Values, private readonly report: Report) {}

  /** The text of an `if`; undefined where none is needed. */
  public write(condition: ConditionNode | undefined, place: ConditionPlace): string | undefined {
    if (condition === undefined) {
      return undefined;
    }
    const known = simplified(withKnown(condition, this.events));
    if (known.kind === 'literal' && known.value || known.kind === 'status' && known.status === 'success') {
      return undefined;
    }
    if (known.kind === 'literal') {
      this.report.find(messages.neverRuns.at(place.path, { what: place.what, condition: describe(condition) }));
      return 'false';
    }
    // What GitHub adds anyway is noise, unless another part asks for a status.
    const rest = known.kind === 'and' ? { ...known, of: known.of.filter(each => !(each.kind === 'status' && each.status === 'success')) } : known;
    return this.part(simplified(asksStatus(rest) ? known : rest), place).text;
  }

  private part(condition: ConditionNode, place: ConditionPlace): Part {
    switch (condition.kind) {
      case 'literal': return { text: String(condition.value), rank: Rank.COMPARISON };
      case 'and':
      case 'or': {
        const rank = condition.kind === 'and' ? Rank.AND : Rank.OR;
        const parts = condition.of.map(each => this.part(each, place));
        return { text: parts.map(each => each.rank < rank ? `(${each.text})` : each.text).join(rank === Rank.AND ? ' && ' : ' || '), rank };
      }
      case 'not': return not(this.part(condition.of, place));
      case 'status': return { text: `${condition.status}()`, rank: Rank.COMPARISON };
      case 'result': return anyOf(condition.is.map(result => `needs.${condition.job}.result == '${result}'`));
      case 'event': return anyOf(this.eventTests(condition.is));
      case 'compare': {
        const { value } = condition;
        if (value.kind === 'context' && value.name === 'event') {
          return anyOf(this.eventTests(condition.in as Parameters<Events['is']>[0][]));
        }
        this.checkKnown(value, place);
        return ranked(this.values.isOneOf(value, condition.in));
      }
      case 'matches': {
        this.checkKnown(condition.value, place);
        return anyOf(condition.globs.map(glob => this.values.matches(condition.value, glob) ?? this.refuse(glob, place)));
      }
      case 'changed': return { text: 'false', rank: Rank.COMPARISON }; // a job looks for changes: no condition asks so any more
    }
  }

  private eventTests(events: readonly Parameters<Events['is']>[0][]): string[] {
    return events.map(event => this.events.is(event)).filter(test => test !== false).map(String);
  }

  private refuse(glob: string, { path, what }: ConditionPlace): string {
    this.report.find(messages.unwritableCondition.at(path, { what, glob }));
    return 'false';
  }

  private checkKnown(value: ValueNode, { path, what, isJob }: ConditionPlace): void {
    const refuse = (instead: string) => this.report.find(messages.unreadable.at(path, { value: describeValue(value), place: `condition of the ${what}`, instead }));
    if (value.kind === 'secret') {
      refuse('Ask for the secret in a script.');
    } else if (value.kind === 'matrix' && isJob) {
      refuse('Exclude the combination from the matrix, or put the condition on the steps.');
    }
  }
}

/** A condition with what is certain of the events of this workflow. */
function withKnown(condition: ConditionNode, events: Events): ConditionNode {
  switch (condition.kind) {
    case 'and':
    case 'or': return { ...condition, of: condition.of.map(each => withKnown(each, events)) };
    case 'not': return { ...condition, of: withKnown(condition.of, events) };
    case 'event': {
      const tests = condition.is.map(event => events.is(event));
      const certain = tests.includes(true) ? true : tests.every(test => test === false) ? false : undefined;
      return certain === undefined ? condition : { kind: 'literal', value: certain };
    }
    default: return condition;
  }
}

function ranked(text: string): Part {
  return { text, rank: topLevel(text, '||') ? Rank.OR : topLevel(text, '&&') ? Rank.AND : Rank.COMPARISON };
}

/** Whether an operator stands outside of all parentheses and strings. */
function topLevel(text: string, operator: string): boolean {
  let depth = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === '\'') {
      quoted = !quoted;
    } else if (!quoted) {
      depth += char === '(' ? 1 : char === ')' ? -1 : 0;
      if (depth === 0 && text.startsWith(operator, i)) {
        return true;
      }
    }
  }
  return false;
}

function anyOf(tests: readonly string[]): Part {
  if (tests.length < 2) {
    return ranked(tests[0] ?? 'false');
  }
  const parts = tests.map(ranked);
  const text = parts.map(part => part.text).join(' || ');
  return { text, rank: Rank.OR, ...parts.every(part => part.rank === Rank.COMPARISON) && { of: tests } };
}

function not({ text, rank, of }: Part): Part {
  if (of) {
    return { text: of.map(test => not(ranked(test)).text).join(' && '), rank: Rank.AND };
  }
  const compared = /^([\w.-]+) (==|!=) ('(?:[^']|'')*')$/.exec(text);
  if (compared) {
    return { text: `${compared[1]} ${compared[2] === '==' ? '!=' : '=='} ${compared[3]}`, rank };
  }
  return { text: rank === Rank.COMPARISON && /^[\w.-]+(\(.*\))?$/.test(text) ? `!${text}` : `!(${text})`, rank: Rank.COMPARISON };
}

/** Two texts of an `if`, of which both have to hold. */
export function bothHold(first: string | undefined, second: string | undefined): string | undefined {
  if (first === undefined || second === undefined) {
    return first ?? second;
  }
  return [first, second].map(text => ranked(text).rank === Rank.OR ? `(${text})` : text).join(' && ');
}
