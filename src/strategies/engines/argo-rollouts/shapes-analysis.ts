import {
  AnalysisRunMetadata, AnalysisTemplateRef, DryRun, MeasurementRetention, RolloutAnalysis, RolloutAnalysisBackground, ValueFromPodTemplateHash,
} from './analysis-props';
import { AnalysisTemplateProps, Metric } from './analysis-template-props';
import { bool, countOrArgument, duration, Fields, int, json, jsonMap, list, mapOf, name, oneOf, required, requiredBefore, since, struct, text } from './fields';
import * as providers from './metric-providers';
import * as cloud from './metric-providers-cloud';
import * as other from './metric-providers-other';
import { RolloutsVersion } from './version';

/*
 * The fields of analyses (argo-rollouts pkg/apis/rollouts/v1alpha1/analysis_types.go; RolloutAnalysis and its parts in types.go).
 */

export const metadata = struct({ labels: mapOf(text), annotations: mapOf(text) } satisfies Fields<AnalysisRunMetadata>);

export const dryRun = list(struct({ metricName: required(text) } satisfies Fields<DryRun>));

export const measurementRetention = list(struct({ metricName: required(text), limit: required(int()) } satisfies Fields<MeasurementRetention>));

export const templateRefs = list(struct({ templateName: required(name), clusterScope: bool } satisfies Fields<AnalysisTemplateRef>));

const fieldRef = struct({ fieldPath: required(text) });

/** The arguments that a Rollout gives. */
export const runArguments = list(struct({
  name: required(text),
  value: text,
  valueFrom: struct({ podTemplateHashValue: oneOf(Object.values(ValueFromPodTemplateHash)), fieldRef }),
}));

/** The arguments of a template, and those that an Experiment gives. */
export const templateArguments = list(struct({
  name: required(text),
  value: text,
  valueFrom: struct({ secretKeyRef: struct({ name: required(name), key: required(text) }), fieldRef }),
}));

const rolloutAnalysis = {
  templates: required(list(struct({ templateName: required(name), clusterScope: bool }), { nonEmpty: true })),
  args: runArguments,
  dryRun,
  measurementRetention,
  analysisRunMetadata: metadata,
} satisfies Fields<RolloutAnalysis>;

export const analysis = struct(rolloutAnalysis);

export const backgroundAnalysis = struct({ ...rolloutAnalysis, startingStep: int() } satisfies Fields<RolloutAnalysisBackground>);

const headers = list(struct({ key: required(text), value: required(text) } satisfies Fields<providers.WebMetricHeader>));

const authentication = struct({
  basicAuth: since(RolloutsVersion.V1_10, struct({ username: text, password: text } satisfies Fields<providers.BasicAuthConfig>)),
  sigv4: struct({ region: text, profile: text, roleArn: text } satisfies Fields<providers.Sigv4Config>),
  oauth2: struct({ tokenUrl: text, clientId: text, clientSecret: text, scopes: list(text) } satisfies Fields<providers.OAuth2Config>),
} satisfies Fields<providers.Authentication>);

const interval = duration({ arguments: true });

const prometheus = struct({
  query: required(text),
  address: text,
  authentication,
  timeout: int(),
  insecure: bool,
  headers,
  rangeQuery: struct({ start: text, end: text, step: interval } satisfies Fields<providers.PrometheusRangeQueryArgs>),
} satisfies Fields<providers.PrometheusMetric>);

const datadog = struct({
  query: text,
  queries: mapOf(text),
  formula: text,
  interval,
  apiVersion: oneOf(Object.values(cloud.DatadogApiVersion)),
  aggregator: oneOf(Object.values(cloud.DatadogAggregator)),
  secretRef: struct({ name: name, namespaced: bool } satisfies Fields<cloud.SecretRef>),
  requestTimeout: since(RolloutsVersion.V1_10, interval),
} satisfies Fields<cloud.DatadogMetric>);

const web = struct({
  url: required(text),
  method: oneOf(Object.values(providers.WebMetricMethod)),
  headers,
  body: text,
  jsonBody: json,
  timeoutSeconds: int(),
  jsonPath: text,
  insecure: bool,
  authentication,
} satisfies Fields<providers.WebMetric>);

const metricStat = struct({
  metric: required(struct({
    metricName: required(text),
    namespace: text,
    dimensions: list(struct({ name: required(text), value: required(text) } satisfies Fields<cloud.CloudWatchMetricStatMetricDimension>)),
  } satisfies Fields<cloud.CloudWatchMetricStatMetric>)),
  period: required(countOrArgument(1)),
  stat: required(text),
  unit: text,
} satisfies Fields<cloud.CloudWatchMetricStat>);

const cloudWatch = struct({
  metricDataQueries: required(list(struct({
    id: required(text), expression: text, label: text, metricStat, period: countOrArgument(1), returnData: bool,
  } satisfies Fields<cloud.CloudWatchMetricDataQuery>), { nonEmpty: true })),
  interval,
} satisfies Fields<cloud.CloudWatchMetric>);

const scope = struct({
  scope: required(text),
  region: required(text),
  step: required(int()),
  start: requiredBefore(RolloutsVersion.V1_9, text),
  end: requiredBefore(RolloutsVersion.V1_9, text),
} satisfies Fields<other.ScopeDetail>);

const kayenta = struct({
  address: required(text),
  application: required(text),
  canaryConfigName: required(text),
  metricsAccountName: required(text),
  configurationAccountName: required(text),
  storageAccountName: required(text),
  threshold: required(struct({ pass: required(int()), marginal: required(int()) } satisfies Fields<other.KayentaThreshold>)),
  scopes: required(list(struct({
    name: required(text), controlScope: required(scope), experimentScope: required(scope),
  } satisfies Fields<other.KayentaScope>), { nonEmpty: true })),
  lookback: since(RolloutsVersion.V1_9, bool),
} satisfies Fields<other.KayentaMetric>);

export const provider = struct({
  prometheus,
  datadog,
  web,
  cloudWatch,
  kayenta,
  newRelic: struct({ query: required(text), profile: name, timeout: int() } satisfies Fields<cloud.NewRelicMetric>),
  job: struct({ spec: required(jsonMap), metadata: jsonMap } satisfies Fields<providers.JobMetric>),
  wavefront: struct({ query: required(text), address: text } satisfies Fields<cloud.WavefrontMetric>),
  graphite: struct({ query: required(text), address: text } satisfies Fields<other.GraphiteMetric>),
  influxdb: struct({ query: required(text), profile: name } satisfies Fields<other.InfluxdbMetric>),
  skywalking: struct({ query: required(text), address: text, interval } satisfies Fields<other.SkyWalkingMetric>),
  plugin: mapOf(json, { nonEmpty: true }),
});

const metric = struct({
  name: required(text),
  provider: required(provider),
  interval,
  initialDelay: interval,
  count: countOrArgument(0),
  successCondition: text,
  failureCondition: text,
  failureLimit: countOrArgument(-1),
  inconclusiveLimit: countOrArgument(0),
  consecutiveErrorLimit: countOrArgument(0),
  consecutiveSuccessLimit: countOrArgument(0),
} satisfies Fields<Metric>);

/** `spec` of an AnalysisTemplate and of a ClusterAnalysisTemplate. */
export const analysisTemplateSpec = struct({
  metrics: list(metric),
  args: templateArguments,
  dryRun,
  measurementRetention,
  templates: templateRefs,
} satisfies Fields<Omit<AnalysisTemplateProps, 'metadata' | 'version' | 'native'>>);
