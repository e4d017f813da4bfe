import { fieldOf } from './areas';
import { kindOf, ObjectPair } from './objects';
import { isMapping, Change } from './structure';

/** What gives a pod more than a restricted one has: https://kubernetes.io/docs/concepts/security/pod-security-standards/ */
const LOOSE: Array<[field: RegExp, isLoose: (value: unknown) => boolean, phrase: string]> = [
  [/(^|\.)privileged$/, value => value === true, 'privileged'],
  [/(^|\.)allowPrivilegeEscalation$/, value => value === true, 'may gain privileges'],
  [/(^|\.)runAsNonRoot$/, value => value === false, 'may run as root'],
  [/(^|\.)runAsUser$/, value => value === 0, 'runs as root'],
  [/(^|\.)readOnlyRootFilesystem$/, value => value === false, 'writes to its image'],
  [/(^|\.)capabilities\.add$/, () => true, 'has capabilities'],
  [/(^|\.)(hostNetwork|hostPID|hostIPC|shareProcessNamespace)$/, value => value === true, 'shares with its host'],
  [/(^|\.)hostPath$/, () => true, 'mounts a folder of its host'],
  [/(^|\.)hostPort$/, value => value !== 0, 'takes a port of its host'],
  [/(^|\.)automountServiceAccountToken$/, value => value === true, 'has a token of the API server'],
  [/(^|\.)(seccompProfile|appArmorProfile)\.type$/, value => value === 'Unconfined', 'is unconfined'],
  [/^spec\.type$/, value => value === 'LoadBalancer' || value === 'NodePort', 'can be reached from outside'],
  [/^spec\.externalIPs$/, () => true, 'can be reached from outside'],
];

/** Kinds that give rights. */
const RIGHTS = new Set(['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding', 'AuthorizationPolicy', 'PeerAuthentication']);

/** Policies that this command does not understand, so that every change of them is one to look at. */
const OTHER_POLICIES = /^(Cilium(Clusterwide)?|Global)NetworkPolicy$|^AdminNetworkPolicy$|^BaselineAdminNetworkPolicy$/;

/**
 * Why a change needs a look for security, in a few words; nothing when it needs none.
 *
 * @param isSecurity whether the area of the change is security
 */
export function dangerOf(pair: ObjectPair, change: Change, isSecurity: boolean): string | undefined {
  const kind = kindOf((pair.after ?? pair.before)!);
  const loose = looseness(fieldOf(change), change.after, kind);
  if (loose !== undefined) {
    return loose;
  }
  if (RIGHTS.has(kind)) {
    return 'changes rights';
  }
  if (OTHER_POLICIES.test(kind)) {
    return 'changes what the network lets through';
  }
  if (kind === 'NetworkPolicy') {
    return fieldOf(change).startsWith('spec.podSelector') ? 'is for other pods' : undefined;
  }
  // An account of its own that comes or goes with a workload gives no rights.
  return isSecurity && change.path.length > 0 ? 'security setting' : undefined;
}

/** The first loose thing in a value that comes, in the order of its keys. */
function looseness(field: string, value: unknown, kind: string): string | undefined {
  const found = value === undefined ? undefined : LOOSE.find(([pattern, isLoose]) => pattern.test(field) && isLoose(value));
  if (found !== undefined && (!found[0].source.startsWith('^') || kind === 'Service')) {
    return found[2];
  }
  const inner: Array<[string, unknown]> = Array.isArray(value) ? value.map((item): [string, unknown] => [field, isMapping(item) ? item : undefined])
    : isMapping(value) ? Object.entries(value).map(([key, v]): [string, unknown] => [field === '' ? key : `${field}.${key}`, v]) : [];
  for (const [path, v] of inner) {
    const loose = looseness(path, v, kind);
    if (loose !== undefined) {
      return loose;
    }
  }
  return undefined;
}

