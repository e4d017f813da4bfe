import type { Agent, PipelineAst, Post, Stage, Step, When } from './ast';
import { isIdentifier } from './groovy';

/*
 * What Jenkins refuses before a build begins (pipeline-model-definition-plugin, ModelValidatorImpl.groovy). Nothing of it comes about without a change
 * of the output.
 */

/** What is wrong with a pipeline, in words; nothing when Jenkins takes it. */
export function faultsOf(pipeline: PipelineAst): string[] {
  const faults: string[] = [];
  const names = new Set<string>();
  environment('the pipeline', pipeline.environment, faults);
  twice('options of the pipeline', pipeline.options.map(each => each.option), faults);
  twice('triggers', pipeline.triggers.map(each => each.trigger), faults);
  twice('parameters', pipeline.parameters.map(each => each.name), faults);
  post('the pipeline', pipeline.post, faults);
  stages('the pipeline', pipeline.stages, { names, faults, beside: false });
  return faults;
}

interface Scope {
  readonly names: Set<string>;
  readonly faults: string[];
  readonly beside: boolean;
}

function twice(what: string, names: readonly string[], faults: string[]): void {
  const again = names.find((name, i) => names.indexOf(name) !== i);
  if (again !== undefined) {
    faults.push(`${what} have ${JSON.stringify(again)} twice`);
  }
}

function environment(where: string, entries: PipelineAst['environment'], faults: string[]): void {
  entries.filter(({ name }) => !isIdentifier(name)).forEach(({ name }) => faults.push(`${JSON.stringify(name)} of ${where} is no name of a variable`));
  twice(`variables of ${where}`, entries.map(entry => entry.name), faults);
}

function stages(where: string, list: readonly Stage[], scope: Scope): void {
  if (list.length === 0) {
    scope.faults.push(`${where} has no stages`);
  }
  list.forEach(each => stage(each, scope));
}

function stage(s: Stage, scope: Scope): void {
  const { faults, names } = scope;
  const where = `the stage ${JSON.stringify(s.name)}`;
  if (typeof s.name !== 'string' || s.name.trim() === '') {
    faults.push('a stage has no name');
  } else if (names.has(s.name)) {
    faults.push(`two stages are called ${JSON.stringify(s.name)}`);
  }
  names.add(s.name);
  environment(where, s.environment ?? [], faults);
  twice(`options of ${where}`, (s.options ?? []).map(each => each.option), faults);
  post(where, s.post, faults);
  if (s.when !== undefined) {
    conditions(where, s.when, faults);
  }
  const { content } = s;
  if (content.body === 'parallel' || content.body === 'matrix') {
    parallel(s, where, scope);
  } else if (s.failFast !== undefined) {
    faults.push(`${where} has failFast, and nothing in parallel`);
  }
  switch (content.body) {
    case 'steps': return steps(where, content.steps, faults);
    case 'stages': return stages(where, content.stages, scope);
    case 'parallel': return stages(where, content.stages, { ...scope, beside: true });
    case 'matrix': {
      if (content.matrix.axes.length === 0 || content.matrix.axes.some(axis => axis.values.length === 0)) {
        faults.push(`the matrix of ${where} has an empty axis, or none`);
      }
      twice(`axes of ${where}`, content.matrix.axes.map(axis => axis.name), faults);
      return stages(where, content.matrix.stages, { ...scope, beside: true });
    }
  }
}

function parallel(s: Stage, where: string, { faults, beside }: Scope): void {
  if (beside) {
    faults.push(`${where} has stages in parallel, and is in parallel itself`);
  }
  const hasAgent = (agent: Agent | undefined) => agent !== undefined;
  if (hasAgent(s.agent) || (s.tools?.length ?? 0) > 0) {
    faults.push(`${where} has an agent or tools, and stages in parallel`);
  }
}

function post(where: string, p: Post | undefined, faults: string[]): void {
  p?.forEach(each => steps(`${each.condition} of ${where}`, each.steps, faults));
  twice(`post of ${where}`, (p ?? []).map(each => each.condition), faults);
}

function conditions(where: string, list: readonly When[], faults: string[]): void {
  if (list.length === 0) {
    faults.push(`${where} has a when without conditions`);
  }
  list.forEach(each => (each.when === 'allOf' || each.when === 'anyOf') && conditions(where, each.of, faults));
}

function steps(where: string, list: readonly Step[], faults: string[]): void {
  if (!list.some(each => each.step !== 'comment')) {
    faults.push(`${where} has no steps`);
  }
  list.forEach(each => 'steps' in each && steps(where, each.steps, faults));
}
