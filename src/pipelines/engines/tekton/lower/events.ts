import { celMatches, celText } from './cel';
import type { ContextName, GlobsNode, TriggerNode } from '../../../graph';
import { TektonEvents } from '../options';
import { slugOf, Settings } from '../settings';

/*
 * What events of the hosts say, and which of them start a run. The payloads: docs.github.com (Webhook events and payloads),
 * docs.gitlab.com (Webhook events); the fields of interceptors: pkg/interceptors of tektoncd/triggers 0.37.
 */

/** How one trigger of a pipeline is heard. */
export interface Heard {
  /** The events, as the interceptor of the host is told. */
  readonly eventTypes: readonly string[];
  /** What must hold, in CEL. All of it. */
  readonly filters: readonly string[];
  /** Values that are added to the event. */
  readonly overlays: ReadonlyArray<{ readonly key: string; readonly expression: string }>;
  /** What the run is told, as texts of a TriggerBinding. Contexts that are left out are empty. */
  readonly contexts: Readonly<Partial<Record<ContextName, string>>>;
  readonly needsChangedFiles: boolean;
  /** What is not quite as it is meant. */
  readonly gaps: readonly string[];
}

const NO_COMMIT = '0000000000000000000000000000000000000000';

/** How a trigger is heard, or why it is not. */
export function heard(trigger: TriggerNode, settings: Settings): Heard | string | undefined {
  return settings.events === TektonEvents.GITHUB ? fromGitHub(trigger, settings) : fromGitLab(trigger, settings);
}

function globs(value: string, { include, exclude }: GlobsNode): string[] {
  const isAll = include.length === 1 && include[0] === '**';
  return [...isAll ? [] : [celMatches(value, include)], ...exclude.length === 0 ? [] : [`!${celMatches(value, exclude)}`]];
}

/** Whether one file is meant. */
function file({ include, exclude }: GlobsNode): string {
  return [celMatches('file', include), ...exclude.length === 0 ? [] : [`!${celMatches('file', exclude)}`]].join(' && ');
}

const refPart = (key: string, expression: string, prefix: string) => ({ key, expression: `${expression}.substring(${prefix.length})` });

function fromGitHub(trigger: TriggerNode, settings: Settings): Heard | string | undefined {
  const own = `body.repository.full_name == ${celText(slugOf(settings.repository))}`;
  const actor = '$(body.sender.login)';
  const paths = 'paths' in trigger && trigger.paths !== undefined ? [`extensions.changed_files.split(',').exists(file, ${file(trigger.paths)})`] : [];
  const base = { filters: [own], overlays: [], needsChangedFiles: paths.length > 0, gaps: [] as string[] };
  switch (trigger.kind) {
    case 'push': return {
      ...base,
      eventTypes: ['push'],
      overlays: [refPart('branch', 'body.ref', 'refs/heads/')],
      filters: [own, 'body.ref.startsWith("refs/heads/")', '!body.deleted', ...globs('body.ref.substring(11)', trigger.branches), ...paths],
      contexts: { event: 'push', sha: '$(body.after)', baseSha: '$(body.before)', ref: '$(body.ref)', branch: '$(extensions.branch)', actor },
    };
    case 'tag': return {
      ...base,
      eventTypes: ['push'],
      overlays: [refPart('tag', 'body.ref', 'refs/tags/')],
      filters: [own, 'body.ref.startsWith("refs/tags/")', '!body.deleted', ...globs('body.ref.substring(10)', trigger.tags)],
      contexts: { event: 'tag', sha: '$(body.after)', ref: '$(body.ref)', tag: '$(extensions.tag)', actor },
    };
    case 'pullRequest': return {
      ...base,
      eventTypes: ['pull_request'],
      overlays: [{ key: 'number', expression: 'string(int(body.number))' }],
      filters: [
        own, 'body.action in ["opened", "synchronize", "reopened", "ready_for_review"]', 'body.pull_request.head.repo.full_name == body.repository.full_name',
        ...trigger.drafts ? [] : ['!body.pull_request.draft'], ...globs('body.pull_request.base.ref', trigger.branches), ...paths,
      ],
      contexts: {
        event: 'pullRequest',
        sha: '$(body.pull_request.head.sha)',
        baseSha: '$(body.pull_request.base.sha)',
        ref: 'refs/pull/$(extensions.number)/head',
        branch: '$(body.pull_request.head.ref)',
        changeNumber: '$(extensions.number)',
        changeTitle: '$(body.pull_request.title)',
        sourceBranch: '$(body.pull_request.head.ref)',
        targetBranch: '$(body.pull_request.base.ref)',
        actor,
      },
      gaps: ['pull requests from forks start nothing: runs read the secrets of the pipeline'],
    };
    case 'mergeQueue': return {
      ...base,
      eventTypes: ['merge_group'],
      filters: [own, 'body.action == "checks_requested"', 'body.merge_group.base_ref.startsWith("refs/heads/")', ...globs('body.merge_group.base_ref.substring(11)', trigger.branches)],
      overlays: [refPart('branch', 'body.merge_group.head_ref', 'refs/heads/'), refPart('target', 'body.merge_group.base_ref', 'refs/heads/')],
      contexts: {
        event: 'mergeQueue', sha: '$(body.merge_group.head_sha)', baseSha: '$(body.merge_group.base_sha)', ref: '$(body.merge_group.head_ref)', branch: '$(extensions.branch)', targetBranch: '$(extensions.target)', actor,
      },
    };
    case 'release': return {
      ...base,
      eventTypes: ['release'],
      filters: [own, 'body.action == "published"'],
      contexts: { event: 'release', ref: 'refs/tags/$(body.release.tag_name)', tag: '$(body.release.tag_name)', actor },
    };
    default: return undefined;
  }
}

