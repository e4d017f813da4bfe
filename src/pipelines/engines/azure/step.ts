import { stepCondition } from './conditions';
import { escapeTemplate, hasMacro } from './escape';
import { identifier } from './ids';
import type { JobPlan, PartPlan } from './plan';
import { isLooped } from './script';
import { JobValues } from './values';
import { approximated, unsupported } from '../../gaps';
import type { Environment, StepNode } from '../../graph';
import { twins } from '../../twins';

/** A step as it stands in the file. */
export type Step = Readonly<Record<string, unknown>>;

/** What the steps of a job have in common. */
export interface StepScope {
  readonly job: JobPlan;
  readonly part: PartPlan;
  readonly values: JobValues;
  /** Environment that every step is given, because no variable can say it. */
  readonly env: Environment;
  /** Files with identity tokens, by the variable that names them. */
  readonly identityFiles: Readonly<Record<string, string>>;
  /** The root of the workspace, when a checkout stands in a folder of it; else the default of every step. */
  readonly root?: string;
  /** The use of a template that the step stands in: its id begins with it. */
  readonly use?: string;
}

/**
 * What the files of a script are called. Nothing in it tells one use of a template from another, since it stands in the script: there, the process does.
 *
 * @param process what the shell calls its process
 */
export function scriptId(step: StepNode, { use }: StepScope, process: string): string {
  return use === undefined ? step.id : `${step.id.slice(use.length + 1)}-${process}`;
}

/**
 * What a step may say to the agent by its output, in which others may have written: no more than its own outputs, and nothing that changes later steps
 * (azure-pipelines-agent, TaskRestrictionsChecker.cs: what a pipeline forbids is always held).
 */
export function quiet(settable: readonly string[] = []): Step {
  return { commands: 'restricted', settableVariables: settable.length === 0 ? 'none' : settable };
}

/** What every kind of step has after its body. */
export function common(step: StepNode, scope: StepScope, env: Environment = {}, withEnv = true): Step {
  const retries = step.retry === undefined || step.retry.attempts < 2 ? undefined : step.retry.attempts - 1;
  const looped = (step.kind === 'delivery' || (step.kind === 'run' && step.shell !== 'pwsh')) && withEnv && isLooped(step.retry);
  if (retries !== undefined && retries > 10 && !looped) {
    scope.values.plan.rows.push(approximated(`retry of ${step.id}`, 'a task is tried again at most 10 times', scope.job.job.id));
  }
  return {
    name: step.outputs.length > 0 ? identifier(step.id) : undefined,
    displayName: scope.values.text(step.name),
    condition: stepCondition(step.condition, scope.values),
    continueOnError: step.continueOnError || undefined,
    timeoutInMinutes: step.timeoutMinutes,
    retryCountOnTaskFailure: looped || retries === undefined ? undefined : Math.min(10, retries),
    env: withEnv ? environmentOf(step, scope, env) : undefined,
  };
}

/** Variables of the environment of a step. Their values are put in once, by the agent, and never become part of a script. */
export function environmentOf(step: StepNode, scope: StepScope, more: Environment = {}): Record<string, string> | undefined {
  const all = { ...scope.env, ...step.env, ...more };
  const same = [['variables', twins(Object.keys(all))], ['outputs', twins(step.outputs)]].filter(([, fault]) => fault !== undefined);
  same.forEach(([what, fault]) => scope.values.plan.rows.push(unsupported(`${what} of ${step.id}`, fault!, scope.job.job.id)));
  const written = Object.entries(all).map(([name, text]): [string, string] => {
    for (const part of text) {
      if (typeof part === 'string' && hasMacro(part)) {
        scope.values.plan.rows.push(unsupported(`variable ${name} of ${step.id}`, `${JSON.stringify(part)} has $(name) in it, which the agent may replace`, scope.job.job.id));
      }
    }
    const [first, last] = [text[0], text.at(-1)];
    if ((typeof first === 'string' && first.trimStart() !== first) || (typeof last === 'string' && last.trimEnd() !== last)) {
      // azure-pipelines-agent, TaskRunner.cs: values of the environment are trimmed.
      scope.values.plan.rows.push(approximated(`variable ${name} of ${step.id}`, 'blanks at its ends are cut off', scope.job.job.id));
    }
    return [name, scope.values.text(text)];
  });
  const entries = [...written, ...Object.entries(scope.identityFiles)];
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

/** A step with a script of our own, before or after one of the graph. */
export function ownScript(script: string, name: string, rest: Step = {}, settable: readonly string[] = []): Step {
  return ordered({
    bash: escapeTemplate(`set -euo pipefail\n${script}`),
    displayName: name,
    target: quiet(settable),
    ...rest,
  });
}

/** A folder of the workspace, as an input. */
export function folderOf(folder: string | undefined, { root }: Pick<StepScope, 'root'>): string | undefined {
  const base = root ?? (folder === undefined ? undefined : '$(Build.SourcesDirectory)');
  return base === undefined ? undefined : folder === undefined || folder === '.' ? base : `${base}/${escapeTemplate(folder)}`;
}

const ORDER = [
  'bash', 'pwsh', 'task', 'checkout', 'publish', 'download', 'artifact', 'name', 'displayName', 'condition', 'continueOnError', 'enabled',
  'timeoutInMinutes', 'retryCountOnTaskFailure', 'workingDirectory', 'target', 'inputs', 'env',
];

/** Keys in the order in which people write them, without those that say nothing. */
export function ordered(step: Step): Step {
  const rank = (key: string) => ORDER.includes(key) ? ORDER.indexOf(key) : ORDER.length;
  return Object.fromEntries(Object.entries(step).filter(([, value]) => value !== undefined).sort(([a], [b]) => rank(a) - rank(b)));
}
