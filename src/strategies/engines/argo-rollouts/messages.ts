import { Severity } from '../../../core/diagnostics/finding';
import { Problem, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW7xx: Argo Rollouts. Sources are files of argo-rollouts 1.9.1, or issues of argoproj/argo-rollouts, unless another project is named.
 */

/** Where a rule is broken, and how. */
export interface Broken {
  /** The field, as upstream writes it: `spec.strategy.canary.steps[2].setWeight`. */
  readonly field: string;
  /** Its value, where that says more. */
  readonly value?: unknown;
  /** How the sentence goes on, without a full stop. */
  readonly fault: string;
}

type Rule = Problem<Broken>;

function rule(severity: Severity, code: string, title: string, explanation: string, remedy: string): Rule {
  return problem<Broken>({ code, severity, title, explanation }, ({ field, fault, ...rest }) => ({
    message: `${show(field)}${'value' in rest ? ` (${show(rest.value)})` : ''} ${fault}${/[.?]$/.test(fault) ? '' : '.'}`,
    remedy,
  }));
}

const error = (code: string, title: string, explanation: string, remedy: string) => rule(Severity.ERROR, code, title, explanation, remedy);
const warning = (code: string, title: string, explanation: string, remedy: string) => rule(Severity.WARNING, code, title, explanation, remedy);

const ACKNOWLEDGE = (code: string) => `or acknowledge ${code} with a reason.`;

/*
 * FW701 to FW709: fields, whatever the object.
 */

export const wrongType = error('FW701', 'A field of another type',
  'The cluster refuses an object with a field of another type, or prunes it (the published CRDs of Argo Rollouts).',
  'Give a value of the type that the documentation of the property says.');

export const unknownField = error('FW702', 'A field that does not exist',
  'The cluster drops fields that its CRD does not have, without a word: the rollout would behave as if nothing had been said.',
  'Correct the name; a field that is newer than this library goes into native.');

export const missingField = error('FW703', 'A field that is needed',
  'The field is required by the CRD or by the controller, which leaves the object alone without it.',
  'Give the field.');

export const wrongVersion = error('FW704', 'A field that the Argo Rollouts of the cluster does not have',
  'Fields come and go with versions (the types of 1.8.4, 1.9.1 and 1.10 compared). An older CRD drops a newer field, and the controller never sees it.',
  'Leave the field out, or declare the version that runs in the cluster: version: RolloutsVersion.V1_10.');

export const notOneOf = error('FW705', 'A value that is none of those allowed',
  'The field has a closed set of values (pkg/apis/rollouts/v1alpha1/types.go and analysis_types.go).',
  'Give one of the values that the enumeration of the property has.');

export const invalidNumber = error('FW706', 'A number that is out of bounds',
  'The controller refuses negative numbers and limits (pkg/apis/rollouts/validation/validation.go, utils/analysis/factory.go), and fields are 32 bits wide.',
  'Give a whole number within the bounds.');

export const invalidDuration = error('FW707', 'A duration that Go does not read',
  'Durations are written as in Go: `30s`, `5m`, `1h30m` (time.ParseDuration). Anything else makes an analysis an error, and a pause invalid.',
  'Write for example 30s, 5m or 1h30m.');

export const invalidName = error('FW708', 'A name that no object can have',
  'Names of objects are lower-case letters, digits, hyphens and dots (k8s apimachinery, IsDNS1123Subdomain). Another object can never be found.',
  'Give the name of the object, for example the name property of its construct.');

export const invalidIntOrPercent = error('FW709', 'Neither a number nor a percentage',
  'The field is a number of pods or a percentage of all. Text without a percent sign is read as a percentage by one part of the controller, and as a number '
  + 'by another (utils/replicaset/replicaset.go, validation.go getIntOrPercentValue), and is therefore refused here.',
  'Write 1 or "25%".');

/*
 * FW710 to FW741: Rollouts.
 */

export const oneTemplate = error('FW710', 'A Rollout needs its pods from exactly one place',
  'The pods are described by `template`, or taken from another workload by `workloadRef`; both at once are refused (validation.go, ValidateRolloutSpec).',
  'Give either template or workloadRef.');

export const invalidSelector = error('FW711', 'A selector that does not select the pods',
  'The selector must be there, not be empty, and match the labels of the template (validation.go, ValidateRolloutSpec; k8s ValidatePodTemplateSpecForReplicaSet).',
  'Select by labels that the template has, and that never change.');

export const oneStrategy = error('FW712', 'A Rollout needs exactly one strategy',
  'A Rollout is a canary or blue-green (validation.go, ValidateRolloutStrategy).',
  'Give Strategy.canary(…) or Strategy.blueGreen(…).');

export const shortDeadline = error('FW713', 'A deadline before pods can be available',
  'progressDeadlineSeconds must be more than minReadySeconds (validation.go, ValidateRolloutSpec). It is 600 if it is left out.',
  'Raise progressDeadlineSeconds or lower minReadySeconds.');

export const noRoom = error('FW714', 'No room to replace a pod',
  'maxSurge and maxUnavailable must not both be 0 (validation.go, invalidMaxSurgeMaxUnavailable). Where rounding makes them 0, the controller silently takes '
  + 'one pod away (utils/replicaset/replicaset.go, resolveFenceposts).',
  'Give maxSurge: 1 with maxUnavailable: 0.');

export const invalidAntiAffinity = error('FW715', 'An anti-affinity that is refused',
  'It is either required or preferred, and a preference weighs 1 to 100 (validation.go, ValidateRolloutStrategyAntiAffinity).',
  'Give AntiAffinity.required() or AntiAffinity.preferred(50).');

export const revisionLimit = error('FW716', 'More old versions wait than are kept',
  'scaleDownDelayRevisionLimit is at most revisionHistoryLimit, which is 10 if it is left out (validation.go, ValidateRolloutStrategyBlueGreen). '
  + 'For a canary the controller does not check it, and then removes versions that should wait.',
  'Lower scaleDownDelayRevisionLimit or raise revisionHistoryLimit.');

export const sameBlueGreenServices = error('FW717', 'One Service for both colours',
  'activeService and previewService must differ (validation.go, ValidateRolloutStrategyBlueGreen).',
  'Give the preview a Service of its own, or leave previewService out.');

export const sameCanaryServices = error('FW718', 'One Service for both versions',
  'canaryService and stableService must differ (validation.go, ValidateRolloutStrategyCanary).',
  'Give the canary a Service of its own.');

export const servicesNeeded = error('FW719', 'A traffic router without both Services',
  'NGINX, SMI, APISIX, Ambassador, App Mesh and Traefik, ALB without pingPong, and Istio without a destinationRule or pingPong divide the traffic between '
  + 'two Services (validation.go, requireCanaryStableServices). The plug-in for the Gateway API finds its backends by them, too.',
  'Give canaryService and stableService.');

export const invalidPingPong = error('FW720', 'Two Services that cannot take turns',
  'pingPong needs two different Services, ALB (with rootService) or Istio; plug-ins may support it from 1.10 on (validation.go, ValidateRolloutStrategyCanary).',
  'Give pingService and pongService, and a router that supports them.');

export const oneStepKind = error('FW721', 'A step that is not exactly one thing',
  'A step does one thing. The controller refuses steps without any, and some with two (validation.go, hasMultipleStepsType); of the others it silently does '
  + 'only one.',
  'Make two steps of it, in the order that is meant.');

export const invalidWeight = error('FW722', 'A weight that is out of bounds',
  'setWeight is 0 to 100, or to maxTrafficWeight (validation.go, ValidateRolloutStrategyCanary).',
  'Give a weight within the bounds.');

export const maxWeightNotSupported = error('FW723', 'A maxTrafficWeight with a router that has none',
  'Only NGINX and plug-ins have another scale than 100 (validation.go, ValidateRolloutStrategyCanary).',
  'Leave maxTrafficWeight out.');

export const scaleNeedsRouter = error('FW724', 'A setCanaryScale without a traffic router',
  'Without a traffic router the number of pods is the weight (validation.go, ValidateRolloutStrategyCanary).',
  'Give trafficRouting, or use setWeight.');

export const dynamicNeedsRouter = error('FW725', 'A dynamicStableScale without a traffic router',
  'Without a traffic router the old version always shrinks (validation.go, ValidateRolloutStrategyCanary).',
  'Leave dynamicStableScale out, or give trafficRouting.');

export const delayNeedsRouter = error('FW726', 'A scaleDownDelaySeconds without a traffic router',
  'The delay of a canary exists only with a traffic router (validation.go, ValidateRolloutStrategyCanary).',
  'Leave scaleDownDelaySeconds out, or give trafficRouting.');

export const dynamicWithDelay = error('FW727', 'A dynamicStableScale with scaleDownDelaySeconds',
  'The old version cannot both shrink and stay (validation.go, ValidateRolloutStrategyCanary).',
  'Give only one of both.');

export const headerRouteNotSupported = error('FW728', 'A setHeaderRoute with a router that has no header routes',
  'Header routes need Istio, ALB, APISIX or a plug-in (validation.go, ValidateRolloutStrategyCanary).',
  'Choose another router, or leave the step out.');

export const mirrorRouteNotSupported = error('FW729', 'A setMirrorRoute with a router that does not mirror',
  'Mirroring needs Istio; from 1.10 on plug-ins may support it (validation.go, ValidateRolloutStrategyCanary).',
  'Choose another router, or leave the step out.');

export const unmanagedRoute = error('FW730', 'A route of a step that is not managed',
  'The routes that steps make must be listed, in the order of their importance, so that the controller can remove them again '
  + '(validation.go, ValidateStepRouteFoundInManagedRoute).',
  'Add the name to managedRoutes of the traffic routing.');

export const albNeedsExact = error('FW731', 'ALB matches headers by their whole value',
  'ALB knows no prefix or expression of headers (validation.go, hasALBInvalidValues).',
  'Use StringMatch.exact(…).');

export const oneMatch = error('FW732', 'A match that is not in exactly one way',
  'A text is matched by `exact`, `prefix` or `regex` (validation.go, hasMultipleMatchValues).',
  'Use StringMatch.exact(…), StringMatch.prefix(…) or StringMatch.regex(…).');

export const experimentWeight = error('FW733', 'An experiment whose weight no router can set',
  'Weights of experiments need SMI, ALB, Istio or a plug-in (validation.go, ValidateRolloutStrategyCanary).',
  'Leave the weight out, or choose another router.');

export const invalidFieldRef = error('FW734', 'A field of the metadata that cannot be read',
  'Of `metadata`, an argument can be the name, the namespace, the uid, all labels or annotations, or one of them by its key '
  + '(validation.go; k8s fieldpath.ExtractFieldPathAsString).',
  'Write for example metadata.name or metadata.labels[\'region\'].');

export const oneReference = error('FW735', 'One or several, and not both',
  'Exactly one of `ingress` and `ingresses`, `stableIngress` and `stableIngresses`, `virtualService` and `virtualServices` is given '
  + '(validation_references.go, ValidateRolloutNginxIngressesConfig, ValidateRolloutAlbIngressesConfig, ValidateRolloutVirtualServicesConfig).',
  'Give exactly one of both.');

export const routesNothing = error('FW736', 'A traffic routing that routes nothing',
  'Without a router, or with a plug-in that is told no route, no weight is ever set, and the rollout moves on as if it were.',
  'Give a router, and for the Gateway API at least one route.');

export const dynamicWithAbortDelay = error('FW737', 'A dynamicStableScale with abortScaleDownDelaySeconds',
  'Up to 1.9 an abort with both stands still for ever (#4900, fixed in 1.10).',
  'Leave abortScaleDownDelaySeconds out.');

export const tooManyMinPods = error('FW738', 'More pods at least than there are',
  'Up to 1.9 minPodsPerReplicaSet is not bounded by replicas: the controller scales up and down without end (#4570, bounded from 1.10 on).',
  'Lower minPodsPerReplicaSet to replicas.');

export const weightBeyondAll = error('FW739', 'More canary pods than all, with dynamicStableScale',
  'With dynamicStableScale the weight follows the pods: a setCanaryScale of more pods than replicas makes it more than 100 (#4424).',
  'Lower the replicas of the step, or leave dynamicStableScale out.');

export const tooFewCanaryPods = error('FW740', 'More traffic than pods',
  'After setCanaryScale the number of pods stays as it is, whatever weight follows: 90% of the traffic would go to 10% of the pods '
  + '(docs/features/canary/index.md, Dynamic Canary Scale).',
  'Put CanaryStep.canaryScale(CanaryScale.matchTrafficWeight()) before the step.');

export const perhapsTooFewCanaryPods = warning('FW741', 'Perhaps more traffic than pods',
  'After setCanaryScale the number of pods stays as it is, whatever weight follows (docs/features/canary/index.md, Dynamic Canary Scale). '
  + 'As replicas is not given, nobody knows whether they are enough.',
  `Put CanaryStep.canaryScale(CanaryScale.matchTrafficWeight()) before the step, ${ACKNOWLEDGE('FW741')}`);

/*
 * FW742 to FW756: analyses and experiments.
 */

export const oneProvider = error('FW742', 'A metric needs exactly one provider',
  'A metric comes from one system, and from one plug-in at most (utils/analysis/factory.go, ValidateMetric).',
  'Give one provider, and make a metric for each other.');

export const sameMetric = error('FW743', 'Two metrics with one name',
  'Results are kept by the name of the metric (utils/analysis/factory.go, ValidateMetrics; helpers.go, flattenMetrics).',
  'Rename one of them.');

export const noMetrics = error('FW744', 'A template without metrics',
  'A run without metrics is an error (utils/analysis/factory.go, ValidateMetrics).',
  'Give metrics, or templates that have some.');

export const countBelowLimits = error('FW745', 'Fewer measurements than limits',
  'count is at least failureLimit and consecutiveSuccessLimit together (utils/analysis/factory.go, ValidateMetric).',
  'Raise count, or lower the limits.');

export const countBelowInconclusive = error('FW746', 'Fewer measurements than may be inconclusive',
  'count is at least inconclusiveLimit (utils/analysis/factory.go, ValidateMetric).',
  'Raise count, or lower inconclusiveLimit.');

export const intervalNeeded = error('FW747', 'Several measurements without an interval',
  'With a count above 1 there must be an interval (utils/analysis/factory.go, ValidateMetric).',
  'Give interval, for example 1m.');

export const nothingDecides = error('FW748', 'A metric that nothing decides',
  'failureLimit -1 and consecutiveSuccessLimit 0 switch both verdicts off (utils/analysis/factory.go, ValidateMetric).',
  'Give consecutiveSuccessLimit, or a failureLimit from 0.');

export const invalidArgument = error('FW749', 'An argument that is given in two ways, or twice',
  'An argument has a value or a place where it is read, and its name once (validation_references.go, validateAnalysisMetrics).',
  'Give each argument once, and in one way.');

export const idleRule = error('FW750', 'A rule that matches no metric',
  'The metricName of dryRun and measurementRetention is a regular expression. A rule that matches no metric makes the run an error; two with one name are '
  + 'refused (utils/analysis/helpers.go, GetDryRunMetrics, GetMeasurementRetentionMetrics, validateDryRunMetrics).',
  'Write an expression that matches the name of a metric, or leave the rule out.');

export const invalidQuery = error('FW751', 'A query that its provider refuses',
  'Providers refuse contradictory queries at every measurement: Datadog (metricproviders/datadog/datadog.go, validateIncomingProps), HTTP requests '
  + '(metricproviders/webmetric/webmetric.go), CloudWatch.',
  'Correct the query.');

export const undeclaredArgument = warning('FW752', 'An argument that the template does not declare',
  'Each template is looked at alone before it is run in a step: an argument that it uses and does not declare is then an error '
  + '(validation_references.go, validateAnalysisMetrics).',
  `Add Argument.required(…) to args, ${ACKNOWLEDGE('FW752')}`);

export const noGuard = warning('FW753', 'A condition that does not expect missing data',
  'Prometheus gives an empty list if there are no series, and NaN for 0/0. `result[0]` of an empty list is an error, five of which in a row abort the rollout '
  + '(#1466, #1905); a comparison with NaN is always false.',
  `Write len(result) > 0 && !isNaN(result[0]) && …, or say with || what no data means, ${ACKNOWLEDGE('FW753')}`);

export const sameExperimentTemplate = error('FW754', 'Templates of an experiment that cannot be told apart',
  'Each template has a name of its own (utils/conditions/experiments.go, VerifyExperimentSpec).',
  'Give each template another name.');

export const experimentSelector = error('FW755', 'A template of an experiment that does not select its pods',
  'The selector must be there, not be empty, and match the labels of the template; two templates with one selector would count each other\'s pods '
  + '(utils/conditions/experiments.go, VerifyExperimentSpec; experiment_types.go, TemplateSpec).',
  'Give each template a selector of its own that its pods match.');

export const experimentDeadline = error('FW756', 'An experiment whose pods are never available in time',
  'minReadySeconds is at most progressDeadlineSeconds, which is 600 if it is left out (utils/conditions/experiments.go, VerifyExperimentSpec).',
  'Lower minReadySeconds or raise progressDeadlineSeconds.');

/*
 * FW760 to FW781: what does not go together with other objects.
 */

export const foreignSelector = error('FW760', 'A Service that does not select the pods of the Rollout',
  'The selector of each Service of a Rollout must be part of the labels of its pods (validation_references.go, ValidateService).',
  'Give the Service the selector of the Rollout.');

export const sharedService = error('FW761', 'A Service of two Rollouts',
  'A Rollout writes the hash of its pods into the selector of its Services; two would take them from each other '
  + '(validation_references.go, ValidateService; utils/service/service.go, HasManagedByAnnotation).',
  'Give each Rollout Services of its own.');

export const ingressWithoutService = error('FW762', 'An Ingress without a rule for the Service',
  'The Ingress that is named must have a rule whose backend is the stable Service, or rootService of ALB (validation_references.go, reportErrors).',
  'Add a rule with the Service as backend.');

export const invalidVirtualService = error('FW763', 'A VirtualService that cannot be weighted',
  'Each route that is named must exist and lead to both Services, or to both subsets; without names there must be exactly one route '
  + '(validation_references.go, ValidateVirtualService; rollout/trafficrouting/istio/istio.go, ValidateHTTPRoutes, ValidateTlsRoutes, ValidateTcpRoutes).',
  'Give the route both destinations, and name it in routes.');

export const routeWithoutBackends = error('FW764', 'A route of the Gateway API without both Services',
  'The plug-in sets the weights of the backends that are the stable and the canary Service, and fails without them '
  + '(rollouts-plugin-trafficrouter-gatewayapi pkg/plugin/httproute.go).',
  'Give a rule both Services as backendRefs.');

export const mappingWithWeight = error('FW765', 'A Mapping with a weight',
  'A Mapping of the stable Service must have no weight: the controller makes a second one that has (validation_references.go, ValidateAmbassadorMapping).',
  'Remove the weight.');

export const invalidVirtualRouter = error('FW766', 'A VirtualRouter that cannot be weighted',
  'Each route of the VirtualRouter must have exactly two weighted targets (validation_references.go, ValidateAppMeshVirtualRouter).',
  'Give each route two weightedTargets.');

export const unknownTemplate = error('FW767', 'An AnalysisTemplate that is somewhere else',
  'A template is looked for in the namespace of the Rollout, or in the cluster with clusterScope. One of the name is there, but not where it is looked for: '
  + 'the Rollout is invalid until it is (rollout/controller.go, getReferencedAnalysisTemplate).',
  'Correct clusterScope, or move the template to the namespace.');

export const argumentMissing = error('FW768', 'An argument that nobody gives',
  'Each argument of a template without a value must be given (utils/analysis/helpers.go, ResolveArgs; validation_references.go).',
  'Add AnalysisRunArgument.value(…) to args, or give the template a value.');

export const endlessMetric = error('FW769', 'A metric without end where the rollout waits for it',
  'A metric with an interval and no count is measured for ever. In a step, and before or after a promotion, it must end '
  + '(validation_references.go, ValidateAnalysisTemplateWithType).',
  'Give the metric a count, or make it the background analysis of the canary.');

export const clashingTemplates = error('FW770', 'Templates that cannot be run together',
  'The metrics of all templates of an analysis must have names of their own, and the same argument the same value '
  + '(utils/analysis/helpers.go, flattenMetrics, flattenArgs).',
  'Rename the metric or the argument, or run the templates apart.');

export const memoryAutoscaler = warning('FW771', 'An autoscaler by memory on a progressive rollout',
  'An autoscaler averages over both versions. New pods begin with little memory and old ones keep theirs, so that it scales against the rollout '
  + '(#2857, #3849, #4369, #4607).',
  `Scale by CPU or by requests, ${ACKNOWLEDGE('FW771')}`);

export const autoscaledBlueGreen = warning('FW772', 'An autoscaler on both colours',
  'An autoscaler of a blue-green Rollout counts and scales both versions, also the one without traffic (#4552, #4294).',
  `Leave headroom in the lowest number of replicas, ${ACKNOWLEDGE('FW772')}`);

export const autoscaledPreview = warning('FW773', 'A previewReplicaCount beside an autoscaler',
  'The autoscaler sees fewer pods than it asked for, and scales by the wrong number (#4200).',
  `Leave previewReplicaCount out, ${ACKNOWLEDGE('FW773')}`);

export const replicasOfAutoscaler = warning('FW774', 'A number of replicas that is not the autoscaler\'s lowest',
  'Without replicas the controller writes 1, and the first version starts with one pod until the autoscaler acts; with another number each sync changes it.',
  `Set replicas to the lowest number of the autoscaler, and let the GitOps engine ignore /spec/replicas, ${ACKNOWLEDGE('FW774')}`);

export const blockingBudget = error('FW775', 'A disruption budget that no node can be drained with',
  'minAvailable of all replicas, or maxUnavailable 0, lets no pod go: a drain waits for ever (kubernetes/website #4140).',
  'Give the PodDisruptionBudget maxUnavailable: 1.');

export const budgetOfOne = warning('FW776', 'A disruption budget of a single pod',
  'With one replica a budget either lets no node be drained, or protects nothing.',
  `Run two replicas, or remove the PodDisruptionBudget, ${ACKNOWLEDGE('FW776')}`);

export const resurrectedWorkload = warning('FW777', 'A workload that comes back with each sync',
  'The workload of workloadRef is in the same repository with replicas of its own: each sync starts its pods again beside those of the Rollout (#3855, #4110).',
  `Remove replicas from it, or set them to 0 once the Rollout is healthy, ${ACKNOWLEDGE('FW777')}`);

export const mutableConfig = warning('FW778', 'A ConfigMap that changes under running pods',
  'If a ConfigMap keeps its name, the old version reads the new content as soon as a pod restarts, and an abort does not bring the old one back '
  + '(docs/best-practices.md).',
  `Make it immutable, with a hash of its content in its name, ${ACKNOWLEDGE('FW778')}`);

export const albBlueGreen = error('FW779', 'Blue-green behind ALB',
  'The load balancer follows the selector of the active Service with a delay, and has no healthy target meanwhile '
  + '(docs/features/bluegreen.md: not supported without a chance of downtime).',
  'Use Strategy.canary with pingPong and TrafficRouting.alb.');

export const cancelledAnalysis = warning('FW780', 'An analysis that is ended before its end',
  'If scaleDownDelaySeconds is given, the old version is removed then, and the analysis after the promotion is cancelled with it '
  + '(docs/features/bluegreen.md, postPromotionAnalysis).',
  `Leave scaleDownDelaySeconds out, or make it longer than the analysis, ${ACKNOWLEDGE('FW780')}`);

/*
 * FW785 to FW799: what is wrong, or legal and unwise, in a Rollout alone.
 */

export const noAbort = warning('FW785', 'A rollout without progress that is not undone',
  'When the deadline has passed, the Rollout only becomes degraded: the new version stays, with its traffic (#1593). Also progressDeadlineAbort does not '
  + 'always fire (#3765, #4626), so that an analysis should watch, too.',
  `Set progressDeadlineAbort: true, ${ACKNOWLEDGE('FW785')}`);

export const pauseWithoutAnalysis = warning('FW786', 'A pause in which nothing watches',
  'While a canary pauses, the deadline does not count. Only an analysis ends a bad version then.',
  `Put an analysis step before the pause, or give the canary an analysis, ${ACKNOWLEDGE('FW786')}`);

export const keptForEver = warning('FW787', 'Pods that stay for ever after an abort',
  'abortScaleDownDelaySeconds 0 does not mean at once, it means never (utils/defaults/defaults.go, GetAbortScaleDownDelaySecondsOrDefault).',
  `Give a number of seconds from 1, ${ACKNOWLEDGE('FW787')}`);

export const noDrain = warning('FW788', 'Old pods that go as soon as their traffic does',
  'dynamicStableScale cannot be combined with scaleDownDelaySeconds: old pods are ended while routers may still send them requests (#4926).',
  `Leave dynamicStableScale out, or let the pods wait in preStop, ${ACKNOWLEDGE('FW788')}`);

export const singlePodVersions = warning('FW789', 'All traffic of a version on one pod',
  'With a traffic router a small weight is one pod. When it restarts, all requests of the new version fail.',
  `Set minPodsPerReplicaSet: 2, ${ACKNOWLEDGE('FW789')}`);

export const albWithoutPingPong = warning('FW790', 'ALB without Services that take turns',
  'At the end of a rollout, and in an abort, the selector of a Service with traffic changes, and targets are missing until the load balancer has caught up '
  + '(docs/features/traffic-management/alb.md; #4867).',
  `Give pingPong and rootService, ${ACKNOWLEDGE('FW790')}`);

export const missingPods = warning('FW791', 'Pods are missing during a rollout',
  'Unless maxUnavailable is 0, the controller takes away pods before others have replaced them: 25% if it is left out (utils/defaults/defaults.go).',
  `Give maxUnavailable: 0 with a maxSurge, ${ACKNOWLEDGE('FW791')}`);

export const noReadiness = warning('FW792', 'Pods that count as ready at once',
  'A container without a readiness probe gets traffic before it listens, and every step of the rollout believes it to be available.',
  `Give a container a readinessProbe, ${ACKNOWLEDGE('FW792')}`);

export const noPreStop = warning('FW793', 'Pods that end while they get requests',
  'Endpoints are removed at the same time as pods are told to end; without a wait in preStop the last requests fail (kubernetes #20473, KEP-3960).',
  `Give the container lifecycle.preStop with a sleep of 10 to 15 seconds, ${ACKNOWLEDGE('FW793')}`);

export const shortGrace = error('FW794', 'A grace that ends in preStop',
  'terminationGracePeriodSeconds, 30 if it is left out, includes the wait in preStop: the process is killed before it is told to end (kubernetes #74160).',
  'Make terminationGracePeriodSeconds longer than the wait and the draining together.');

export const unscopedSpread = warning('FW795', 'A spread over both versions',
  'A topology spread that is not scoped to one version counts the outgoing pods, and places the new ones unevenly (KEP-3243). The label of a Rollout is '
  + '`rollouts-pod-template-hash`, not `pod-template-hash` (types.go, DefaultRolloutUniqueLabelKey).',
  `Add matchLabelKeys: ['rollouts-pod-template-hash'] beside a labelSelector, ${ACKNOWLEDGE('FW795')}`);

export const hastyReady = warning('FW796', 'Pods that are trusted at once',
  'A pod that is ready for a moment counts as available, and the rollout goes on before it can crash.',
  `Set minReadySeconds to 10 or more, ${ACKNOWLEDGE('FW796')}`);

export const startsNever = warning('FW797', 'A background analysis that never starts',
  'startingStep counts the steps from 0; there are not so many (rollout/analysis.go, needPrevAnalysisRun and skipBackgroundAnalysisRun).',
  `Lower startingStep, ${ACKNOWLEDGE('FW797')}`);

export const oldRoutes = warning('FW798', 'Routes of an API that is no longer served',
  'The plug-in reads TCPRoutes and TLSRoutes as v1alpha2, which the standard channel of Gateway API 1.6 no longer serves '
  + '(rollouts-plugin-trafficrouter-gatewayapi pkg/plugin/types.go).',
  `Use HTTPRoutes or GRPCRoutes, ${ACKNOWLEDGE('FW798')}`);

export const scaleDownOnce = warning('FW799', 'A scaleDown that acts once',
  'The workload of workloadRef is scaled down in the first revision alone (#4935). Whatever scales it up later, a sync for example, brings its pods back.',
  `Remove the workload when the Rollout is healthy, ${ACKNOWLEDGE('FW799')}`);
