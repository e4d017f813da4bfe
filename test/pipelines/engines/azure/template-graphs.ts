import { job, run, step } from './graphs';
import type { ConditionNode, GroupStepNode, InputNode, JobNode, StepNode, StepTemplateNode, TemplateNode, Text } from '../../../../src/pipelines/graph';
import { globMatches, rewriteStep } from '../../../../src/pipelines/graph';

/*
 * Templates and their uses, as a builder makes them.
 */

export const HOSTILE = '"; ${{ parameters.secret }} $[ x ] ${{ insert }} #{x} \' it\'\'s \\ fairwayuse_x fairwaytitle : - &a *b';

export const input = (name: string, more: Partial<InputNode> = {}): InputNode => ({ name, type: 'string', description: `the ${name}`, required: true, options: [], ...more });

export const of = (name: string) => ({ kind: 'input', name } as const);

export const asks = (name: string, ...others: string[]): ConditionNode => ({ kind: 'compare', value: of(name), in: others });

export function stepTemplate(id: string, asked: InputNode[], own: StepNode[]): StepTemplateNode {
  return { id, path: `app/${id}`, name: id, inputs: asked, outputs: [], steps: own };
}

/** A use of a template of steps, as a builder makes it. */
export function use(id: string, from: StepTemplateNode, said: Record<string, Text> = {}, more: Partial<GroupStepNode> = {}): StepNode {
  const given = Object.fromEntries(from.inputs.map(each => [each.name, said[each.name] ?? (each.default === undefined ? [] : [each.default])]));
  const own = new Set(from.steps.map(each => each.id));
  const made = from.steps.map(each => ({
    ...rewriteStep(each, {
      rewrite: value => value.kind === 'input' ? given[value.name] : value.kind === 'stepOutput' && own.has(value.step) ? { ...value, step: `${id}-${value.step}` } : value,
      matches: globMatches,
    }),
    id: `${id}-${each.id}`,
  }));
  return step('group', id, { template: from.id, inputs: given, steps: made, ...more });
}

export function template(id: string, inputs: InputNode[], jobs: JobNode[], more: Partial<TemplateNode> = {}): TemplateNode {
  return { id, path: `app/${id}`, name: id, inputs, outputs: [], secrets: [], jobs, ...more };
}

export function call(id: string, of_: TemplateNode, inputs: Record<string, Text> = {}, more: Partial<JobNode> = {}): JobNode {
  const given = Object.fromEntries(of_.inputs.map(each => [each.name, inputs[each.name] ?? (each.default === undefined ? [] : [each.default])]));
  return job(id, { steps: [], call: { template: of_.id, inputs: given }, ...more });
}

/** A job with an output. */
export const producer = job('make', {
  steps: [run('echo "image=a" >> "$FAIRWAY_OUTPUT"', { id: 'i', outputs: ['image'] })], outputs: [{ name: 'image', step: 'i', output: 'image' }],
});
