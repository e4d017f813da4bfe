import { Severity } from '../../../core/diagnostics/finding';
import { list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW110x to FW112x: GitHub Actions.
 */

export const invalidOption = problem<{ option: string; value: unknown; fault: string }>({
  code: 'FW1100',
  severity: Severity.ERROR,
  title: 'An option of GitHub Actions that cannot be',
  explanation: 'Actions are pinned by the full commit, because tags can be moved: 76 of the 77 tags of one action were, in March 2026 (CVE-2026-33634).',
}, a => ({
  message: `The ${a.option} ${show(a.value)} ${a.fault}.`,
  remedy: 'Write for example PipelineEngine.githubActions({ pins: { \'actions/checkout\': \'3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1\' } }).',
}));

export const actionNotAllowed = problem<{ action: string; allowed: readonly string[] }>({
  code: 'FW1101',
  severity: Severity.ERROR,
  title: 'An action that is needed and not allowed',
  explanation: 'GitHub refuses to start a run that names an action which the organization does not allow.',
}, a => ({
  message: `The action ${show(a.action)} is needed here, and only ${list(a.allowed)} are allowed.`,
  remedy: 'Add it to allowedActions, or do without the step.',
}));

export const unreadable = problem<{ value: string; place: string; instead: string }>({
  code: 'FW1102',
  severity: Severity.ERROR,
  title: 'A value where GitHub does not know it',
  explanation: 'GitHub decides about a job before its matrix is taken apart, and no condition sees secrets (docs.github.com, Contexts reference, context availability).',
}, a => ({ message: `The ${a.place} reads ${show(a.value)}, which GitHub does not know there.`, remedy: a.instead }));

export const tooManyInputs = problem<{ count: number }>({
  code: 'FW1103',
  severity: Severity.ERROR,
  title: 'More inputs than a manual start may have',
  explanation: 'A manual start has at most 25 inputs (docs.github.com, Events that trigger workflows, workflow_dispatch).',
}, a => ({ message: `The pipeline has ${a.count} inputs, and a manual start has at most 25.`, remedy: 'Join inputs, or put some into a file of the repository.' }));

export const tooOften = problem<{ cron: string }>({
  code: 'FW1104',
  severity: Severity.ERROR,
  title: 'A schedule that is too close',
  explanation: 'Scheduled workflows run every five minutes at most (docs.github.com, Events that trigger workflows, schedule).',
}, a => ({ message: `The schedule ${show(a.cron)} has less than five minutes between two runs.`, remedy: 'Write for example */5 in the minutes.' }));

export const deadlock = problem<{ group: string; job: string }>({
  code: 'FW1105',
  severity: Severity.ERROR,
  title: 'A job that waits for its own run',
  explanation: 'The run holds its group until its last job is done. A job of the same group waits for that, and GitHub cancels the run as a deadlock. Groups are told apart without case.',
}, a => ({ message: `The job ${show(a.job)} has the concurrency group ${show(a.group)} of its own pipeline.`, remedy: 'Give the job another group, or take one of the two away.' }));

export const tooLarge = problem<{ what: string; size: number; limit: number; unit: string }>({
  code: 'FW1106',
  severity: Severity.ERROR,
  title: 'A workflow that GitHub refuses for its size',
  explanation: 'A workflow file has at most 512,000 bytes, and a text with expressions in it at most 21,000 characters (actions/languageservices, workflow-parser; actions/runner#1012). '
    + 'GitHub says nothing of it beforehand: the run fails when it starts.',
}, a => ({ message: `${a.what} has ${a.size} ${a.unit}, and GitHub takes ${a.limit}.`, remedy: 'Split the pipeline, or move long scripts into files of the repository.' }));

export const patchFailed = problem<{ path: string; reason: string; fault: string }>({
  code: 'FW1107',
  severity: Severity.ERROR,
  title: 'A change of a workflow that finds nothing to change',
  explanation: 'Changes are JSON Patch (RFC 6902) over what the engine made. What it makes can differ from one release to the next; a change that finds nothing is never passed over.',
}, a => ({ message: `The change ${show(a.path)} (${a.reason}) ${a.fault}.`, remedy: 'Look at the workflow without the change, and mend the path.' }));

export const neverRuns = problem<{ what: string; condition: string }>({
  code: 'FW1108',
  severity: Severity.WARNING,
  title: 'A condition that never holds',
  explanation: 'The condition asks for an event that does not start this pipeline.',
}, a => ({ message: `The ${a.what} never runs: ${a.condition}.`, remedy: 'Add the trigger, or take the job or the step away.' }));

export const unpinnedAction = problem<{ uses: unknown }>({
  code: 'FW1109',
  severity: Severity.ERROR,
  title: 'An action that is not pinned',
  explanation: 'A tag or a branch names something else tomorrow, and runs with the grants of the job. Actions are pinned by the full commit, images by digest.',
}, a => ({ message: `The step uses ${show(a.uses)}, which names no commit.`, remedy: 'Write owner/name@<40 hex digits> # v1.2.3, or docker://image@sha256:….' }));

export const invalidBody = problem<{ fault: string; value: unknown }>({
  code: 'FW1110',
  severity: Severity.ERROR,
  title: 'A native step that GitHub refuses',
  explanation: 'A step has either `uses` with `with`, or `run`; and no expression belongs into a script: what it says would be read as code.',
}, a => ({ message: `The step ${show(a.value)} ${a.fault}.`, remedy: 'Write for example { uses: \'owner/name@<commit> # v1.2.3\', with: { key: \'value\' } }.' }));

export const manyNeeds = problem<{ edges: number; jobs: number }>({
  code: 'FW1111',
  severity: Severity.WARNING,
  title: 'More needs than GitHub is known to take',
  explanation: 'A workflow of 160 jobs with 4,700 needs failed when it started, without a message (cdklabs/cdk-pipelines-github#1456).',
}, a => ({ message: `The workflow has ${a.jobs} jobs with ${a.edges} needs.`, remedy: 'Put a job between groups of jobs, or split the pipeline.' }));

export const reservedSecret = problem<{ name: string }>({
  code: 'FW1112',
  severity: Severity.ERROR,
  title: 'A secret that cannot be',
  explanation: 'Names of secrets must not begin with `GITHUB_` (docs.github.com, Using secrets, naming).',
}, a => ({ message: `The secret ${show(a.name)} begins with GITHUB_.`, remedy: 'Rename the secret.' }));

export const unwritableCondition = problem<{ what: string; glob: string }>({
  code: 'FW1113',
  severity: Severity.ERROR,
  title: 'A glob that GitHub cannot ask for',
  explanation: 'Expressions have no globs. Most are written with `startsWith`, `endsWith` and `contains`; what is left is computed by a job before, which cannot see outputs of other jobs.',
}, a => ({ message: `The ${a.what} matches an output against ${show(a.glob)}.`, remedy: 'Compare with values, use ** at one end of the glob, or let the job that gives the output give true or false.' }));

export const slashInName = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW1114',
  severity: Severity.ERROR,
  title: 'A name that GitHub refuses',
  explanation: 'Names of artifacts have no " : < > | * ? \\ / and no line breaks (actions/toolkit, packages/artifact, path-and-artifact-name-validation.ts). '
    + 'A matrix has no variables `include` and `exclude`, which are keys of their own (docs.github.com, Workflow syntax, jobs.<job_id>.strategy.matrix).',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Use letters, digits, hyphens, underscores and dots.' }));

export const sameKeys = problem<{ where: string; one: string; other: string }>({
  code: 'FW1120',
  severity: Severity.ERROR,
  title: 'Names that GitHub cannot tell apart',
  explanation: 'GitHub reads the keys of a workflow without regard to case, and refuses one with two that are alike but for that '
    + '(actions/languageservices, workflow-parser, template-reader.ts). Of two such outputs of a step it knows one.',
}, a => ({ message: `${show(a.one)} and ${show(a.other)} in ${a.where} differ in case alone.`, remedy: 'Rename one of them.' }));

export const crowdedGroup = problem<{ jobs: readonly string[]; most: number }>({
  code: 'FW1121',
  severity: Severity.WARNING,
  title: 'Jobs of a run that cancel each other',
  explanation: 'In a group, GitHub lets one job run and one wait. One more cancels the one that waits, or the one that runs where the group says so '
    + '(docs.github.com, Control the concurrency of workflows and jobs).',
}, a => ({
  message: `The jobs ${list(a.jobs)} share a concurrency group and nothing puts them in order: ${a.most === 1 ? 'a new one stops the one that runs' : 'of those that wait, one is kept'}.`,
  remedy: 'Put them in order by dependsOn, give each a group of its own, or turn on GitHubActionsOptions.concurrencyQueue where a group replaces those that wait.',
}));
