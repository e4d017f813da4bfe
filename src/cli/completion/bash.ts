import type { CompletedCommand, CompletedValue, CompletionModel } from './model';

/**
 * A completion script for bash 3.2 and later. File names are left to the shell (`-o default`), which quotes them
 * rightly: the function answers with no words where a path is wanted.
 */
export function bashCompletion(model: CompletionModel): string {
  const fn = `_${model.name}`;
  const values = model.commands.flatMap(valueCases);
  const words = model.commands.map(command => `    ${command.name}) words='${wordsAfter(command).join(' ')}' ;;`);
  const first = [...model.commands.map(c => c.name), ...model.options.flatMap(o => o.flags)];
  return `# bash completion of ${model.name}; made by: ${model.name} completion bash
${fn}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} command= words= i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    if [[ \${COMP_WORDS[i]} != -* ]]; then
      command=\${COMP_WORDS[i]}
      break
    fi
  done
  # bash takes "--format=json" for three words
  if [[ $cur == '=' ]]; then
    cur=
  elif [[ $prev == '=' ]]; then
    prev=\${COMP_WORDS[COMP_CWORD-2]}
  fi
  case "$command $prev" in
${values.join('\n')}
  esac
  case $command in
    '') words='${first.join(' ')}' ;;
${words.join('\n')}
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
complete -o default -F ${fn} ${model.name}
`;
}

/** What is offered after a flag that takes a value. */
function valueCases(command: CompletedCommand): string[] {
  return command.options.flatMap(({ flags, value }) => value === undefined ? [] : flags.map(flag =>
    `    '${command.name} ${flag}') ${value.type === 'words' ? `COMPREPLY=($(compgen -W '${value.words.join(' ')}' -- "$cur")); ` : ''}return ;;`));
}

function wordsAfter(command: CompletedCommand): string[] {
  return [...wordsOf(command.argument), ...command.options.flatMap(o => o.flags)];
}

function wordsOf(value: CompletedValue): string[] {
  return value.type === 'words' ? value.words : [];
}
