import { escapeTemplate } from './escape';
import { common, folderOf, ordered, ownScript, Step, StepScope } from './step';
import { approximated, emulated, native, unsupported } from '../../gaps';
import { CacheStepNode, plainText, StepNode, Text, ToolStepNode } from '../../graph';

/** A task for each path: `Cache@2` keeps one. It saves when the job ends, if the key was not there. */
export function cacheSteps(step: CacheStepNode, scope: StepScope): Step[] {
  if (step.mode !== 'both' && !scope.job.job.publishes) {
    scope.values.plan.rows.push(approximated(`cache ${step.id}`, `Cache@2 restores and saves; ${step.mode} alone cannot be asked for`, scope.job.job.id));
  }
  return cached(step, scope, { key: step.key, restoreKeys: step.restoreKeys, paths: step.paths });
}

function cached(step: StepNode, scope: StepScope, cache: { key: Text; restoreKeys: readonly Text[]; paths: readonly string[] }): Step[] {
  if (scope.job.job.publishes) {
    scope.values.plan.rows.push(native(`cache ${step.id}`, 'left out: the job publishes, and another run could have filled the cache', scope.job.job.id));
    return [];
  }
  const around: Step = { ...common(step, scope, {}, false), name: undefined };
  return cache.paths.map(path => {
    // The path comes first: keys are compared from their beginning.
    const own = cache.paths.length > 1 ? [`"${escapeTemplate(path)}"`] : [];
    const keys = cache.restoreKeys.map(key => [...own, ...segments(key, step, scope)].join(' | '));
    return ordered({
      task: 'Cache@2',
      ...around,
      displayName: cache.paths.length > 1 ? `${around.displayName as string} (${escapeTemplate(path)})` : around.displayName,
      inputs: {
        key: [...own, ...segments(cache.key, step, scope)].join(' | '),
        ...keys.length > 0 && { restoreKeys: keys.join('\n') },
        path: cachePath(path, scope),
      },
    });
  });
}

/** Segments of a key: text in quotes is meant as it is, what is not in quotes are files (azure-pipelines-tasks, CacheV2). */
function segments(key: Text, step: StepNode, scope: StepScope): string[] {
  const made: string[] = [];
  let text = '';
  const flush = () => {
    const said = text.replace(/^[-_ ]+|[-_ ]+$/g, '');
    said !== '' && made.push(`"${said}"`);
    text = '';
  };
  for (const part of key) {
    if (typeof part !== 'string' && part.kind === 'hash') {
      flush();
      made.push(part.files.map(escapeTemplate).join(', '));
      continue;
    }
    if (typeof part === 'string' && /["|\n]/.test(part)) {
      scope.values.plan.rows.push(unsupported(`key of the cache ${step.id}`, 'quotes and bars have a meaning in keys', scope.job.job.id));
    }
    text += scope.values.text([part]);
  }
  flush();
  return made;
}

/** The agent puts its own environment into inputs, too (azure-pipelines-agent, TaskRunner.cs, ExpandEnvironmentVariables). */
function cachePath(path: string, scope: StepScope): string {
  const home = scope.job.job.runner.os === 'windows' ? '$(USERPROFILE)' : '$(HOME)';
  if (path === '~' || path.startsWith('~/')) {
    return `${home}${escapeTemplate(path.slice(1))}`;
  }
  return path.startsWith('/') ? escapeTemplate(path) : folderOf(path, scope)!;
}

/** Tools are installed by the tasks of Azure Pipelines. */
export function toolSteps(step: ToolStepNode, scope: StepScope): Step[] {
  const version = scope.values.text(step.version);
  const around = common(step, scope, {}, false);
  const task = (name: string, inputs: Record<string, unknown>) => [ordered({ task: name, ...around, inputs })];
  const cache = step.cache;
  const files: Text = cache === undefined ? [] : [step.language, '-', cache.manager, '-', '$(Agent.OS)', '-', { kind: 'hash', files: cache.lockFiles }];
  const kept = cache === undefined ? [] : cached({ ...step, outputs: [], name: [`Cache of ${cache.manager}`] }, scope, {
    key: files, restoreKeys: [files.slice(0, -1)], paths: cache.paths,
  });
  return [...installed(), ...kept];

  function installed(): Step[] {
    switch (step.language) {
      case 'node': return task('NodeTool@0', { versionSpec: version });
      case 'python': return task('UsePythonVersion@0', { versionSpec: version });
      case 'go': return task('GoTool@0', { version: goVersion() });
      case 'java': return task('JavaToolInstaller@0', {
        versionSpec: version, jdkArchitectureOption: scope.job.job.runner.arch === 'arm64' ? 'arm64' : 'x64', jdkSourceOption: 'PreInstalled',
      });
      case 'dotnet': return task('UseDotNet@2', { packageType: 'sdk', version: /^\d+(\.\d+)?$/.test(version) ? `${version}.x` : version });
      case 'rust': return [ownScript(
        'rustup toolchain install "$RUST_VERSION" --profile minimal\nrustup default "$RUST_VERSION"',
        around.displayName as string, { condition: around.condition, continueOnError: around.continueOnError, env: { RUST_VERSION: version } },
      )];
    }
  }

  /** Since 1.21 the first release of a series has a third number (go.dev/doc/toolchain), and `GoTool@0` downloads what it is told. */
  function goVersion(): string {
    const plain = plainText(step.version);
    const series = plain === undefined ? null : /^1\.(\d+)$/.exec(plain);
    if (series === null || Number(series[1]) < 21) {
      return version;
    }
    scope.values.plan.rows.push(emulated(`Go ${plain}`, `GoTool@0 takes whole versions: ${plain}.0`, scope.job.job.id));
    return `${plain}.0`;
  }
}
