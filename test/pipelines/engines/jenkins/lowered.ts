import type { RepositoryFile } from '../../../../src/core/repository-file';
import type { Lowering } from '../../../../src/pipelines/engine';
import { JenkinsBackend, JenkinsOptions } from '../../../../src/pipelines/engines/jenkins';
import type { ConditionNode, PipelineGraph } from '../../../../src/pipelines/graph';

export const branch = (name: string): ConditionNode => ({ kind: 'compare', value: { kind: 'context', name: 'branch' }, in: [name] });

export function lower(graph: PipelineGraph, options: JenkinsOptions = {}): Lowering {
  return new JenkinsBackend(options).lower(graph);
}

export function textOf(lowering: Lowering): string {
  const [file] = lowering.files;
  return file.content._print({ path: file.path } as RepositoryFile);
}

export function jenkinsfile(graph: PipelineGraph, options: JenkinsOptions = {}): string {
  return textOf(lower(graph, options));
}

export function codes(lowering: Lowering): string[] {
  return lowering.findings.map(finding => finding.code).sort();
}

/** The lines of a stage, without its indentation. */
export function stage(text: string, name: string): string {
  const lines = text.split('\n');
  const from = lines.findIndex(line => line.trim() === `stage('${name}') {`);
  const indent = /^ */.exec(lines[from])![0];
  const to = lines.findIndex((line, i) => i > from && line === `${indent}}`);
  return lines.slice(from, to + 1).map(line => line.startsWith(indent) ? line.slice(indent.length) : line).join('\n');
}

/** The section of a stage, from its head to its end. */
export function section(stageText: string, head: string): string {
  const lines = stageText.split('\n');
  const from = lines.indexOf(`  ${head} {`);
  return from < 0 ? '' : lines.slice(from + 1, lines.findIndex((line, i) => i > from && line === '  }')).map(line => line.slice(4)).join('\n');
}
