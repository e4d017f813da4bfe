import { Severity } from '../core/diagnostics/finding';
import { list, problem, show } from '../core/diagnostics/problem';

/*
 * FW83x and FW84x: simulation of workloads.
 */

export const notAWorkload = problem<{ what: string; value: unknown; fault: string; remedy: string }>({
  code: 'FW831',
  severity: Severity.ERROR,
  title: 'A simulation of something that is no workload in an environment',
  explanation: 'What is simulated is the rollout of one workload in one environment of the same platform.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: a.remedy }));

export const notRunning = problem<{ workload: string; environment: string; known: string[] }>({
  code: 'FW832',
  severity: Severity.ERROR,
  title: 'A simulation in an environment where the workload does not run',
  explanation: 'A workload runs in all environments, or in those that it names. Elsewhere it has no objects, and nothing is rolled out.',
}, a => ({
  message: `The workload ${show(a.workload)} does not run in the environment ${show(a.environment)}.`,
  remedy: a.known.length > 0 ? `It runs in ${list(a.known)}.` : 'It runs nowhere.',
}));

export const recreated = problem<{ workload: string }>({
  code: 'FW833',
  severity: Severity.ERROR,
  title: 'A simulation of a workload that is recreated',
  explanation: 'With `RolloutStrategy.recreate` all old pods stop before the first new one starts. There are no steps and no decisions to simulate: '
    + 'the downtime is the time in which the pods stop and start.',
}, a => ({
  message: `The workload ${show(a.workload)} is recreated with every release.`,
  remedy: 'Give it another strategy, such as RolloutStrategy.rollingUpdate(), or do not simulate it.',
}));

export const flagger = problem<{ workload: string }>({
  code: 'FW834',
  severity: Severity.ERROR,
  title: 'A simulation of a rollout that Flagger carries out',
  explanation: 'The simulator follows the code of the Argo Rollouts controller. Flagger decides by other rules - its own intervals, its own count of failed '
    + 'checks, its own order of promotion - so a timeline made by the rules of Argo Rollouts would be a wrong one.',
}, a => ({
  message: `The rollouts of the workload ${show(a.workload)} are carried out by Flagger, which the simulator does not know.`,
  remedy: 'Simulate the platform with rollouts: RolloutEngine.argoRollouts() to see the strategy itself.',
}));

export const nothingRollsOut = problem<{ workload: string; kinds: string[] }>({
  code: 'FW835',
  severity: Severity.ERROR,
  title: 'A simulation of a workload without a rollout',
  explanation: 'Rollouts and Deployments are simulated. A CronJob starts a new version with its next run, and a StatefulSet replaces one pod after the other: '
    + 'neither has traffic to shift or analysis to judge it.',
}, a => ({
  message: `The workload ${show(a.workload)} has no Rollout and no Deployment${a.kinds.length > 0 ? `, but ${list(a.kinds)}` : ''}.`,
  remedy: 'Simulate a WebService or a Worker.',
}));
