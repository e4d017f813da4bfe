import { mayCache } from './artifacts';
import { inert } from './expressions';
import { JobScope, lines, StepBody } from './scope';
import { emulated, native } from '../../gaps';
import type { ToolStepNode } from '../../graph';

interface SetUp {
  readonly action: string;
  readonly version: string;
  readonly more?: Readonly<Record<string, unknown>>;
  /** Package managers whose cache the action keeps. */
  readonly managers: readonly string[];
  /** What turns the cache on for one of them, and off. */
  cache(manager: string | undefined): Record<string, unknown>;
}

const named = (manager: string | undefined) => manager === undefined ? {} : { cache: manager };

/** What sets up a language (the `action.yml` of each). */
const SET_UPS: Readonly<Record<Exclude<ToolStepNode['language'], 'rust'>, SetUp>> = {
  node: {
    action: 'actions/setup-node',
    version: 'node-version',
    managers: ['npm', 'yarn', 'pnpm'],
    // It caches by itself where package.json names a package manager.
    cache: manager => manager === undefined ? { 'package-manager-cache': false } : { cache: manager },
  },
  python: { action: 'actions/setup-python', version: 'python-version', managers: ['pip', 'pipenv', 'poetry'], cache: named },
  go: { action: 'actions/setup-go', version: 'go-version', managers: ['go'], cache: manager => ({ cache: manager !== undefined }) },
  java: { action: 'actions/setup-java', version: 'java-version', more: { distribution: 'temurin' }, managers: ['maven', 'gradle', 'sbt'], cache: named },
  dotnet: { action: 'actions/setup-dotnet', version: 'dotnet-version', managers: ['nuget'], cache: manager => manager === undefined ? {} : { cache: true } },
};

/** One or two steps: what sets up the language, and a cache where the action has none of its own. */
export function lowerTool(step: ToolStepNode, scope: JobScope): StepBody[] {
  const { job, values, report } = scope;
  const part = `tool ${step.language}`;
  const cache = step.cache !== undefined && mayCache(`cache of ${step.id}`, scope) ? step.cache : undefined;
  if (step.language === 'rust') {
    report.row(emulated(part, 'rustup, which the runners have', job.id));
    const install = {
      env: { TOOLCHAIN: values.text(step.version) },
      run: 'rustup toolchain install "$TOOLCHAIN" --profile minimal --no-self-update\nrustup default "$TOOLCHAIN"',
    };
    return cache ? [install, ownCache(step, cache, scope)] : [install];
  }
  const setUp = SET_UPS[step.language];
  const manager = cache && setUp.managers.includes(cache.manager) ? cache.manager : undefined;
  report.row(native(part, `${setUp.action}${manager ? ` with its cache of ${manager}` : ''}`, job.id));
  const body = {
    uses: scope.actions.uses(setUp.action, step.path, report),
    with: {
      ...setUp.more,
      [setUp.version]: values.text(step.version),
      ...setUp.cache(manager),
      ...manager !== undefined && cache!.lockFiles.length > 0 && { 'cache-dependency-path': lines(cache!.lockFiles.map(inert)) },
    },
  };
  return cache && manager === undefined ? [body, ownCache(step, cache, scope)] : [body];
}

function ownCache(step: ToolStepNode, cache: NonNullable<ToolStepNode['cache']>, scope: JobScope): StepBody {
  const { values } = scope;
  const prefix = values.text([`${cache.manager}-`]);
  scope.report.row(native(`cache of ${step.id}`, 'actions/cache', scope.job.id));
  return {
    uses: scope.actions.uses('actions/cache', step.path, scope.report),
    with: {
      'path': lines(cache.paths.map(inert)),
      'key': `${prefix}\${{ runner.os }}-\${{ ${values.expression({ kind: 'hash', files: cache.lockFiles })} }}`,
      'restore-keys': `${prefix}\${{ runner.os }}-`,
    },
  };
}
