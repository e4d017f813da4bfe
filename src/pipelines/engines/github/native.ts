import * as messages from './messages';
import { PIN } from './pins';
import type { JobScope, StepBody } from './scope';
import { native } from '../../gaps';
import type { NativeStepNode } from '../../graph';

/** Keys of a step that a native body may have (docs.github.com, Workflow syntax, jobs.<job_id>.steps). */
const KEYS = new Set(['uses', 'with', 'run', 'shell', 'working-directory', 'env']);

/** A step that the user wrote in the words of GitHub. */
export function lowerNative(step: NativeStepNode, scope: JobScope): StepBody {
  const body = step.bodies.github;
  const refuse = (fault: string, value: unknown = body) => {
    scope.report.find(messages.invalidBody.at(step.path, { fault, value }));
    return { run: 'exit 1' };
  };
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    return refuse('is no map of keys');
  }
  const given = { ...body as Record<string, unknown> };
  const unknown = Object.keys(given).find(key => !KEYS.has(key));
  if (unknown !== undefined) {
    return refuse('is no key that a native step may have', unknown);
  }
  for (const key of ['with', 'env'] as const) {
    const value = given[key];
    if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) {
      return refuse(`has ${key}, which is no map`);
    }
  }
  const hasUses = given.uses !== undefined;
  if (hasUses === (given.run !== undefined)) {
    return refuse('needs either uses or run');
  }
  if (!hasUses) {
    if (typeof given.run !== 'string' || given.run === '') {
      return refuse('has a run that is no text');
    }
    if (given.run.includes('${{')) {
      return refuse('has an expression in its script; give it by env');
    }
    scope.report.row(native(`step ${step.id}`, 'run', scope.job.id));
    return given;
  }
  if (given.shell !== undefined || given['working-directory'] !== undefined) {
    return refuse('has a shell or a folder, which belong to run');
  }
  if (typeof given.uses !== 'string') {
    scope.report.find(messages.unpinnedAction.at(step.path, { uses: given.uses }));
    return given;
  }
  scope.report.row(native(`step ${step.id}`, given.uses, scope.job.id));
  return { ...given, uses: pinned(given.uses, step, scope) };
}

function pinned(uses: string, step: NativeStepNode, { actions, report }: JobScope): string {
  if (/^(\.\/|\$\/)/.test(uses) || /^docker:\/\/[^@]+@sha256:[0-9a-f]{64}$/.test(uses)) {
    return uses;
  }
  const [, action, commit, version] = /^([^@\s]+\/[^@\s]+)@([0-9a-f]{40})(?: +# *(\S+))?$/.exec(uses) ?? [];
  if (action === undefined) {
    report.find(messages.unpinnedAction.at(step.path, { uses }));
    return uses;
  }
  actions.check(action, step.path, report);
  return version !== undefined && PIN.test(`${commit} # ${version}`) ? actions.pinned(action, commit, version) : `${action}@${commit}`;
}
