import type { PipelineAst } from './ast';

/*
 * How much code Jenkins makes of a pipeline. Everything in `pipeline { }` is one method of a class, unless Jenkins is told to split it, and a method has
 * 64 KB (JENKINS-37984; pipeline-model-definition-plugin, RuntimeASTTransformer.groovy). Cells of a matrix are stages of their own there. What a part
 * comes to depends on versions of Groovy and of plug-ins, so this counts parts, and leaves room.
 */

/** From here on, Jenkins may refuse a pipeline: some forty stages with an agent, a condition and a few steps. */
const MOST_PARTS = 2_500;

export function isLarge(pipeline: PipelineAst): boolean {
  return partsOf(pipeline) > MOST_PARTS;
}

/** The parts that code is made of, a text as one. */
function partsOf(node: unknown): number {
  if (typeof node !== 'object' || node === null) {
    return node === undefined ? 0 : 1;
  }
  if (Array.isArray(node)) {
    return node.reduce((sum: number, each) => sum + partsOf(each), 0);
  }
  const own = Object.values(node).reduce((sum: number, each) => sum + partsOf(each), 0);
  const { body, matrix } = node as { body?: unknown; matrix?: { axes: Array<{ values: unknown[] }> } };
  return body === 'matrix' && matrix !== undefined ? own * matrix.axes.reduce((cells, axis) => cells * axis.values.length, 1) : own;
}
