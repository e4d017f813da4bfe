import { NATIVE_ROADS } from './roads';
import { JobScope, StepBody } from './scope';
import { lowerScript } from './scripts';
import { emulated, native } from '../../gaps';
import type { DeliveryStepNode } from '../../graph';

export function lowerDelivery(step: DeliveryStepNode, scope: JobScope): StepBody[] {
  const part = `${step.action} ${step.id}`;
  const road = NATIVE_ROADS[step.action]?.(step, scope, portable(step));
  if (road !== undefined && road.actions.every(action => scope.actions.isAllowed(action))) {
    const steps = road.steps();
    // A retry is of a script: GitHub tries no action again.
    const once = step.retry && !steps.some(each => each.run !== undefined) ? ', once' : '';
    scope.report.row(native(part, `${road.how}${once}`, scope.job.id));
    return steps;
  }
  scope.report.row(emulated(part, `a script${step.portable.commands.length > 0 ? `, with ${step.portable.commands.join(', ')}` : ''}`, scope.job.id));
  return [portable(step)];
}

function portable(step: DeliveryStepNode): StepBody {
  const { script, workingDirectory } = step.portable;
  const body = lowerScript({ script, shell: 'bash', retry: step.retry, outputs: step.outputs.length > 0 });
  return { ...body, ...workingDirectory !== undefined && { 'working-directory': workingDirectory } };
}
