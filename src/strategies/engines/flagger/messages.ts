import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW650 to FW681: Flagger, one object on its own. Sources name files of fluxcd/flagger 1.44.
 */

export const emptyField = problem<{ kind: string; field: string }>({
  code: 'FW650',
  severity: Severity.ERROR,
  title: 'A field that Flagger needs is missing',
  explanation: 'The custom resource definitions of Flagger, or the code that reads the field, demand it (charts/flagger/crds/crd.yaml).',
}, a => ({ message: `The ${a.kind} has no ${a.field}.`, remedy: `Give a ${a.field} that is not empty.` }));

export const invalidField = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW651',
  severity: Severity.ERROR,
  title: 'A field of a Flagger object that is refused',
  explanation: 'The custom resource definitions of Flagger give every field a type and some of them a set of values (charts/flagger/crds/crd.yaml); '
    + 'whole numbers are read into Go integers, where a fraction fails to decode.',
}, a => ({ message: `The ${a.field} of the ${a.kind} ${a.fault}: ${show(a.value)}.`, remedy: 'Give a value as the documentation of the field says.' }));

export const unknownField = problem<{ kind: string; field: string; known: string[] }>({
  code: 'FW652',
  severity: Severity.ERROR,
  title: 'A field that Flagger does not have',
  explanation: 'The API server drops fields that are not in the custom resource definition, without a word.',
}, a => ({
  message: `The ${a.kind} has no field ${show(a.field)}.${didYouMean(a.field, a.known)}`,
  remedy: 'Correct the name, or leave it out; what is newer than this library is set with addJsonPatch.',
}));

export const fieldTooNew = problem<{ kind: string; field: string; since: string; version: string }>({
  code: 'FW653',
  severity: Severity.ERROR,
  title: 'A field that is too new for the version of Flagger',
  explanation: 'An older Flagger knows nothing of the field: its custom resource definition drops it, or its controller ignores it (CHANGELOG.md).',
}, a => ({ message: `The ${a.field} of the ${a.kind} came with Flagger ${a.since}; the version is ${a.version}.`, remedy: 'Leave the field out, or upgrade Flagger and declare the version that runs.' }));

export const invalidDuration = problem<{ kind: string; field: string; value: unknown }>({
  code: 'FW654',
  severity: Severity.ERROR,
  title: 'A duration that Flagger refuses or misreads',
  explanation: 'Intervals and timeouts of webhooks must begin with whole minutes or seconds (charts/flagger/crds/crd.yaml), and be a duration for Go as a whole: '
    + 'an analysis interval that Go cannot read counts as 60 seconds (pkg/apis/flagger/v1beta1/canary.go, GetAnalysisInterval). '
    + 'Timeouts of a service become those of routes, which know h, m, s and ms in whole numbers.',
}, a => ({ message: `The ${a.field} of the ${a.kind} is no duration that Flagger reads: ${show(a.value)}.`, remedy: 'Write for example 30s, 1m or 1m30s.' }));

export const shortInterval = problem<{ interval: string }>({
  code: 'FW655',
  severity: Severity.WARNING,
  title: 'An analysis interval that is raised to ten seconds',
  explanation: 'Flagger analyses no more often than every ten seconds (pkg/apis/flagger/v1beta1/canary.go, GetAnalysisInterval).',
}, a => ({ message: `The analysis interval ${show(a.interval)} is shorter than ten seconds, and Flagger takes ten.`, remedy: 'Write 10s or longer.' }));

export const invalidWeights = problem<{ value: unknown; fault: string }>({
  code: 'FW656',
  severity: Severity.ERROR,
  title: 'Weights by which a canary never comes to its end',
  explanation: 'Flagger finds its place in stepWeights by the weight of now and adds the difference to the next (pkg/controller/scheduler.go, nextStepWeight). '
    + 'A step of zero or less stops the canary for good, without a failure; a weight beyond 100 is never reached. '
    + 'A stepWeight above maxWeight sends more than the maximum with the first step.',
}, a => ({ message: `The weights ${show(a.value)} ${a.fault}.`, remedy: 'Give whole percents from 1 to 100 that rise with every step.' }));

export const overshoot = problem<{ stepWeight: number; maxWeight: number; reached: number }>({
  code: 'FW657',
  severity: Severity.WARNING,
  title: 'A canary that passes its maximum weight',
  explanation: 'Flagger adds whole steps until the maximum is reached or passed (pkg/controller/scheduler.go, runCanary): '
    + 'a maximum that is no multiple of the step is exceeded before the promotion.',
}, a => ({
  message: `Steps of ${a.stepWeight}% reach ${a.reached}%, more than the maxWeight of ${a.maxWeight}%.`,
  remedy: 'Choose a maxWeight that is a multiple of stepWeight, or list the weights as stepWeights.',
}));

