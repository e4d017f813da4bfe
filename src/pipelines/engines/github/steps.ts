import { lowerCache, lowerDownload, lowerUpload, mayCache } from './artifacts';
import { lowerUse } from './composites';
import { lowerDelivery } from './delivery';
import { lowerNative } from './native';
import { environmentOf, JobScope, StepBody } from './scope';
import { lowerScript } from './scripts';
import { lowerTool } from './tools';
import { dropped, emulated, native } from '../../gaps';
import type { StepNode } from '../../graph';

/** The order of keys in a step. */
const KEYS = ['name', 'id', 'if', 'uses', 'with', 'env', 'shell', 'working-directory', 'continue-on-error', 'timeout-minutes', 'run'];

export function lowerSteps(steps: readonly StepNode[], scope: JobScope): StepBody[] {
  return steps.flatMap(step => lowerStep(step, scope));
}

function lowerStep(step: StepNode, scope: JobScope): StepBody[] {
  const { values, report, job } = scope;
  const bodies = bodiesOf(step, scope);
  if (bodies.length === 0) {
    return [];
  }
  if (step.retry && step.retry.attempts > 1 && !isTried(step)) {
    report.row(dropped(`retry of ${step.id}`, 'GitHub tries no action again, and no script of PowerShell', job.id));
  } else if (step.retry && step.retry.attempts > 1 && bodies.some(body => body.run !== undefined)) {
    report.row(emulated(`retry of ${step.id}`, 'a loop around the script', job.id));
  }
  const condition = scope.conditions.write(step.condition, { path: step.path, what: `step ${step.id}`, isJob: false });
  const name = values.text(step.name);
  return bodies.map((body, i) => {
    // Helpers get nothing of the environment, an action in place of a script nothing that the script alone reads.
    const without = body.without as readonly string[] | 'all' | undefined;
    const kept = without === 'all' ? {} : Object.fromEntries(Object.entries(step.env).filter(([variable]) => !without?.includes(variable)));
    const own = environmentOf(kept, values).env ?? {};
    const env = { ...own, ...body.env as Record<string, string> | undefined };
    const isLast = i === bodies.length - 1;
    const told = {
      // Before what the step itself does stand the helpers, under names of their own.
      name: body.name ?? name,
      id: body.id ?? (isLast && (step.outputs.length > 0 || scope.readSteps.has(step.id)) ? step.id : undefined),
      ...condition !== undefined && { if: condition },
      ...step.continueOnError && { 'continue-on-error': true },
      ...step.timeoutMinutes !== undefined && { 'timeout-minutes': step.timeoutMinutes },
    };
    const whole: StepBody = { ...body, ...told, env: Object.keys(env).length > 0 ? env : undefined };
    return Object.fromEntries(KEYS.filter(key => whole[key] !== undefined).map(key => [key, whole[key]]));
  });
}

/** In a container, the workspace belongs to another user, which git refuses; the action tells git for itself alone (actions/checkout#2031). */
const TRUST: StepBody = {
  name: 'Let git read what is checked out',
  run: ['if command -v git > /dev/null; then', '  git config --global --add safe.directory "$GITHUB_WORKSPACE"', 'fi'].join('\n'),
  without: 'all',
};

function isTried(step: StepNode): boolean {
  return step.kind === 'delivery' || step.kind === 'run' && step.shell !== 'pwsh';
}

function bodiesOf(step: StepNode, scope: JobScope): StepBody[] {
  const { report, job, values } = scope;
  switch (step.kind) {
    case 'run': {
      report.row(native(`step ${step.id}`, 'run', job.id));
      const folder = step.workingDirectory;
      return [{
        ...lowerScript({ script: step.script, shell: step.shell, retry: step.retry, outputs: step.outputs.length > 0 }),
        ...folder !== undefined && { 'working-directory': values.text([folder]) },
      }];
    }
    case 'checkout':
      report.row(native(`step ${step.id}`, 'actions/checkout', job.id));
      return [{
        uses: scope.actions.uses('actions/checkout', step.path, report),
        with: {
          ...step.ref !== undefined && { ref: values.text(step.ref) },
          ...step.folder !== undefined && { path: values.text([step.folder]) },
          ...step.depth !== 1 && { 'fetch-depth': step.depth },
          ...step.submodules && { submodules: true },
          ...step.lfs && { lfs: true },
          'persist-credentials': step.persistCredentials,
        },
      }, ...job.container && (step.folder ?? '.') === '.' ? [TRUST] : []];
    case 'tool': return lowerTool(step, scope);
    case 'upload':
      report.row(native(`artifact ${step.artifact}`, `actions/upload-artifact${job.matrix ? ', one for each leg' : ''}`, job.id));
      return [lowerUpload(step, scope)];
    case 'download':
      report.row(native(`artifact ${step.artifact}`, 'actions/download-artifact', job.id));
      return [lowerDownload(step, scope)];
    case 'cache':
      if (!mayCache(`cache ${step.id}`, scope)) {
        return [];
      }
      report.row(native(`cache ${step.id}`, `actions/cache${step.mode === 'both' ? '' : `/${step.mode}`}`, job.id));
      return [lowerCache(step, scope)];
    case 'delivery': return lowerDelivery(step, scope);
    case 'native': return [lowerNative(step, scope)];
    case 'group': return [lowerUse(step, scope)]; // what is no action was written out before
  }
}
