import * as messages from './messages';
import type { Repository, Scm } from './scm';
import { clusterMetadata, metadata, objectName } from '../../../core/object-shape';
import { Check, made, oneOf, refuse, struct, text, textThat, whole } from '../../../core/shape';

/*
 * The fields of providers and repositories, as the custom resource definitions have them.
 */

const HOST = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*(:\d{1,5})?$/;
const isHost = (value: string) => value.length <= 253 && HOST.test(value);
const domain = textThat(isHost, 'is no host without a scheme');
const otherDomain = (usual: string) => textThat(value => isHost(value) && value !== usual, `is no host without a scheme other than ${usual}`);
const fits = (pattern: RegExp, most = Infinity) => textThat(value => value.length <= most && pattern.test(value), 'is no name of this kind');
const number = whole(0, Number.MAX_SAFE_INTEGER);

const SCMS: Record<Scm['_scm'], Check> = {
  github: struct({ appID: number, installationID: number, domain: otherDomain('github.com') }, ['appID']),
  gitlab: struct({ domain: otherDomain('gitlab.com') }),
  forgejo: struct({ domain }, ['domain']),
  gitea: struct({ domain }, ['domain']),
  bitbucketCloud: struct({}),
  azureDevOps: struct({ organization: fits(/^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/, 50), domain: otherDomain('dev.azure.com') }, ['organization']),
};

const owned = struct({ owner: text, name: text }, ['owner', 'name']);
const gitlabName = fits(/^[a-zA-Z0-9_\-/.]+$/);

const REPOSITORIES: Record<Repository['_host'], Check> = {
  github: struct({ owner: fits(/^[a-zA-Z0-9][a-zA-Z0-9-]*$/, 39), name: fits(/^[a-zA-Z0-9_\-.]+$/, 100) }, ['owner', 'name']),
  gitlab: struct({ namespace: gitlabName, name: gitlabName, projectId: number }, ['namespace', 'name', 'projectId']),
  forgejo: owned,
  gitea: owned,
  bitbucketCloud: struct({ owner: fits(/^[a-zA-Z0-9_-]+$/), name: fits(/^[a-zA-Z0-9_.-]+$/, 62) }, ['owner', 'name']),
  azureDevOps: struct({ project: fits(/^\S.*$/, 64), name: fits(/^\S.*$/, 64) }, ['project', 'name']),
};

const scm: Check = (at, value) => {
  made('Scm', '_scm')(at, value);
  const { _scm, _options } = value as Scm;
  SCMS[_scm]({ ...at, field: `${at.field}.${_scm}` }, _options ?? {});
};

const repository: Check = (at, value) => {
  made('Repository', '_host')(at, value);
  const { _host, _options } = value as Repository;
  REPOSITORIES[_host]({ ...at, field: `${at.field}.${_host}` }, _options ?? {});
};

/** `^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$` in the definitions, and a name of an object all the same. */
export const reference = struct({ name: objectName }, ['name']);

/** Throws FW940 to FW942. */
export function checkProvider(path: string, kind: 'ScmProvider' | 'ClusterScmProvider', props: unknown): void {
  struct({ metadata: kind === 'ScmProvider' ? metadata : clusterMetadata, scm, secretRef: objectName }, ['scm', 'secretRef'])({ path, kind, field: '', messages }, props);
}

/** Throws FW940 to FW942. */
export function checkRepository(path: string, props: unknown): void {
  struct({
    metadata, repository, scmProviderRef: struct({ name: objectName, kind: oneOf({ a: 'ScmProvider', b: 'ClusterScmProvider' }) }, ['name']),
  }, ['repository', 'scmProviderRef'])({ path, kind: 'GitRepository', field: '', messages }, props);
}

/** A branch of an environment: the length and the rules in CEL, and no spaces. */
export const branch: Check = (at, value) => {
  text(at, value);
  const given = value as string;
  if (given.length > 100 || given.startsWith('-') || given.includes(':') || given.includes('..') || /[\s\p{C}~^?*[\\]/u.test(given) || /(^\/|\/$|\/\/|\.lock$|\.$|@\{)/.test(given)) {
    throw refuse(at, value, 'is no name of a branch');
  }
};

/** The key of a gate. */
export const gateKey: Check = (at, value) => {
  textThat(given => given.length <= 63 && /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(given), 'is no key: at most 63 lower-case letters, digits and hyphens')(at, value);
  notReserved(at, value);
};

/** A key that a strategy waits for; others may report by keys that gates cannot have. */
export const statusKey: Check = (at, value) => {
  textThat(given => given.length <= 63 && /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/.test(given), 'is no key: at most 63 letters, digits, hyphens, underscores and dots')(at, value);
  notReserved(at, value);
};

const notReserved: Check = (at, value) => {
  if (value === 'promoter-previous-environment') {
    throw messages.reservedKey.error(at.path, { kind: at.kind, field: at.field, value });
  }
};
