import type { CompletedCommand, CompletedOption, CompletedValue, CompletionModel } from './model';

/** A completion script for fish. */
export function fishCompletion(model: CompletionModel): string {
  const complete = (...parts: string[]) => ['complete', '-c', model.name, ...parts].join(' ');
  const lines = [
    `# fish completion of ${model.name}; made by: ${model.name} completion fish`,
    complete('-f'),
    ...model.options.map(option => complete('-n', '__fish_use_subcommand', ...optionParts(option))),
    ...model.commands.map(c => complete('-n', '__fish_use_subcommand', '-a', c.name, '-d', quote(c.description))),
    ...model.commands.flatMap(command => commandParts(command).map(parts =>
      complete('-n', quote(`__fish_seen_subcommand_from ${command.name}`), ...parts))),
  ];
  return `${lines.join('\n')}\n`;
}

function commandParts(command: CompletedCommand): string[][] {
  const { argument } = command;
  return [
    ...(argument.type === 'words' ? [['-a', quote(argument.words.join(' '))]] : []),
    ...command.options.map(optionParts),
  ];
}

function optionParts({ flags, description, value }: CompletedOption): string[] {
  return [
    ...flags.flatMap(flag => flag.startsWith('--') ? ['-l', flag.slice(2)] : ['-s', flag.slice(1)]),
    '-d', quote(description),
    ...(value === undefined ? [] : valueParts(value)),
  ];
}

function valueParts(value: CompletedValue): string[] {
  switch (value.type) {
    case 'words':
      return ['-x', '-a', quote(value.words.join(' '))];
    case 'path':
      return ['-r', '-F'];
    case 'free':
      return ['-x'];
  }
}

function quote(text: string): string {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}
