import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW1240 to FW1243: objects of Tekton that are declared together.
 */

interface Place {
  readonly kind: string;
  readonly field: string;
}

export const unknownObject = problem<Place & { what: string; name: string; known: string[] }>({
  code: 'FW1240',
  severity: Severity.WARNING,
  title: 'An object of Tekton that is not in the tree',
  explanation: 'A Pipeline names its Tasks, a run its Pipeline, a trigger its bindings and template, all in their own namespace. What is missing is found out only when something runs. '
    + 'Said only where the tree has objects of that kind in that namespace.',
}, a => ({
  message: `The ${a.field} of the ${a.kind} names the ${a.what} ${show(a.name)}, which is not in the tree.${didYouMean(a.name, a.known)}`,
  remedy: `Declare it, or name one that is there: ${list(a.known)}.`,
}));

export const missingParam = problem<Place & { what: string; name: string; params: string[] }>({
  code: 'FW1241',
  severity: Severity.ERROR,
  title: 'A param without default that nobody gives',
  explanation: 'A run with a param missing fails before its first step (pkg/reconciler/taskrun/validate_taskrun.go).',
}, a => ({ message: `The ${a.field} of the ${a.kind} gives the ${a.what} ${show(a.name)} no value for ${list(a.params)}.`, remedy: 'Give the params, or declare a default.' }));

export const missingWorkspace = problem<Place & { what: string; name: string; workspaces: string[] }>({
  code: 'FW1242',
  severity: Severity.ERROR,
  title: 'A workspace that nobody binds',
  explanation: 'A workspace that is not optional must be bound by the task of the Pipeline, and by the run (pkg/workspace/validate.go).',
}, a => ({ message: `The ${a.field} of the ${a.kind} binds nothing to ${list(a.workspaces)} of the ${a.what} ${show(a.name)}.`, remedy: 'Bind the workspaces, or declare them optional.' }));

export const missingResult = problem<Place & { task: string; result: string; known: string[] }>({
  code: 'FW1243',
  severity: Severity.ERROR,
  title: 'A result that the Task does not have',
  explanation: 'A task that reads a result which another one does not give fails the run with InvalidTaskResultReference (pkg/reconciler/pipelinerun/resources/resultrefresolution.go).',
}, a => ({ message: `The ${a.field} of the ${a.kind} reads the result ${show(a.result)} of the Task ${show(a.task)}.${didYouMean(a.result, a.known)}`, remedy: a.known.length === 0 ? 'Declare the result.' : `Known: ${list(a.known)}.` }));
