import type { IConstruct } from 'constructs';
import type { EnvironmentProps, IngressController } from './environment';
import type { Gateway } from './gateway';
import * as messages from './messages';
import type { Quota } from './quota';
import { annotationFault, isDnsSubdomain, isMap, labelFault } from '../core/metadata';
import { nameFault } from '../core/names';

/** Throws FW208 for a label that Kubernetes refuses, or that belongs to the platform. */
export function checkLabels(where: IConstruct | string, labels: Record<string, string>): void {
  checkMetadata(where, 'label', labels, labelFault);
}

/** Throws FW208 for an annotation that Kubernetes refuses. */
export function checkAnnotations(where: IConstruct | string, annotations: Record<string, string>): void {
  checkMetadata(where, 'annotation', annotations, annotationFault);
}

function checkMetadata(where: IConstruct | string, what: string, values: Record<string, string>, faultOf: typeof labelFault): void {
  if (!isMap(values)) {
    throw messages.invalidMetadata.error(where, { what, key: '', value: values, fault: 'is no map of keys to values' });
  }
  for (const [key, value] of Object.entries(values)) {
    const fault = faultOf(key, value);
    if (fault) {
      throw messages.invalidMetadata.error(where, { what, key, value, fault });
    }
  }
}

/** Throws for what JavaScript lets through: props that are missing or of another type. */
export function checkProps(environment: IConstruct, props: Partial<EnvironmentProps>): asserts props is EnvironmentProps {
  if (props.namespaces !== undefined && typeof props.namespaces?._namespaceOf !== 'function') {
    throw messages.invalidNamespace.error(environment, { namespace: props.namespaces, fault: 'is no NamespaceRule' });
  }
  checkLabels(environment, props.labels ?? {});
  if (props.ingress !== undefined) {
    checkIngress(environment, props.ingress);
  }
  if (props.gateway !== undefined) {
    checkGateway(environment, props.gateway);
  }
  if (props.metrics !== undefined && typeof props.metrics?._connection !== 'object') {
    throw messages.invalidMetricsProvider.error(environment, { what: 'metrics provider', value: props.metrics, fault: 'is no MetricsProvider' });
  }
  if (props.branch !== undefined && !isBranch(props.branch)) {
    throw messages.invalidBranch.error(environment, { value: props.branch });
  }
  const fault = nameFault(props.monitoringNamespace ?? 'monitoring');
  if (fault) {
    throw messages.invalidMonitoring.error(environment, { namespace: props.monitoringNamespace, fault });
  }
  if (props.quota !== undefined) {
    checkQuota(environment, props.quota);
  }
}

/** Whether git takes a text for the name of a branch (git-check-ref-format). */
function isBranch(name: unknown): boolean {
  return typeof name === 'string' && name.length <= 200 && /^[A-Za-z0-9](?!.*(\.\.|\/\/|@\{|\/\.|\.lock(\/|$)))[\w./@+-]*$/.test(name) && !/[./]$/.test(name) && name !== 'HEAD';
}

function checkQuota(environment: IConstruct, quota: Quota): void {
  if (!isMap(quota)) {
    throw messages.invalidQuota.error(environment, { what: 'value', value: quota });
  }
  for (const [what, amount] of Object.entries({ cpu: quota.cpu, memory: quota.memory, cpuLimit: quota.cpuLimit, memoryLimit: quota.memoryLimit })) {
    if (amount !== undefined && !(typeof amount === 'string' && /^\d+(\.\d+)?(m|k|M|G|T|P|Ki|Mi|Gi|Ti|Pi)?$/.test(amount) && parseFloat(amount) > 0)) {
      throw messages.invalidQuota.error(environment, { what, value: amount });
    }
  }
  if (quota.pods !== undefined && !(Number.isInteger(quota.pods) && quota.pods > 0)) {
    throw messages.invalidQuota.error(environment, { what: 'number of pods', value: quota.pods });
  }
}

function checkGateway(environment: IConstruct, gateway: Gateway): void {
  if (!isDnsSubdomain(gateway?.name)) {
    throw messages.invalidGateway.error(environment, { what: 'name', value: gateway?.name });
  }
  for (const what of ['namespace', 'podNamespace'] as const) {
    if (nameFault(gateway[what] ?? gateway.namespace)) {
      throw messages.invalidGateway.error(environment, { what, value: gateway[what] });
    }
  }
  if (gateway.sectionName !== undefined && !isDnsSubdomain(gateway.sectionName)) {
    throw messages.invalidGateway.error(environment, { what: 'sectionName', value: gateway.sectionName });
  }
}

function checkIngress(environment: IConstruct, ingress: IngressController): void {
  if (!isDnsSubdomain(ingress?.className)) {
    throw messages.invalidIngress.error(environment, { what: 'className', value: ingress?.className });
  }
  if (nameFault(ingress.namespace)) {
    throw messages.invalidIngress.error(environment, { what: 'namespace', value: ingress.namespace });
  }
  checkAnnotations(environment, ingress.annotations ?? {});
}
