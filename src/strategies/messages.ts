import { Severity } from '../core/diagnostics/finding';
import { list, problem, show } from '../core/diagnostics/problem';

/*
 * FW600 to FW649: strategies, metrics and routers, whatever the engine.
 */

interface Gap {
  readonly part: string;
  readonly how: string;
  readonly engine: string;
  readonly environment: string;
}

export const unsupportedPart = problem<Gap>({
  code: 'FW601',
  severity: Severity.ERROR,
  title: 'A part of a strategy that the engine cannot carry out',
  explanation: 'A release would be less safe, or behave differently, if the engine left it out. It is never left out in silence.',
}, a => ({ message: `${a.engine} has no ${a.part} (environment ${show(a.environment)}): ${a.how}.`, remedy: 'Take another strategy here, by an override of the environment, or another engine with `rollouts` of the Platform.' }));

export const droppedPart = problem<Gap>({
  code: 'FW602',
  severity: Severity.WARNING,
  title: 'A part of a strategy that the engine leaves out',
  explanation: 'The engine has nothing like it, and a release is as safe without.',
}, a => ({ message: `${a.engine} leaves out ${a.part} (environment ${show(a.environment)}): ${a.how}.`, remedy: 'Remove it, or acknowledge the warning with the reason why it does not matter.' }));

export const approximatedPart = problem<Gap>({
  code: 'FW603',
  severity: Severity.WARNING,
  title: 'A part of a strategy that the engine carries out otherwise',
  explanation: 'The engine comes close, and errs on the safe side: slower, or with more pods.',
}, a => ({ message: `${a.engine} carries out ${a.part} otherwise (environment ${show(a.environment)}): ${a.how}.`, remedy: 'Acknowledge the warning with a reason, or describe what the engine can do exactly.' }));

export const invalidWeight = problem<{ what: string; value: unknown }>({
  code: 'FW604',
  severity: Severity.ERROR,
  title: 'A weight that is no percentage',
  explanation: 'A weight is a whole percentage of the traffic, or of the pods where no router splits it.',
}, a => ({ message: `The ${a.what} ${show(a.value)} is no whole percentage.`, remedy: 'Write a whole number from 0 to 100: Step.weight(20).' }));

export const invalidDuration = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW605',
  severity: Severity.ERROR,
  title: 'A time of a strategy that cannot be',
  explanation: 'Times of strategies are whole seconds. A pause without an end is an approval and is written so.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example Step.pause(Duration.minutes(5)), or Step.approval() to wait for a person.' }));

export const invalidStrategy = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW606',
  severity: Severity.ERROR,
  title: 'A strategy that cannot be carried out',
  explanation: 'A strategy is made by the factories of `RolloutStrategy`, with values that fit each other.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example RolloutStrategy.canary({ steps: Steps.linear({ increment: 20, every: Duration.minutes(5) }) }).' }));

export const stuckRollout = problem<{ maxSurge: unknown; maxUnavailable: unknown }>({
  code: 'FW607',
  severity: Severity.ERROR,
  title: 'A rolling update that cannot move',
  explanation: 'With no pod above the wanted number and none below it, no pod can be replaced. Kubernetes refuses it; '
    + 'Argo Rollouts silently takes one pod away (utils/replicaset `resolveFenceposts`).',
}, a => ({ message: `The maxSurge is ${show(a.maxSurge)} and the maxUnavailable ${show(a.maxUnavailable)}: both are none.`, remedy: 'Give maxSurge: 1 or maxSurge: \'25%\'.' }));

export const invalidMetric = problem<{ name: unknown; what: string; value: unknown; fault: string }>({
  code: 'FW608',
  severity: Severity.ERROR,
  title: 'A metric that cannot judge',
  explanation: 'A metric has one threshold, in the unit of what it measures: ratios between 0 and 1, times as `Duration`. A percentage would be a hundred times too lax or too strict.',
}, a => ({ message: `The ${a.what} ${show(a.value)} of the metric ${show(a.name)} ${a.fault}.`, remedy: 'Write for example Metric.successRate({ atLeast: 0.995 }) or Metric.latency({ percentile: 99, below: Duration.millis(300) }).' }));

