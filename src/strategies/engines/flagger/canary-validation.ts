import type { Analysis } from './analysis';
import { checkAnalysis } from './analysis-validation';
import type { CanaryMetric } from './canary-metric';
import type { CanaryProps } from './canary-props';
import { MeshProvider } from './mesh-provider';
import * as messages from './messages';
import { NEEDS, REFERENCE_READERS } from './provider-traits';
import { checkService, SERVICE } from './service-validation';
import { checkSince } from './since';
import * as treeMessages from './tree-messages';
import { FlaggerVersion } from './version';
import { CanaryWebhook, WebhookType } from './webhook';
import type { Finding } from '../../../core/diagnostics/finding';
import { isMap } from '../../../core/metadata';
import { nameFault } from '../../../core/names';
import { objectName } from '../../../core/object-shape';
import { flag, isHttp, made, mapOf, oneOf, refuse, secondsOf, struct, text, whole } from '../../../core/shape';

/*
 * What Flagger would refuse of a Canary, ignore, or wait for in vain.
 */

/** `<name>-primary` must still be a label of 63 characters. */
const LONGEST = 63 - '-primary'.length;

const replicas = struct({ minReplicas: whole(1), maxReplicas: whole(1) });

const SHAPE = struct({
  metadata: (at, value) => {
    if (!isMap(value)) {
      throw refuse(at, value, 'is no map');
    }
  },
  targetRef: made('CanaryTarget', '_isKnative'),
  analysis: made('Analysis', '_strategy'),
  service: SERVICE,
  provider: oneOf(MeshProvider),
  metricsServer: text,
  autoscalerRef: made('AutoscalerReference', '_options'),
  ingressRef: objectName,
  routeRef: objectName,
  upstreamRef: struct({ name: objectName, namespace: objectName }, ['name']),
  progressDeadlineSeconds: whole(1),
  skipAnalysis: flag,
  revertOnDeletion: flag,
  suspend: flag,
  flaggerVersion: oneOf(FlaggerVersion),
}, ['targetRef', 'analysis']);

/** Throws FW650 to FW676 for a Canary that would not work as it is written. */
export function checkCanary(path: string, props: Partial<CanaryProps>): void {
  SHAPE({ path, kind: 'Canary', field: '', messages }, props);
  checkTarget(path, props);
  checkReferences(path, props);
  checkService(path, props);
  checkAnalysis(path, props);
  const { metricsServer } = props;
  if (metricsServer !== undefined && !isHttp(metricsServer)) {
    throw messages.invalidField.error(path, { kind: 'Canary', field: 'metricsServer', value: metricsServer, fault: 'is no http or https URL' });
  }
}

function checkTarget(path: string, { targetRef, autoscalerRef, provider, service, flaggerVersion }: Partial<CanaryProps>): void {
  const target = targetRef!;
  if (typeof target.name !== 'string' || nameFault(target.name) || target.name.length > LONGEST) {
    throw messages.longName.error(path, { what: 'target', name: target.name, longest: LONGEST });
  }
  if (service?.name !== undefined && (nameFault(service.name) || service.name.length > LONGEST)) {
    throw messages.longName.error(path, { what: 'service name', name: service.name, longest: LONGEST });
  }
  if (service === undefined && target.kind !== 'Service') {
    throw messages.emptyField.error(path, { kind: 'Canary', field: 'service' });
  }
  const what = target._isKnative ? 'Knative Service' : target.kind;
  if (target._isKnative !== (provider === MeshProvider.KNATIVE)) {
    throw messages.knativePair.error(path, { target: what, provider: provider ?? '(of the controller)' });
  }
  checkSince(path, 'Canary', flaggerVersion, FlaggerVersion.V1_41, { 'provider knative': target._isKnative || undefined });
  if (autoscalerRef === undefined) {
    return;
  }
  if (target.kind !== 'Deployment') {
    throw messages.idleAutoscaler.error(path, { target: what });
  }
  const at = (field: string) => ({ path, kind: 'Canary', field, messages });
  objectName(at('autoscalerRef.name'), autoscalerRef.name);
  struct({ primaryScalerReplicas: replicas, primaryScalerQueries: mapOf(text) })(at('autoscalerRef'), autoscalerRef._options);
  const { minReplicas, maxReplicas } = autoscalerRef._options.primaryScalerReplicas ?? {};
  if (minReplicas !== undefined && maxReplicas !== undefined && minReplicas > maxReplicas) {
    throw messages.invalidField.error(path, {
      kind: 'Canary', field: 'autoscalerRef.primaryScalerReplicas', value: { minReplicas, maxReplicas }, fault: 'has a minimum above its maximum',
    });
  }
  if (autoscalerRef._options.primaryScalerQueries !== undefined && autoscalerRef.kind !== 'ScaledObject') {
    throw messages.invalidField.error(path, { kind: 'Canary', field: 'autoscalerRef.primaryScalerQueries', value: autoscalerRef.kind, fault: 'is for a ScaledObject only' });
  }
}

