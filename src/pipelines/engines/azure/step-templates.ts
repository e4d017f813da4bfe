import { parameter } from './escape';
import { difference, Given, sameButConditions, strangeExpression, textsOf, withWord } from './expansion';
import { identifier } from './ids';
import { answered, askInputs, conditionFault, defaultsOf, givenOf, inputOf, nameBeside, Parameter, parameterOf } from './parameters';
import type { StepUse, Words } from './plan';
import type { Step } from './step';
import { lowerStep } from './steps';
import { JobValues } from './values';
import { flattened, globMatches, rewriteStep, StepNode, StepTemplateNode, valuesOf } from '../../graph';
import { twins } from '../../twins';

/*
 * Templates of steps as template files. The steps of a use stand in its job already; a template is made of the same steps with parameters for what
 * they are given, and the use is one of it where the two come to the same.
 */

/** A template of steps as a file of its own. */
export interface StepFile {
  readonly template: StepTemplateNode;
  readonly parameters: readonly Parameter[];
  readonly steps: readonly Step[];
}

/** A use, and what it gives; or the reason why it is written out. */
export type UseResult = { readonly use: StepUse; readonly given: Given } | { readonly use: StepUse; readonly reason: string };

/**
 * What a template and its uses become. Uses whose jobs give their steps something else than most do are written out.
 *
 * @param words stand for what is not known in a template
 */
export function stepFileOf(template: StepTemplateNode, uses: readonly StepUse[], words: Words): { file?: StepFile; results: UseResult[] } {
  const fault = twins(template.inputs.map(input => input.name));
  if (fault !== undefined) {
    return { results: uses.map(use => ({ use, reason: `of its inputs, ${fault}` })) };
  }
  const parameters = template.inputs.map(input => parameterOf(input, uses.map(({ group }) => group.inputs[input.name] ?? [])));
  const idName = nameBeside('id', template.inputs);
  const tried = uses.map(use => ({ use, ...triedAs(template, use, parameters, { idName, words }) }));
  const bodies = new Map<string, { count: number; steps: readonly Step[] }>();
  for (const each of tried) {
    if ('steps' in each) {
      const key = JSON.stringify(each.steps);
      bodies.set(key, { count: (bodies.get(key)?.count ?? 0) + 1, steps: each.steps });
    }
  }
  const [best] = [...bodies].sort(([, a], [, b]) => b.count - a.count);
  const results = tried.map((each): UseResult => {
    if ('reason' in each) {
      return { use: each.use, reason: each.reason };
    }
    if (JSON.stringify(each.steps) === best[0]) {
      return { use: each.use, given: each.given };
    }
    const different = difference(best[1].steps, each.use.steps, { ...defaultsOf(parameters), ...each.given });
    return { use: each.use, reason: `its job gives the step ${different?.part} another ${different?.key} than others do` };
  });
  if (best === undefined) {
    return { results };
  }
  const id: Parameter[] = textsOf(best[1].steps).some(text => text.includes(parameter(idName))) ? [{ name: idName, type: 'string' }] : [];
  return { file: { template, parameters: [...id, ...parameters], steps: best[1].steps }, results };
}

/** The steps of the template in the job of a use, with what the use gives; or why they do not come to the steps of the use. */
function triedAs(
  template: StepTemplateNode, { group, steps, scope }: StepUse, parameters: readonly Parameter[], { idName, words }: { idName: string; words: Words },
): { steps: readonly Step[]; given: Given } | { reason: string } {
  const word = words.step;
  const inner = flattened(template.steps);
  const conditions = inner.flatMap(step => step.condition ?? []);
  const fault = conditionFault(conditions, group.inputs);
  const around = Object.values(scope.env).flatMap(valuesOf);
  switch (true) {
    case steps.length === 0: return { reason: 'nothing of it is left' };
    case group.condition !== undefined: return { reason: 'its condition is one of each of its steps' };
    case group.continueOnError: return { reason: 'its steps go on after each of them' };
    case fault !== undefined: return { reason: fault };
    case around.some(value => value.kind === 'input'): return { reason: 'its job gives it inputs of the pipeline' };
    default:
  }
  const look = scope.values.plan.aside();
  const values = new JobValues(look, scope.job);
  const inside = new JobValues(look.aside(parameters.map(inputOf)), scope.job);
  scope.values.variables.forEach((value, name) => inside.variables.set(name, value));
  const bodyOf = (from: readonly StepNode[]) => {
    const lowered = renamed(from, word).flatMap(step => lowerStep(step, { ...scope, values: inside, use: word }));
    return withWord(lowered, `${word}_`, `${parameter(idName)}_`);
  };
  const body = bodyOf(inner);
  const answer = (step: StepNode) => step.condition ? { ...step, condition: answered(step.condition, group.inputs) } : step;
  const compared = askInputs(conditions) ? bodyOf(inner.map(answer)) : body;
  const names = parameters.map(({ name }) => name);
  const said = parameters.flatMap(each => {
    const value = givenOf(each, group.inputs[each.name] ?? [], values);
    return value === undefined ? [] : [[each.name, value] as const];
  });
  const strange = strangeExpression(body, [idName, ...names]);
  const hasId = textsOf(body).some(text => text.includes(parameter(idName)));
  const given = { ...hasId && { [idName]: identifier(group.id) }, ...Object.fromEntries(said) };
  const different = difference(compared, steps, { ...defaultsOf(parameters), ...given });
  // A variable of the job that an expression makes of inputs has another meaning in a template, where inputs are others.
  const asked = (name: string) => textsOf(body).some(text => text.includes(`'${name}'`));
  const added = [...inside.variables].find(([name, value]) =>
    scope.values.variables.get(name.replace(`${word}_`, `${identifier(group.id)}_`)) !== value || (value.includes('parameters.') && asked(name)));
  switch (true) {
    case strange !== undefined: return { reason: `a step of it has the expression ${strange}, which a template does not know` };
    case textsOf(body).some(text => Object.values(words).some(each => text.includes(each))): return { reason: 'its job gives it values of a template' };
    case different !== undefined: return { reason: `its step ${different!.part} would have another ${different!.key}` };
    case !sameButConditions(body, compared): return { reason: 'what its conditions ask changes more than them' };
    case added !== undefined: return { reason: `a condition of it asks the variable ${added![0]}, which is one of the job` };
    default: return { steps: body, given };
  }
}

/** The steps with ids that begin as those of a use do. */
function renamed(steps: readonly StepNode[], word: string): StepNode[] {
  const own = new Set(steps.map(step => step.id));
  return steps.map(step => ({
    ...rewriteStep(step, {
      rewrite: value => value.kind === 'stepOutput' && own.has(value.step) ? { ...value, step: `${word}-${value.step}` } : value,
      matches: globMatches,
    }),
    id: `${word}-${step.id}`,
  }));
}
