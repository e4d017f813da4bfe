import { createHash } from 'crypto';

const MOST = 63;

/** Parts as one name of an object, within the length; what is too long is cut, and told apart by a hash. */
export function nameOf(...parts: string[]): string {
  return fitted(parts.join('-'), MOST);
}

/** The name of a listener. Triggers makes a Service `el-<name>` of it (pkg/reconciler/eventlistener). */
export function listenerOf(pipeline: string): string {
  return fitted(pipeline, MOST - 3);
}

/** The name of the ConfigMap with a run for people to start. */
export function startOf(pipeline: string): string {
  return nameOf(pipeline, 'start');
}

/** The name of a CronJob, whose Jobs are called by it and a time (kubernetes.io, CronJob, 52 characters). */
export function clockOf(pipeline: string, schedule: string): string {
  return fitted(`${pipeline}-${schedule}`, 52);
}

function fitted(name: string, most: number): string {
  return name.length <= most ? name : `${name.slice(0, most - 9).replace(/-+$/, '')}-${createHash('sha256').update(name).digest('hex').slice(0, 8)}`;
}

/** The name that a result has for an output: results begin and end with a letter or digit. */
export function resultOf(output: string): string {
  return /^[A-Za-z0-9].*[A-Za-z0-9]$|^[A-Za-z0-9]$/.test(output) ? output : `o${output}o`;
}

/** `changeTitle` as `ctx-change-title`. Inputs have no hyphens, so nothing is called alike. */
export function contextParam(name: string): string {
  return `ctx-${name.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`;
}
