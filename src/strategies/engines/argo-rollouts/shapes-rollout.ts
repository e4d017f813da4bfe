import { BlueGreenStrategyProps } from './blue-green';
import { CanaryStrategyProps, PingPongSpec, ProgressType, ReplicaProgressThreshold } from './canary';
import { HeaderRoutingMatch, PluginStep, RolloutPause, RouteMatch, SetHeaderRoute, SetMirrorRoute } from './canary-step-options';
import { ExperimentAnalysisTemplateRef, ExperimentProps, TemplateSpec } from './experiment-props';
import { ReplicaSetSpecRef, RolloutExperimentStep, RolloutExperimentStepAnalysisTemplateRef, RolloutExperimentTemplate } from './experiment-step';
import { bool, duration, Fields, int, intOrPercent, json, jsonMap, list, mapOf, name, oneOf, required, service, since, struct, text } from './fields';
import { AnalysisRunStrategy, RollbackWindowSpec, RolloutProps, ScaleDown, WorkloadRef } from './rollout-props';
import { analysis, backgroundAnalysis, dryRun, measurementRetention, metadata, runArguments, templateArguments } from './shapes-analysis';
import { trafficRouting } from './shapes-routers';
import { RolloutsVersion } from './version';
import { LabelSelector, LabelSelectorRequirement } from '../../../core/label-selector';

/*
 * The fields of Rollouts and Experiments (argo-rollouts pkg/apis/rollouts/v1alpha1/types.go and experiment_types.go).
 */

export const selector = struct({
  matchLabels: mapOf(text),
  matchExpressions: list(struct({
    key: required(text),
    operator: required(oneOf(['In', 'NotIn', 'Exists', 'DoesNotExist'])),
    values: list(text),
  } satisfies Fields<LabelSelectorRequirement>)),
} satisfies Fields<LabelSelector>);

const templateService = struct({ name: service });

/** In which of three ways they are given is a rule of its own. */
const stringMatch = struct({ exact: text, prefix: text, regex: text });

const experiment = struct({
  templates: required(list(struct({
    name: required(text),
    specRef: required(oneOf(Object.values(ReplicaSetSpecRef))),
    replicas: int(),
    metadata,
    selector,
    weight: int(0, 100),
    service: templateService,
  } satisfies Fields<RolloutExperimentTemplate>), { nonEmpty: true })),
  duration: duration(),
  analyses: list(struct({
    name: required(text), templateName: required(name), clusterScope: bool, args: runArguments, requiredForCompletion: bool,
  } satisfies Fields<RolloutExperimentStepAnalysisTemplateRef>)),
  dryRun,
  analysisRunMetadata: metadata,
  scaleDownDelaySeconds: since(RolloutsVersion.V1_9, int()),
} satisfies Fields<RolloutExperimentStep>);

const setHeaderRoute = struct({
  name: required(text),
  match: list(struct({ headerName: required(text), headerValue: required(stringMatch) } satisfies Fields<HeaderRoutingMatch>)),
} satisfies Fields<SetHeaderRoute>);

const setMirrorRoute = struct({
  name: required(text),
  match: list(struct({ method: stringMatch, path: stringMatch, headers: mapOf(stringMatch) } satisfies Fields<RouteMatch>)),
  percentage: int(0, 100),
} satisfies Fields<SetMirrorRoute>);

const step = struct({
  setWeight: int(-(2 ** 31)), // the bounds are a rule of their own
  pause: struct({ duration: duration({ seconds: true }) } satisfies Fields<RolloutPause>),
  experiment,
  analysis,
  setCanaryScale: struct({ weight: int(0, 100), replicas: int(), matchTrafficWeight: bool }),
  setHeaderRoute,
  setMirrorRoute,
  plugin: struct({ name: required(text), config: json } satisfies Fields<PluginStep>),
});

const antiAffinity = struct({
  preferredDuringSchedulingIgnoredDuringExecution: struct({ weight: required(int(-(2 ** 31))) }),
  requiredDuringSchedulingIgnoredDuringExecution: struct({}),
});

const canary = struct({
  canaryService: service,
  stableService: service,
  steps: list(step),
  trafficRouting,
  maxUnavailable: intOrPercent,
  maxSurge: intOrPercent,
  analysis: backgroundAnalysis,
  antiAffinity,
  canaryMetadata: metadata,
  stableMetadata: metadata,
  scaleDownDelaySeconds: int(),
  scaleDownDelayRevisionLimit: int(),
  abortScaleDownDelaySeconds: int(),
  dynamicStableScale: bool,
  pingPong: struct({ pingService: service, pongService: service } satisfies Fields<PingPongSpec>),
  minPodsPerReplicaSet: int(),
  replicaProgressThreshold: since(RolloutsVersion.V1_9, struct({
    type: required(oneOf(Object.values(ProgressType))), value: required(int(1)),
  } satisfies Fields<ReplicaProgressThreshold>)),
} satisfies Fields<CanaryStrategyProps>);

const blueGreen = struct({
  activeService: required(service),
  previewService: service,
  previewReplicaCount: int(),
  autoPromotionEnabled: bool,
  autoPromotionSeconds: int(),
  maxUnavailable: intOrPercent,
  scaleDownDelaySeconds: int(),
  scaleDownDelayRevisionLimit: int(),
  prePromotionAnalysis: analysis,
  antiAffinity,
  postPromotionAnalysis: analysis,
  previewMetadata: metadata,
  activeMetadata: metadata,
  abortScaleDownDelaySeconds: int(),
} satisfies Fields<BlueGreenStrategyProps>);

/** `spec` of a Rollout. */
export const rolloutSpec = struct({
  replicas: int(),
  selector,
  template: jsonMap,
  workloadRef: struct({
    apiVersion: required(text), kind: required(text), name: required(name), scaleDown: oneOf(Object.values(ScaleDown)),
  } satisfies Fields<WorkloadRef>),
  minReadySeconds: int(),
  rollbackWindow: struct({ revisions: required(int(1)) } satisfies Fields<RollbackWindowSpec>),
  strategy: required(struct({ canary, blueGreen })),
  revisionHistoryLimit: int(),
  paused: bool,
  progressDeadlineSeconds: int(),
  progressDeadlineAbort: bool,
  restartAt: text,
  analysis: struct({ successfulRunHistoryLimit: int(), unsuccessfulRunHistoryLimit: int() } satisfies Fields<AnalysisRunStrategy>),
} satisfies Fields<Omit<RolloutProps, 'metadata' | 'version' | 'native'>>);

/** `spec` of an Experiment. */
export const experimentSpec = struct({
  templates: required(list(struct({
    name: text, replicas: int(), minReadySeconds: int(), selector, template: required(jsonMap), service: templateService,
  } satisfies Fields<TemplateSpec>), { nonEmpty: true })),
  duration: duration(),
  progressDeadlineSeconds: int(),
  terminate: bool,
  analyses: list(struct({
    name: required(text), templateName: required(name), clusterScope: bool, args: templateArguments, requiredForCompletion: bool,
  } satisfies Fields<ExperimentAnalysisTemplateRef>)),
  scaleDownDelaySeconds: int(),
  dryRun,
  measurementRetention,
  analysisRunMetadata: metadata,
} satisfies Fields<Omit<ExperimentProps, 'metadata' | 'version' | 'native'>>);
