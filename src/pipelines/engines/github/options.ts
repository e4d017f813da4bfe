/** Options of GitHub Actions. */
export interface GitHubActionsOptions {
  /**
   * Actions by `owner/name`, as they stand in a workflow: `{ 'actions/checkout': '3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1' }`.
   * The commit in full, 40 hex digits, and the version as a comment. They stand beside the actions that the engine knows, and before those of the same name.
   * Anything else is an error (FW1100).
   *
   * @default - the versions that this release of the library was tested with
   */
  readonly pins?: Record<string, string>;

  /**
   * The actions that the organization allows, as `owner/name` or `owner/*`. A delivery step whose action is not allowed takes its portable road,
   * which is a script; where an action is needed that is not allowed, it is an error (FW1101).
   *
   * @default - every action that the engine knows, and those of `Step.native`
   */
  readonly allowedActions?: string[];

  /**
   * Runners by system and architecture: `{ 'linux-x64': 'ubuntu-24.04' }`. Jobs that name labels of their own keep them.
   * Systems are `linux`, `windows` and `macos`, architectures `x64` and `arm64`; another key is an error (FW1100).
   *
   * @default - ubuntu-24.04, ubuntu-24.04-arm, windows-2025, windows-11-arm, macos-15-intel and macos-15
   */
  readonly runners?: Record<string, string>;

  /**
   * Whether a job `required` sums up the run, to be the one required check of a ruleset: it fails when a job failed or was cancelled, and passes when jobs
   * were skipped. Filters of paths then move from the workflow into a job, because the check of a workflow that is filtered out stays pending for ever
   * (docs.github.com, Troubleshooting required status checks).
   *
   * @default - where pull requests are filtered by paths
   */
  readonly requiredCheck?: boolean;

  /**
   * Whether a job that needs an approval first asks GitHub if its environment has required reviewers, and fails when it has none. Without reviewers, an
   * environment lets everything through.
   *
   * @default true
   */
  readonly approvalGuard?: boolean;

  /**
   * Whether templates of jobs become reusable workflows, instead of standing in each place where they are used. `explain()` says where they are written
   * out all the same: GitHub passes on no secret of an environment, and two uses must not upload one artifact. For templates of steps see
   * `compositeActions`.
   *
   * @default false
   */
  readonly nativeReuse?: boolean;

  /**
   * Whether templates of steps become composite actions of the repository (`.github/actions/<pipeline>-<template>/action.yml`), instead of standing in
   * each place where they are used. A job has to check out its commit before it uses one. `explain()` says where they are written out all the same:
   * an action knows no secrets but those that it is given as inputs, has no time limits for its steps, and does not see how steps before it came out.
   *
   * @default false
   */
  readonly compositeActions?: boolean;

  /**
   * Whether `queue: max` may be written, without which a group keeps one waiting run alone. Servers before 2026-05, and actionlint 1.7.12, refuse it.
   *
   * @default false
   */
  readonly concurrencyQueue?: boolean;

  /**
   * Whether services may have a `command`. actionlint 1.7.12 refuses it.
   *
   * @default false
   */
  readonly serviceCommand?: boolean;

  /**
   * Whether workflows of the same repository are called by `$/path`, which is pinned by itself, instead of `./path`.
   * Servers before 2026-07, and actionlint 1.7.12, refuse it.
   *
   * @default false
   */
  readonly selfRepository?: boolean;
}
