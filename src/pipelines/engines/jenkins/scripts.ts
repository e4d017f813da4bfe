import type { Statement, Step } from './ast';
import type { Shell } from '../../graph';
import { retried } from '../../shell';

/** What a text in a class file holds (The Java Virtual Machine Specification, 4.4.7). */
export const LONGEST = 65_535;

export interface Script {
  readonly id: string;
  readonly label: string;
  readonly script: string;
  readonly shell: Shell;
  /** Variables that are empty: Jenkins takes a variable without a value away (core, EnvVars.override). */
  readonly empty: readonly string[];
  /** Variables that may be. */
  readonly maybeEmpty: readonly string[];
  readonly outputs: boolean;
  readonly retry?: { readonly attempts: number; readonly delaySeconds: number };
}

/** The file that a script writes outputs to, outside of the workspace: constant text, for a shell to read. */
const outputFile = (id: string) => `$WORKSPACE_TMP/fairway-${id}`;

/**
 * A script with what each shell is told first. Jenkins runs a text with `sh -xe` unless it begins with `#!` (durable-task,
 * BourneShellScript), and prints every command then.
 */
export function scriptStep(s: Script): Step {
  const retry = s.retry && s.retry.attempts > 1 ? s.retry : undefined;
  if (s.shell === 'pwsh') {
    const lines = [
      '$ErrorActionPreference = \'Stop\'',
      '$PSNativeCommandUseErrorActionPreference = $true',
      ...s.outputs ? [`$env:FAIRWAY_OUTPUT = "$env:WORKSPACE_TMP/fairway-${s.id}"`, 'New-Item -ItemType File -Force -Path $env:FAIRWAY_OUTPUT | Out-Null'] : [],
      s.script,
    ];
    return again({ step: 'pwsh', label: s.label, script: lines.join('\n') }, retry?.attempts);
  }
  const declared = [...s.empty.map(name => `${name}=''`), ...s.maybeEmpty.map(name => `${name}="\${${name}-}"`)];
  const waits = retry !== undefined && retry.delaySeconds > 0;
  const lines = [
    ...s.shell === 'sh' && !waits ? ['#!/bin/sh', 'set -eu'] : ['#!/usr/bin/env bash', 'set -euo pipefail'],
    ...declared.length > 0 ? [`export ${declared.join(' ')}`] : [],
    ...s.outputs ? [`export FAIRWAY_OUTPUT="${outputFile(s.id)}"`, 'mkdir -p "$WORKSPACE_TMP"', ': > "$FAIRWAY_OUTPUT"'] : [],
    waits ? retried(s.script, retry) : s.script,
  ];
  return again({ step: 'sh', label: s.label, script: lines.join('\n') }, waits ? undefined : retry?.attempts);
}

function again(step: Step, attempts: number | undefined): Step {
  return attempts === undefined ? step : { step: 'retry', count: attempts, steps: [step] };
}

/** What a script wrote for an output: the last line counts, and is taken as it is. */
export function capture(id: string, output: string, name: string, shell: Shell): Statement {
  if (shell === 'pwsh') {
    const script = `$line = @(Get-Content "$env:WORKSPACE_TMP/fairway-${id}" | Where-Object { $_.StartsWith('${output}=') })\nif ($line.Count -gt 0) { [Console]::Out.Write($line[-1].Substring(${output.length + 1})) }`;
    return { do: 'capture', name, shell: 'pwsh', label: `Output ${output}`, script };
  }
  const script = `sed -n 's/^${output}=//p' "${outputFile(id)}" | tail -n 1`;
  return { do: 'capture', name, shell: 'sh', label: `Output ${output}`, script };
}
