import { checkNames, checkOneOf, checkOverrides } from './check-values';
import { checkContainers, checkContent } from './container-validation';
import { Egress } from './egress';
import * as messages from './messages';
import { MetricsEndpoint } from './metrics-endpoint';
import { checkPort, wholeSeconds } from './numbers';
import { PodOverride, PodProps, PreStop, Shutdown } from './pod-props';
import { PortProtocol } from './port-protocol';
import { checkProbe } from './probe';
import { Replicas } from './replicas';
import { mergedResources, resolveResources } from './resources';
import { ServingProps, WebServiceOverride, WebServiceProps } from './service-props';
import { WorkloadOverride, WorkloadProps } from './workload-props';
import { isDnsSubdomain, isMap } from '../core/metadata';
import { checkLabels } from '../environments/environment-validation';

/*
 * What is wrong with the props of a workload on their own. TypeScript refuses some of it already;
 * programs in JavaScript get the same messages.
 */

/** Throws for props that no pod can have. */
export function checkPods(where: string, name: string, props: PodProps, overrides: Record<string, PodOverride>): void {
  checkContent(where, props);
  checkContainers(where, name, props);
  checkShutdown(where, props.shutdown ?? {});
  checkNames(where, 'The list of dependencies', props.dependsOn ?? []);
  checkEgress(where, props.egress ?? []);
  checkMetrics(where, props as PodProps & Partial<ServingProps>);
  checkPullSecrets(where, props.imagePullSecrets ?? []);
  checkOverrides(where, name, overrides, override => {
    checkContent(where, { ...override, image: override.image === undefined ? props.image : override.image, resources: undefined });
    resolveResources(where, mergedResources(where, props.resources, override.resources));
    checkShutdown(where, override.shutdown ?? {});
    checkEgress(where, override.egress ?? []);
  });
}

/** Throws for numbers of pods and strategies that are none. */
export function checkRollout(where: string, props: Partial<WorkloadProps>, overrides: Record<string, WorkloadOverride>): void {
  const check = ({ replicas, strategy }: WorkloadOverride) => {
    checkReplicas(where, replicas);
    if (strategy !== undefined && typeof strategy?._plan?.kind !== 'string') {
      throw messages.noStrategy.error(where, { value: strategy });
    }
  };
  check(props);
  checkOverrides(where, 'workload', overrides, check);
}

/** Throws for what nobody can call. */
export function checkServing(where: string, name: string, props: Partial<ServingProps>): void {
  checkPort(where, 'port', props.port!);
  checkPort(where, 'service port', props.servicePort ?? props.port!);
  if (!props.readiness) {
    throw messages.noReadiness.error(where, { name });
  }
  for (const [what, probe] of Object.entries({ readiness: props.readiness, liveness: props.liveness, startup: props.startup })) {
    checkProbe(where, what, probe);
  }
  checkOneOf(where, 'protocol', props.protocol, Object.values(PortProtocol));
  checkNames(where, 'The list of callers', props.callers ?? []);
}

/** Throws for props that no service can have. */
export function checkService(where: string, name: string, props: Partial<WebServiceProps>): void {
  checkServing(where, name, props);
  const hosts: Array<string | undefined> = [];
  const secrets: unknown[] = [];
  const collect = ({ host, hosts: further, tlsSecret }: WebServiceOverride) => {
    if (further !== undefined && !Array.isArray(further)) {
      throw messages.invalidHost.error(where, { host: further, fault: 'is no list of host names' });
    }
    hosts.push(host, ...further ?? []);
    secrets.push(...(tlsSecret === undefined ? [] : [tlsSecret]));
    further?.forEach(each => checkHost(where, each ?? null as any));
  };
  collect(props);
  checkOverrides(where, name, props.overrides ?? {}, collect);
  hosts.forEach(host => checkHost(where, host));
  for (const secret of secrets) {
    if (!isDnsSubdomain(secret) || hosts.every(host => host === undefined)) {
      const fault = isDnsSubdomain(secret) ? 'serves no host: none is given' : 'is no name of a Secret';
      throw messages.invalidTlsSecret.error(where, { secret, fault });
    }
  }
}

function checkReplicas(where: string, replicas: Replicas | undefined): void {
  if (replicas !== undefined && typeof replicas?.isAutoscaled !== 'boolean') {
    throw messages.invalidReplicas.error(where, { value: replicas, fault: 'is no Replicas' });
  }
}

function checkShutdown(where: string, shutdown: Shutdown): void {
  if (!isMap(shutdown)) {
    throw messages.invalidTime.error(where, { what: 'shutdown', value: shutdown });
  }
  wholeSeconds(where, 'pre-stop wait', shutdown.preStopWait, 0);
  wholeSeconds(where, 'drain time', shutdown.drain, 0);
  checkOneOf(where, 'way to wait before a stop', shutdown.preStop, Object.values(PreStop));
}

function checkEgress(where: string, egress: Egress[]): void {
  const wrong = Array.isArray(egress) ? egress.filter(each => typeof each?._rule !== 'function') : [egress];
  if (wrong.length > 0) {
    throw messages.invalidEgress.error(where, { value: wrong[0], fault: 'is no Egress' });
  }
}

function checkPullSecrets(where: string, names: string[]): void {
  if (!Array.isArray(names) || !names.every(isDnsSubdomain)) {
    throw messages.invalidVolume.error(where, { what: 'list of Secrets to pull images with', value: names, fault: 'is no list of names' });
  }
}

function checkMetrics(where: string, { metrics, port: servicePort }: { metrics?: MetricsEndpoint; port?: number }): void {
  if (metrics === undefined) {
    return;
  }
  const refuse = (what: string, value: unknown, fault: string) => messages.invalidMetricsEndpoint.error(where, { what, value, fault });
  if (!isMap(metrics)) {
    throw refuse('value of metrics', metrics, 'is no map');
  }
  const { port = servicePort, path, interval } = metrics;
  if (port === undefined) {
    throw refuse('port of metrics', port, 'is missing: nobody calls this workload, so it has no other');
  }
  checkPort(where, 'port of metrics', port);
  if (path !== undefined && (typeof path !== 'string' || !/^\/[^\s#\p{C}]*$/u.test(path))) {
    throw refuse('path of metrics', path, 'does not begin with /, or has spaces');
  }
  wholeSeconds(where, 'interval of metrics', interval, 1);
  checkLabels(where, metrics.labels ?? {});
}

function checkHost(where: string, host: string | undefined): void {
  if (host === undefined) {
    return;
  }
  const isName = typeof host === 'string' && isDnsSubdomain(host.replace(/^\*\./, '')) && host.length <= 253;
  if (!isName || !host.replace(/^\*\./, '').includes('.') || host.split('.').some(label => label.length > 63)) {
    throw messages.invalidHost.error(where, { host, fault: 'is no DNS name in lower case' });
  }
}

