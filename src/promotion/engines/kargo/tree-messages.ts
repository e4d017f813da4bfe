import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW933 to FW939: Kargo, several objects together. Sources name files of akuity/kargo 1.11.
 */

export const unknownObject = problem<{ kind: string; field: string; what: string; name: string; known: string[] }>({
  code: 'FW933',
  severity: Severity.ERROR,
  title: 'An object of the Project that is not there',
  explanation: 'Warehouses, Stages and PromotionTasks are looked up by name in the namespace of the Project. A Stage that names one that is not there waits for ever, or fails at its first promotion. '
    + 'Checked where the tree has the Project.',
}, a => ({
  message: `The ${a.field} of the ${a.kind} names the ${a.what} ${show(a.name)}, which the Project does not have.${didYouMean(a.name, a.known)}`,
  remedy: a.known.length === 0 ? `Declare the ${a.what} in the namespace of the Project.` : `The Project has ${list(a.known)}.`,
}));

export const stageCycle = problem<{ warehouse: string; from: string; to: string; length: number }>({
  code: 'FW934',
  severity: Severity.ERROR,
  title: 'Stages that wait for one another',
  explanation: 'Freight goes from Stage to Stage. In a ring each Stage waits for what the one before it has verified.',
}, a => ({
  message: a.from === a.to
    ? `The Stage ${show(a.from)} takes the Freight of ${show(a.warehouse)} from itself.`
    : `The Freight of ${show(a.warehouse)} goes round through ${a.length} Stages: ${show(a.from)} takes it from ${show(a.to)}, which has it, in the end, from ${show(a.from)}.`,
  remedy: 'Let one of them take it directly from the Warehouse, or from a Stage outside of the ring.',
}));

export const neverArrives = problem<{ field: string; warehouse: string; upstream: string }>({
  code: 'FW935',
  severity: Severity.ERROR,
  title: 'Freight that never comes to the Stage before',
  explanation: 'Freight is available to a Stage when it has been verified in the Stages that it names (api/v1alpha1/stage_types.go, FreightSources). A Stage that does not request Freight of this origin never verifies any.',
}, a => ({
  message: `The ${a.field} of the Stage takes the Freight of ${show(a.warehouse)} from the Stage ${show(a.upstream)}, which does not request it.`,
  remedy: `Let ${show(a.upstream)} request the Freight of ${show(a.warehouse)} too, or take it from another Stage.`,
}));

export const missingAnalysis = problem<{ kind: string; name: string }>({
  code: 'FW936',
  severity: Severity.WARNING,
  title: 'A verification by a template that is not in the tree',
  explanation: 'Kargo makes an AnalysisRun of the templates; one that is missing fails the verification, and no Freight leaves the Stage.',
}, a => ({ message: `The verification names the ${a.kind} ${show(a.name)}, which is not declared beside the Stage.`, remedy: 'Declare it in the namespace of the Project, or acknowledge that it is applied from elsewhere.' }));

export const foreignNamespace = problem<{ kind: string; namespace: string; projects: string[] }>({
  code: 'FW937',
  severity: Severity.WARNING,
  title: 'An object outside of the Projects',
  explanation: 'The objects of a Project live in the namespace that has its name; the webhooks refuse them in any other one (pkg/webhook/kubernetes/project.go, ValidateProject).',
}, a => ({
  message: `The ${a.kind} lies in ${a.namespace === '' ? 'no namespace' : `the namespace ${show(a.namespace)}`}, and the tree has ${a.projects.length === 0 ? 'no Project' : `the Projects ${list(a.projects)}`}.`,
  remedy: 'Give the chart or the object the name of its Project as namespace, or acknowledge that the Project is made elsewhere.',
}));

export const unauthorized = problem<{ application: string; namespace: string; stage: string }>({
  code: 'FW938',
  severity: Severity.ERROR,
  title: 'An Application that the Stage may not change',
  explanation: 'The step `argocd-update` changes only Applications whose annotation `kargo.akuity.io/authorized-stage` names the Stage (pkg/promotion/runner/builtin/argocd_updater.go, authorizeArgoCDAppUpdate).',
}, a => ({
  message: `The Application ${show(a.application)} in ${show(a.namespace)} has no annotation kargo.akuity.io/authorized-stage that names ${show(a.stage)}.`,
  remedy: `Annotate it with kargo.akuity.io/authorized-stage: ${show(a.stage)}; several Stages are separated by commas.`,
}));

export const missingVariable = problem<{ field: string; task: string; variable: string }>({
  code: 'FW939',
  severity: Severity.ERROR,
  title: 'A task without a value for one of its variables',
  explanation: 'A variable of a task that has no default must get a value from the step or from the promotion template (pkg/api/promotion.go, promotionTaskVarsToStepVars).',
}, a => ({ message: `The ${a.field} of the Stage runs the task ${show(a.task)} without its variable ${show(a.variable)}.`, remedy: 'Give it in the vars of the step.' }));
