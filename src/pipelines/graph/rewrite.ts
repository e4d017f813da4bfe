import { ConditionNode, mapLeaves } from './conditions';
import type { ContainerNode, DynamicMatrixNode, Environment, JobNode, StepNode } from './nodes';
import { Text, textOf, ValueNode } from './values';

/** What a value becomes: another value, or text. */
export type Rewrite = (value: ValueNode) => ValueNode | Text;

function parts(value: ValueNode, rewrite: Rewrite): Text {
  const result = rewrite(value);
  return Array.isArray(result) ? result : [result as ValueNode];
}

export function rewriteText(text: Text, rewrite: Rewrite): Text {
  return textOf(text.flatMap(part => typeof part === 'string' ? [part] : [...parts(part, rewrite)]));
}

export function rewriteEnvironment(env: Environment, rewrite: Rewrite): Environment {
  return Object.fromEntries(Object.entries(env).map(([name, text]) => [name, rewriteText(text, rewrite)]));
}

/** A condition with other values; one that becomes text is worked out where it can be. */
export function rewriteCondition(condition: ConditionNode, rewrite: Rewrite, matches: (value: string, glob: string) => boolean): ConditionNode {
  return mapLeaves(condition, leaf => {
    if (leaf.kind !== 'compare' && leaf.kind !== 'matches') {
      return leaf;
    }
    const text = parts(leaf.value, rewrite);
    if (text.length === 1 && typeof text[0] !== 'string') {
      return { ...leaf, value: text[0] };
    }
    const known = text.join('');
    return { kind: 'literal', value: leaf.kind === 'compare' ? leaf.in.includes(known) : leaf.globs.some(glob => matches(known, glob)) };
  });
}

export interface StepChange {
  readonly rewrite: Rewrite;
  readonly matches: (value: string, glob: string) => boolean;
}

/** A step with other values in it. */
export function rewriteStep(step: StepNode, change: StepChange): StepNode {
  const { rewrite, matches } = change;
  const base = {
    name: rewriteText(step.name, rewrite),
    env: rewriteEnvironment(step.env, rewrite),
    ...step.condition && { condition: rewriteCondition(step.condition, rewrite, matches) },
  };
  switch (step.kind) {
    case 'checkout': return { ...step, ...base, ...step.ref && { ref: rewriteText(step.ref, rewrite) } };
    case 'tool': return { ...step, ...base, version: rewriteText(step.version, rewrite) };
    case 'cache': return { ...step, ...base, key: rewriteText(step.key, rewrite), restoreKeys: step.restoreKeys.map(key => rewriteText(key, rewrite)) };
    case 'delivery': {
      const told = Object.entries(step.with).map(([name, value]) => [name, isText(value) ? rewriteText(value, rewrite) : value]);
      return { ...step, ...base, with: Object.fromEntries(told) };
    }
    case 'group': {
      const steps = step.steps.map(each => rewriteStep(each, change));
      return { ...step, ...base, inputs: rewriteEnvironment(step.inputs, rewrite), steps };
    }
    default: return { ...step, ...base };
  }
}

/** A list of plain strings holds no value, and is not joined. */
function isText(value: unknown): value is Text {
  return Array.isArray(value) && value.some(part => typeof part !== 'string');
}

function rewriteContainer(container: ContainerNode, rewrite: Rewrite): ContainerNode {
  const { env, credentials } = container;
  const rewritten = credentials && { username: rewriteText(credentials.username, rewrite), password: rewriteText(credentials.password, rewrite) };
  return { ...container, env: rewriteEnvironment(env, rewrite), ...rewritten && { credentials: rewritten } };
}

function outputIn(result: ValueNode | Text): DynamicMatrixNode['from'] | undefined {
  const [value] = Array.isArray(result) ? result as Text : [result as ValueNode];
  return typeof value === 'object' && value.kind === 'output' ? value : undefined;
}

/** A job with other values in everything but its steps' scripts, which have none. */
export function rewriteJob(job: JobNode, change: StepChange): JobNode {
  const { rewrite, matches } = change;
  return {
    ...job,
    name: rewriteText(job.name, rewrite),
    env: rewriteEnvironment(job.env, rewrite),
    ...job.condition && { condition: rewriteCondition(job.condition, rewrite, matches) },
    ...job.matrix?.kind === 'dynamic' && { matrix: { ...job.matrix, from: outputIn(rewrite(job.matrix.from)) ?? job.matrix.from } },
    ...job.container && { container: rewriteContainer(job.container, rewrite) },
    services: job.services.map(service => ({ ...service, env: rewriteEnvironment(service.env, rewrite) })),
    steps: job.steps.map(step => rewriteStep(step, change)),
    ...job.environment && { environment: { ...job.environment, ...job.environment.url && { url: rewriteText(job.environment.url, rewrite) } } },
    ...job.concurrency && { concurrency: { ...job.concurrency, group: rewriteText(job.concurrency.group, rewrite) } },
    ...job.call && { call: { ...job.call, inputs: rewriteEnvironment(job.call.inputs, rewrite) } },
  };
}
