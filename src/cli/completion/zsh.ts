import type { CompletedCommand, CompletedOption, CompletedValue, CompletionModel } from './model';

/** A completion script for zsh: to be sourced, or kept as `_fairway` in a folder of `fpath`. */
export function zshCompletion(model: CompletionModel): string {
  const fn = `_${model.name}`;
  return `#compdef ${model.name}
# zsh completion of ${model.name}; made by: ${model.name} completion zsh
${fn}() {
  local curcontext=$curcontext state line
  local -a commands=(
${model.commands.map(c => `    ${quote(`${c.name}:${c.description}`)}`).join('\n')}
  )
  _arguments -C \\
${model.options.flatMap(optionSpecs).map(spec => `    ${spec} \\`).join('\n')}
    '1: :->command' \\
    '*:: :->rest'
  case $state in
    command) _describe command commands ;;
    rest)
      case $words[1] in
${model.commands.map(commandCase).join('\n')}
      esac
      ;;
  esac
}
if [[ $funcstack[1] == ${fn} ]]; then
  ${fn} "$@"
else
  compdef ${fn} ${model.name}
fi
`;
}

function commandCase(command: CompletedCommand): string {
  const specs = [
    ...command.options.flatMap(optionSpecs),
    ...(command.argument.type === 'free' ? [] : [quote(`*: :${action(command.argument)}`)]),
  ];
  return `        ${command.name}) _arguments ${specs.join(' ')} ;;`;
}

/** One specification for each spelling of an option: `--format[how …]: :(human json sarif)`. */
function optionSpecs({ flags, description, value }: CompletedOption): string[] {
  const text = description.replace(/[\\[\]:]/g, '\\$&');
  return flags.map(flag => quote(`${flag}[${text}]${value === undefined ? '' : `: :${action(value)}`}`));
}

function action(value: CompletedValue): string {
  switch (value.type) {
    case 'words':
      return `(${value.words.join(' ')})`;
    case 'path':
      return '_files';
    case 'free':
      return '';
  }
}

function quote(text: string): string {
  return `'${text.replace(/'/g, '\'\\\'\'')}'`;
}
