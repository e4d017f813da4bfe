import * as yaml from 'yaml';
import type { Finding } from '../../../../src/core/diagnostics/finding';
import type { RepositoryFile } from '../../../../src/core/repository-file';
import type { Lowering } from '../../../../src/pipelines/engine';
import { AzureBackend } from '../../../../src/pipelines/engines/azure/engine';
import type { AzurePipelinesOptions } from '../../../../src/pipelines/engines/azure/options';
import type { JobNode, PipelineGraph, RunStepNode } from '../../../../src/pipelines/graph';
import { checkoutOf, graphOf, jobOf, matrixOf, needsOf, runOf, stepOf } from '../../graphs';

/*
 * Graphs of an `app`, and what Azure makes of them.
 */

export { checkoutOf as checkout, matrixOf as matrix, needsOf as needs, stepOf as step };

export function run(script: string, more: Partial<RunStepNode> = {}): RunStepNode {
  return runOf('run', script, { name: ['Run'], ...more });
}

export function job(id: string, more: Partial<JobNode> = {}): JobNode {
  return jobOf(id, [], { steps: [run('true')], ...more });
}

export function graph(jobs: JobNode[], more: Partial<PipelineGraph> = {}): PipelineGraph {
  return graphOf(jobs, { id: 'app', path: 'app', name: 'App', ...more });
}

export interface Lowered extends Lowering {
  /** The text of the file. */
  readonly text: string;
  /** What it says. */
  readonly file: any;
  job(id: string): any;
}

export function lower(given: PipelineGraph, options?: AzurePipelinesOptions): Lowered {
  const lowering = new AzureBackend(options).lower(given);
  const [{ path, content }] = lowering.files;
  const text = content._print({ path } as RepositoryFile);
  const file = yaml.parse(text);
  const jobs = (file.stages ?? [file]).flatMap((each: any) => each.jobs);
  return { ...lowering, text, file, job: id => jobs.find((each: any) => each.job === id || each.deployment === id) };
}

export function codes(findings: readonly Finding[]): string[] {
  return findings.map(finding => finding.code);
}
