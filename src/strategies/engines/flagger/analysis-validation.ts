import { AbTestingAnalysisProps, Analysis, SameSite, SessionAffinity } from './analysis';
import { CanaryMetric } from './canary-metric';
import type { CanaryProps } from './canary-props';
import { INTERVAL } from './durations';
import type { AnalysisMatch, StringMatch } from './match';
import { MeshProvider } from './mesh-provider';
import * as messages from './messages';
import { AB_TESTING, isGatewayApi, SESSION_AFFINITY } from './provider-traits';
import { queryFault } from './query';
import { checkSince } from './since';
import { FlaggerVersion } from './version';
import { AlertSeverity, CanaryWebhook, WebhookType } from './webhook';
import { Check, duration, flag, isHttp, listOf, made, mapOf, oneOf, real, struct, text, whole } from '../../../core/shape';

/*
 * What Flagger would refuse in an analysis, or carry out otherwise than it is written.
 */

const reference = struct({ name: text, namespace: text }, ['name']);
const stringMatches = mapOf(made('StringMatch', '_how'));

const METRIC = { name: text, interval: duration(INTERVAL), thresholdRange: struct({ min: real, max: real }) };
const METRICS: Record<CanaryMetric['_source'], Check> = {
  'built-in': struct(METRIC, ['thresholdRange']),
  'template': struct({ ...METRIC, templateRef: reference, templateVariables: mapOf(text) }, ['name', 'templateRef', 'thresholdRange']),
  'query': struct({ ...METRIC, query: text, templateVariables: mapOf(text) }, ['name', 'query', 'thresholdRange']),
};

const COMMON: Record<string, Check> = {
  interval: duration(INTERVAL),
  threshold: (at, value) => checkCount(at.path, 'threshold', value),
  metrics: listOf(made('CanaryMetric', '_source')),
  webhooks: listOf(struct({
    name: text,
    type: oneOf(WebhookType),
    url: text,
    timeout: duration(INTERVAL),
    metadata: mapOf((at, value) => value === '' || text(at, value)),
    retries: whole(0),
    muteAlert: flag,
    disableTLS: flag,
  }, ['name', 'type', 'url'])),
  alerts: listOf(struct({ name: text, providerRef: reference, severity: oneOf(AlertSeverity) }, ['name', 'providerRef'])),
  primaryReadyThreshold: whole(0, 100),
  canaryReadyThreshold: whole(0, 100),
};
const SHIFTING: Record<string, Check> = {
  ...COMMON,
  stepWeightPromotion: whole(1, 100),
  mirror: flag,
  mirrorWeight: whole(1, 100),
  sessionAffinity: struct({
    cookieName: text,
    primaryCookieName: text,
    maxAge: whole(1),
    domain: text,
    path: text,
    httpOnly: flag,
    secure: flag,
    partitioned: flag,
    sameSite: oneOf(SameSite),
  }, ['cookieName']),
};
const iterations: Check = (at, value) => checkCount(at.path, 'iterations', value);
const weight: Check = (at, value) => checkWeights(at.path, value, [value]);
const SHAPES: Record<Analysis['_strategy'], Check> = {
  'canary': struct({ ...SHIFTING, stepWeight: weight, maxWeight: weight }, ['interval', 'threshold', 'stepWeight']),
  'canary-steps': struct({ ...SHIFTING, stepWeights: (at, value) => checkWeights(at.path, value, value) }, ['interval', 'threshold', 'stepWeights']),
  'blue-green': struct({ ...SHIFTING, iterations }, ['interval', 'threshold', 'iterations']),
  'ab-testing': struct({
    ...COMMON, iterations, match: listOf(struct({ headers: stringMatches, queryParams: stringMatches, sourceLabels: mapOf(text) }), 1),
  }, ['interval', 'threshold', 'iterations', 'match']),
};

/** What a strategy is called in messages. */
const STRATEGIES: Record<Analysis['_strategy'], string> = {
  'canary': 'canary with weights', 'canary-steps': 'canary with weights', 'blue-green': 'blue/green', 'ab-testing': 'A/B testing',
};

/** Throws FW650 to FW667 for an analysis that would not go as it is written. */
export function checkAnalysis(path: string, props: Partial<CanaryProps>): void {
  const analysis = props.analysis!;
  SHAPES[analysis._strategy]({ path, kind: 'analysis', field: '', messages }, analysis._props);
  const { stepWeight, maxWeight } = analysis._props;
  if (stepWeight > (maxWeight ?? 100)) {
    throw messages.invalidWeights.error(path, { value: { stepWeight, maxWeight }, fault: 'exceed the maximum with the first step' });
  }
  checkProvider(path, props, analysis);
  checkMetrics(path, analysis._props.metrics ?? []);
  analysis._props.webhooks?.forEach((webhook: CanaryWebhook) => checkWebhook(path, webhook, analysis));
}

