import { Severity } from '../../../core/diagnostics/finding';
import { problem, show } from '../../../core/diagnostics/problem';

/*
 * FW1140 to FW1159: pipelines on GitLab CI.
 */

export const failedPatch = problem<{ part: string; path: string; reason: string }>({
  code: 'FW1140',
  severity: Severity.ERROR,
  title: 'A change of the output that does not fit',
  explanation: 'Changes of the output are operations of JSON Patch (RFC 6902): they add to what is there, and replace or remove what is there.',
}, a => ({
  message: `The change of ${a.part} (${a.reason}) has the path ${show(a.path)}, and that is not there.`,
  remedy: 'Print the file without the change, and write the path as it is in the part.',
}));

export const unwritableName = problem<{ what: string; name: string; allowed: string }>({
  code: 'FW1141',
  severity: Severity.ERROR,
  title: 'A name that GitLab refuses',
  explanation: 'Names of environments and resource groups are letters, digits, spaces, `-`, `_`, `/` and `.`, and neither begin nor end with `/` '
    + '(lib/gitlab/regex.rb, environment_name_regex).',
}, a => ({ message: `The ${a.what} ${show(a.name)} is refused by GitLab.`, remedy: `Use ${a.allowed}.` }));

export const laterStage = problem<{ job: string; need: string }>({
  code: 'FW1142',
  severity: Severity.ERROR,
  title: 'A job that needs one of a later stage',
  explanation: 'GitLab makes no pipeline in which a job needs one of a stage after its own (lib/gitlab/ci/yaml_processor.rb, validate_job_dependency).',
}, a => ({ message: `The job ${show(a.job)} needs ${show(a.need)}, which is in a later stage.`, remedy: 'Change the order of the stages, or move one of the jobs.' }));

export const tooManyNeeds = problem<{ job: string; count: number; limit: number }>({
  code: 'FW1143',
  severity: Severity.ERROR,
  title: 'A job that needs more jobs than GitLab allows',
  explanation: 'A job may need 50 others, unless an administrator has changed it (doc/ci/yaml, needs). One that needs more waits for the stages before '
    + 'its own, which works as long as all that it needs is in those.',
}, a => ({
  message: `The job ${show(a.job)} needs ${a.count} jobs, some of them in its own stage; GitLab allows ${a.limit}.`,
  remedy: 'Put it into a later stage, or give GitLabCiOptions.needsLimit if your GitLab allows more.',
}));

export const invalidNative = problem<{ step: string; body: unknown }>({
  code: 'FW1144',
  severity: Severity.ERROR,
  title: 'A native step that is no script',
  explanation: 'The steps of GitLab are lines of a script. What belongs to the job is changed by a change of the output.',
}, a => ({
  message: `The step ${show(a.step)} is ${show(a.body)} on GitLab, which is no script.`,
  remedy: 'Give text, or a list of lines.',
}));

export const differentInput = problem<{ input: string; one: string; other: string }>({
  code: 'FW1145',
  severity: Severity.ERROR,
  title: 'Two pipelines with different inputs of one name',
  explanation: 'The pipelines of a project are one file on GitLab, and its inputs are variables of all of them.',
}, a => ({
  message: `The input ${show(a.input)} is one thing in the pipeline ${show(a.one)} and another in ${show(a.other)}.`,
  remedy: 'Give one of them another name, or describe both alike.',
}));