function fromGitLab(trigger: TriggerNode, settings: Settings): Heard | string | undefined {
  const own = `body.project.path_with_namespace == ${celText(slugOf(settings.repository))}`;
  const base = { filters: [own], overlays: [], needsChangedFiles: false, gaps: [] as string[] };
  const exists = `body.after != ${celText(NO_COMMIT)}`;
  const actor = '$(body.user_username)';
  switch (trigger.kind) {
    case 'push': return {
      ...base,
      eventTypes: ['Push Hook'],
      overlays: [refPart('branch', 'body.ref', 'refs/heads/')],
      filters: [
        own, exists, 'body.ref.startsWith("refs/heads/")', ...globs('body.ref.substring(11)', trigger.branches),
        ...trigger.paths === undefined ? [] : [`body.commits.exists(commit, (commit.added + commit.modified + commit.removed).exists(file, ${file(trigger.paths)}))`],
      ],
      contexts: { event: 'push', sha: '$(body.after)', baseSha: '$(body.before)', ref: '$(body.ref)', branch: '$(extensions.branch)', actor },
      gaps: trigger.paths === undefined ? [] : ['GitLab tells the files of the last 20 commits of a push'],
    };
    case 'tag': return {
      ...base,
      eventTypes: ['Tag Push Hook'],
      overlays: [refPart('tag', 'body.ref', 'refs/tags/')],
      filters: [own, exists, 'body.ref.startsWith("refs/tags/")', ...globs('body.ref.substring(10)', trigger.tags)],
      contexts: { event: 'tag', sha: '$(body.checkout_sha)', ref: '$(body.ref)', tag: '$(extensions.tag)', actor },
    };
    case 'pullRequest': return {
      ...base,
      eventTypes: ['Merge Request Hook'],
      overlays: [{ key: 'number', expression: 'string(int(body.object_attributes.iid))' }],
      filters: [
        own, '(body.object_attributes.action in ["open", "reopen"] || (body.object_attributes.action == "update" && has(body.object_attributes.oldrev)))',
        'body.object_attributes.source_project_id == body.object_attributes.target_project_id',
        ...trigger.drafts ? [] : ['!body.object_attributes.draft'], ...globs('body.object_attributes.target_branch', trigger.branches),
      ],
      contexts: {
        event: 'pullRequest',
        sha: '$(body.object_attributes.last_commit.id)',
        ref: 'refs/merge-requests/$(extensions.number)/head',
        branch: '$(body.object_attributes.source_branch)',
        changeNumber: '$(extensions.number)',
        changeTitle: '$(body.object_attributes.title)',
        sourceBranch: '$(body.object_attributes.source_branch)',
        targetBranch: '$(body.object_attributes.target_branch)',
        actor: '$(body.user.username)',
      },
      gaps: [
        'merge requests from forks start nothing: runs read the secrets of the pipeline',
        ...trigger.paths === undefined ? [] : ['GitLab does not tell the files of a merge request, so every one starts a run'],
      ],
    };
    case 'mergeQueue': return 'GitLab sends no event for a merge train';
    case 'release': return {
      ...base,
      eventTypes: ['Release Hook'],
      filters: [own, 'body.action == "create"'],
      contexts: { event: 'release', sha: '$(body.commit.id)', ref: 'refs/tags/$(body.tag)', tag: '$(body.tag)' },
    };
    default: return undefined;
  }
}
