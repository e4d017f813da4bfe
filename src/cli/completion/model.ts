import { Argument, Command, Option } from 'commander';

/** What can be typed after `fairway`, whatever the shell. */
export interface CompletionModel {
  readonly name: string;
  readonly options: CompletedOption[];
  readonly commands: CompletedCommand[];
}

export interface CompletedCommand {
  readonly name: string;
  readonly description: string;
  readonly options: CompletedOption[];
  /** What its first argument may be. */
  readonly argument: CompletedValue;
}

export interface CompletedOption {
  /** `--format`, or `-h` and `--help`. */
  readonly flags: string[];
  readonly description: string;
  /** What follows the flag; nothing for a switch. */
  readonly value?: CompletedValue;
}

/** A value: one of some words, a path, or anything. */
export type CompletedValue =
  | { readonly type: 'words'; readonly words: string[] }
  | { readonly type: 'path' }
  | { readonly type: 'free' };

/**
 * Reads the commands of a program.
 *
 * @param program the program
 * @param words the words that an argument of a name may be, where the program does not list them
 */
export function completionModel(program: Command, words: Record<string, string[]> = {}): CompletionModel {
  const help = program.createHelp();
  const commands = help.visibleCommands(program);
  const names = commands.map(c => c.name()).filter(name => name !== 'help');
  return {
    name: program.name(),
    options: help.visibleOptions(program).map(completedOption),
    commands: commands.map(command => ({
      name: command.name(),
      description: command.description(),
      options: command.name() === 'help' ? [] : help.visibleOptions(command).map(completedOption),
      argument: command.name() === 'help' ? { type: 'words', words: names } : completedArgument(command.registeredArguments[0], words),
    })),
  };
}

function completedOption(option: Option): CompletedOption {
  const value = /[<[](\w+)/.exec(option.flags)?.[1];
  return {
    flags: [option.short, option.long].filter(flag => flag !== undefined),
    description: option.description,
    ...(value === undefined ? {} : { value: completedValue(value, option.argChoices) }),
  };
}

function completedArgument(argument: Argument | undefined, words: Record<string, string[]>): CompletedValue {
  return argument === undefined ? { type: 'free' } : completedValue(argument.name(), argument.argChoices ?? words[argument.name()]);
}

function completedValue(name: string, choices: string[] | undefined): CompletedValue {
  if (choices !== undefined) {
    return { type: 'words', words: choices };
  }
  return { type: /^(file|path)s?$/.test(name) ? 'path' : 'free' };
}
