import { isDnsSubdomain, isMap } from '../core/metadata';
import { Image } from '../images';
import { Egress } from './egress';
import { checkEnv } from './env';
import * as messages from './messages';
import { checkPort, wholeSeconds } from './numbers';
import { PortProtocol } from './port-protocol';
import { Probe } from './probe';
import { Replicas } from './replicas';
import { Resources, quantityValue, resolveResources } from './resources';
import { PreStop, RunAs, Shutdown, WebServiceOverride, WebServiceProps, WorkloadOverride, WorkloadProps } from './workload-props';
import * as environmentMessages from '../environments/messages';
import * as imageMessages from '../images/messages';

/*
 * What is wrong with the props of a workload on their own. TypeScript refuses some of it already;
 * programs in JavaScript get the same messages.
 */

/** Throws for props that no workload can have. */
export function checkWorkload(where: string, name: string, props: WorkloadProps, overrides: Record<string, WorkloadOverride>): void {
  checkImage(where, props.image);
  checkCommand(where, 'command', props.command);
  checkCommand(where, 'list of arguments', props.args);
  checkEnv(where, props.env ?? {});
  resolveResources(where, props.resources ?? {});
  checkReplicas(where, props.replicas);
  checkWritablePaths(where, props.writablePaths ?? {});
  checkRunAs(where, props.runAs);
  checkShutdown(where, props.shutdown ?? {});
  checkNames(where, 'The list of dependencies', props.dependsOn ?? []);
  checkEgress(where, props.egress ?? []);
  checkOverrides(where, name, overrides, override => {
    if (override.image !== undefined) {
      checkImage(where, override.image);
    }
    checkEnv(where, override.env ?? {});
    checkReplicas(where, override.replicas);
    resolveResources(where, mergedResources(where, props.resources, override.resources));
  });
}

/** Throws for props that no service can have. */
export function checkService(where: string, name: string, props: Partial<WebServiceProps>): asserts props is WebServiceProps {
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
  const hosts = [props.host];
  checkOverrides(where, name, props.overrides ?? {}, (override: WebServiceOverride) => hosts.push(override.host));
  hosts.forEach(host => checkHost(where, host));
  if (props.tlsSecret !== undefined && (!isDnsSubdomain(props.tlsSecret) || hosts.every(host => host === undefined))) {
    const fault = isDnsSubdomain(props.tlsSecret) ? 'serves no host: none is given' : 'is no name of a Secret';
    throw messages.invalidTlsSecret.error(where, { secret: props.tlsSecret, fault });
  }
}

/** The resources of a workload with those that an override changes. */
export function mergedResources(where: string, resources: Resources = {}, changed: Resources = {}): Resources {
  if (!isMap(changed)) {
    throw messages.invalidQuantity.error(where, { what: 'map of resources', value: changed, fault: 'is none' });
  }
  const given = Object.entries(changed).filter(([, value]) => value !== undefined);
  return { ...resources, ...Object.fromEntries(given) };
}

function checkOverrides(where: string, name: string, overrides: Record<string, WorkloadOverride>, check: (override: WorkloadOverride) => void): void {
  const refuse = (environment: unknown) => environmentMessages.unknownEnvironment.error(where, {
    environment, known: [], where: `An override of ${JSON.stringify(name)}`, fault: 'but is no map of changes',
  });
  if (!isMap(overrides)) {
    throw refuse(overrides);
  }
  for (const [environment, override] of Object.entries(overrides)) {
    if (override !== undefined && !isMap(override)) {
      throw refuse(environment);
    }
    check(override ?? {});
  }
}

function checkImage(where: string, image: Image): void {
  if (typeof image?.reference !== 'string') {
    throw imageMessages.invalidImage.error(where, { what: 'reference', value: image, fault: 'is no Image' });
  }
}

function checkCommand(where: string, what: string, words: string[] | undefined): void {
  if (words !== undefined && !(Array.isArray(words) && words.every(word => typeof word === 'string'))) {
    throw messages.invalidCommand.error(where, { what, value: words });
  }
}

function checkReplicas(where: string, replicas: Replicas | undefined): void {
  if (replicas !== undefined && typeof replicas?.isAutoscaled !== 'boolean') {
    throw messages.invalidReplicas.error(where, { value: replicas, fault: 'is no Replicas' });
  }
}

function checkWritablePaths(where: string, paths: Record<string, string>): void {
  if (!isMap(paths)) {
    throw messages.invalidPath.error(where, { what: 'map of writable paths', path: paths, fault: 'is none' });
  }
  for (const [path, size] of Object.entries(paths)) {
    const parts = path.split('/').slice(1);
    if (!/^\/[^\s:\p{C}]+$/u.test(path) || path.length > 4000 || parts.some(part => ['', '.', '..'].includes(part))) {
      throw messages.invalidPath.error(where, { what: 'writable path', path, fault: 'is not an absolute folder' });
    }
    quantityValue(where, `size of ${path}`, size, 1000);
  }
}

function checkRunAs(where: string, runAs: RunAs | undefined): void {
  if (runAs === undefined) {
    return;
  }
  const isId = (id: unknown, lowest: number) => Number.isInteger(id) && (id as number) >= lowest && (id as number) < 2 ** 31;
  if (!isId(runAs?.user, 1)) {
    throw messages.invalidUser.error(where, { what: 'user', value: runAs?.user });
  }
  if (runAs.group !== undefined && !isId(runAs.group, 0)) {
    throw messages.invalidUser.error(where, { what: 'group', value: runAs.group });
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

function checkNames(where: string, what: string, names: string[]): void {
  if (!Array.isArray(names) || names.some(name => typeof name !== 'string')) {
    throw messages.unknownWorkload.error(where, { what, workload: names, known: [], fault: 'is no list of names' });
  }
}

function checkEgress(where: string, egress: Egress[]): void {
  const wrong = Array.isArray(egress) ? egress.filter(each => typeof each?._rule !== 'function') : [egress];
  if (wrong.length > 0) {
    throw messages.invalidEgress.error(where, { value: wrong[0], fault: 'is no Egress' });
  }
}

function checkProbe(where: string, what: string, probe: Probe | undefined): void {
  if (probe !== undefined && typeof probe?._handler !== 'function') {
    throw messages.invalidProbe.error(where, { what: `${what} probe`, value: probe, fault: 'is no Probe' });
  }
}

function checkOneOf(where: string, what: string, value: string | undefined, known: string[]): void {
  if (value !== undefined && !known.includes(value)) {
    throw messages.notOneOf.error(where, { what, value, known });
  }
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
