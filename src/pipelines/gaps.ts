import type { PipelineRow } from './engine';
import * as messages from './gap-messages';
import { flattened, JobNode } from './graph';
import { Support } from '../core/capability';
import type { Finding } from '../core/diagnostics/finding';
import { Severity } from '../core/diagnostics/finding';

/** Done as it is meant, by a feature of the system. */
export function native(part: string, how: string, job?: string): PipelineRow {
  return { part, support: Support.NATIVE, how, matters: false, job };
}

/** Done by other means, with the same effect. */
export function emulated(part: string, how: string, job?: string): PipelineRow {
  return { part, support: Support.EMULATED, how, matters: false, job };
}

/** Done not quite as it is meant; nothing gets less safe. A warning. */
export function approximated(part: string, how: string, job?: string): PipelineRow {
  return { part, support: Support.APPROXIMATED, how, matters: false, job };
}

/** Not done; nothing gets less safe, and nothing else comes out. A warning. */
export function dropped(part: string, how: string, job?: string): PipelineRow {
  return { part, support: Support.UNSUPPORTED, how, matters: false, job };
}

/** Not done, though safety or behaviour depends on it. An error. */
export function unsupported(part: string, how: string, job?: string): PipelineRow {
  return { part, support: Support.UNSUPPORTED, how, matters: true, job };
}

/** What the rows leave open, as findings at the pipeline or the job. */
export function gapFindings(title: string, path: string, pathOf: (job: string) => string | undefined, rows: readonly PipelineRow[]): Finding[] {
  return rows.filter(row => row.support === Support.UNSUPPORTED || row.support === Support.APPROXIMATED).map(row => {
    const at = (row.job === undefined ? undefined : pathOf(row.job)) ?? path;
    const gap = row.matters ? messages.unsafeGap : messages.gap;
    return gap.at(at, { engine: title, part: row.part, how: row.how });
  });
}

/** Whether a job runs what holds the gates of its environment (soak time, windows, freezes) by itself. */
export function holdsGates(job: JobNode): boolean {
  return flattened(job.steps).some(step => step.kind === 'delivery' && (step.action === 'promote' || step.action === 'rollback'));
}

export function isError(finding: Finding): boolean {
  return finding.severity === Severity.ERROR;
}
