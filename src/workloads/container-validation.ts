import { isMap } from '../core/metadata';
import { nameFault } from '../core/names';
import { Image } from '../images';
import { checkMountPath } from './check-values';
import { ConfigFiles } from './config-files';
import { ContainerProps, RunAs, SidecarProps } from './container-props';
import { checkEnv } from './env';
import * as messages from './messages';
import { checkPort } from './numbers';
import { PodProps } from './pod-props';
import { checkProbe } from './probe';
import { quantityValue, resolveResources } from './resources';
import { checkKey, SecretFiles, SecretKey } from './secret-files';
import { checkReference, Volume } from './volume';
import * as imageMessages from '../images/messages';

/** Throws for what no container can be made of. */
export function checkContent(where: string, content: Omit<ContainerProps, 'name'>): void {
  checkImage(where, content.image);
  checkCommand(where, 'command', content.command);
  checkCommand(where, 'list of arguments', content.args);
  checkEnv(where, content.env ?? {});
  checkSecretEnv(where, content.secretEnv ?? {}, content.env ?? {});
  resolveResources(where, content.resources ?? {});
  checkWritablePaths(where, content.writablePaths ?? {});
  checkRunAs(where, content.runAs);
  checkVolumes(where, 'config', content.config ?? {}, volume => volume instanceof ConfigFiles ? undefined : 'is no ConfigFiles');
  checkVolumes(where, 'secrets', content.secrets ?? {}, volume => volume instanceof SecretFiles ? undefined : 'is no SecretFiles');
  checkVolumes(where, 'volumes', content.volumes ?? {}, volume => volume instanceof Volume ? undefined : 'is no Volume');
}

/** Throws for sidecars and init containers that cannot stand beside the main container. */
export function checkContainers(where: string, main: string, { sidecars = [], initContainers = [] }: Pick<PodProps, 'sidecars' | 'initContainers'>): void {
  const refuse = (what: string, value: unknown, fault: string) => messages.invalidContainer.error(where, { what, value, fault });
  for (const [what, containers] of [['list of sidecars', sidecars], ['list of init containers', initContainers]] as const) {
    if (!Array.isArray(containers) || !containers.every(isMap)) {
      throw refuse(what, containers, 'is no list of containers');
    }
  }
  const names = [main];
  for (const container of [...sidecars, ...initContainers]) {
    const fault = nameFault(container.name) ?? (names.includes(container.name) ? 'is that of another container' : undefined);
    if (fault) {
      throw refuse('container name', container.name, fault);
    }
    names.push(container.name);
    checkContent(where, container);
  }
  sidecars.forEach(sidecar => checkSidecar(where, sidecar));
}

function checkSidecar(where: string, sidecar: SidecarProps): void {
  const probes = { readiness: sidecar.readiness, liveness: sidecar.liveness, startup: sidecar.startup };
  Object.entries(probes).forEach(([what, probe]) => checkProbe(where, what, probe));
  if (sidecar.port === undefined) {
    if (sidecar.portName !== undefined || Object.values(probes).some(probe => probe !== undefined)) {
      throw messages.invalidContainer.error(where, { what: 'sidecar', value: sidecar.name, fault: 'has no port that its port name or its probes could go to' });
    }
    return;
  }
  checkPort(where, `port of ${sidecar.name}`, sidecar.port);
  const name = sidecarPortName(sidecar);
  // k8s validation.IsValidPortName
  if (typeof name !== 'string' || !/^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(name) || name.includes('--')) {
    throw messages.invalidContainer.error(where, { what: 'port name', value: name, fault: 'is none' });
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

function checkSecretEnv(where: string, variables: Record<string, SecretKey>, env: Record<string, string>): void {
  if (!isMap(variables)) {
    throw messages.invalidSecretReference.error(where, { what: 'map of variables from Secrets', value: variables, fault: 'is none' });
  }
  checkEnv(where, Object.fromEntries(Object.keys(variables).map(name => [name, ''])));
  for (const [variable, reference] of Object.entries(variables)) {
    if (Object.hasOwn(env, variable)) {
      throw messages.invalidEnv.error(where, { variable, fault: 'has both a value and a Secret' });
    }
    if (!isMap(reference)) {
      throw messages.invalidSecretReference.error(where, { what: `Secret of ${variable}`, value: reference, fault: 'is no { name, key }' });
    }
    checkReference('Secret', reference.name, where);
    checkKey(reference.key, where);
  }
}

function checkWritablePaths(where: string, paths: Record<string, string>): void {
  if (!isMap(paths)) {
    throw messages.invalidPath.error(where, { what: 'map of writable paths', path: paths, fault: 'is none' });
  }
  for (const [path, size] of Object.entries(paths)) {
    checkMountPath(where, 'writable path', path);
    quantityValue(where, `size of ${path}`, size, 1000);
  }
}

function checkVolumes(where: string, what: string, volumes: Record<string, Volume>, faultOf: (volume: unknown) => string | undefined): void {
  if (!isMap(volumes)) {
    throw messages.invalidVolume.error(where, { what: `map of ${what}`, value: volumes, fault: 'is none' });
  }
  for (const [path, volume] of Object.entries(volumes)) {
    checkMountPath(where, `mount path of ${what}`, path);
    const fault = faultOf(volume);
    if (fault) {
      throw messages.invalidVolume.error(where, { what: `value of ${what} at ${path}`, value: volume, fault });
    }
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

/** The name of the port of a sidecar. */
export function sidecarPortName({ name, portName }: Pick<SidecarProps, 'name' | 'portName'>): string {
  return portName ?? name.slice(0, 15).replace(/-+$/, '').replace(/--+/g, '-');
}
