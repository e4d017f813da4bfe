import { contextWord, variableOf } from './contexts';
import { Text, ValueNode, writeText } from '../../graph';
import { quote } from '../../shell';

/** A value as a word of the shell that the steps of a job are started by. It is never read as code: it comes out of a variable or a file. */
export function wordOf(value: ValueNode): string {
  switch (value.kind) {
    case 'output': return `"$(output_of_job ${value.job} ${value.name})"`;
    case 'stepOutput': return `"$(output_of_step ${value.step} ${value.name})"`;
    case 'input':
    case 'secret': return `"\${${value.name}:-}"`;
    case 'matrix': return `"\${${value.axis}:-}"`;
    case 'context': return contextWord(value.name);
    case 'result': return `"$(result_of_job ${value.job})"`;
    case 'hash': return '\'\'';
  }
}

/** Text as one word. */
export function textWord(text: Text): string {
  return text.length === 0 ? '\'\'' : writeText(text, wordOf, quote);
}

/** The variable of GitLab that holds a value before the job starts, where there is one. */
export function variableFor(value: ValueNode): string | undefined {
  switch (value.kind) {
    case 'input':
    case 'secret': return value.name;
    case 'matrix': return value.axis;
    case 'context': return variableOf(value.name);
    default: return undefined;
  }
}

/** Text that GitLab expands variables in; undefined when it holds something that no variable knows. */
export function expandable(text: Text, variable: (value: ValueNode) => string | undefined = variableFor): string | undefined {
  const names = text.map(part => typeof part === 'string' ? '' : variable(part));
  if (names.includes(undefined)) {
    return undefined;
  }
  return text.map((part, i) => typeof part === 'string' ? escaped(part) : `\${${names[i]}}`).join('');
}

/** Text in which GitLab finds nothing to expand (doc/ci/variables: `$$`). */
export function escaped(text: string): string {
  return text.replaceAll('$', '$$$$');
}
