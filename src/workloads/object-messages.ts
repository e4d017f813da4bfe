import { Severity } from '../core/diagnostics/finding';
import { list, problem, show } from '../core/diagnostics/problem';

/*
 * FW450 to FW499: objects that contradict each other, and what a cluster refuses. They are found in
 * the finished objects, so also in those that are patched or added by hand.
 */

export const blockingBudget = problem<{ budget: string; replicas: number; allowed: string }>({
  code: 'FW450',
  severity: Severity.ERROR,
  title: 'A disruption budget that lets no pod go',
  explanation: 'A budget that needs all pods that there are at least blocks every drain of a node, and with it every upgrade of the cluster. '
    + 'What counts is the smallest number that the autoscaler may choose.',
}, a => ({ message: `The budget ${show(a.budget)} has ${a.allowed}, with ${a.replicas} ${a.replicas === 1 ? 'pod' : 'pods'} at least: no node could be drained.`, remedy: 'Use maxUnavailable: 1, or run more pods.' }));

export const shortGrace = problem<{ container: string; preStop: number; grace: number }>({
  code: 'FW451',
  severity: Severity.ERROR,
  title: 'A grace period that is over before the wait',
  explanation: 'The grace period includes the hook before the stop: when the hook takes all of it, the process is killed without a SIGTERM to drain after '
    + '(kubernetes#20473, KEP-3960).',
}, a => ({ message: `The container ${show(a.container)} waits ${a.preStop} seconds before it stops, and the pod has ${a.grace} in all.`, remedy: 'Make terminationGracePeriodSeconds longer than the wait and the drain together.' }));

export const shortDeadline = problem<{ deadline: number; slowest: number; what: string }>({
  code: 'FW452',
  severity: Severity.ERROR,
  title: 'A progress deadline that is over before a pod can count',
  explanation: 'A rollout fails when nothing gets better for so long. A pod counts after its start-up probe and `minReadySeconds`: a shorter deadline fails rollouts of healthy pods, '
    + 'and one that is not longer than `minReadySeconds` is refused (k8s pkg/apis/apps/validation).',
}, a => ({ message: `The progress deadline of ${a.deadline} seconds is not longer than ${a.what} of ${a.slowest} seconds.`, remedy: 'Raise progressDeadlineSeconds, or let pods start faster.' }));

export const unknownPort = problem<{ what: string; port: unknown; known: string[] }>({
  code: 'FW453',
  severity: Severity.ERROR,
  title: 'A port that no container has',
  explanation: 'Services and probes name a port of the container. A name that no container has leads nowhere, and nothing says so until requests fail.',
}, a => ({ message: `${a.what} leads to the port ${show(a.port)}, which no container has.`, remedy: a.known.length > 0 ? `The ports are ${list(a.known)}.` : 'Declare the port in the container.' }));

export const selectsNothing = problem<{ what: string; selector: string }>({
  code: 'FW454',
  severity: Severity.ERROR,
  title: 'A selector that selects no pod',
  explanation: 'Services, budgets and policies find pods by labels. The API server refuses a workload that does not select its own pods, and accepts everything else.',
}, a => ({ message: `${a.what} selects ${show(a.selector)}, which no pod of the workload has.`, remedy: 'Make the selector match the labels of the pods.' }));

export const replicasBesideAutoscaler = problem<{ workload: string; autoscaler: string; replicas: number }>({
  code: 'FW455',
  severity: Severity.ERROR,
  title: 'A fixed number of replicas beside an autoscaler',
  explanation: 'Every sync would set the number back, and every reconcile of the autoscaler would change it again: under load, pods are killed with each commit.',
}, a => ({ message: `${show(a.workload)} has ${a.replicas} replicas, and ${show(a.autoscaler)} scales it.`, remedy: 'Remove spec.replicas, or the autoscaler.' }));

export const noProgress = problem<{ workload: string; surge: string; unavailable: string }>({
  code: 'FW456',
  severity: Severity.ERROR,
  title: 'A rollout that cannot move',
  explanation: 'With no pod more and no pod less, no pod can be replaced. Percentages of few replicas round: the surge up, what may be missing down (k8s deployment util ResolveFenceposts, which then '
    + 'takes one pod away without being asked).',
}, a => ({ message: `${show(a.workload)} may have neither more pods (maxSurge ${a.surge}) nor fewer (maxUnavailable ${a.unavailable}).`, remedy: 'Allow maxSurge of 1 or more.' }));

export const lostAutoscaler = problem<{ autoscaler: string; kind: string; name: string }>({
  code: 'FW457',
  severity: Severity.ERROR,
  title: 'An autoscaler of nothing',
  explanation: 'An autoscaler names what it scales by apiVersion, kind and name. One that names a Deployment where a Rollout stands does nothing, or scales the wrong one.',
}, a => ({ message: `${show(a.autoscaler)} scales the ${a.kind} ${show(a.name)}, which does not exist.`, remedy: 'Name the object that stands in the chart.' }));