function checkCount(path: string, field: string, value: unknown): void {
  if (!(Number.isSafeInteger(value) && (value as number) >= 1)) {
    throw messages.invalidThreshold.error(path, { field, value, least: 1 });
  }
}

function checkWeights(path: string, value: unknown, weights: unknown): void {
  const refuse = (fault: string) => messages.invalidWeights.error(path, { value, fault });
  if (!Array.isArray(weights) || weights.length === 0) {
    throw refuse('are no list of percents');
  }
  if (!Array.from(weights).every(each => Number.isSafeInteger(each) && each >= 1 && each <= 100)) {
    throw refuse('are not all whole percents from 1 to 100');
  }
  if (weights.some((each, i) => i > 0 && each <= weights[i - 1])) {
    throw refuse('do not rise with every step');
  }
}

function checkProvider(path: string, props: Partial<CanaryProps>, analysis: Analysis): void {
  const { provider, service } = props;
  const { sessionAffinity, match } = analysis._props;
  checkAffinity(path, props, sessionAffinity);
  const strategy = analysis._strategy;
  if (provider === undefined) {
    return;
  }
  if (provider === MeshProvider.KUBERNETES && strategy !== 'blue-green') {
    throw messages.unsupportedStrategy.error(path, { strategy: STRATEGIES[strategy], provider, supported: ['Analysis.blueGreen()'] });
  }
  if (strategy === 'ab-testing') {
    if (!AB_TESTING.includes(provider)) {
      const supported = ['Analysis.canary()', 'Analysis.blueGreen()'];
      throw messages.unsupportedStrategy.error(path, { strategy: STRATEGIES[strategy], provider, supported });
    }
    match.forEach((each: AnalysisMatch) => checkMatch(path, provider, each, (service?.match ?? []).length > 0));
    checkNginxMatches(path, provider, analysis._props as AbTestingAnalysisProps);
  }
  checkMirror(path, provider, analysis);
}

function checkMirror(path: string, provider: MeshProvider, { _strategy, _props: { mirror, mirrorWeight } }: Analysis): void {
  const refuse = (field: string, fault: string) => messages.idleMirror.error(path, { field, provider, fault });
  if (mirrorWeight !== undefined && (provider !== MeshProvider.ISTIO || mirror !== true)) {
    throw refuse('mirrorWeight', mirror === true ? 'is not read' : 'has no effect without mirror');
  }
  if (mirror === true && provider !== MeshProvider.ISTIO && !(isGatewayApi(provider) && _strategy === 'blue-green')) {
    throw refuse('mirror', _strategy === 'blue-green' ? 'is not read' : 'waits for ever');
  }
}

function checkAffinity(path: string, { provider, flaggerVersion: version }: Partial<CanaryProps>, affinity: SessionAffinity | undefined): void {
  if (affinity === undefined) {
    return;
  }
  const { cookieName, primaryCookieName, maxAge, ...attributes } = affinity;
  const refuse = (fault: string) => messages.invalidSessionAffinity.error(path, { value: affinity, fault });
  if (cookieName === primaryCookieName) {
    throw refuse('has one name for both cookies');
  }
  if (![cookieName, primaryCookieName ?? cookieName].every(name => /^[A-Za-z0-9_-]+$/.test(name))) {
    throw refuse('has a cookie name with other characters than letters, digits, - and _');
  }
  if (provider !== undefined && !SESSION_AFFINITY.includes(provider)) {
    throw refuse(`has no effect with the provider ${provider}`);
  }
  if (provider === MeshProvider.GATEWAYAPI_V1BETA1 && primaryCookieName !== undefined) {
    throw refuse('has a cookie of the primary, which gatewayapi:v1beta1 does not set');
  }
  if (affinity.sameSite === SameSite.NONE && affinity.secure !== true) {
    throw refuse('has sameSite None without secure, which browsers refuse');
  }
  if ([affinity.domain, affinity.path].some(part => part !== undefined && !/^[\x21-\x3a\x3c-\x7e]+$/.test(part))) {
    throw refuse('has a domain or path with characters that end an attribute');
  }
  checkSince(path, 'sessionAffinity', version, FlaggerVersion.V1_42, { ...attributes });
  checkSince(path, 'sessionAffinity', version, provider === MeshProvider.ISTIO ? FlaggerVersion.V1_43 : FlaggerVersion.V1_41, { primaryCookieName });
}

