import type { Expr, Input, Option, Step } from './ast';
import { JenkinsPlugin } from './options';
import { textExpr } from './values';
import type { World } from './world';
import { JobNode, plainText } from '../../graph';

/*
 * What a job waits for before it starts: people, and other runs.
 */

export function approversOf(job: JobNode): { message: string; approvers: readonly string[]; count: number; timeoutMinutes?: number } | undefined {
  const held = job.environment?.protection?.approvals;
  if (job.approval) {
    const { message, approvers, count, timeoutMinutes } = job.approval;
    return { message, approvers: approvers.length > 0 ? approvers : held?.teams ?? [], count: Math.max(count, held?.count ?? 0), timeoutMinutes };
  }
  return held && held.count > 0 ? { message: `Deploy to ${job.environment!.name}?`, approvers: held.teams, count: held.count } : undefined;
}

/** One answer is all that `input` takes; several, or a time that is up, are asked for in a stage of their own. */
export function needsApprovalStage(job: JobNode): boolean {
  const approval = approversOf(job);
  return approval !== undefined && (approval.count > 1 || approval.timeoutMinutes !== undefined);
}

/** People are `@jane` to hosts of repositories, and `jane` to Jenkins. */
export function submitterOf(approver: string): string {
  return approver.replace(/^@/, '');
}

export function inputOf(job: JobNode): Input | undefined {
  const approval = approversOf(job);
  return approval && { message: approval.message, ...approval.approvers.length > 0 && { submitter: approval.approvers.map(submitterOf).join(',') } };
}

export function approvalTimeout(job: JobNode): Option | undefined {
  const minutes = approversOf(job)?.timeoutMinutes;
  return minutes === undefined ? undefined : { option: 'timeout', time: minutes, unit: 'MINUTES' };
}

export function approvalSteps(job: JobNode): Step[] {
  const approval = approversOf(job)!;
  const input = inputOf(job)!;
  return approval.count < 2 ? [{ step: 'input', input }] : [{ step: 'script', statements: [{ do: 'approvals', input, count: approval.count }] }];
}

/** A lock as an option of the stage, or around its steps. */
export function lockOf(job: JobNode, world: World): { option?: Option; wrap?: Expr } {
  if (job.concurrency === undefined || !world.options.plugins.has(JenkinsPlugin.LOCKABLE_RESOURCES)) {
    return {};
  }
  const plain = plainText(job.concurrency.group);
  // A lock is not to be held while a person is asked.
  return plain !== undefined && approversOf(job) === undefined && job.concurrency.onNew === 'queue' && job.steps.length > 0
    ? { option: { option: 'lock', resource: { is: 'text', value: plain } } } : { wrap: textExpr(job.concurrency.group, world.scope(job, job.id, () => undefined)) };
}