export const invalidThreshold = problem<{ field: string; value: unknown; least: number }>({
  code: 'FW658',
  severity: Severity.ERROR,
  title: 'A number of checks that Flagger replaces',
  explanation: 'A threshold below 1 is read as 1 (pkg/apis/flagger/v1beta1/canary.go, GetAnalysisThreshold), and iterations below 1 turn blue/green and A/B testing '
    + 'into a canary without weights, which never moves (DeploymentStrategy).',
}, a => ({ message: `The ${a.field} of the analysis is no whole number from ${a.least}: ${show(a.value)}.`, remedy: `Give a number from ${a.least}.` }));

export const unsupportedStrategy = problem<{ strategy: string; provider: string; supported: string[] }>({
  code: 'FW659',
  severity: Severity.ERROR,
  title: 'A strategy that the provider cannot carry out',
  explanation: 'With the provider `kubernetes` there is no traffic to shift: Flagger drops matches and weights and runs ten iterations of blue/green instead '
    + '(pkg/controller/scheduler.go, advanceCanary). A/B testing needs a router that reads `match` (pkg/router): '
    + 'appmesh, contour, gatewayapi, gloo, istio and nginx. With the others all traffic goes to the canary at once.',
}, a => ({ message: `The provider ${show(a.provider)} has no ${a.strategy}.`, remedy: `Use ${list(a.supported)} with it, or another provider.` }));

export const idleMirror = problem<{ field: string; provider: string; fault: string }>({
  code: 'FW660',
  severity: Severity.ERROR,
  title: 'Mirroring that does nothing, or stops the canary',
  explanation: 'Only the routers of Istio and the Gateway API mirror (pkg/router/istio.go, gateway_api.go), the latter only with iterations. A canary with weights first waits '
    + 'until its route says that it mirrors (pkg/controller/scheduler.go, runCanary): with a router that never does, it waits for ever. The share that is mirrored is read by Istio alone.',
}, a => ({ message: `The field ${a.field} ${a.fault} with the provider ${show(a.provider)}.`, remedy: 'Mirror with istio, or with gatewayapi:v1 in blue/green; else leave it out.' }));

export const invalidSessionAffinity = problem<{ fault: string; value: unknown }>({
  code: 'FW661',
  severity: Severity.ERROR,
  title: 'A session affinity that is refused or has no effect',
  explanation: 'The two cookies must have different names (pkg/controller/controller.go, verifySessionAffinity). Cookies are set by the routers of Istio and the Gateway API only; '
    + 'that of `gatewayapi:v1beta1` knows no cookie of the primary. In A/B testing the rule of the cookie is overwritten by the match (pkg/router/gateway_api.go, SetRoutes). '
    + 'The value of the cookie is found by splitting at `=`, and the name stands in a regular expression.',
}, a => ({ message: `The session affinity ${show(a.value)} ${a.fault}.`, remedy: 'Give two different plain cookie names, with istio or gatewayapi:v1 and weights; else leave it out.' }));

export const openMatch = problem<{ match: unknown; provider: string; fault: string }>({
  code: 'FW662',
  severity: Severity.ERROR,
  title: 'An A/B match that the provider does not read',
  explanation: 'What a router does not read is left out of the condition, and a condition without anything matches every request: all traffic would go to the canary. '
    + 'The Gateway API reads headers and query parameters, exactly or by expression, and drops all matches when one is of another kind '
    + '(pkg/router/gateway_api.go, mapRouteMatches); NGINX reads one header and one cookie (ingress.go); contour, gloo and appmesh read headers.',
}, a => ({ message: `The match ${show(a.match)} ${a.fault} with the provider ${show(a.provider)}.`, remedy: 'Match by a header, exactly or by a regular expression.' }));

export const invalidMetric = problem<{ metric: unknown; fault: string }>({
  code: 'FW663',
  severity: Severity.ERROR,
  title: 'A metric that Flagger cannot ask for',
  explanation: 'A metric is one of the two built-in ones by its name, or has a template or a query; any other fails every check '
    + '(pkg/controller/scheduler_metrics.go, runMetricChecks).',
}, a => ({ message: `The metric ${show(a.metric)} ${a.fault}.`, remedy: 'Use the factories of CanaryMetric, and give each metric another name.' }));

