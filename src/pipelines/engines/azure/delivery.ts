import { escapeTemplate } from './escape';
import { bashInput } from './script';
import { common, folderOf, ordered, quiet, scriptId, Step, StepScope } from './step';
import type { DeliveryStepNode, Text } from '../../graph';

/** Delivery steps: what Azure Pipelines shows on the page of a run by its own tasks, everything else by the portable script. */
export function deliverySteps(step: DeliveryStepNode, scope: StepScope): Step[] {
  const files = filesOf(step.with.files ?? step.with.paths ?? step.with.report, scope);
  if (files !== undefined && step.outputs.length === 0) {
    const around = common(step, scope, {}, false);
    switch (step.action) {
      case 'test-report': return [ordered({
        task: 'PublishTestResults@2',
        ...around,
        inputs: {
          testResultsFormat: formatOf(step),
          testResultsFiles: files,
          searchFolder: folderOf('.', scope),
          failTaskOnFailedTests: false,
          testRunTitle: around.displayName,
        },
      })];
      case 'coverage-report': return [ordered({ task: 'PublishCodeCoverageResults@2', ...around, inputs: { summaryFileLocation: files } })];
      default:
    }
  }
  const { script, workingDirectory } = step.portable;
  return [ordered({
    bash: bashInput({ id: scriptId(step, scope, '$$'), script, outputs: step.outputs, shell: 'bash', retry: step.retry }),
    ...common(step, scope),
    workingDirectory: folderOf(workingDirectory, scope),
    target: quiet(step.outputs),
  })];
}

/** What is told of files, one on a line. */
function filesOf(told: DeliveryStepNode['with'][string] | undefined, scope: StepScope): string | undefined {
  if (!Array.isArray(told) || told.length === 0) {
    return undefined;
  }
  const isList = told.every(part => typeof part === 'string');
  return isList ? (told as readonly string[]).map(escapeTemplate).join('\n') : scope.values.text(told as Text);
}

function formatOf(step: DeliveryStepNode): string {
  const told = step.with.format;
  const said = Array.isArray(told) && typeof told[0] === 'string' ? told[0].toLowerCase() : 'junit';
  return FORMATS[said] ?? 'JUnit';
}

const FORMATS: Record<string, string> = { junit: 'JUnit', nunit: 'NUnit', vstest: 'VSTest', trx: 'VSTest', xunit: 'XUnit', ctest: 'CTest' };