export const repeatedMetric = problem<{ name: string }>({
  code: 'FW609',
  severity: Severity.ERROR,
  title: 'Two metrics of one name',
  explanation: 'The measurements of a metric are found by its name; each name stands once in an analysis.',
}, a => ({ message: `The metric ${show(a.name)} stands twice in one analysis.`, remedy: 'Give one of them another `name`.' }));

export const noMetricsProvider = problem<{ metric: string; environment: string }>({
  code: 'FW610',
  severity: Severity.ERROR,
  title: 'A metric without a provider',
  explanation: 'The metric belongs to the workload, the connection to the environment. Without a connection nobody can be asked.',
}, a => ({ message: `The metric ${show(a.metric)} has nobody to ask in the environment ${show(a.environment)}.`, remedy: 'Give the Environment metrics: MetricsProvider.prometheus({ address: \'…\' }), or give the strategy without metrics as an override there.' }));

export const unansweredMetric = problem<{ metric: string; environment: string; fault: string; known?: string[] }>({
  code: 'FW611',
  severity: Severity.ERROR,
  title: 'A metric that the provider cannot answer',
  explanation: 'Built-in queries exist for the pairs of provider and measure that the guide on metrics lists. For all others the query is given by hand, in the language of the provider.',
}, a => ({
  message: `The metric ${show(a.metric)} cannot be answered in the environment ${show(a.environment)}: ${a.fault}.`,
  remedy: `${a.known?.length ? `Placeholders are ${list(a.known)}. ` : ''}Write Metric.query('${a.metric}', { query: '…', atMost: … }).`,
}));

export const noTrafficRoute = problem<{ router: string; environment: string; fault: string }>({
  code: 'FW612',
  severity: Severity.ERROR,
  title: 'A router without a road',
  explanation: 'A router splits the traffic of a host name between the old and the new version. It needs a Service, a host, and the Gateway or ingress controller of the environment.',
}, a => ({ message: `The router ${show(a.router)} cannot work in the environment ${show(a.environment)}: ${a.fault}.`, remedy: 'Give what is missing, or leave the router out: then the share follows the number of pods.' }));

export const needsRouter = problem<{ part: string }>({
  code: 'FW613',
  severity: Severity.ERROR,
  title: 'A step that needs a router',
  explanation: 'Only a router can tell requests apart. By numbers of pods alone, a share of the traffic cannot be chosen freely.',
}, a => ({ message: `${show(a.part)} needs a router.`, remedy: 'Give the canary a router, for example router: TrafficRouter.gatewayApi().' }));

export const noService = problem<{ strategy: string; name: string }>({
  code: 'FW614',
  severity: Severity.ERROR,
  title: 'A strategy for what nobody calls',
  explanation: 'Blue-green delivery switches a Service, and a router splits its traffic. A worker has none; its canary goes by numbers of pods.',
}, a => ({ message: `${show(a.name)} serves nothing, but its strategy is ${a.strategy}.`, remedy: 'Take RolloutStrategy.rollingUpdate() or a canary without a router.' }));

export const invalidRouter = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW615',
  severity: Severity.ERROR,
  title: 'A traffic router that cannot be',
  explanation: 'A traffic router is made by the factories of `TrafficRouter`.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write TrafficRouter.gatewayApi(), .istio(), .nginx(), .alb(), .traefik(), .apisix() or .plugin(…).' }));

export const blindCanary = problem<{ name: string }>({
  code: 'FW616',
  severity: Severity.WARNING,
  title: 'A canary that nobody watches',
  explanation: 'Without a metric and without an approval, a canary only delays a bad version: nothing stops it as long as its pods are ready.',
}, a => ({ message: `The canary of ${show(a.name)} has neither metrics nor an approval.`, remedy: 'Give analysis: [Metric.successRate({ atLeast: 0.99 })], or a Step.approval().' }));

export const pauseBeforeAnalysis = problem<{ name: string }>({
  code: 'FW617',
  severity: Severity.WARNING,
  title: 'An approval before anything was judged',
  explanation: 'While a rollout waits for a person, nothing but a background analysis undoes it. A broken canary would keep its traffic until somebody looks (argo-rollouts #1593).',
}, a => ({ message: `The canary of ${show(a.name)} waits for a person while no metric is watched.`, remedy: 'Give the canary analysis in the background, or a Step.analysis before the approval.' }));

