import type { Finding } from '../../../core/diagnostics/finding';
import type { PipelineRow, Remaining } from '../../engine';

/** What is to be said of a lowering, as it comes up. */
export class Report {
  public readonly rows: PipelineRow[] = [];
  public readonly findings: Finding[] = [];
  private readonly todo = new Map<string, Remaining>();

  public row(row: PipelineRow): void {
    this.rows.push(row);
  }

  public find(finding: Finding): void {
    this.findings.push(finding);
  }

  /** What somebody has to do by hand; the same thing once. */
  public remain(what: string, where: string): void {
    this.todo.set(JSON.stringify([where, what]), { what, where });
  }

  public get remains(): Remaining[] {
    return [...this.todo.values()];
  }
}