export const twoAutoscalers = problem<{ autoscalers: string[]; name: string }>({
  code: 'FW458',
  severity: Severity.ERROR,
  title: 'Two autoscalers of one workload',
  explanation: 'Each would undo what the other does. KEDA makes a HorizontalPodAutoscaler of its own.',
}, a => ({ message: `${show(a.name)} is scaled by ${list(a.autoscalers)}.`, remedy: 'Keep one: a KEDA trigger `cpu` takes the place of the other.' }));

export const taskWithTtl = problem<{ task: string }>({
  code: 'FW459',
  severity: Severity.ERROR,
  title: 'A scheduled task whose runs vanish',
  explanation: 'Finished runs are kept by the history limits of the CronJob. With `ttlSecondsAfterFinished` they vanish before, and with them what went wrong (kube-linter job-ttl-seconds-after-finished).',
}, a => ({ message: `The runs of ${show(a.task)} have ttlSecondsAfterFinished.`, remedy: 'Remove it, and use failedJobsHistoryLimit and successfulJobsHistoryLimit.' }));

export const overQuota = problem<{ what: string; needed: string; quota: string; largest: string[] }>({
  code: 'FW460',
  severity: Severity.ERROR,
  title: 'Workloads that do not fit into their quota',
  explanation: 'All workloads of a namespace, at their largest numbers of pods and in the middle of a release, need more than the ResourceQuota allows. '
    + 'The API server refuses the pods that are too many: releases and autoscalers stop when they are needed most.',
}, a => ({ message: `At their largest, the workloads need ${a.what} of ${a.needed}; the quota is ${a.quota}. The largest are ${list(a.largest)}.`, remedy: 'Raise the quota of the environment, or lower maximum replicas, surge or requests.' }));

export const platformRefuses = problem<{ profile: string; environment: string; what: string; fault: string }>({
  code: 'FW461',
  severity: Severity.ERROR,
  title: 'What the platform of the cluster refuses',
  explanation: 'Managed platforms refuse some pods, or never start them. The profile of the cluster says which rules hold.',
}, a => ({ message: `${a.profile} (environment ${show(a.environment)}) refuses ${a.what}: ${a.fault}.`, remedy: 'Change it by an override for the environment, or take another cluster.' }));

export const platformChanges = problem<{ profile: string; environment: string; what: string; fault: string }>({
  code: 'FW462',
  severity: Severity.WARNING,
  title: 'What works otherwise on the platform of the cluster',
  explanation: 'Managed platforms change some fields, or do not act on them. What stands in the repository is then not what runs.',
}, a => ({ message: `On ${a.profile} (environment ${show(a.environment)}), ${a.what} ${a.fault}.`, remedy: 'Change it by an override for the environment, or acknowledge FW462 with the reason why it does not matter.' }));

export const repeatedPort = problem<{ workload: string; port: string }>({
  code: 'FW463',
  severity: Severity.ERROR,
  title: 'A port name that two ports have',
  explanation: 'Names of ports are unique in a pod: a Service that leads to the name would reach the first of them.',
}, a => ({ message: `Two ports of ${show(a.workload)} are called ${show(a.port)}.`, remedy: 'Name them differently.' }));

export const unlikelyAutoscaler = problem<{ autoscaler: string; minimum: unknown; maximum: unknown }>({
  code: 'FW464',
  severity: Severity.ERROR,
  title: 'An autoscaler whose bounds are none',
  explanation: 'The API server refuses an autoscaler whose maximum is below its minimum.',
}, a => ({ message: `${show(a.autoscaler)} chooses between ${show(a.minimum)} and ${show(a.maximum)} pods.`, remedy: 'Raise the maximum above the minimum.' }));

export const sameObject = problem<{ kind: string; name: string; other: string }>({
  code: 'FW465',
  severity: Severity.ERROR,
  title: 'Two objects with one name',
  explanation: 'Two objects of one kind have the same name in one namespace: each sync would replace the one by the other. Some names are made from those of workloads: '
    + '`<name>-pods` for a stateful service, `<name>-canary` and `<name>-preview` for a release.',
}, a => ({ message: `The ${a.kind} ${show(a.name)} is also made at ${show(a.other)}.`, remedy: 'Rename one of the workloads, or the object that was added.' }));

export const idleCertificate = problem<{ secret: string }>({
  code: 'FW466',
  severity: Severity.WARNING,
  title: 'A certificate that no Ingress carries',
  explanation: 'A Gateway has the certificates of its listeners itself; only an Ingress names the Secret with one. Where every host is served by a Gateway, the Secret is not read.',
}, a => ({ message: `The Secret ${show(a.secret)} is given, and every host is served by a Gateway.`, remedy: 'Give the certificate to the listener of the Gateway, and remove tlsSecret.' }));
