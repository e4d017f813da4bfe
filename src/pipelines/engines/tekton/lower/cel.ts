import type { ConditionNode, ValueNode } from '../../../graph';
import { CONTEXTS, globPattern } from '../../../graph';

/*
 * Conditions in CEL. For `when`, Tekton puts values into the text of the expression (pkg/reconciler/pipelinerun/resources/apply.go), so only
 * values that nobody outside can choose may stand in it. A filter of Triggers reads the event itself, where any value may.
 */

/** A text in CEL. */
export function celText(text: string): string {
  return JSON.stringify(text).replace(/\u2028|\u2029/g, char => `\\u${char.charCodeAt(0).toString(16)}`);
}

/** Whether a value matches globs, as an expression. */
export function celMatches(value: string, globs: readonly string[]): string {
  return `${value}.matches(${celText(`^(?:${globs.map(globPattern).join('|')})$`)})`;
}

/** A condition in CEL for a `when`, or nothing where a value in it is not to be trusted. */
export function celWhen(condition: ConditionNode, param: (value: ValueNode) => string): string | undefined {
  const word = (value: ValueNode) => value.kind === 'context' && CONTEXTS[value.name] === 'trusted' ? `'${param(value)}'` : undefined;
  switch (condition.kind) {
    case 'literal': return String(condition.value);
    case 'and':
    case 'or': {
      const parts = condition.of.map(each => celWhen(each, param));
      return parts.every(part => part !== undefined) ? `(${parts.join(condition.kind === 'and' ? ' && ' : ' || ')})` : undefined;
    }
    case 'not': {
      const of = celWhen(condition.of, param);
      return of && `!${of.startsWith('(') ? of : `(${of})`}`;
    }
    case 'event': return `'${param({ kind: 'context', name: 'event' })}' in [${condition.is.map(celText).join(', ')}]`;
    case 'compare': {
      const value = word(condition.value);
      return value && `${value} in [${condition.in.map(celText).join(', ')}]`;
    }
    case 'matches': {
      const value = word(condition.value);
      return value && celMatches(value, condition.globs);
    }
    default: return undefined;
  }
}
