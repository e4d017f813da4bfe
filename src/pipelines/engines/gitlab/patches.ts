import * as messages from './messages';
import type { Finding } from '../../../core/diagnostics/finding';
import type { PipelineRow } from '../../engine';
import { native } from '../../gaps';
import type { PatchNode, PipelineGraph } from '../../graph';
import { patchedWith } from '../../patched';

export interface Patched {
  readonly file: Record<string, unknown>;
  readonly rows: readonly PipelineRow[];
  readonly findings: readonly Finding[];
}

/** The file with the changes of the user, one after the other; one that does not fit is left out. */
export function patched(graph: PipelineGraph, given: Record<string, unknown>, keysOf: (job: string) => readonly string[]): Patched {
  let file = given;
  const rows: PipelineRow[] = [];
  const findings: Finding[] = [];
  for (const patch of graph.patches.filter(each => each.system === 'gitlab')) {
    const part = patch.job === undefined ? 'the file' : `job ${patch.job}`;
    rows.push(native(`change of ${part}: ${patch.reason}`, patch.operations.map(operation => `${operation.op} ${operation.path}`).join(', '), patch.job));
    for (const key of patch.job === undefined ? [undefined] : keysOf(patch.job)) {
      const before = key === undefined ? file : file[key];
      const result = applied(before, patch);
      if ('failed' in result) {
        const path = graph.jobs.find(job => job.id === patch.job)?.path ?? graph.path;
        findings.push(messages.failedPatch.at(path, { part, path: result.failed, reason: patch.reason }));
        break;
      }
      file = key === undefined ? result.value as Record<string, unknown> : { ...file, [key]: result.value };
    }
  }
  return { file, rows, findings };
}

function applied(before: unknown, { operations }: PatchNode): { readonly value: unknown } | { readonly failed: string } {
  let value = JSON.parse(JSON.stringify(before));
  for (const operation of operations) {
    try {
      value = patchedWith(value, operation);
    } catch {
      return { failed: operation.path };
    }
    if (value === undefined || value === null) {
      return { failed: operation.path };
    }
  }
  return { value };
}