function checkMatch(path: string, provider: MeshProvider, match: AnalysisMatch, hasServiceMatch: boolean): void {
  const refuse = (fault: string) => messages.openMatch.error(path, { match: shown(match), provider, fault });
  const headers = Object.values(match.headers ?? {});
  const queryParams = Object.values(match.queryParams ?? {});
  const sourceLabels = Object.values(match.sourceLabels ?? {});
  const isIstio = provider === MeshProvider.ISTIO;
  const read = [
    ...headers,
    ...(isGatewayApi(provider) || (isIstio && !hasServiceMatch) ? queryParams : []),
    ...(isIstio ? sourceLabels : []),
  ];
  if (read.length < headers.length + queryParams.length + sourceLabels.length) {
    throw refuse(isIstio ? 'has query parameters, which are lost beside service.match,' : 'has conditions that are not read');
  }
  if (read.length === 0) {
    throw refuse('has no condition');
  }
  const known = readable(provider);
  const other = [...headers, ...queryParams].find(each => !known.includes(each._how));
  if (other) {
    throw refuse(`compares by ${other._how}, which is not read`);
  }
}

/** How a router compares headers. */
function readable(provider: MeshProvider): Array<StringMatch['_how']> {
  switch (provider) {
    case MeshProvider.CONTOUR: return ['exact', 'prefix', 'suffix'];
    case MeshProvider.ISTIO: return ['exact', 'prefix', 'regex'];
    case MeshProvider.APPMESH:
    case MeshProvider.APPMESH_V1BETA2: return ['exact', 'prefix', 'suffix', 'regex'];
    default: return ['exact', 'regex'];
  }
}

/** NGINX gets one header and one cookie in all: further ones overwrite each other in no order. */
function checkNginxMatches(path: string, provider: MeshProvider, { match }: AbTestingAnalysisProps): void {
  if (provider !== MeshProvider.NGINX) {
    return;
  }
  const headers = match.flatMap(each => Object.entries(each.headers ?? {}));
  const [cookies, others] = [headers.filter(([name]) => name === 'cookie'), headers.filter(([name]) => name !== 'cookie')];
  if (cookies.length > 1 || others.length > 1 || cookies.some(([, how]) => how._how !== 'exact')) {
    throw messages.openMatch.error(path, { match: match.map(shown), provider, fault: 'is more than one header and one exact cookie' });
  }
}

function shown({ headers, queryParams, ...others }: AnalysisMatch): unknown {
  const texts = (values: Record<string, StringMatch> = {}) => Object.fromEntries(Object.entries(values).map(([name, how]) => [name, how._toJson()]));
  return { ...(headers ? { headers: texts(headers) } : {}), ...(queryParams ? { queryParams: texts(queryParams) } : {}), ...others };
}

const BUILT_IN = ['request-success-rate', 'request-duration'];

function checkMetrics(path: string, metrics: CanaryMetric[]): void {
  const names = new Set<string>();
  metrics.forEach((metric, i) => {
    METRICS[metric._source]({ path, kind: 'analysis', field: `metrics[${i}]`, messages }, metric._props);
    const { name, query } = metric._props;
    if (metric._source !== 'built-in' && BUILT_IN.includes(name)) {
      throw messages.invalidMetric.error(path, { metric: name, fault: 'has the name of a built-in metric, which is asked for as well' });
    }
    if (names.has(name)) {
      throw messages.invalidMetric.error(path, { metric: name, fault: 'is there twice, and the one hides the other in the metrics of Flagger' });
    }
    names.add(name);
    checkRange(path, metric);
    const fault = query === undefined ? undefined : queryFault(query, Object.keys(metric._props.templateVariables ?? {}));
    if (fault) {
      throw messages.invalidQuery.error(path, { query, fault });
    }
  });
}

function checkRange(path: string, { _props: { name, thresholdRange } }: CanaryMetric): void {
  const { min, max } = thresholdRange;
  const refuse = (fault: string) => messages.invalidThresholdRange.error(path, { metric: name, range: thresholdRange, fault });
  if (min === undefined && max === undefined) {
    throw refuse('has neither min nor max');
  }
  if (min > max) {
    throw refuse('has a min above its max');
  }
  const limits: number[] = [min, max].filter(limit => limit !== undefined);
  if (name === 'request-duration' && !limits.every(limit => Number.isSafeInteger(limit) && limit >= 0)) {
    throw refuse('is not in whole milliseconds');
  }
  if (name === 'request-success-rate' && !limits.every(limit => limit >= 0 && limit <= 100)) {
    throw refuse('is no percentage from 0 to 100');
  }
}

function checkWebhook(path: string, { name, type, url }: CanaryWebhook, analysis: Analysis): void {
  const refuse = (fault: string) => messages.invalidWebhook.error(path, { webhook: name, fault });
  if (!isHttp(url)) {
    throw refuse('has no http or https URL');
  }
  const { username, password } = new URL(url);
  if (username !== '' || password !== '') {
    throw refuse('has credentials in its URL');
  }
  if (type === WebhookType.CONFIRM_TRAFFIC_INCREASE && !analysis._strategy.startsWith('canary')) {
    throw messages.idleApproval.error(path, { webhook: name, strategy: STRATEGIES[analysis._strategy] });
  }
}