export const analysisOutlasts = problem<{ name: string; analysis: number; delay: number }>({
  code: 'FW618',
  severity: Severity.ERROR,
  title: 'Old pods that go before the analysis after the promotion ends',
  explanation: 'When the analysis after a promotion fails, traffic goes back to the old pods. They must still be there: a `scaleDownDelay` below the length of the analysis takes them away, and cancels the analysis.',
}, a => ({
  message: `The analysis after the promotion of ${show(a.name)} takes ${a.analysis} seconds, and the old pods stay ${a.delay}.`,
  remedy: `Give scaleDownDelay: Duration.seconds(${a.analysis + 30}) or more, or leave it out.`,
}));

export const invalidEngineOption = problem<{ engine: string; what: string; value: unknown; known?: string[] }>({
  code: 'FW619',
  severity: Severity.ERROR,
  title: 'An option that the engine of rollouts does not have',
  explanation: 'What may be written depends on the version of the controller: fields that it does not know would be dropped by the API server, and the rollout would go on without them.',
}, a => ({ message: `${show(a.value)} is no ${a.what} of ${a.engine}.`, remedy: a.known ? `Known are ${list(a.known)}.` : 'Leave the option out, or write what its documentation shows.' }));

export const lateVerdict = problem<{ name: string; metric: string; first: number; left: number }>({
  code: 'FW620',
  severity: Severity.WARNING,
  title: 'A metric that judges when the canary is over',
  explanation: 'In the background a metric undoes a canary with the sample after the last failure that it tolerates. '
    + 'The canary does not wait for it: a metric whose first verdict comes after the last step undoes nothing.',
}, a => ({
  message: `The metric ${show(a.metric)} can undo the canary of ${show(a.name)} ${a.first} seconds after it begins to watch, and the steps take ${a.left} from there.`,
  remedy: 'Give it a shorter `interval` or `initialDelay`, fewer `toleratedFailures`, or the canary longer pauses.',
}));

export const coarseWeight = problem<{ name: string; environment: string; weight: number; canary: number; pods: number }>({
  code: 'FW621',
  severity: Severity.WARNING,
  title: 'A weight that whole pods cannot have',
  explanation: 'Without a router the share of the traffic is the share of the pods, as near as whole pods come '
    + '(utils/replicaset/canary.go of Argo Rollouts, approximateWeightedCanaryStableReplicaCounts). With few pods the first step is far greater than it says, or none at all.',
}, a => ({
  message: `In the environment ${show(a.environment)}, ${a.weight}% of the canary of ${show(a.name)} are ${a.canary} of ${a.pods} ${a.pods === 1 ? 'pod' : 'pods'}, `
    + `${Math.round(a.canary / a.pods * 100)}%.`,
  remedy: 'Take weights that so many pods can have, more pods, or a router.',
}));

export const unseenVersion = problem<{ name: string; metric: string; where: string }>({
  code: 'FW622',
  severity: Severity.WARNING,
  title: 'Requests that are judged before there are any',
  explanation: 'A metric of requests has no data as long as the new version gets none, and no data is a failure unless the metric says NoData.PASS. '
    + 'Then no version would ever be released.',
}, a => ({
  message: `The metric ${show(a.metric)} of ${show(a.name)} judges requests ${a.where}.`,
  remedy: 'Put a Step.weight, headerRoute or mirror before it, judge by Metric.job, httpCheck or saturation, or acknowledge the warning when something else calls the new version.',
}));

export const overloadedCanary = problem<{ name: string; environment: string; replicas: number; weight: number; maximum: number }>({
  code: 'FW623',
  severity: Severity.ERROR,
  title: 'More traffic than the pods of the canary can take',
  explanation: 'A scale of its own takes pods away from a canary that has its share of the traffic already: what all pods served together would come to a few.',
}, a => ({
  message: `The canary of ${show(a.name)} has ${a.weight}% of the traffic when it is given ${a.replicas} of up to ${a.maximum} pods in the environment ${show(a.environment)}.`,
  remedy: `Give CanaryScale.replicas(${Math.ceil(a.weight * a.maximum / 100)}) or more, CanaryScale.percent(…), or put the scale before the weight.`,
}));