export const invalidThresholdRange = problem<{ metric: unknown; range: unknown; fault: string }>({
  code: 'FW664',
  severity: Severity.ERROR,
  title: 'A range that every value or no value passes',
  explanation: 'Without a minimum and a maximum no value fails; with a minimum above the maximum none passes. Without a range Flagger compares with the old `threshold`, '
    + 'which is 0 when it is absent (pkg/controller/scheduler_metrics.go). Limits of request-duration are cut to whole milliseconds: 0.5 would be 0.',
}, a => ({ message: `The range ${show(a.range)} of the metric ${show(a.metric)} ${a.fault}.`, remedy: 'Give a min, a max or both, with min not above max.' }));

export const fractionOfSuccess = problem<{ min: number }>({
  code: 'FW665',
  severity: Severity.WARNING,
  title: 'A success rate that looks like a fraction',
  explanation: 'The built-in request-success-rate is a percentage from 0 to 100 (pkg/metrics/observers): a minimum of 0.99 passes when 99% of the requests fail.',
}, a => ({ message: `The minimum success rate is ${a.min}%.`, remedy: `Write ${Number((a.min * 100).toPrecision(12))} for a percentage.` }));

export const invalidWebhook = problem<{ webhook: unknown; fault: string }>({
  code: 'FW666',
  severity: Severity.ERROR,
  title: 'A webhook that cannot be called',
  explanation: 'Flagger posts to the URL (pkg/controller/webhook.go); what is no http or https URL fails every time, and a check that fails counts towards the threshold.',
}, a => ({ message: `The webhook ${show(a.webhook)} ${a.fault}.`, remedy: 'Give an absolute URL such as http://flagger-loadtester.test/, without credentials.' }));

export const idleApproval = problem<{ webhook: string; strategy: string }>({
  code: 'FW667',
  severity: Severity.ERROR,
  title: 'An approval that is never asked for',
  explanation: 'Webhooks of the type confirm-traffic-increase are called before a rise of the weight, and blue/green and A/B testing have none (pkg/controller/scheduler.go, advanceCanary).',
}, a => ({ message: `The webhook ${show(a.webhook)} confirms a rise of traffic, and ${a.strategy} has none.`, remedy: 'Use confirm-rollout or confirm-promotion, or a canary with weights.' }));

export const tlsUnverified = problem<{ what: string }>({
  code: 'FW668',
  severity: Severity.WARNING,
  title: 'A connection without verified TLS',
  explanation: 'Who can stand in between decides then whether a release passes.',
}, a => ({ message: `${a.what} does not verify the certificate of the server.`, remedy: 'Let the server have a certificate that Flagger trusts, or acknowledge this with a reason.' }));

export const missingReference = problem<{ provider: string; field: string }>({
  code: 'FW669',
  severity: Severity.ERROR,
  title: 'A provider without what it routes by',
  explanation: 'NGINX and Skipper copy an Ingress, APISIX a route, and the Gateway API attaches to Gateways: without the reference the router fails at every reconciliation '
    + '(pkg/router/ingress.go, skipper.go, apisix.go, gateway_api.go).',
}, a => ({ message: `The provider ${show(a.provider)} needs ${a.field}.`, remedy: `Give ${a.field}.` }));

export const idleField = problem<{ field: string; provider: string; readBy: string[] }>({
  code: 'FW670',
  severity: Severity.ERROR,
  title: 'A field that the provider ignores',
  explanation: 'Each router reads its own part of a Canary (pkg/router); what another one reads has no effect.',
}, a => ({ message: `The provider ${show(a.provider)} ignores ${a.field}.`, remedy: `Leave it out, or use one of ${list(a.readBy)}.` }));

export const invalidDelegation = problem<object>({
  code: 'FW671',
  severity: Severity.ERROR,
  title: 'A delegate with hosts or gateways',
  explanation: 'Istio refuses a delegate VirtualService with hosts or gateways, and so does Flagger (pkg/router/istio.go, reconcileVirtualService).',
}, () => ({ message: 'The service has delegation beside hosts or gateways.', remedy: 'Leave out hosts and gateways: the VirtualService that delegates has them.' }));

export const knativePair = problem<{ target: string; provider: string }>({
  code: 'FW672',
  severity: Severity.ERROR,
  title: 'Knative on one side only',
  explanation: 'The provider knative and a Knative Service as target belong together, and Knative scales by itself (pkg/controller/controller.go, verifyKnativeCanary).',
}, a => ({ message: `The target is a ${a.target}, the provider ${show(a.provider)}.`, remedy: 'Use CanaryTarget.knativeService() with MeshProvider.KNATIVE and without autoscalerRef, or neither.' }));

