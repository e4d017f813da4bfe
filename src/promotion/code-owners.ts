import type { Construct } from 'constructs';
import { PromotionGate } from './gate';
import * as messages from './messages';
import type { Road, RoadEnvironment } from './road';
import { Finding } from '../core/diagnostics/finding';
import { FileContent, Marker } from '../core/file-content';
import { pathFault } from '../core/files/paths';
import { isMap } from '../core/metadata';
import { RepositoryFile } from '../core/repository-file';

/** Who reads a CODEOWNERS file. */
export enum CodeOwnersForm {
  /** GitHub: globs; the last line that fits decides, and one of its owners is enough. */
  GITHUB = 'github',
  /** GitLab: sections, each with a number of approvals. */
  GITLAB = 'gitlab',
  /** Gitea and Forgejo: regular expressions; owners are asked, and not waited for. */
  GITEA = 'gitea',
}

/** Options of a CODEOWNERS file. */
export interface CodeOwnersOptions {
  /**
   * Who reads it.
   *
   * @default CodeOwnersForm.GITHUB
   */
  readonly form?: CodeOwnersForm;

  /**
   * Where it lies in the repository.
   *
   * @default - `.github/CODEOWNERS`, `.gitlab/CODEOWNERS` or `.gitea/CODEOWNERS`
   */
  readonly path?: string;

  /**
   * Lines of your own, as they are written. They come before those of the environments, which therefore go before them.
   *
   * @default - none
   */
  readonly lines?: string[];
}

/** Options that have been checked. */
export type CodeOwners = Required<CodeOwnersOptions>;

const PATHS: Record<CodeOwnersForm, string> = {
  [CodeOwnersForm.GITHUB]: '.github/CODEOWNERS',
  [CodeOwnersForm.GITLAB]: '.gitlab/CODEOWNERS',
  [CodeOwnersForm.GITEA]: '.gitea/CODEOWNERS',
};

/** Throws FW900. */
export function checkedCodeOwners(engine: string, options: unknown = {}): CodeOwners {
  const refuse = (option: string, value: unknown, fault: string) => messages.invalidOption.error('', { engine, option: `codeOwners.${option}`, value, fault });
  if (!isMap(options)) {
    throw messages.invalidOption.error('', { engine, option: 'codeOwners', value: options, fault: 'is no map of options' });
  }
  const { form = CodeOwnersForm.GITHUB, path: given, lines = [], ...others } = options as CodeOwnersOptions;
  const unknown = Object.keys(others)[0];
  if (unknown !== undefined) {
    throw refuse(unknown, (others as Record<string, unknown>)[unknown], 'is none of form, path, lines');
  }
  if (!Object.values(CodeOwnersForm).includes(form)) {
    throw refuse('form', form, `is none of ${Object.values(CodeOwnersForm).join(', ')}`);
  }
  const path = given ?? PATHS[form];
  const fault = typeof path === 'string' ? pathFault(path) : 'is no text';
  if (fault) {
    throw refuse('path', path, fault);
  }
  if (!Array.isArray(lines)) {
    throw refuse('lines', lines, 'is no list');
  }
  const bad = Array.from(lines).findIndex(line => typeof line !== 'string' || /[\p{Cc}\p{Cf}]/u.test(line.replaceAll('\t', ' ')));
  if (bad >= 0) {
    throw refuse(`lines[${bad}]`, lines[bad], 'is no line of text');
  }
  return { form, path, lines: [...lines] };
}

/** Writes the file, where there is something to write. */
export function writeCodeOwners(scope: Construct, road: Road, options: CodeOwners): void {
  const guarded = guardedOf(road);
  if (guarded.length > 0 || options.lines.length > 0) {
    new RepositoryFile(scope, 'code-owners', { path: options.path, content: FileContent.text(textOf(road, guarded, options), { marker: Marker.HASH }) });
  }
}

/** What a file of this form cannot demand: FW905. */
export function codeOwnersFindings(road: Road, { form, path }: CodeOwners): Finding[] {
  return guardedOf(road).flatMap(environment => {
    const { teams, count = 1 } = environment.protection.approvals!;
    const people = `${count} approval${count === 1 ? '' : 's'}`;
    switch (form) {
      case CodeOwnersForm.GITLAB: return [];
      case CodeOwnersForm.GITHUB: return count === 1 ? [] : [messages.approvalsBeyondFile.at(environment.path, {
        environment: environment.name,
        what: `it asks for ${people}, and GitHub takes one of ${teams.map(owner).join(', ')} for enough`,
        remedy: `Set "Required number of approvals before merging" to ${count} and "Require review from Code Owners" in the protection of the branch, then acknowledge FW905 with that.`,
      })];
      case CodeOwnersForm.GITEA: return [messages.approvalsBeyondFile.at(environment.path, {
        environment: environment.name,
        what: `${path} asks for reviews, and waits for none`,
        remedy: `Set ${people} and "Restrict approvals to whitelisted users or teams" with ${teams.join(', ')} in the protection of the branch, then acknowledge FW905 with that.`,
      })];
    }
  });
}

function guardedOf(road: Road): RoadEnvironment[] {
  return road.environments.filter(environment => environment.gates.includes(PromotionGate.APPROVALS));
}

function textOf(road: Road, guarded: RoadEnvironment[], { form, path, lines }: CodeOwners): string {
  const everybody = [...new Set(guarded.flatMap(({ protection }) => protection.approvals!.teams.map(owner)))].sort();
  // Who may change this file may change who is asked.
  const self = guarded.length === 0 ? [] : [{ title: 'This file', count: 1, owners: everybody, paths: [path] }];
  const blocks = [
    ...guarded.map(environment => ({
      title: `Releases and manifests of ${environment.name}`,
      count: environment.protection.approvals!.count ?? 1,
      owners: environment.protection.approvals!.teams.map(owner),
      paths: pathsOf(road, environment),
    })),
    ...self,
  ];
  return [
    ...lines,
    ...blocks.flatMap(({ title, count, owners, paths }, i) => [
      ...(i === 0 && lines.length === 0 ? [] : ['']),
      ...(form === CodeOwnersForm.GITLAB ? [`[${title}][${count}] ${owners.join(' ')}`] : [`# ${title}.`]),
      ...paths.map(each => form === CodeOwnersForm.GITLAB ? escapedGlob(`/${each}`) : `${patternOf(form, each)} ${owners.join(' ')}`),
    ]),
  ].join('\n');
}

function pathsOf({ releases }: Road, { name, sources, folders }: RoadEnvironment): string[] {
  return [`${releases}/${name}.json`, ...(sources.length === 0 ? [`${releases}/${name}.images.yaml`] : []), ...folders];
}

function patternOf(form: CodeOwnersForm, path: string): string {
  return form === CodeOwnersForm.GITEA ? `${path.replace(/[\\^$.*+?()[\]{}|#\s]/g, '\\$&')}${path.endsWith('/') ? '.*' : ''}` : escapedGlob(`/${path}`);
}

/** A path that stands for itself: a space would begin the owners, and the others stand for more than one path. */
function escapedGlob(path: string): string {
  return path.replace(/[\\*?[\]!#\s]/g, '\\$&');
}

function owner(team: string): string {
  return team.startsWith('@') ? team : `@${team}`;
}
