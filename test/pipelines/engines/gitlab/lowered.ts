import { parse } from 'yaml';
import { printedContent } from './printed';
import type { Lowering, PipelineRow } from '../../../../src/pipelines/engine';
import { GitLabBackend } from '../../../../src/pipelines/engines/gitlab/engine';
import type { GitLabCiOptions } from '../../../../src/pipelines/engines/gitlab/options';
import type { PipelineGraph } from '../../../../src/pipelines/graph';

export interface Result extends Lowering {
  readonly text: string;
  /** The file, as a reader of YAML sees it. */
  readonly file: Record<string, any>;
  readonly codes: string[];
  row(part: string, job?: string): PipelineRow | undefined;
}

export function lowered(graph: PipelineGraph, options: GitLabCiOptions = {}, several = false): Result {
  const lowering = new GitLabBackend(options, several).lower(graph);
  const text = printedContent(lowering.files[0]);
  return {
    ...lowering,
    text,
    file: parse(text),
    codes: lowering.findings.map(finding => finding.code),
    row: (part, job) => lowering.rows.find(row => row.part === part && row.job === job),
  };
}
