import * as messages from './messages';
import { JobScope, lines, StepBody } from './scope';
import { dropped, native } from '../../gaps';
import type { CacheStepNode, DownloadStepNode, MatrixNode, UploadStepNode } from '../../graph';

/** What no name of an artifact has in it (actions/toolkit, packages/artifact). */
const FORBIDDEN = /[":<>|*?\r\n\\/]/;

export function lowerUpload(step: UploadStepNode, scope: JobScope): StepBody {
  const { job, values } = scope;
  if (FORBIDDEN.test(step.artifact)) {
    scope.report.find(messages.slashInName.at(step.path, { what: 'artifact', value: step.artifact, fault: 'has a character that GitHub refuses' }));
  }
  const leg = job.matrix && `${separator(step.artifact, scope)}${legOf(job.matrix)}`;
  return {
    uses: scope.actions.uses('actions/upload-artifact', step.path, scope.report),
    with: {
      'name': `${values.text([step.artifact])}${leg ?? ''}`,
      'path': lines([...step.paths, ...rootKeeper(step.paths)].map(path => values.text([path]))),
      'if-no-files-found': step.ifMissing,
      ...step.paths.some(path => /(^|\/)\.[^/]/.test(path)) && { 'include-hidden-files': true },
      ...step.retentionDays !== undefined && { 'retention-days': step.retentionDays },
    },
  };
}

/**
 * The action leaves out the folders that all paths have in common (actions/upload-artifact, src/shared/search.ts, getMultiPathLCA). Files are to
 * come back where they were: a path that is never there, beside the others, leaves them nothing in common.
 */
function rootKeeper(paths: readonly string[]): string[] {
  const tops = new Set(paths.map(path => path.split('/')[0]));
  const isFileAtRoot = paths.length === 1 && !paths[0].includes('/') && /\.\w+$/.test(paths[0]);
  return tops.size > 1 || isFileAtRoot ? [] : ['.fairway-keeps-folders'];
}

export function lowerDownload(step: DownloadStepNode, scope: JobScope): StepBody {
  const from = scope.jobs.get(step.from);
  const name = scope.values.text([step.artifact]);
  const which = from?.matrix ? { 'pattern': `${name}${separator(step.artifact, scope)}*`, 'merge-multiple': true } : { name };
  return {
    uses: scope.actions.uses('actions/download-artifact', step.path, scope.report),
    with: { ...which, path: scope.values.text([step.folder]) },
  };
}

/** What stands between the name of an artifact and the leg: nothing else may match the pattern over the legs. */
function separator(artifact: string, { artifacts }: JobScope): string {
  let between = '-';
  while ([...artifacts].some(other => other.startsWith(`${artifact}${between}`))) {
    between = `.${between}`;
  }
  return between;
}

/** Something that tells a leg from the others, as an expression in a name: the values of the axes where they can stand there. */
export function legOf(matrix: MatrixNode): string {
  const axes = matrix.kind === 'static' ? matrix.axes.map(axis => axis.name) : [];
  const isNamed = axes.length > 0 && matrix.kind === 'static' && axes.every(axis => /^[A-Za-z_][\w-]*$/.test(axis))
    && matrix.combinations.every(combination => axes.every(axis => /^[\w.-]+$/.test(combination[axis] ?? '')))
    && new Set(matrix.combinations.map(combination => axes.map(axis => combination[axis]).join('-'))).size === matrix.combinations.length;
  return isNamed ? axes.map(axis => `\${{ matrix.${axis} }}`).join('-') : '${{ strategy.job-index }}';
}

export function lowerCache(step: CacheStepNode, scope: JobScope): StepBody {
  const { values } = scope;
  const action = step.mode === 'both' ? 'actions/cache' : `actions/cache/${step.mode}`;
  const restoreKeys = step.mode === 'save' ? [] : step.restoreKeys;
  return {
    uses: scope.actions.uses(action, step.path, scope.report),
    with: {
      path: lines(step.paths.map(path => values.text([path]))),
      key: values.text(step.key),
      ...restoreKeys.length > 0 && { 'restore-keys': lines(restoreKeys.map(key => values.text(key))) },
    },
  };
}

/** Whether a job may read caches; says so where it may not. What is published must not come from a cache that another run has filled. */
export function mayCache(what: string, { job, graph, report }: JobScope): boolean {
  if (job.publishes) {
    report.row(native(what, 'left out: the job publishes, and another run could have filled the cache', job.id));
    return false;
  }
  if (graph.triggers.some(trigger => trigger.kind === 'tag' || trigger.kind === 'release')) {
    report.row(dropped(what, 'runs for tags and releases read no cache that another run could have filled; give releases a pipeline of their own to keep it', job.id));
    return false;
  }
  return true;
}
