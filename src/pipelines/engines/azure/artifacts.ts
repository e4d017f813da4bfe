import { escapeTemplate } from './escape';
import { common, folderOf, ordered, ownScript, Step, StepScope } from './step';
import { LEG } from './values';
import { approximated, dropped } from '../../gaps';
import type { DownloadStepNode, UploadStepNode } from '../../graph';

/** `publish` takes one path; of several, or of globs, a folder is made first. */
export function uploadSteps(step: UploadStepNode, scope: StepScope): Step[] {
  const { plan } = scope.values;
  if (step.retentionDays !== undefined) {
    plan.rows.push(dropped(`retention of the artifact ${step.artifact}`, 'artifacts are kept as long as their run', scope.job.job.id));
  }
  if (step.ifMissing !== 'error') {
    plan.rows.push(approximated(`artifact ${step.artifact} without files`, 'the job succeeds with issues', scope.job.job.id));
  }
  const name = `${escapeTemplate(step.artifact)}${ownLeg(scope)}`;
  const around = { ...common(step, scope, {}, false), continueOnError: step.continueOnError || step.ifMissing !== 'error' || undefined };
  const root = scope.root ?? '$(Build.SourcesDirectory)';
  const single = step.paths.length === 1 && !/[*?]/.test(step.paths[0]);
  if (single) {
    return [ordered({ publish: `${root}/${escapeTemplate(trimmed(step.paths[0]))}`, artifact: name, ...around })];
  }
  const staging = `$(Build.ArtifactStagingDirectory)/${name}`;
  const base = commonFolder(step.paths);
  const contents = step.paths.map(path => trimmed(path).slice(base.length)).flatMap(path => path === '' ? ['**'] : /[*?]/.test(path) ? [path] : [path, `${path}/**`]);
  return [
    ordered({
      task: 'CopyFiles@2',
      ...around,
      displayName: `Collect ${escapeTemplate(step.artifact)}`,
      inputs: {
        SourceFolder: base === '' ? root : `${root}/${escapeTemplate(base.slice(0, -1))}`,
        Contents: contents.map(escapeTemplate).join('\n'),
        TargetFolder: staging,
      },
    }),
    ordered({ publish: staging, artifact: name, ...around }),
  ];
}

/** Downloads of a matrix are laid over each other, as if one job had uploaded them. */
export function downloadSteps(step: DownloadStepNode, scope: StepScope): Step[] {
  const from = scope.values.plan.of(step.from);
  const around = common(step, scope, {}, false);
  const target = folderOf(step.folder, scope);
  const download = (artifact: string, displayName: unknown) => ordered({
    task: 'DownloadPipelineArtifact@2',
    ...around,
    displayName,
    inputs: { buildType: 'current', artifactName: artifact, targetPath: target },
  });
  const artifact = escapeTemplate(step.artifact);
  if (from.job.matrix?.kind === 'dynamic') {
    const all = `$(Agent.TempDirectory)/${artifact}`;
    return [
      ordered({
        task: 'DownloadPipelineArtifact@2', ...around, inputs: { buildType: 'current', itemPattern: `${artifact}-leg_*/**`, targetPath: all },
      }),
      ownScript(
        'mkdir -p "$TARGET"\nfor fairway_leg in "$SOURCE"/*/; do\n  cp -R "$fairway_leg." "$TARGET"\ndone',
        `Lay the legs of ${artifact} together`, { condition: around.condition, env: { SOURCE: all, TARGET: target } },
      ),
    ];
  }
  const legs = from.job.matrix === undefined ? [] : from.legs.length > 0 ? from.legs : from.parts.map(part => part.leg!);
  return legs.length === 0 ? [download(artifact, around.displayName)]
    : legs.map(leg => download(`${artifact}-${leg}`, `${around.displayName as string} (${leg})`));
}

function ownLeg({ job, part }: StepScope): string {
  return part.leg !== undefined ? `-${part.leg}` : job.job.matrix !== undefined ? `-$(${LEG})` : '';
}

function trimmed(path: string): string {
  return path.replace(/^\.\//, '').replace(/\/+$/, '');
}

/** The folder that all paths stand in, with a slash at its end; empty for the root. It is the root of the artifact. */
function commonFolder(paths: readonly string[]): string {
  const folders = paths.map(path => {
    const parts = trimmed(path).split('/');
    const star = parts.findIndex(part => /[*?]/.test(part));
    return parts.slice(0, star < 0 ? parts.length - 1 : star);
  });
  const first = folders[0];
  let length = 0;
  while (length < first.length && folders.every(parts => parts[length] === first[length])) {
    length++;
  }
  return first.slice(0, length).map(part => `${part}/`).join('');
}
