import * as messages from './messages';
import type { PipelinePlan } from './plan';
import type { Finding } from '../../../core/diagnostics/finding';
import { native } from '../../gaps';
import { patchedWith } from '../../patched';

/** Carries out what the user changes, in order, on the parts of the jobs and on the file. The parts are changed in place. */
export function patched(
  file: Record<string, unknown>, partsOf: ReadonlyMap<string, ReadonlyArray<Record<string, unknown>>>, plan: PipelinePlan, findings: Finding[],
): void {
  for (const patch of plan.graph.patches.filter(each => each.system === 'azure')) {
    const parts = patch.job === undefined ? [file] : partsOf.get(patch.job) ?? [];
    const target = patch.job === undefined ? 'the file' : `the job "${patch.job}"`;
    if (parts.length === 0) {
      findings.push(messages.patchMissed.at(plan.graph.path, { reason: patch.reason, target, fault: 'there is no such job' }));
    }
    for (const part of parts) {
      try {
        const changed = patchedWith(structuredClone(part), ...patch.operations) as Record<string, unknown>;
        Object.keys(part).forEach(key => delete part[key]);
        Object.assign(part, changed);
      } catch (e) {
        const fault = (e as Error).message.split('\n')[0];
        findings.push(messages.patchMissed.at(plan.graph.path, { reason: patch.reason, target, fault }));
      }
    }
    plan.rows.push(native(`change of ${patch.job ?? 'the file'}: ${patch.reason}`, 'JSON Patch after all else', patch.job));
  }
}
