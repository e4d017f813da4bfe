import { Severity } from '../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../core/diagnostics/problem';

/*
 * FW8xx: simulation.
 */

export const notSimulated = problem<{ value: unknown; fault: string; remedy: string }>({
  code: 'FW801',
  severity: Severity.ERROR,
  title: 'A Rollout that cannot be simulated',
  explanation: 'The simulator follows the code of the Argo Rollouts controller, which refuses a Rollout that its validation does not pass. '
    + 'Of such a Rollout there is no timeline.',
}, a => ({ message: `The value ${show(a.value)} ${a.fault}.`, remedy: a.remedy }));

export const unknownTemplate = problem<{ template: string; kind: string; known: string[] }>({
  code: 'FW802',
  severity: Severity.ERROR,
  title: 'An analysis template that was not given',
  explanation: 'A Rollout refers to AnalysisTemplates and ClusterAnalysisTemplates by name. Without them nobody knows what is measured.',
}, a => ({
  message: `The ${a.kind} ${show(a.template)} is not among those given.${didYouMean(a.template, a.known)}`,
  remedy: a.known.length ? `Given are ${list(a.known)}.` : 'Give the template in analysisTemplates.',
}));

export const unsupported = problem<{ what: string; remedy: string }>({
  code: 'FW803',
  severity: Severity.ERROR,
  title: 'A part of a Rollout that the simulator does not know',
  explanation: 'Step plug-ins and metric plug-ins are programs of their own. What they would do is not in the Rollout, and a guess would be a wrong timeline.',
}, a => ({ message: `${a.what} cannot be simulated.`, remedy: a.remedy }));

export const invalidCondition = problem<{ condition: unknown; fault: string }>({
  code: 'FW804',
  severity: Severity.ERROR,
  title: 'A condition that cannot be evaluated',
  explanation: 'The conditions of a metric are written in expr-lang. The simulator knows literals, `result`, indexing, fields, slices, arithmetic, comparison, '
    + '`and`, `or`, `not`, `in`, `contains`, `startsWith`, `endsWith`, `??`, `?:`, the functions `len`, `isNaN`, `isInf`, `isNil`, `asFloat`, `asInt`, `default` '
    + 'and the predicates `all`, `any`, `none`, `one`, `filter`, `map` and `count`. Anything else is refused, because a wrong verdict is worse than none.',
}, a => ({ message: `The condition ${show(a.condition)} ${a.fault}.`, remedy: 'Write it with what the simulator knows, or test it with the controller.' }));

export const invalidMetric = problem<{ metric: unknown; fault: string; remedy: string }>({
  code: 'FW805',
  severity: Severity.ERROR,
  title: 'A metric that the controller refuses',
  explanation: 'The controller validates the metrics of an analysis run when it starts, and ends the run with an error, which aborts the update '
    + '(`utils/analysis/factory.go` of Argo Rollouts).',
}, a => ({ message: `The metric ${show(a.metric)} ${a.fault}.`, remedy: a.remedy }));

export const invalidScenario = problem<{ value: unknown; fault: string; remedy: string }>({
  code: 'FW810',
  severity: Severity.ERROR,
  title: 'A value of a scenario that cannot be',
  explanation: 'A scenario says what happens around a rollout: pods, metrics, people. Times are durations since the update, as `90s`, `5m` or `1h30m` in a file.',
}, a => ({ message: `The value ${show(a.value)} ${a.fault}.`, remedy: a.remedy }));

export const unknownKey = problem<{ key: string; known: string[] }>({
  code: 'FW811',
  severity: Severity.ERROR,
  title: 'A key of a scenario that nobody reads',
  explanation: 'A key with a typing error would silently leave the default in place, and the timeline would be that of another scenario.',
}, a => ({ message: `Nothing is called ${show(a.key)} here.${didYouMean(a.key, a.known)}`, remedy: `Known are ${list(a.known)}.` }));

export const unknownMetric = problem<{ metric: string; known: string[] }>({
  code: 'FW812',
  severity: Severity.ERROR,
  title: 'A metric of a scenario that nobody measures',
  explanation: 'A scenario gives values by the name of the metric in the analysis template. Values for another name would never be read.',
}, a => ({
  message: `No analysis of the Rollout has a metric ${show(a.metric)}.${didYouMean(a.metric, a.known)}`,
  remedy: a.known.length ? `The metrics are ${list(a.known)}.` : 'The Rollout has no analysis: leave the metrics out.',
}));

export const unexpectedTimeline = problem<{ fault: string; timeline: string }>({
  code: 'FW820',
  severity: Severity.ERROR,
  title: 'A timeline that is not as a test expects',
  explanation: 'A test says what a rollout must do in a scenario: how it ends, within which time, and how many requests a bad version may serve.',
}, a => ({
  message: `The update ${a.fault}.\n${a.timeline}`,
  remedy: 'Change the strategy or the analysis, or what the test expects.',
}));

export const invalidComparison = problem<{ fault: string; remedy: string }>({
  code: 'FW821',
  severity: Severity.ERROR,
  title: 'A comparison without anything to compare',
  explanation: 'A comparison runs one scenario with several strategies and shows a row for each, by name.',
}, a => ({ message: `The comparison ${a.fault}.`, remedy: a.remedy }));
