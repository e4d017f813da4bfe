import { spawnSync } from 'child_process';
import * as fs from 'fs';
import * as path from 'path';
import type { Finding } from '../diagnostics/finding';
import { isReplaced, Journal } from '../files/journal';
import { hashOf, OwnedFile, OwnershipManifest } from '../files/manifest';
import { PlannedFile } from '../files/paths';
import * as messages from '../messages';

/** The files of pinned environments as they were written last. */
export interface PinnedFiles {
  /** With the content that they have, or had in the last commit where they are gone from the disk. */
  readonly files: PlannedFile[];
  readonly findings: Finding[];
}

/** Which files are asked for. */
export interface Choice {
  /** Whether a file lies where the clusters read: an environment that was also written elsewhere is there twice. */
  readonly isPublished: (file: string) => boolean;
  readonly isSelected: (file: OwnedFile) => boolean;
  /** A promotion that was interrupted. What it has not written yet is in its journal. */
  readonly journal?: Journal;
}

/**
 * The files of environments that another commit of the program has rendered. They are taken as they stand; cdk8s-cli deletes the
 * output folder before each synth, so that what is gone comes back from the last commit, known by its hash.
 */
export function pinnedFiles(root: string, owned: OwnershipManifest, pins: Map<string, string>, choice: Choice): PinnedFiles {
  const findings: Finding[] = [];
  const files: PlannedFile[] = [];
  const lost: Array<[string, PlannedFile]> = [];
  const present = new Set<string>();
  const { journal } = choice;
  if (journal !== undefined && pins.has(journal.environment)) {
    files.push(...journal.files.filter(file => choice.isPublished(file.path) && choice.isSelected({ ...file, sha256: '' })));
    present.add(journal.environment);
  }
  for (const [file, entry] of owned.files) {
    const { sha256, environment, workload } = entry;
    if (environment === undefined || !pins.has(environment) || !choice.isPublished(file) || (journal !== undefined && isReplaced(journal, entry))) {
      continue;
    }
    present.add(environment);
    if (!choice.isSelected(entry)) {
      continue;
    }
    const planned: PlannedFile = { path: file, content: '', executable: false, source: environment, environment, workload };
    const content = contentOf(path.join(root, file), sha256);
    if (content === undefined) {
      lost.push([sha256, planned]);
    } else if (hashOf(content) !== sha256) {
      findings.push(messages.pinnedFileEdited.at(environment, { file, environment }));
    } else {
      files.push({ ...planned, content, executable: (fs.statSync(path.join(root, file)).mode & 0o100) !== 0 });
    }
  }
  const restored = committed(root, lost.map(([, { path: file }]) => file));
  lost.forEach(([sha256, planned], i) => {
    const content = restored[i];
    if (content !== undefined && hashOf(content) === sha256) {
      files.push({ ...planned, content });
    } else {
      findings.push(messages.pinnedFileLost.at(planned.environment!, { file: planned.path, environment: planned.environment! }));
    }
  });
  const absent = [...pins].filter(([environment]) => !present.has(environment))
    .map(([environment, revision]) => messages.pinnedWithoutFiles.at(environment, { environment, revision }));
  return { files, findings: [...findings, ...absent] };
}

function contentOf(file: string, sha256: string): string | undefined {
  let content: string;
  try {
    content = fs.readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
  // A checkout may have turned the line ends.
  const turned = content.includes('\r\n') ? content.replace(/\r\n/g, '\n') : content;
  return hashOf(turned) === sha256 ? turned : content;
}

/** What files said in the last commit; nothing where git does not know. One process for all of them. */
function committed(root: string, files: string[]): Array<string | undefined> {
  if (files.length === 0) {
    return [];
  }
  const { stdout, status } = spawnSync('git', ['cat-file', '--batch'], {
    cwd: root, input: files.map(file => `HEAD:./${file}\n`).join(''), maxBuffer: 2 ** 30,
  });
  if (status !== 0 || !stdout) {
    return files.map(() => undefined);
  }
  let at = 0;
  return files.map(() => {
    const end = stdout.indexOf('\n', at);
    const size = /^[a-f0-9]+ blob (\d+)$/.exec(stdout.toString('utf8', at, end))?.[1];
    const start = end + 1;
    at = size === undefined ? start : start + Number(size) + 1;
    return size === undefined ? undefined : stdout.toString('utf8', start, start + Number(size));
  });
}
