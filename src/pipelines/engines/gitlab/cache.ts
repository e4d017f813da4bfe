import { escaped, expandable, variableFor } from './values';
import type { PipelineRow } from '../../engine';
import { approximated, dropped, emulated, native } from '../../gaps';
import { CacheStepNode, describeText, isLiteral, JobNode, Text, ToolStepNode, ValueNode } from '../../graph';

/** Caches of a job, and what tools have to be told to find them within the project: GitLab caches nothing outside. */
export interface JobCaches {
  readonly caches: ReadonlyArray<Record<string, unknown>>;
  /** Environment: what stands before the folder, and the folder, from the root of the project. */
  readonly folders: Readonly<Record<string, readonly [before: string, folder: string]>>;
  readonly rows: readonly PipelineRow[];
}

const FOLDER = '.fairway/cache';

/** The variable that moves the cache of a package manager. */
const MANAGERS: Readonly<Record<string, readonly [variable: string, before?: string]>> = {
  npm: ['npm_config_cache'],
  yarn: ['YARN_CACHE_FOLDER'],
  pnpm: ['npm_config_store_dir'],
  pip: ['PIP_CACHE_DIR'],
  pipenv: ['PIPENV_CACHE_DIR'],
  poetry: ['POETRY_CACHE_DIR'],
  uv: ['UV_CACHE_DIR'],
  go: ['GOMODCACHE'],
  gradle: ['GRADLE_USER_HOME'],
  maven: ['MAVEN_ARGS', '-Dmaven.repo.local='],
  nuget: ['NUGET_PACKAGES'],
  cargo: ['CARGO_HOME'],
};

/** GitLab takes 4 (doc/ci/yaml, cache). */
const MOST = 4;

export function cachesOf(job: JobNode): JobCaches {
  const rows: PipelineRow[] = [];
  const folders: Record<string, readonly [string, string]> = {};
  const steps = job.steps.filter((step): step is CacheStepNode | ToolStepNode => step.kind === 'cache' || step.kind === 'tool' && step.cache !== undefined);
  if (steps.length > 0 && job.publishes) {
    return { caches: [], folders, rows: [native('caches', 'left out: the job publishes, and reads nothing that a merge request may have filled', job.id)] };
  }
  const all = steps.map(step => step.kind === 'cache' ? cacheOf(step, job, rows) : toolCache(step, job, folders, rows)).filter(cache => cache !== undefined);
  if (all.length > MOST) {
    rows.push(dropped('caches', `a job has ${MOST} at most, the others are left out`, job.id));
  }
  return { caches: all.slice(0, MOST), folders, rows };
}

function cacheOf(step: CacheStepNode, job: JobNode, rows: PipelineRow[]): Record<string, unknown> | undefined {
  const outside = step.paths.filter(path => /^(?:[~/]|[A-Za-z]:)|(?:^|\/)\.\.(?:\/|$)|\$/.test(path));
  if (outside.length > 0) {
    rows.push(dropped(`cache of ${outside.join(', ')}`, 'only files of the project are cached', job.id));
    return undefined;
  }
  const key = keyOf(step.key, job, rows);
  if (key === undefined) {
    return undefined;
  }
  rows.push(native('cache', `cache:key ${describeText(step.key)}`, job.id));
  const fallback = step.restoreKeys.map(text => keyText(text, job)).filter(text => text !== undefined && text !== '').slice(0, 5);
  if (step.restoreKeys.length > 0) {
    rows.push(approximated('restore keys', 'cache:fallback_keys are whole keys, not beginnings of keys', job.id));
  }
  const policy = { both: undefined, restore: 'pull', save: 'push' }[step.mode];
  return { key, paths: step.paths, ...policy && { policy }, ...fallback.length > 0 && { fallback_keys: fallback } };
}

function toolCache(
  step: ToolStepNode, job: JobNode, folders: Record<string, readonly [string, string]>, rows: PipelineRow[],
): Record<string, unknown> | undefined {
  const { manager, lockFiles } = step.cache!;
  const [variable, before = ''] = Object.hasOwn(MANAGERS, manager) ? MANAGERS[manager] : [];
  if (variable === undefined) {
    rows.push(dropped(`cache of ${manager}`, 'its folder cannot be moved into the project', job.id));
    return undefined;
  }
  const folder = `${FOLDER}/${manager}`;
  folders[variable] = [before, folder];
  const key = keyOf([`${manager}-${job.runner.os}-`, { kind: 'hash', files: lockFiles }], job, rows);
  rows.push(emulated(`cache of ${manager}`, `cache of ${folder}, which ${variable} names`, job.id));
  return key === undefined ? undefined : { key, paths: [`${folder}/`] };
}

/** A key with the hash of files is their last commit on GitLab, which changes when they change. */
function keyOf(text: Text, job: JobNode, rows: PipelineRow[]): unknown {
  const files = [...new Set(text.flatMap(part => typeof part !== 'string' && part.kind === 'hash' ? part.files : []))];
  const prefix = keyText(text.filter(part => typeof part === 'string' || part.kind !== 'hash'), job);
  if (prefix === undefined) {
    rows.push(dropped('cache', `its key ${describeText(text)} is not known when the job starts`, job.id));
    return undefined;
  }
  if (files.length === 0) {
    return prefix;
  }
  if (files.length > 2) {
    rows.push(approximated('key of a cache', `2 files at most count: ${files.slice(0, 2).join(' and ')}`, job.id));
  }
  const told = files.slice(0, 2).map(file => isLiteral(file) ? file : escaped(file));
  const clean = prefix.replace(/-+$/, '');
  return { files: told, ...clean !== '' && { prefix: clean } };
}

/** Keys have no slash, and are not of dots alone. */
function keyText(text: Text, job: JobNode): string | undefined {
  const variable = (value: ValueNode): string | undefined => {
    if (value.kind === 'context' && ['ref', 'branch', 'tag', 'sourceBranch'].includes(value.name)) {
      return 'CI_COMMIT_REF_SLUG';
    }
    return value.kind === 'secret' || value.kind === 'matrix' && job.matrix === undefined ? undefined : variableFor(value);
  };
  const key = expandable(text, variable);
  return key?.replace(/\/|%2F/gi, '-').replace(/^\.+$/, 'cache');
}
