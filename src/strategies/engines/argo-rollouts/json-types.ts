/*
 * The parts of `spec` that rules look at, as they are in the cluster. The check of fields has made sure of the types.
 */

export interface SelectorJson {
  readonly matchLabels?: Record<string, string>;
  readonly matchExpressions?: Array<{ key: string; operator: string; values?: string[] }>;
}

export interface ArgumentJson {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: { podTemplateHashValue?: string; fieldRef?: { fieldPath: string }; secretKeyRef?: object };
}

export interface TemplateRefJson {
  readonly templateName: string;
  readonly clusterScope?: boolean;
}

export interface MetricRuleJson {
  readonly metricName: string;
}

export interface AnalysisJson {
  readonly templates: TemplateRefJson[];
  readonly args?: ArgumentJson[];
  readonly dryRun?: MetricRuleJson[];
  readonly measurementRetention?: MetricRuleJson[];
  readonly startingStep?: number;
}

export interface StringMatchJson {
  readonly exact?: string;
  readonly prefix?: string;
  readonly regex?: string;
}

export interface ExperimentStepJson {
  readonly templates: Array<{ name: string; weight?: number }>;
  readonly duration?: string;
  readonly analyses?: Array<{ name: string; templateName: string; clusterScope?: boolean; args?: ArgumentJson[]; requiredForCompletion?: boolean }>;
  readonly dryRun?: MetricRuleJson[];
}

export interface StepJson {
  readonly setWeight?: number;
  readonly pause?: { duration?: number | string };
  readonly analysis?: AnalysisJson;
  readonly experiment?: ExperimentStepJson;
  readonly setCanaryScale?: { weight?: number; replicas?: number; matchTrafficWeight?: boolean };
  readonly setHeaderRoute?: { name: string; match?: Array<{ headerName: string; headerValue: StringMatchJson }> };
  readonly setMirrorRoute?: {
    name: string;
    match?: Array<{ method?: StringMatchJson; path?: StringMatchJson; headers?: Record<string, StringMatchJson> }>;
  };
  readonly plugin?: { name: string };
}

export interface VirtualServiceJson {
  readonly name: string;
  readonly routes?: string[];
  readonly tlsRoutes?: Array<{ port?: number; sniHosts?: string[] }>;
  readonly tcpRoutes?: Array<{ port?: number }>;
}

export interface TrafficRoutingJson {
  readonly istio?: {
    virtualService?: VirtualServiceJson;
    virtualServices?: VirtualServiceJson[];
    destinationRule?: { name: string; canarySubsetName: string; stableSubsetName: string };
  };
  readonly nginx?: { stableIngress?: string; stableIngresses?: string[] };
  readonly alb?: { ingress?: string; ingresses?: string[]; rootService?: string; annotationPrefix?: string };
  readonly smi?: { rootService?: string };
  readonly ambassador?: { mappings: string[] };
  readonly appMesh?: { virtualService: { name: string; routes?: string[] } };
  readonly traefik?: { weightedTraefikServiceName: string };
  readonly apisix?: { route: { name: string } };
  readonly plugins?: Record<string, any>;
  readonly managedRoutes?: Array<{ name: string }>;
  readonly maxTrafficWeight?: number;
}

export interface AntiAffinityJson {
  readonly preferredDuringSchedulingIgnoredDuringExecution?: { weight: number };
  readonly requiredDuringSchedulingIgnoredDuringExecution?: object;
}

export interface CanaryJson {
  readonly canaryService?: string;
  readonly stableService?: string;
  readonly steps?: StepJson[];
  readonly trafficRouting?: TrafficRoutingJson;
  readonly maxUnavailable?: number | string;
  readonly maxSurge?: number | string;
  readonly analysis?: AnalysisJson;
  readonly antiAffinity?: AntiAffinityJson;
  readonly scaleDownDelaySeconds?: number;
  readonly scaleDownDelayRevisionLimit?: number;
  readonly abortScaleDownDelaySeconds?: number;
  readonly dynamicStableScale?: boolean;
  readonly pingPong?: { pingService?: string; pongService?: string };
  readonly minPodsPerReplicaSet?: number;
}

export interface BlueGreenJson {
  readonly activeService: string;
  readonly previewService?: string;
  readonly previewReplicaCount?: number;
  readonly autoPromotionEnabled?: boolean;
  readonly autoPromotionSeconds?: number;
  readonly scaleDownDelaySeconds?: number;
  readonly scaleDownDelayRevisionLimit?: number;
  readonly abortScaleDownDelaySeconds?: number;
  readonly prePromotionAnalysis?: AnalysisJson;
  readonly postPromotionAnalysis?: AnalysisJson;
  readonly antiAffinity?: AntiAffinityJson;
}

export interface RolloutSpecJson {
  readonly replicas?: number;
  readonly selector?: SelectorJson;
  /** A PodTemplateSpec, which nobody has checked. */
  readonly template?: any;
  readonly workloadRef?: { apiVersion: string; kind: string; name: string; scaleDown?: string };
  readonly minReadySeconds?: number;
  readonly revisionHistoryLimit?: number;
  readonly progressDeadlineSeconds?: number;
  readonly progressDeadlineAbort?: boolean;
  readonly strategy: { canary?: CanaryJson; blueGreen?: BlueGreenJson };
}

export interface MetricJson {
  readonly name: string;
  readonly provider: Record<string, any>;
  readonly interval?: string;
  readonly initialDelay?: string;
  readonly count?: number | string;
  readonly successCondition?: string;
  readonly failureCondition?: string;
  readonly failureLimit?: number | string;
  readonly inconclusiveLimit?: number | string;
  readonly consecutiveSuccessLimit?: number | string;
}

export interface AnalysisTemplateSpecJson {
  readonly metrics?: MetricJson[];
  readonly args?: ArgumentJson[];
  readonly dryRun?: MetricRuleJson[];
  readonly measurementRetention?: MetricRuleJson[];
  readonly templates?: TemplateRefJson[];
}

export interface ExperimentSpecJson {
  readonly templates: Array<{ name?: string; selector?: SelectorJson; template: any; minReadySeconds?: number }>;
  readonly progressDeadlineSeconds?: number;
  readonly analyses?: Array<{ name: string; templateName: string; clusterScope?: boolean; args?: ArgumentJson[] }>;
  readonly dryRun?: MetricRuleJson[];
  readonly measurementRetention?: MetricRuleJson[];
}
