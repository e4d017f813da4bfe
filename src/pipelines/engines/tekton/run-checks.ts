import { metadata, PIPELINE_RUN_SPEC } from './fields';
import * as messages from './messages';
import { checkPipelineSpec } from './pipeline-checks';
import { isResult, referencesOf, valuesOf } from './references';
import type { PipelineRunSpec } from './run-props';
import { all, At, exclusive, secondsOf, struct } from '../../../core/shape';

/*
 * What the webhook would refuse of a PipelineRun (pipelinerun_validation.go).
 */

const SHAPE = all(struct({ metadata: metadata(), ...PIPELINE_RUN_SPEC }), exclusive(messages.exclusiveFields, ['pipelineRef', 'pipelineSpec'], 1));
const DEFAULT_SECONDS = 3600;

/** Throws FW1220 to FW1233 and FW1235. */
export function checkPipelineRun(path: string, props: unknown): void {
  const at: At = { path, kind: 'PipelineRun', field: '', messages };
  SHAPE(at, props);
  const spec = props as PipelineRunSpec;
  if (spec.pipelineSpec !== undefined) {
    checkPipelineSpec({ ...at, field: 'pipelineSpec' }, spec.pipelineSpec, true);
  }
  const result = referencesOf(valuesOf(spec.params)).find(isResult);
  if (result !== undefined) {
    throw messages.misplaced.error(path, { kind: at.kind, field: 'params', value: result.text, fault: 'reads a result, and nothing has run yet' });
  }
  checkTimeouts(at, spec);
}

function checkTimeouts(at: At, { timeouts = {}, taskRunSpecs = [] }: PipelineRunSpec): void {
  const seconds = (time: string | undefined) => time === undefined ? undefined : secondsOf(time);
  const [whole, tasks, last] = [seconds(timeouts.pipeline) ?? DEFAULT_SECONDS, seconds(timeouts.tasks), seconds(timeouts.finally)];
  const refuse = (field: string, fault: string) => messages.timeouts.error(at.path, { kind: at.kind, field, fault });
  if (whole !== 0) {
    const limit = timeouts.pipeline === undefined ? 'the run may take one hour' : `the run may take ${timeouts.pipeline}`;
    for (const [name, value] of Object.entries({ tasks, finally: last })) {
      if (value === 0 || (value ?? 0) > whole) {
        throw refuse(`timeouts.${name}`, `is ${timeouts[name as 'tasks' | 'finally']}, and ${limit}`);
      }
    }
    if ((tasks ?? 0) + (last ?? 0) > whole) {
      throw refuse('timeouts', `have ${timeouts.tasks} for the tasks and ${timeouts.finally} for finally, and ${limit}`);
    }
  }
  const most = tasks ?? whole;
  taskRunSpecs.forEach(({ timeout }, i) => {
    if (most !== 0 && (seconds(timeout) ?? 0) > most) {
      throw refuse(`taskRunSpecs[${i}].timeout`, `is ${timeout}, which is longer than all tasks may take`);
    }
  });
}
