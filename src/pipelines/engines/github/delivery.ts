import { NATIVE_ROADS } from './roads';
import { JobScope, StepBody } from './scope';
import { lowerScript } from './scripts';
import { emulated, native } from '../../gaps';
import type { DeliveryStepNode } from '../../graph';

export function lowerDelivery(step: DeliveryStepNode, scope: JobScope): StepBody[] {
  const part = `${step.action} ${step.id}`;
  // A retry is of the script: actions cannot be tried again.
  const road = step.retry === undefined ? NATIVE_ROADS[step.action]?.(step, scope, portable(step)) : undefined;
  if (road !== undefined && road.actions.every(action => scope.actions.isAllowed(action))) {
    scope.report.row(native(part, road.how, scope.job.id));
    return road.steps();
  }
  scope.report.row(emulated(part, `a script${step.portable.commands.length > 0 ? `, with ${step.portable.commands.join(', ')}` : ''}`, scope.job.id));
  return [portable(step)];
}

function portable(step: DeliveryStepNode): StepBody {
  const { script, workingDirectory } = step.portable;
  const body = lowerScript({ script, shell: 'bash', retry: step.retry, outputs: step.outputs.length > 0 });
  return { ...body, ...workingDirectory !== undefined && { 'working-directory': workingDirectory } };
}
