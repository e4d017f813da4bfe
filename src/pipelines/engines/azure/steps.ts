import { downloadSteps, uploadSteps } from './artifacts';
import { cacheSteps, toolSteps } from './caches';
import { checkoutSteps } from './checkout';
import { deliverySteps } from './delivery';
import { bashInput, pwshInput } from './script';
import { common, folderOf, ordered, quiet, scriptId, Step, StepScope } from './step';
import { unsupported } from '../../gaps';
import type { RunStepNode, StepNode } from '../../graph';

/** The steps in the file for one of the graph. */
export function lowerStep(step: StepNode, scope: StepScope): Step[] {
  switch (step.kind) {
    case 'run': return runStep(step, scope);
    case 'checkout': return checkoutSteps(step, scope);
    case 'tool': return toolSteps(step, scope);
    case 'upload': return uploadSteps(step, scope);
    case 'download': return downloadSteps(step, scope);
    case 'cache': return cacheSteps(step, scope);
    case 'delivery': return deliverySteps(step, scope);
    case 'native': return nativeSteps(step.bodies.azure, step, scope);
    case 'group': return step.steps.flatMap(each => lowerStep(each, scope)); // flattened before
  }
}

function runStep(step: RunStepNode, scope: StepScope): Step[] {
  const body = step.shell === 'pwsh'
    ? { pwsh: pwshInput({ id: scriptId(step, scope, '$PID'), script: step.script, outputs: step.outputs }) }
    : { bash: bashInput({ id: scriptId(step, scope, '$$'), script: step.script, outputs: step.outputs, shell: step.shell, retry: step.retry }) };
  if ('pwsh' in body && body.pwsh === undefined) {
    scope.values.plan.rows.push(unsupported(`script of ${step.id}`, 'a line that begins with \'@ ends the text in which PowerShell is handed the script', scope.job.job.id));
    return [];
  }
  return [{
    ...body,
    ...common(step, scope),
    workingDirectory: folderOf(step.workingDirectory, scope),
    target: quiet(step.outputs),
  }].map(ordered);
}

function nativeSteps(body: unknown, step: StepNode, scope: StepScope): Step[] {
  const bodies = (Array.isArray(body) ? body : [body]).filter(each => typeof each === 'object' && each !== null && !Array.isArray(each));
  if (bodies.length === 0) {
    scope.values.plan.rows.push(unsupported(`native step ${step.id}`, 'it has no body for Azure Pipelines', scope.job.job.id));
  }
  return bodies.map((each: Record<string, unknown>) => {
    const around = Object.fromEntries(Object.entries(common(step, scope)).filter(([, value]) => value !== undefined));
    const env = around.env === undefined && each.env === undefined ? {} : { env: { ...around.env as object, ...each.env as object } };
    return { ...each, ...around, ...env, ...each.displayName !== undefined && { displayName: each.displayName } };
  });
}
