import type { Step } from './ast';
import * as messages from './messages';
import type { World } from './world';
import type { DownloadStepNode, JobNode, UploadStepNode } from '../../graph';

/*
 * Artifacts are stashed for the jobs that download them, and archived for people. Paths within are as they were uploaded.
 */

/** Patterns of Ant for paths: what is no pattern may be a file or a folder. */
function patterns(paths: readonly string[]): string {
  return paths.map(path => path.replace(/^\.\//, '').replace(/\/+$/, '')).flatMap(path => {
    if (path === '' || path === '.') {
      return ['**'];
    }
    return /[*?]/.test(path) ? [path] : [path, `${path}/**`];
  }).join(',');
}

/** The name of the stash of a leg. */
const stashOf = (artifact: string, leg: string, job: string) => leg === job ? artifact : `${artifact}-${leg.slice(job.length + 1)}`;

export function upload(step: UploadStepNode, job: JobNode, leg: string, world: World): Step[] {
  const doubtful = step.paths.find(path => /[,\s\p{C}]/u.test(path));
  if (doubtful !== undefined) {
    world.findings.push(messages.unwritableName.at(step.path, { what: 'path', value: doubtful, fault: 'has a comma or a blank in it' }));
    return [];
  }
  const allowEmpty = step.ifMissing !== 'error';
  const includes = patterns(step.paths);
  return [
    { step: 'archiveArtifacts', artifacts: includes, allowEmptyArchive: allowEmpty },
    ...world.downloaded.has(step.artifact) ? [{ step: 'stash', name: stashOf(step.artifact, leg, job.id), includes, allowEmpty } as Step] : [],
  ];
}

export function download(step: DownloadStepNode, world: World): Step[] {
  const unstash = world.legsOf(step.from).map((leg): Step => ({ step: 'unstash', name: stashOf(step.artifact, leg, step.from) }));
  return step.folder === '.' || step.folder === '' ? unstash : [{ step: 'dir', path: step.folder, steps: unstash }];
}
