import type { Actions } from './actions';
import { actionFolder, Composite } from './composites';
import { Conditions } from './conditions';
import { Events } from './events';
import { inert, Values } from './expressions';
import { Grants } from './grants';
import { readSteps } from './jobs';
import { checkKeys } from './limits';
import type { GitHubActionsOptions } from './options';
import type { Report } from './report';
import type { JobScope, StepBody } from './scope';
import { DEFAULT_SHELL } from './scripts';
import { lowerSteps } from './steps';
import { written } from './workflow';
import type { LoweredFile } from '../../engine';
import type { InputNode, PipelineGraph } from '../../graph';

interface Parts {
  readonly graph: PipelineGraph;
  readonly options: GitHubActionsOptions;
  readonly actions: Actions;
  readonly report: Report;
}

/** A template of steps as a composite action (docs.github.com, Metadata syntax, runs for composite actions). */
export function compositeFile({ template, job }: Composite, { graph, options, actions, report }: Parts): LoweredFile {
  // Everything that an action is given is text, and all of it is given.
  const inputs = template.inputs.map((input): InputNode => ({ ...input, type: 'string' }));
  const events = new Events(graph.triggers, inputs, true);
  const values = new Values(events, inputs);
  const conditions = new Conditions(events, values, report);
  const outputs = template.outputs.map(({ name, step, output }) => ({ name, step, output }));
  const own = { ...job, name: [template.name], env: {}, environment: undefined, steps: template.steps, outputs, matrix: undefined };
  const scope: JobScope = {
    graph,
    options,
    actions,
    values,
    conditions,
    report,
    jobs: new Map(),
    artifacts: new Set(),
    job: own,
    grants: new Grants(),
    installed: new Set(),
    readSteps: readSteps(own),
  };
  const action = {
    name: inert(template.name),
    description: `Steps of ${inert(graph.name)}`,
    ...inputs.length > 0 && {
      inputs: Object.fromEntries(inputs.map(input => [input.name, {
        description: input.description === '' ? input.name : inert(input.description),
        required: input.required,
        ...input.default !== undefined && { default: inert(input.default) },
      }])),
    },
    ...outputs.length > 0 && {
      outputs: Object.fromEntries(outputs.map(({ name, step, output }) => [name, {
        description: `${output} of ${step}`,
        value: `\${{ ${values.expression({ kind: 'stepOutput', step, name: output })} }}`,
      }])),
    },
    runs: { using: 'composite', steps: lowerSteps(template.steps, scope).map(withShell) },
  };
  checkKeys({ ...graph, jobs: [own] }, action, report);
  return { path: `${actionFolder(graph.id, template.id)}/action.yml`, content: written(action, {}, {}, actions) };
}

/** No default says the shell of an action. */
function withShell(step: StepBody): StepBody {
  if (step.run === undefined || step.shell !== undefined) {
    return step;
  }
  const { run, 'working-directory': folder, 'continue-on-error': goesOn, ...rest } = step;
  return {
    ...rest,
    shell: DEFAULT_SHELL,
    ...folder !== undefined && { 'working-directory': folder },
    ...goesOn !== undefined && { 'continue-on-error': goesOn },
    run,
  };
}
