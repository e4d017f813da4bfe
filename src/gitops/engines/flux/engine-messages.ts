import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW591 to FW596: the engine for Flux.
 */

export const unsupportedVersion = problem<{ value: unknown }>({
  code: 'FW591',
  severity: Severity.ERROR,
  title: 'A version of Flux that the engine is not for',
  explanation: 'What is written needs Flux 2.9: before, a Kustomization had no `ignore`, and would take the replicas and weights of other controllers for drift '
    + '(kustomize-controller CHANGELOG, 1.9.0). What a later major version reads, nobody knows yet.',
}, a => ({ message: `The version ${show(a.value)} of Flux is none from 2.9 on.`, remedy: 'Write version: \'2.9\', and update Flux before.' }));

export const unfitSource = problem<{ repository: unknown; fault: string; remedy: string }>({
  code: 'FW592',
  severity: Severity.ERROR,
  title: 'A source that does not fit its repository',
  explanation: 'Flux follows a Git repository by https or ssh, the latter with a Secret that holds an identity and known hosts, or an OCI artifact of what was synthesized '
    + '(source-controller docs/spec/v1/gitrepositories.md, ocirepositories.md).',
}, a => ({ message: `The repository ${show(a.repository)} ${a.fault}.`, remedy: a.remedy }));

export const noBranches = problem<{ what: string }>({
  code: 'FW593',
  severity: Severity.ERROR,
  title: 'Something of the Git repository, where none is followed',
  explanation: 'With an OCI artifact as its source, Flux never sees the Git repository: neither a branch of it, nor a folder that this synth does not write.',
}, a => ({ message: `Flux follows an OCI artifact, and so cannot follow ${a.what}.`, remedy: 'Use source: FluxSource.git(), or leave it out.' }));

export const beyondAccess = problem<{ object: string; namespace: string; account: string; known: string[] }>({
  code: 'FW594',
  severity: Severity.ERROR,
  title: 'An object in a namespace that its service account may not change',
  explanation: 'Each environment is applied by a service account of its own, which has rights in the namespaces that were known when the model was lowered. '
    + 'The API server would refuse an object elsewhere, and with it everything in its folder.',
}, a => ({
  message: `The ${a.object} is in the namespace ${show(a.namespace)}, in which ${show(a.account)} may do nothing.`,
  remedy: `Declare it before lower(), or put it into ${list(a.known)}.`,
}));

export const grantsRights = problem<{ object: string; account: string }>({
  code: 'FW595',
  severity: Severity.WARNING,
  title: 'Rights that the service account may not give',
  explanation: 'Whoever makes a Role or a binding must have every right in it (Kubernetes documentation, Privilege escalation prevention and bootstrapping). '
    + 'The service account of an environment has those of its kinds in its namespaces, and no others.',
}, a => ({
  message: `The ${a.object} is applied by ${show(a.account)}, and refused where it gives rights that this account does not have.`,
  remedy: 'Leave roles to who sets up the cluster, use lockdown: false, or acknowledge FW595 with what they give.',
}));

export const idleSecret = problem<{ option: string; key: string; known: string[]; fault: string }>({
  code: 'FW596',
  severity: Severity.WARNING,
  title: 'Credentials for something that is not there',
  explanation: 'Connections are given by the names of clusters as they occur in folders, and are used with FluxTopology.HUB alone. Secrets are given by the URLs of repositories as applications have them. '
    + 'With another key they would silently not be used.',
}, a => ({
  message: `The option ${a.option} has ${show(a.key)}, ${a.fault}.${didYouMean(a.key, a.known)}`,
  remedy: a.known.length > 0 ? `Known are ${list(a.known)}.` : 'Leave it out.',
}));
