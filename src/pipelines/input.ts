import { checkIdentifier, checkShape, line } from './check';
import type { InputNode } from './graph';
import * as messages from './messages';
import { flag, listOf, oneOf } from '../core/shape';

/** What an input may say. */
export enum InputType {
  STRING = 'string',
  BOOLEAN = 'boolean',
  NUMBER = 'number',
  /** One of some options. */
  CHOICE = 'choice',
}

/** Options of an input. */
export interface PipelineInputOptions {
  /** What it is for, one line. */
  readonly description: string;

  /**
   * What it may say.
   *
   * @default InputType.STRING
   */
  readonly type?: InputType;

  /**
   * What it says when nothing is given. `true` or `false` for a boolean, digits for a number.
   *
   * @default - none: it has to be given
   */
  readonly default?: string;

  /**
   * What can be chosen, for a choice.
   *
   * @default - nothing
   */
  readonly options?: string[];

  /**
   * Whether it has to be given.
   *
   * @default - when it has no default
   */
  readonly required?: boolean;
}

const MOST = 25; // docs.github.com, Events that trigger workflows, workflow_dispatch

/** Throws FW1000 to FW1005 for an input that cannot be. */
export function checkedInput(path: string, name: string, options: PipelineInputOptions, others: readonly InputNode[]): InputNode {
  checkIdentifier(path, 'input', name, /^[a-z][A-Za-z0-9_]*$/);
  checkShape(path, `input ${name}`, options, {
    description: line, type: oneOf(InputType), default: (at, value) => value !== '' && line(at, value), options: listOf(line, 1, 100), required: flag,
  }, ['description']);
  if (others.some(other => other.name === name)) {
    throw messages.takenId.error(path, { what: 'inputs', id: name, other: path });
  }
  const { description, type = InputType.STRING, default: given, options: choices = [], required = given === undefined } = options;
  const refuse = (field: string, value: unknown, fault: string) => messages.invalidField.error(path, { kind: `input ${name}`, field, value, fault });
  if (others.length >= MOST) {
    throw refuse('number', others.length + 1, `is more than ${MOST}`);
  }
  if ((type === InputType.CHOICE) !== (choices.length > 0)) {
    throw refuse('options', choices, type === InputType.CHOICE ? 'leaves nothing to choose' : `do not go with the type ${type}`);
  }
  const fault = given === undefined ? undefined : valueFault(type, choices, given);
  if (fault) {
    throw refuse('default', given, fault);
  }
  return { name, type, description, required, options: [...choices], ...given !== undefined && { default: given } };
}

/** What is wrong with what an input is given, or nothing. */
export function valueFault(type: InputNode['type'], options: readonly string[], value: string): string | undefined {
  switch (type) {
    case 'boolean': return ['true', 'false'].includes(value) ? undefined : 'is neither true nor false';
    case 'number': return /^-?\d+(\.\d+)?$/.test(value) ? undefined : 'is no number';
    case 'choice': return options.includes(value) ? undefined : `is none of ${options.join(', ')}`;
    case 'string': return undefined;
  }
}
