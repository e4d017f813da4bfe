import { Severity } from '../../../core/diagnostics/finding';
import { list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW682 to FW697: Flagger, several objects together. Sources name files of fluxcd/flagger 1.44.
 */

export const noSelectorLabel = problem<{ target: string; labels: string[] }>({
  code: 'FW682',
  severity: Severity.ERROR,
  title: 'A target that Flagger cannot select by',
  explanation: 'Flagger makes its Services and the primary by one label of `spec.selector.matchLabels`: the first of app, name and app.kubernetes.io/name that is there '
    + '(pkg/canary/deployment_controller.go, getSelectorLabel; the flag -selector-labels). Workloads of cdk8s-plus select by `cdk8s.io/metadata.addr` alone.',
}, a => ({ message: `${a.target} selects by ${a.labels.length === 0 ? 'no label' : list(a.labels)}.`, remedy: 'Select by app.kubernetes.io/name (cdk8s-plus: deployment.select with a label).' }));

export const ownedReplicas = problem<{ target: string; replicas: unknown; autoscaler: string }>({
  code: 'FW683',
  severity: Severity.ERROR,
  title: 'A fixed number of replicas that an autoscaler and Flagger own',
  explanation: 'Flagger scales the target to zero between releases. Every sync that writes a number starts the new version before it is analysed (flagger #1157, #1575).',
}, a => ({ message: `${a.target} has ${show(a.replicas)} replicas, beside the autoscaler ${show(a.autoscaler)}.`, remedy: 'Leave out replicas: the autoscaler has minReplicas, and primaryScalerReplicas holds the primary.' }));

export const wrongScaleTarget = problem<{ autoscaler: string; scales: string; target: string }>({
  code: 'FW684',
  severity: Severity.ERROR,
  title: 'An autoscaler of another object',
  explanation: 'Flagger copies the autoscaler for the primary and relies on it to scale the target (pkg/canary/hpa_reconciler.go, scaled_object_reconciler.go).',
}, a => ({ message: `The autoscalerRef ${show(a.autoscaler)} scales ${a.scales}, and the Canary targets ${a.target}.`, remedy: 'Let the autoscaler scale the target itself, not its primary.' }));

export const unnamedAutoscaler = problem<{ autoscaler: string; target: string }>({
  code: 'FW685',
  severity: Severity.ERROR,
  title: 'An autoscaler that the Canary does not name',
  explanation: 'Without autoscalerRef the primary, which serves all traffic between releases, keeps a fixed number of replicas, while the autoscaler watches a target that is scaled to zero '
    + '(pkg/canary/deployment_controller.go, Promote).',
}, a => ({ message: `${a.autoscaler} scales ${a.target}, and the Canary has no autoscalerRef to it.`, remedy: 'Give autoscalerRef: AutoscalerReference.horizontalPodAutoscaler(name) or .scaledObject(name).' }));

export const ownedName = problem<{ object: string; other: string }>({
  code: 'FW686',
  severity: Severity.ERROR,
  title: 'An object that Flagger makes itself',
  explanation: 'Flagger makes the Services `<name>`, `<name>-primary` and `<name>-canary`, the primary of the target with its autoscaler and configuration, and the route (pkg/router, pkg/canary). '
    + 'An object of the same name in the repository is overwritten by Flagger, and written back by every sync.',
}, a => ({ message: `${a.object} is made by Flagger, and also by ${show(a.other)}.`, remedy: 'Remove it and let Flagger make it, or rename it.' }));

export const sameTarget = problem<{ what: string; other: string }>({
  code: 'FW687',
  severity: Severity.ERROR,
  title: 'Two Canaries of one target or Service',
  explanation: 'Both would scale and promote the same objects; Flagger only logs that bad things will happen (pkg/controller/scheduler.go, scheduleCanaries).',
}, a => ({ message: `${a.what} also belongs to the Canary ${show(a.other)}.`, remedy: 'Keep one of them, or give the other its own target and service name.' }));

export const missingVariable = problem<{ template: string; metric: string; variable: string }>({
  code: 'FW688',
  severity: Severity.ERROR,
  title: 'A template variable without a value',
  explanation: 'Templates are rendered with missingkey=error: without the variable every check fails (pkg/metrics/observers/render.go).',
}, a => ({ message: `The query of ${show(a.template)} uses the variable ${show(a.variable)}, and the metric ${show(a.metric)} has none.`, remedy: 'Give it in templateVariables.' }));

export const idleVariable = problem<{ template: string; metric: string; variable: string }>({
  code: 'FW689',
  severity: Severity.WARNING,
  title: 'A template variable that no query uses',
  explanation: 'A value that goes nowhere is mostly a misspelt name.',
}, a => ({ message: `The metric ${show(a.metric)} gives the variable ${show(a.variable)}, and the query of ${show(a.template)} does not use it.`, remedy: 'Remove or correct it.' }));

export const missingInterval = problem<{ template: string; metric: string; why: string }>({
  code: 'FW690',
  severity: Severity.ERROR,
  title: 'A metric without the interval that its template needs',
  explanation: 'The default of one minute holds for built-in metrics and inline queries only: a template gets an empty interval '
    + '(pkg/controller/scheduler_metrics.go, runMetricChecks), with which CloudWatch, Datadog, Dynatrace, New Relic and Splunk refuse to start (pkg/metrics/providers).',
}, a => ({ message: `The metric ${show(a.metric)} has no interval, and ${a.why} of the template ${show(a.template)} needs one.`, remedy: 'Give an interval, for example 1m.' }));

export const otherNamespace = problem<{ what: string; name: string; namespace: string; found: string }>({
  code: 'FW691',
  severity: Severity.ERROR,
  title: 'A reference that looks in another namespace',
  explanation: 'A reference without a namespace means that of the Canary (pkg/controller/scheduler_metrics.go, events.go). An alert that is not found is only logged; a template that is not found fails every check.',
}, a => ({ message: `The ${a.what} ${show(a.name)} is looked for in the namespace ${show(a.namespace)}, and stands in ${show(a.found)}.`, remedy: 'Name the namespace in the reference.' }));

export const noBackend = problem<{ route: string; service: string; fault: string }>({
  code: 'FW692',
  severity: Severity.ERROR,
  title: 'A route without the backend that Flagger splits',
  explanation: 'Flagger looks for the Service of the Canary among the backends of the Ingress or route and fails without it; of an APISIX rule it takes a single backend '
    + '(pkg/router/ingress.go, skipper.go, apisix.go).',
}, a => ({ message: `${a.route} ${a.fault} ${show(a.service)}.`, remedy: 'Route to the service name of the Canary, once.' }));

export const uncoveredPrimary = problem<{ object: string; label: string; value: string }>({
  code: 'FW693',
  severity: Severity.ERROR,
  title: 'A budget or policy that misses the primary',
  explanation: 'The pods that serve traffic between releases have the label value `<value>-primary` (pkg/canary/deployment_controller.go, makePrimaryLabels). '
    + 'A selector by the value of the target finds no pod of them: nothing is protected, or nothing is closed.',
}, a => ({
  message: `${a.object} selects ${a.label}=${show(a.value)}, which no pod of the primary has.`,
  remedy: 'Select by another label of the pods, or by matchExpressions with both values.',
}));

export const unknownTargetPort = problem<{ target: string; port: unknown; known: string[] }>({
  code: 'FW694',
  severity: Severity.ERROR,
  title: 'A target port that no container has',
  explanation: 'Flagger writes targetPort into three Services (pkg/router/kubernetes_default.go). A name that no container port has resolves to nothing: the Services have no endpoints.',
}, a => ({ message: `${a.target} has no container port named ${show(a.port)}${a.known.length === 0 ? '' : `, but ${list(a.known)}`}.`, remedy: 'Name a port of the container, or give its number.' }));

export const doublePort = problem<{ target: string; port: string; fault: string }>({
  code: 'FW695',
  severity: Severity.ERROR,
  title: 'Discovered ports that meet',
  explanation: 'With portDiscovery the Services get every container port but the target port, under its own name and number (pkg/canary/util.go, getPorts). Two ports with one name or number are refused.',
}, a => ({ message: `The container port ${show(a.port)} of ${a.target} ${a.fault}.`, remedy: 'Give portName or targetPort so that they differ, or leave out portDiscovery.' }));

export const unspreadPrimary = problem<{ target: string; label: string; value: string }>({
  code: 'FW696',
  severity: Severity.WARNING,
  title: 'Spread rules that do not follow the primary',
  explanation: 'Flagger adapts anti-affinity and topology spread only where the value of the label is the name of the Deployment '
    + '(pkg/canary/deployment_controller.go, appendPrimarySuffixToValuesIfNeeded). Otherwise the pods of the primary are spread by pods that are not there.',
}, a => ({ message: `The spread of ${a.target} selects ${a.label}=${show(a.value)}, which is not its name.`, remedy: 'Give the label the name of the Deployment.' }));

export const idleWebhook = problem<{ webhook: string; type: string }>({
  code: 'FW697',
  severity: Severity.WARNING,
  title: 'A webhook that a skipped analysis never calls',
  explanation: 'With skipAnalysis a release is promoted when its pods are ready: only confirm-rollout, post-rollout and event webhooks are called (pkg/controller/scheduler.go, shouldSkipAnalysis).',
}, a => ({ message: `The webhook ${show(a.webhook)} of the type ${a.type} is not called while skipAnalysis is true.`, remedy: 'Leave out skipAnalysis, or the webhook.' }));
