import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW940 to FW949: GitOps Promoter, one object on its own. Sources name files of argoproj-labs/gitops-promoter 0.36.
 */

export const emptyField = problem<{ kind: string; field: string }>({
  code: 'FW940',
  severity: Severity.ERROR,
  title: 'A field that GitOps Promoter needs is missing',
  explanation: 'The custom resource definitions of GitOps Promoter demand the field (config/crd/bases), or its controller fails without it: a provider without secretRef is read through a nil pointer (internal/utils/utils.go).',
}, a => ({ message: `The ${a.kind} has no ${a.field}.`, remedy: `Give a ${a.field} that is not empty.` }));

export const invalidField = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW941',
  severity: Severity.ERROR,
  title: 'A field of a GitOps Promoter object that is refused',
  explanation: 'The custom resource definitions of GitOps Promoter give every field a type, and many of them a pattern or a rule in CEL (config/crd/bases).',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Give a value as the documentation of the field says.' }));

export const unknownField = problem<{ kind: string; field: string; known: string[] }>({
  code: 'FW942',
  severity: Severity.ERROR,
  title: 'A field that GitOps Promoter does not have',
  explanation: 'The API server drops fields that are not in the custom resource definition, without a word.',
}, a => ({
  message: `The ${a.kind} has no field ${show(a.field)}.${didYouMean(a.field, a.known)}`,
  remedy: 'Correct the name, or leave it out; what is newer than this library is set with addJsonPatch.',
}));

export const invalidDuration = problem<{ kind: string; field: string; value: unknown }>({
  code: 'FW943',
  severity: Severity.ERROR,
  title: 'A duration that GitOps Promoter refuses',
  explanation: 'Durations are what Go reads. A window of no length is an error at every look (internal/controller/scheduledcommitstatus_controller.go, evaluateWindows).',
}, a => ({ message: `The ${a.field} of the ${a.kind} is no duration that GitOps Promoter takes: ${show(a.value)}.`, remedy: 'Write for example 30m or 8h, longer than nothing.' }));

export const invalidSchedule = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW944',
  severity: Severity.ERROR,
  title: 'A window that never opens',
  explanation: 'The beginning of a window is a cron expression of five fields, without descriptors such as @daily (internal/controller/scheduledcommitstatus_controller.go, cronParser; robfig/cron v3). '
    + 'The time zone is one of the IANA database, by which the controller loads it.',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Write for example 0 9 * * 1-5 with the time zone Europe/Berlin.' }));

export const duplicate = problem<{ kind: string; field: string; value: string }>({
  code: 'FW945',
  severity: Severity.ERROR,
  title: 'A branch or a key that occurs twice',
  explanation: 'Environments are known by their branches, commit statuses by their keys (x-kubernetes-list-map-keys in config/crd/bases). '
    + 'What is proposed for a branch stands in `<branch>-next` (internal/controller/promotionstrategy_controller.go), which no environment may have as its own branch.',
}, a => ({ message: `The ${a.field} of the ${a.kind} has ${show(a.value)} twice.`, remedy: 'Remove one of them, or rename it.' }));

export const reservedKey = problem<{ kind: string; field: string; value: string }>({
  code: 'FW946',
  severity: Severity.ERROR,
  title: 'A key that GitOps Promoter keeps for itself',
  explanation: 'GitOps Promoter reports `promoter-previous-environment` itself, and waits for it in every environment after one with active commit statuses (internal/controller/promotionstrategy_controller.go).',
}, a => ({ message: `The ${a.field} of the ${a.kind} is ${show(a.value)}, which GitOps Promoter keeps for itself.`, remedy: 'Use another key.' }));

export const noWindow = problem<{ branch: string }>({
  code: 'FW947',
  severity: Severity.ERROR,
  title: 'A scheduled environment without a window',
  explanation: 'Each environment needs a window that allows or excludes, its own or one for all (the rule of ScheduledCommitStatus in config/crd/bases).',
}, a => ({ message: `The environment ${show(a.branch)} of the ScheduledCommitStatus has no window.`, remedy: 'Give allow or exclude, to the environment or to all.' }));

export const invalidExpression = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW948',
  severity: Severity.ERROR,
  title: 'An expression or a template that cannot be read',
  explanation: 'Expressions are expr-lang and are compiled when the gate is looked at, templates are those of Go. A gate whose expression does not compile reports nothing, and the promotion waits.',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Close what is open. Expressions stand alone, templates between {{ and }}.' }));

export const zeroWait = problem<{ kind: string; field: string; value: string }>({
  code: 'FW949',
  severity: Severity.WARNING,
  title: 'A gate that waits for nothing',
  explanation: 'A TimedCommitStatus with a duration of zero succeeds as soon as the commit runs.',
}, a => ({ message: `The ${a.field} of the ${a.kind} is ${show(a.value)}, and the gate opens at once.`, remedy: 'Give a longer duration, or leave the environment out.' }));
