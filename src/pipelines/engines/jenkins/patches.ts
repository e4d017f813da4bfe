import type { PipelineAst, Stage, StageBody } from './ast';
import * as messages from './messages';
import type { Finding } from '../../../core/diagnostics/finding';
import type { PatchNode, PatchOperation, PipelineGraph } from '../../graph';

/*
 * What a user changes in the pipeline: operations of JSON Patch on the pipeline as data, or on the stage of a job.
 */

/** The stages within a body. */
export function stagesOf(content: StageBody): readonly Stage[] {
  switch (content.body) {
    case 'steps': return [];
    case 'matrix': return content.matrix.stages;
    default: return content.stages;
  }
}

/** The outermost stages that are of a job. */
function stagesOfJob(stages: readonly Stage[], job: string): Stage[] {
  return stages.flatMap(stage => stage.job === job ? [stage] : stagesOfJob(stagesOf(stage.content), job));
}

type Container = Record<string, unknown> | unknown[];

/** Where the last part of a pointer stands; undefined where there is none. */
function locate(root: Container, pointer: string): { readonly at: Container; readonly key: string } | undefined {
  if (!pointer.startsWith('/')) {
    return undefined;
  }
  const parts = pointer.slice(1).split('/').map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'));
  const key = parts.pop()!;
  let at: unknown = root;
  for (const part of parts) {
    at = typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? (at as Record<string, unknown>)[part] : undefined;
  }
  return typeof at === 'object' && at !== null && key !== '__proto__' ? { at: at as Container, key } : undefined;
}

/** @returns whether the operation found its place */
function apply(root: Container, { op, path, value }: PatchOperation): boolean {
  const place = locate(root, path);
  if (place === undefined) {
    return false;
  }
  const { at, key } = place;
  const given: unknown = structuredClone(value);
  if (Array.isArray(at)) {
    const index = key === '-' && op === 'add' ? at.length : /^(?:0|[1-9]\d*)$/.test(key) ? Number(key) : -1;
    if (index < 0 || index > at.length - (op === 'add' ? 0 : 1)) {
      return false;
    }
    at.splice(index, op === 'add' ? 0 : 1, ...op === 'remove' ? [] : [given]);
    return true;
  }
  if (op !== 'add' && !Object.hasOwn(at, key)) {
    return false;
  }
  if (op === 'remove') {
    delete at[key];
  } else {
    at[key] = given;
  }
  return true;
}

/** The pipeline with the changes, and what could not be changed. */
export interface Patched {
  readonly ast: PipelineAst;
  readonly findings: readonly Finding[];
  readonly last?: PatchNode;
}

export function patched(ast: PipelineAst, graph: PipelineGraph): Patched {
  const patches = graph.patches.filter(patch => patch.system === 'jenkins');
  if (patches.length === 0) {
    return { ast, findings: [] };
  }
  const changed = structuredClone(ast);
  const findings: Finding[] = [];
  for (const patch of patches) {
    const at = graph.jobs.find(job => job.id === patch.job)?.path ?? graph.path;
    const roots = patch.job === undefined ? [changed] : stagesOfJob(changed.stages, patch.job);
    if (roots.length === 0) {
      findings.push(messages.unknownPart.at(at, { reason: patch.reason, path: `the stage of ${patch.job}` }));
    }
    for (const operation of patch.operations) {
      if (!roots.every(root => apply(root as unknown as Container, operation))) {
        findings.push(messages.unknownPart.at(at, { reason: patch.reason, path: operation.path }));
      }
    }
  }
  return { ast: changed, findings, last: patches.at(-1) };
}
