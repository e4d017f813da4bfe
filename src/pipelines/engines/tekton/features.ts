import * as messages from './messages';
import type { PipelineSpec } from './pipeline-props';
import type { TaskSpec } from './task-props';
import type { Finding } from '../../../core/diagnostics/finding';

/*
 * Fields that the webhook refuses with the feature flags as Tekton is installed: FW1234.
 */

/** Those of a Task. */
export function taskFeatures(path: string, kind: string, spec: TaskSpec, place = ''): Finding[] {
  const at = (field: string, flag: string) => messages.needsFeature.at(path, { kind, field: `${place}${field}`, flag });
  return [
    ...enums(spec.params).map(i => at(`params[${i}].enum`, 'enable-param-enum')),
    ...spec.steps.flatMap((step, i) => [
      ...(['stdoutConfig', 'stderrConfig'] as const).filter(field => step[field] !== undefined).map(field => at(`steps[${i}].${field}`, 'enable-api-fields')),
      ...(step.when ?? []).some(({ cel }) => cel !== undefined) ? [at(`steps[${i}].when`, 'enable-cel-in-whenexpression')] : [],
    ]),
  ];
}

/** Those of a Pipeline. */
export function pipelineFeatures(path: string, kind: string, spec: PipelineSpec, place = ''): Finding[] {
  const all = [...spec.tasks.map((task, i) => ({ task, field: `${place}tasks[${i}]` })), ...(spec.finally ?? []).map((task, i) => ({ task, field: `${place}finally[${i}]` }))];
  return [
    ...enums(spec.params).map(i => messages.needsFeature.at(path, { kind, field: `${place}params[${i}].enum`, flag: 'enable-param-enum' })),
    ...all.flatMap(({ task, field }) => [
      ...(task.when ?? []).some(({ cel }) => cel !== undefined) ? [messages.needsFeature.at(path, { kind, field: `${field}.when`, flag: 'enable-cel-in-whenexpression' })] : [],
      ...task.taskSpec === undefined ? [] : taskFeatures(path, kind, task.taskSpec, `${field}.taskSpec.`),
    ]),
  ];
}

function enums(params: TaskSpec['params'] = []): number[] {
  return params.flatMap((param, i) => param.enum === undefined ? [] : [i]);
}
