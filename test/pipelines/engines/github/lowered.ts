import type { Lowering } from '../../../../src/pipelines/engine';
import { GitHubActionsBackend } from '../../../../src/pipelines/engines/github/engine';
import type { GitHubActionsOptions } from '../../../../src/pipelines/engines/github/options';
import type { PipelineGraph } from '../../../../src/pipelines/graph';
import { FileContent, RepositoryFile } from 'cdk8s-fairway';

export interface Lowered extends Lowering {
  /** The data of the first file. */
  readonly data: any;
  readonly text: string;
  readonly codes: string[];
}

export function lower(given: PipelineGraph, options: GitHubActionsOptions = {}): Lowered {
  const lowering = new GitHubActionsBackend(options).lower(given);
  const { content } = lowering.files[0];
  return { ...lowering, data: dataOf(content), text: textOf(content), codes: lowering.findings.map(finding => finding.code) };
}

/** What the content prints. */
export function textOf(content: FileContent, file = 'file.yml'): string {
  return content._print({ path: file } as RepositoryFile);
}

function dataOf(content: FileContent): unknown {
  return (content as unknown as { readonly value: unknown }).value;
}
