import { inert } from './expressions';
import type { Shell } from '../../graph';
import { retried } from '../../shell';

/** The shell of all steps: what the systems have in common. GitHub's own `bash` stops at no variable that is not set. */
export const DEFAULT_SHELL = 'bash --noprofile --norc -euo pipefail {0}';

const SHELLS: Readonly<Record<Shell, string | undefined>> = { bash: undefined, sh: 'sh -eu {0}', pwsh: 'pwsh' };

const OUTPUT: Readonly<Record<Shell, string>> = {
  bash: 'export FAIRWAY_OUTPUT="$GITHUB_OUTPUT"',
  sh: 'export FAIRWAY_OUTPUT="$GITHUB_OUTPUT"',
  pwsh: '$env:FAIRWAY_OUTPUT = $env:GITHUB_OUTPUT',
};

/** What runs a script that a variable holds. */
const FROM_VARIABLE: Readonly<Record<Shell, string>> = {
  bash: 'bash -euo pipefail -c "$FAIRWAY_SCRIPT"',
  sh: 'sh -eu -c "$FAIRWAY_SCRIPT"',
  pwsh: '& ([scriptblock]::Create($env:FAIRWAY_SCRIPT))',
};

export interface LoweredScript {
  readonly run: string;
  readonly env: Record<string, string>;
  readonly shell?: string;
}

export interface Script {
  readonly script: string;
  readonly shell: Shell;
  readonly retry?: { readonly attempts: number; readonly delaySeconds: number };
  /** Whether it gives outputs. */
  readonly outputs: boolean;
}

/**
 * How a script stands in a step. It is never changed: where GitHub would read an expression in it (`${{`), it comes in by a variable, in which
 * those characters say themselves.
 */
export function lowerScript({ script, shell, retry, outputs }: Script): LoweredScript {
  const tries = retry && retry.attempts > 1 && shell !== 'pwsh';
  const whole = tries ? retried(script, { ...retry, ...shell === 'sh' && { shell: 'sh -eu' } }) : script;
  const isLive = whole.includes('${{');
  const asksOutput = outputs || script.includes('FAIRWAY_OUTPUT');
  return {
    run: [...asksOutput ? [OUTPUT[shell]] : [], isLive ? FROM_VARIABLE[shell] : whole].join('\n'),
    env: isLive ? { FAIRWAY_SCRIPT: inert(whole) } : {},
    ...SHELLS[shell] !== undefined && { shell: SHELLS[shell] },
  };
}