export const idleAutoscaler = problem<{ target: string }>({
  code: 'FW673',
  severity: Severity.ERROR,
  title: 'An autoscaler of something that is not scaled',
  explanation: 'Flagger makes the autoscaler of the primary from that of the target (pkg/canary/hpa_reconciler.go). A DaemonSet and a Service have no number of replicas, and Knative scales by itself.',
}, a => ({ message: `The Canary has an autoscalerRef, and its target is a ${a.target}.`, remedy: 'Leave autoscalerRef out, or target a Deployment.' }));

export const longName = problem<{ what: string; name: string; longest: number }>({
  code: 'FW674',
  severity: Severity.ERROR,
  title: 'A name to which Flagger cannot append',
  explanation: 'Flagger makes `<name>-primary` and `<name>-canary` of Services and of the label that selects pods. Service names and label values hold 63 characters '
    + '(pkg/apis/flagger/v1beta1/canary.go, GetServiceNames).',
}, a => ({ message: `The ${a.what} ${show(a.name)} is no DNS label of at most ${a.longest} characters.`, remedy: `Use lower-case letters, digits and hyphens, at most ${a.longest}, beginning with a letter.` }));

export const invalidPort = problem<{ field: string; value: unknown }>({
  code: 'FW675',
  severity: Severity.ERROR,
  title: 'A port that is none',
  explanation: 'Flagger writes the port into the Services that it makes (pkg/router/kubernetes_default.go): numbers are 1 to 65535, names have at most 15 lower-case letters, digits and single hyphens.',
}, a => ({ message: `The ${a.field} is no port: ${show(a.value)}.`, remedy: 'Give a number from 1 to 65535, or for a targetPort the name of a container port.' }));

export const timeoutOrder = problem<{ timeout: string; backendTimeout: string }>({
  code: 'FW676',
  severity: Severity.ERROR,
  title: 'A backend timeout above the timeout of the request',
  explanation: 'The Gateway API refuses a route whose backendRequest timeout is longer than its request timeout (gateway-api apis/v1/httproute_types.go, HTTPRouteTimeouts).',
}, a => ({ message: `The backendTimeout ${show(a.backendTimeout)} is longer than the timeout ${show(a.timeout)}.`, remedy: 'Shorten the one or lengthen the other.' }));

export const incompleteProvider = problem<{ provider: unknown; field: string; why: string }>({
  code: 'FW677',
  severity: Severity.ERROR,
  title: 'A provider of metrics without its address or credentials',
  explanation: 'Every query of such a template fails, and each failure counts towards the threshold (constructors in pkg/metrics/providers).',
}, a => ({ message: `The provider ${show(a.provider)} needs ${a.field}: ${a.why}.`, remedy: `Give ${a.field}.` }));

export const invalidQuery = problem<{ query: unknown; fault: string }>({
  code: 'FW678',
  severity: Severity.ERROR,
  title: 'A query template that cannot be rendered',
  explanation: 'Queries are Go templates with the functions name, namespace, target, service, ingress, route, interval and variables '
    + '(pkg/apis/flagger/v1beta1/metric.go, TemplateFunctions; pkg/metrics/observers/render.go). Any other name fails every check.',
}, a => ({ message: `The query ${show(a.query)} ${a.fault}.`, remedy: 'Write for example {{ target }}, {{ namespace }}, {{ interval }} or {{ variables.team }}.' }));

export const invalidProviderQuery = problem<{ provider: string; query: string; form: string }>({
  code: 'FW679',
  severity: Severity.ERROR,
  title: 'A query that its provider cannot read',
  explanation: 'CloudWatch takes a JSON list of metric data queries, Keptn `<keptnmetric|analysis>/<namespace>/<name>`, External Metrics `<namespace>/<metric>?labelSelector=…` '
    + '(pkg/metrics/providers/cloudwatch.go, keptn.go, externalmetrics.go).',
}, a => ({ message: `The query ${show(a.query)} is none of ${a.provider}.`, remedy: `Write ${a.form}.` }));

export const alertAddress = problem<{ given: string[] }>({
  code: 'FW680',
  severity: Severity.ERROR,
  title: 'An alert provider with no address, or with two',
  explanation: 'The custom resource definition takes exactly one of `address` and `secretRef` (charts/flagger/crds/crd.yaml).',
}, a => ({ message: `The AlertProvider has ${a.given.length === 0 ? 'neither address nor secretRef' : `both ${a.given.join(' and ')}`}.`, remedy: 'Give secretRef: a Secret with the key address.' }));

export const clearAddress = problem<{ type: string }>({
  code: 'FW681',
  severity: Severity.WARNING,
  title: 'An alert address in clear text',
  explanation: 'Who knows the webhook address of a chat can post there: it is a credential, and the repository is read by many.',
}, a => ({ message: `The address of the ${a.type} provider stands in the manifest.`, remedy: 'Put it into a Secret under the key address, and give secretRef.' }));
