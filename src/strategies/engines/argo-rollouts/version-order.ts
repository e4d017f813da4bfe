import { RolloutsVersion } from './version';

const ORDER = Object.values(RolloutsVersion);

/** Whether one version is older than another. */
export function isBefore(version: RolloutsVersion, other: RolloutsVersion): boolean {
  return ORDER.indexOf(version) < ORDER.indexOf(other);
}