function checkReferences(path: string, props: Partial<CanaryProps>): void {
  const { provider, service } = props;
  if (provider === undefined) {
    return;
  }
  const given: Record<string, unknown> = {
    'ingressRef': props.ingressRef,
    'routeRef': props.routeRef,
    'service.gatewayRefs': service?.gatewayRefs?.length ? service.gatewayRefs : undefined,
    'service.meshName': service?.meshName,
  };
  const field = NEEDS[provider];
  if (field !== undefined && given[field] === undefined) {
    throw messages.missingReference.error(path, { provider, field });
  }
  for (const [reference, readers] of Object.entries(REFERENCE_READERS)) {
    if (props[reference as keyof CanaryProps] !== undefined && !readers.includes(provider)) {
      throw messages.idleField.error(path, { provider, field: reference, readBy: readers });
    }
  }
}

/** What is legal and unwise: FW655, FW657, FW665, FW668, FW697. */
export function warningsOf(path: string, { analysis, skipAnalysis }: CanaryProps): Finding[] {
  return [...analysisWarnings(path, analysis), ...webhookWarnings(path, analysis._props.webhooks ?? [], skipAnalysis === true)];
}

function analysisWarnings(path: string, { _props: { interval, stepWeight, maxWeight = 100, metrics = [] } }: Analysis): Finding[] {
  const reached = Math.min(100, Math.ceil(maxWeight / stepWeight) * stepWeight);
  return [
    ...(secondsOf(interval) < 10 ? [messages.shortInterval.at(path, { interval })] : []),
    ...(stepWeight !== undefined && reached > maxWeight ? [messages.overshoot.at(path, { stepWeight, maxWeight, reached })] : []),
    ...metrics
      .map((metric: CanaryMetric) => metric._props)
      .filter(({ name, thresholdRange }: CanaryMetric['_props']) => name === 'request-success-rate' && thresholdRange.min > 0 && thresholdRange.min <= 1)
      .map(({ thresholdRange }: CanaryMetric['_props']) => messages.fractionOfSuccess.at(path, { min: thresholdRange.min })),
  ];
}

const CALLED_ANYWAY = [WebhookType.CONFIRM_ROLLOUT, WebhookType.POST_ROLLOUT, WebhookType.EVENT];

function webhookWarnings(path: string, webhooks: CanaryWebhook[], skipAnalysis: boolean): Finding[] {
  return webhooks.flatMap(({ name, type, disableTLS }) => [
    ...(disableTLS ? [messages.tlsUnverified.at(path, { what: `The webhook ${JSON.stringify(name)}` })] : []),
    ...(skipAnalysis && !CALLED_ANYWAY.includes(type) ? [treeMessages.idleWebhook.at(path, { webhook: name, type })] : []),
  ]);
}
