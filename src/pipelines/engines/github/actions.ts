import * as messages from './messages';
import type { GitHubActionsOptions } from './options';
import { PIN, PINS, repositoryOf } from './pins';
import type { Report } from './report';
import { didYouMean } from '../../../core/diagnostics/problem';

/** The actions that workflows may use, and at which commit. */
export class Actions {
  private readonly pins = new Map(Object.entries(PINS));
  private readonly versions = new Map<string, string>();

  public constructor(private readonly options: GitHubActionsOptions) {
    for (const [action, pin] of Object.entries(options.pins ?? {})) {
      this.pins.set(action, pin);
    }
  }

  public isAllowed(action: string): boolean {
    const { allowedActions } = this.options;
    const repository = repositoryOf(action).toLowerCase();
    return allowedActions === undefined || allowedActions.some(allowed => allowed.toLowerCase() === repository
      || allowed.endsWith('/*') && repository.startsWith(allowed.slice(0, -1).toLowerCase()));
  }

  /** What `uses` says: the action at its commit. */
  public uses(action: string, path: string, report: Report): string {
    this.check(action, path, report);
    const [, commit, version] = PIN.exec(this.pins.get(repositoryOf(action))!)!;
    return this.pinned(action, commit, version);
  }

  /** Finds it when an action is not allowed. */
  public check(action: string, path: string, report: Report): void {
    if (!this.isAllowed(action)) {
      report.find(messages.actionNotAllowed.at(path, { action: repositoryOf(action), allowed: this.options.allowedActions! }));
    }
  }

  /** An action at a commit, whose version stands in a comment. */
  public pinned(action: string, commit: string, version: string): string {
    const uses = `${action}@${commit}`;
    this.versions.set(uses, version);
    return uses;
  }

  /** The version that belongs to a `uses`. */
  public versionOf(uses: string): string | undefined {
    return this.versions.get(uses);
  }
}

/** What is wrong with the options, found at a path. */
export function checkOptions(options: GitHubActionsOptions): void {
  const refuse = (option: string, value: unknown, fault: string) => messages.invalidOption.error('', { option, value, fault });
  entriesOf(options ?? null, 'options', refuse);
  for (const [action, pin] of entriesOf(options.pins, 'pins', refuse)) {
    if (!/^[\w.-]+\/[\w.-]+$/.test(action)) {
      throw refuse('pins', action, 'is no owner/name of an action');
    }
    if (typeof pin !== 'string' || !PIN.test(pin)) {
      throw refuse(`pin of ${action}`, pin, 'is no commit of 40 hex digits with its version as a comment');
    }
  }
  const { allowedActions } = options;
  if (allowedActions !== undefined) {
    const wrong = Array.isArray(allowedActions) ? allowedActions.find(each => typeof each !== 'string' || !/^[\w.-]+\/([\w.-]+|\*)$/.test(each)) : allowedActions;
    if (wrong !== undefined || !Array.isArray(allowedActions)) {
      throw refuse('allowedActions', wrong, 'is no list of owner/name or owner/*');
    }
  }
  for (const [runner, label] of entriesOf(options.runners, 'runners', refuse)) {
    if (!RUNNERS.has(runner)) {
      throw refuse('runners', runner, `is no system and architecture${didYouMean(runner, RUNNERS.keys())}`);
    }
    if (typeof label !== 'string' || !/^[\w.-]+$/.test(label)) {
      throw refuse(`runner of ${runner}`, label, 'is no label');
    }
  }
  for (const flag of FLAGS) {
    if (options[flag] !== undefined && typeof options[flag] !== 'boolean') {
      throw refuse(flag, options[flag], 'is neither true nor false');
    }
  }
  const unknown = Object.keys(options).find(key => !KNOWN.has(key));
  if (unknown !== undefined) {
    throw refuse('option', unknown, `is not known${didYouMean(unknown, KNOWN)}`);
  }
}

const FLAGS = ['requiredCheck', 'approvalGuard', 'nativeReuse', 'compositeActions', 'concurrencyQueue', 'serviceCommand', 'selfRepository'] as const;

const KNOWN = new Set<string>(['pins', 'allowedActions', 'runners', ...FLAGS]);

/** The runners of GitHub (docs.github.com, GitHub-hosted runners reference). */
export const RUNNERS = new Map([
  ['linux-x64', 'ubuntu-24.04'],
  ['linux-arm64', 'ubuntu-24.04-arm'],
  ['windows-x64', 'windows-2025'],
  ['windows-arm64', 'windows-11-arm'],
  ['macos-x64', 'macos-15-intel'],
  ['macos-arm64', 'macos-15'],
]);

type Refuse = (option: string, value: unknown, fault: string) => Error;

function entriesOf(map: unknown, option: string, refuse: Refuse): Array<[string, unknown]> {
  if (map === undefined) {
    return [];
  }
  if (typeof map !== 'object' || map === null || Array.isArray(map)) {
    throw refuse(option, map, 'is no map');
  }
  return Object.entries(map);
}
