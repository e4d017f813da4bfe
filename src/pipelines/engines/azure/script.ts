import { escapeTemplate, hasMacro, withoutMacros } from './escape';
import type { RunStepNode } from '../../graph';
import { scriptFile } from '../../shell';

/*
 * Scripts. The script of the user reaches its shell byte for byte. `Bash@3` writes its input into a file and runs that (azure-pipelines-tasks, BashV3,
 * bash.ts), but the agent looks for `$(name)` in the input first, and trims it (azure-pipelines-agent, TaskRunner.cs). A script with something of the
 * kind is therefore written to a file by the shell, with another word in place of what is live.
 */

interface Parts {
  readonly id: string;
  readonly script: string;
  readonly outputs: readonly string[];
  readonly shell: 'bash' | 'sh';
  readonly retry?: RunStepNode['retry'];
}

/** The input of `bash:`. */
export function bashInput({ id, script, outputs, shell, retry }: Parts): string {
  const looped = isLooped(retry);
  if (outputs.length === 0 && shell === 'bash' && !looped && !hasMacro(script) && script.trimEnd() === script) {
    return escapeTemplate(`set -euo pipefail\n${script}`);
  }
  const base = `$AGENT_TEMPDIRECTORY/fairway-${id}`;
  const run = `${shell === 'bash' ? 'bash -euo pipefail' : 'sh -eu'} "$fairway_script"`;
  const lines = [
    'set -euo pipefail',
    `fairway_script="${base}.sh"`,
    ...writtenFile(script),
    ...outputs.length === 0 ? [] : [`export FAIRWAY_OUTPUT="${base}.out"`, ': > "$FAIRWAY_OUTPUT"'],
    ...outputs.length === 0 && !looped ? [run] : ['fairway_status=0', ...looped ? attempts(run, retry!) : [`${run} || fairway_status=$?`]],
    ...outputs.length === 0 ? [] : reportedOutputs(outputs),
    ...outputs.length === 0 && !looped ? [] : ['exit "$fairway_status"'],
  ];
  return escapeTemplate(lines.join('\n'));
}

/** Whether a script tries itself again: the system does not wait as long as it is told between attempts. */
export function isLooped(retry: RunStepNode['retry']): boolean {
  return retry !== undefined && retry.attempts > 1 && retry.delaySeconds > 0;
}

/** Lines that run a command until it succeeds, and leave in `fairway_status` what it came to. */
function attempts(run: string, { attempts: most, delaySeconds }: NonNullable<RunStepNode['retry']>): string[] {
  return [
    `for ((fairway_attempt = 1; fairway_attempt <= ${most}; fairway_attempt++)); do`,
    '  fairway_status=0',
    `  ${run} || fairway_status=$?`,
    `  if [ "$fairway_status" -eq 0 ] || [ "$fairway_attempt" -eq ${most} ]; then`,
    '    break',
    '  fi',
    `  echo "attempt $fairway_attempt of ${most} failed" >&2`,
    `  sleep ${delaySeconds}`,
    'done',
  ];
}

/** Lines that put a script into its file. What stands for `$(` before a name is put back on the way. */
function writtenFile(script: string): string[] {
  if (!hasMacro(script)) {
    return scriptFile(script, '"$fairway_script"');
  }
  const { text, word } = withoutMacros(script);
  const [, ...rest] = scriptFile(text, '"$fairway_script"');
  const end = rest.at(-1)!;
  return [
    `# A name in $( ) is a variable to Azure Pipelines; "${word}" stands for "$(" before one, and is put back here.`,
    `sed 's/\\([$]\\)${word.slice(1, -1)}(/\\1(/g' > "$fairway_script" <<'${end}'`,
    ...rest,
  ];
}

/**
 * Lines that make outputs of what the script has written. Only declared names are taken, and a value cannot end the command early: percent signs and
 * returns are escaped (azure-pipelines-agent, docs, and Command.cs).
 */
function reportedOutputs(outputs: readonly string[]): string[] {
  return [
    'while IFS= read -r fairway_line || [ -n "$fairway_line" ]; do',
    '  fairway_value="${fairway_line#*=}"',
    '  fairway_value="${fairway_value//%/%AZP25}"',
    '  fairway_value="${fairway_value//$\'\\r\'/%0D}"',
    '  case "${fairway_line%%=*}" in',
    `    ${outputs.join(' | ')}) echo "##vso[task.setvariable variable=\${fairway_line%%=*};isOutput=true]$fairway_value" ;;`,
    '  esac',
    'done < "$FAIRWAY_OUTPUT"',
  ];
}

/** The input of `pwsh:`, or undefined when the script cannot stand in it. `PowerShell@2` stops at errors by itself. */
export function pwshInput({ id, script, outputs }: { id: string; script: string; outputs: readonly string[] }): string | undefined {
  if (outputs.length === 0 && !hasMacro(script) && script.trim() === script) {
    return escapeTemplate(script);
  }
  if (/^'@/m.test(script)) {
    return undefined;
  }
  const { text, word } = withoutMacros(script);
  const lines = [
    `$fairwayScript = Join-Path $env:AGENT_TEMPDIRECTORY "fairway-${id}.ps1"`,
    ...hasMacro(script) ? [`# A name in $( ) is a variable to Azure Pipelines; "${word}" stands for "$(" before one, and is put back here.`] : [],
    '@\'',
    text,
    `'@${hasMacro(script) ? `.Replace('${word}', '$' + '(')` : ''} | Set-Content -LiteralPath $fairwayScript`,
    ...outputs.length === 0 ? ['& $fairwayScript'] : [
      `$env:FAIRWAY_OUTPUT = Join-Path $env:AGENT_TEMPDIRECTORY "fairway-${id}.out"`,
      'Set-Content -LiteralPath $env:FAIRWAY_OUTPUT -Value $null',
      'try {',
      '  & $fairwayScript',
      '} finally {',
      '  foreach ($fairwayLine in Get-Content -LiteralPath $env:FAIRWAY_OUTPUT) {',
      '    $fairwayName, $fairwayValue = $fairwayLine -split \'=\', 2',
      `    if ($fairwayName -cin ${outputs.map(output => `'${output}'`).join(', ')}) {`,
      '      Write-Host "##vso[task.setvariable variable=$fairwayName;isOutput=true]$($fairwayValue -replace \'%\', \'%AZP25\')"',
      '    }',
      '  }',
      '}',
    ],
  ];
  return escapeTemplate(lines.join('\n'));
}
