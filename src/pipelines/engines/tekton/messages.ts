import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW1220 to FW1235: Tekton, one object on its own. Sources name files of tektoncd/pipeline 1.15 (pkg/apis/pipeline/v1) and tektoncd/triggers 0.37.
 */

interface Place {
  readonly kind: string;
  readonly field: string;
}

const subject = (a: Place) => a.field === '' ? `The ${a.kind}` : `The ${a.field} of the ${a.kind}`;

export const emptyField = problem<Place>({
  code: 'FW1220',
  severity: Severity.ERROR,
  title: 'A field that Tekton needs is missing',
  explanation: 'The webhooks of Tekton demand the field (task_validation.go, pipeline_validation.go, pipelinerun_validation.go, and pkg/apis/triggers/v1beta1 of Triggers).',
}, a => ({ message: `The ${a.kind} has no ${a.field}.`, remedy: `Give a ${a.field} that is not empty.` }));

export const invalidField = problem<Place & { value: unknown; fault: string }>({
  code: 'FW1221',
  severity: Severity.ERROR,
  title: 'A field of a Tekton object that is refused',
  explanation: 'The custom resource definitions and the webhooks of Tekton give every field a type, and some of them a form.',
}, a => ({ message: `${subject(a)} ${a.fault}: ${show(a.value)}.`, remedy: 'Give a value as the documentation of the field says.' }));

export const unknownField = problem<Place & { known: string[] }>({
  code: 'FW1222',
  severity: Severity.ERROR,
  title: 'A field that Tekton does not have',
  explanation: 'The API server drops fields that are not in the custom resource definition, or the webhook refuses them; a misspelt `runAfter` would be an order that nobody holds.',
}, a => ({
  message: `The ${a.kind} has no field ${show(a.field)}.${didYouMean(a.field, a.known)}`,
  remedy: 'Correct the name, or leave it out; what this library does not offer is set with addJsonPatch.',
}));

export const invalidDuration = problem<Place & { value: unknown }>({
  code: 'FW1223',
  severity: Severity.ERROR,
  title: 'A duration that Tekton refuses',
  explanation: 'Timeouts are durations as Go reads them (metav1.Duration). A negative one is refused; `0` means no timeout.',
}, a => ({ message: `${subject(a)} is no duration that Tekton reads: ${show(a.value)}.`, remedy: 'Write for example 90s, 15m or 1h30m.' }));

export const duplicate = problem<Place & { value: string }>({
  code: 'FW1224',
  severity: Severity.ERROR,
  title: 'A name of a Tekton object that is given twice',
  explanation: 'Tasks of a Pipeline, its `finally` tasks among them, share one set of names; so do the steps, params, results, workspaces and volumes of a Task '
    + '(PipelineTaskList.Validate, StepList.Validate, ValidateNoDuplicateNames, validateDeclaredWorkspaces). Mount paths of workspaces must differ as well.',
}, a => ({ message: `${subject(a)} has ${show(a.value)} twice.`, remedy: 'Remove one of them, or rename it.' }));

export const exclusiveFields = problem<Place & { fields: string[]; given: string[] }>({
  code: 'FW1225',
  severity: Severity.ERROR,
  title: 'Fields of Tekton of which one is wanted',
  explanation: 'A step has a script or a command, and neither with `ref`; a task of a Pipeline has `taskRef` or `taskSpec`, a run has `pipelineRef` or `pipelineSpec`, a workspace of a run '
    + 'has one source, a binding is a reference or a value, and a trigger names another one or says everything itself.',
}, a => ({
  message: `${subject(a)} has ${a.given.length === 0 ? 'none' : list(a.given)} of the fields ${list(a.fields)}.`,
  remedy: a.given.length === 0 ? 'Give one of them.' : 'Keep one of them.',
}));

export const wrongName = problem<Place & { value: unknown; fault: string }>({
  code: 'FW1226',
  severity: Severity.ERROR,
  title: 'A name that Tekton refuses',
  explanation: 'Objects, tasks of Pipelines and steps are named by DNS labels of at most 63 characters (pkg/apis/validate/metadata.go, ValidateName), an EventListener by at most 60, because its Service '
    + 'is called `el-<name>`. Params are letters, digits, `_`, `-` and `.`, results begin and end with a letter or digit.',
}, a => ({ message: `${subject(a)} ${a.fault}: ${show(a.value)}.`, remedy: 'Use lower-case letters, digits and hyphens, and stay within the length.' }));

