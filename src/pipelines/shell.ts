import type { ConditionNode, StatusName, ValueNode } from './graph';
import { globPattern } from './graph';
import { freeName } from '../core/free-name';

/*
 * What engines write in the language of the shell. A script of the user is never taken apart or put together with values: it goes into a
 * file of its own, byte for byte.
 */

/** A word that the shell reads as the text, whatever is in it. */
export function quote(text: string): string {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll('\'', '\'\\\'\'')}'`;
}

/** How a shell gets at what a condition asks. Each is a word, such as `"$EVENT"`, or a command that succeeds when it holds. */
export interface ShellReader {
  word(value: ValueNode): string;
  event(): string;
  /** A command. */
  status(status: StatusName): string;
  /** A word. */
  result(job: string): string;
  /** A command. */
  changed(filter: string): string;
}

/** A condition as a command of bash that succeeds when it holds. */
export function shellCondition(condition: ConditionNode, reader: ShellReader): string {
  const oneOf = (word: string, values: readonly string[]) => {
    const tests = values.map(value => `[[ ${word} == ${quote(value)} ]]`);
    return tests.length === 1 ? tests[0] : `{ ${tests.join(' || ')}; }`;
  };
  switch (condition.kind) {
    case 'literal': return String(condition.value);
    case 'and':
    case 'or': {
      const parts = condition.of.map(each => shellCondition(each, reader));
      return `{ ${parts.join(condition.kind === 'and' ? ' && ' : ' || ')}; }`;
    }
    case 'not': return `! ${shellCondition(condition.of, reader)}`;
    case 'status': return reader.status(condition.status);
    case 'result': return oneOf(reader.result(condition.job), condition.is);
    case 'event': return oneOf(reader.event(), condition.is);
    case 'compare': return oneOf(reader.word(condition.value), condition.in);
    case 'matches': {
      const pattern = quote(`^(${condition.globs.map(glob => globPattern(glob).replaceAll('(?:', '(')).join('|')})$`);
      return `( pattern=${pattern}; [[ ${reader.word(condition.value)} =~ $pattern ]] )`;
    }
    case 'changed': return reader.changed(condition.filter);
  }
}

/** Lines that put a script into a file, byte for byte. */
export function scriptFile(script: string, file: string): string[] {
  const end = freeName('FAIRWAY_SCRIPT', new Set(script.split('\n')), '_');
  return [`cat > ${file} <<'${end}'`, script, end];
}

export interface Retrying {
  readonly attempts: number;
  readonly delaySeconds: number;
  /** What runs a script file. `bash -euo pipefail` without it. */
  readonly shell?: string;
}

/**
 * A script that tries another one until it succeeds. It runs in a shell of its own each time: `set -e` has no effect within a condition
 * (POSIX, `set -e`).
 */
export function retried(script: string, { attempts, delaySeconds, shell = 'bash -euo pipefail' }: Retrying): string {
  return [
    'fairway_script=$(mktemp)',
    ...scriptFile(script, '"$fairway_script"'),
    'fairway_attempt=1',
    `until ${shell} "$fairway_script"; do`,
    '  fairway_status=$?',
    `  if [ "$fairway_attempt" -ge ${attempts} ]; then`,
    '    exit "$fairway_status"',
    '  fi',
    `  echo "attempt $fairway_attempt of ${attempts} failed" >&2`,
    '  fairway_attempt=$((fairway_attempt + 1))',
    ...delaySeconds > 0 ? [`  sleep ${delaySeconds}`] : [],
    'done',
  ].join('\n');
}