export const unknownReference = problem<Place & { reference: string; what: string; known: string[] }>({
  code: 'FW1227',
  severity: Severity.ERROR,
  title: 'A reference of Tekton to what is not there',
  explanation: 'What `$(params.x)`, `$(results.x.path)`, `$(workspaces.x.path)`, `$(tasks.x.results.y)`, `$(context.x)` and `runAfter` name must be declared. The webhook refuses some of them, '
    + 'the rest fail the run, or stay in the script as they are.',
}, a => ({
  message: `${subject(a)} refers to the ${a.what} ${show(a.reference)}, which is not there.${didYouMean(a.reference, a.known)}`,
  remedy: a.known.length === 0 ? `Declare the ${a.what}, or correct the name.` : `Known here: ${list(a.known)}.`,
}));

export const misplaced = problem<Place & { value: unknown; fault: string }>({
  code: 'FW1228',
  severity: Severity.ERROR,
  title: 'Something that Tekton takes elsewhere only',
  explanation: '`finally` tasks start together, so they have no `runAfter` and read no results of each other; the status of tasks is known to them alone (validateFinalTasks, '
    + 'validateExecutionStatusVariables). Results of other steps are put into `env`, `command` and `args` only (validateStepResultReference). A param that is a list stands alone in an argument.',
}, a => ({ message: `${subject(a)} ${a.fault}: ${show(a.value)}.`, remedy: 'Move it to where Tekton reads it.' }));

export const cycle = problem<{ ring: string[] }>({
  code: 'FW1229',
  severity: Severity.ERROR,
  title: 'Tasks of a Pipeline that wait for each other',
  explanation: '`runAfter` and results order the tasks of a Pipeline. The webhook refuses a ring (pkg/reconciler/pipeline/dag).',
}, a => ({ message: `These tasks of the Pipeline wait for each other: ${list(a.ring)}.`, remedy: 'Remove one of the dependencies.' }));

export const contradiction = problem<Place & { fault: string }>({
  code: 'FW1230',
  severity: Severity.ERROR,
  title: 'Fields of Tekton that contradict each other',
  explanation: 'A task that goes on after an error is not retried (ValidateOnError). A param is given by the matrix or by the task, not by both (validateParameterInOneOfMatrixOrParams). '
    + 'A step without `ref` takes no params.',
}, a => ({ message: `${subject(a)} ${a.fault}.`, remedy: 'Leave one of the two out.' }));

export const matrixSize = problem<Place & { count: number }>({
  code: 'FW1231',
  severity: Severity.ERROR,
  title: 'A matrix with too many combinations',
  explanation: 'A matrix of a task makes at most 256 runs unless `default-max-matrix-combinations-count` says otherwise (pkg/apis/config/default.go, validateCombinationsCount).',
}, a => ({ message: `${subject(a)} has ${a.count} combinations, and 256 are allowed.`, remedy: 'Split the matrix into several tasks.' }));

export const timeouts = problem<Place & { fault: string }>({
  code: 'FW1232',
  severity: Severity.ERROR,
  title: 'Timeouts of a run that do not fit',
  explanation: 'The timeouts of the tasks and of `finally` together may not be longer than that of the whole run, which is one hour by default (validatePipelineTimeout); '
    + 'the timeout of one task may not be longer than theirs (validateTaskRunSpecTimeout).',
}, a => ({ message: `${subject(a)} ${a.fault}.`, remedy: 'Raise timeouts.pipeline, or shorten the others.' }));

export const paramType = problem<Place & { value: unknown; fault: string }>({
  code: 'FW1233',
  severity: Severity.ERROR,
  title: 'A value that does not fit the type of a param',
  explanation: 'A param is a string unless it is declared as `array` or `object`; its default has the same type (ParamSpec.ValidateType). A matrix takes lists, its `include` takes strings.',
}, a => ({ message: `${subject(a)} ${a.fault}: ${show(a.value)}.`, remedy: 'Give a text for a string, a list of texts for an array, a map of texts for an object.' }));

export const needsFeature = problem<Place & { flag: string }>({
  code: 'FW1234',
  severity: Severity.WARNING,
  title: 'A field of Tekton that needs a feature flag',
  explanation: 'With the feature flags as Tekton is installed (config/config-feature-flags.yaml) the webhook refuses the field.',
}, a => ({ message: `${subject(a)} needs the feature flag ${show(a.flag)}.`, remedy: 'Set it in the ConfigMap feature-flags of tekton-pipelines, or do without.' }));

export const aggregate = problem<Place & { reference: string }>({
  code: 'FW1235',
  severity: Severity.ERROR,
  title: 'A result of a matrix that is read as one value',
  explanation: 'A task with a matrix runs several times; its results are read together, as `$(tasks.x.results.y[*])` (validateMatrixedPipelineTaskConsumed).',
}, a => ({ message: `${subject(a)} reads ${show(a.reference)} of a task with a matrix as one value.`, remedy: 'Write [*] behind it, and take it as an array.' }));
