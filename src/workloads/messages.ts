import { Severity } from '../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../core/diagnostics/problem';

export * from './object-messages';
export * from './pod-messages';

/*
 * FW4xx: workloads. Up to FW423 here, what pods are made of and how objects fit together in files of their own.
 */

export const noReadiness = problem<{ name: string }>({
  code: 'FW401',
  severity: Severity.ERROR,
  title: 'A service without a readiness probe',
  explanation: 'Without a readiness probe a pod gets traffic as soon as its process runs, and a rollout goes on before the new version serves anything.',
}, a => ({ message: `The service ${show(a.name)} has no readiness probe.`, remedy: 'Give readiness: Probe.grpc(), Probe.http(\'/healthz\') or Probe.tcp().' }));

export const invalidPort = problem<{ what: string; port: unknown }>({
  code: 'FW402',
  severity: Severity.ERROR,
  title: 'A port that does not exist',
  explanation: 'Ports are whole numbers from 1 to 65535. Below 1024 a process without capabilities cannot listen on older runtimes; the service port may be any.',
}, a => ({ message: `The ${a.what} ${show(a.port)} is no port.`, remedy: 'Give a whole number from 1 to 65535.' }));

export const invalidReplicas = problem<{ value: unknown; fault: string }>({
  code: 'FW403',
  severity: Severity.ERROR,
  title: 'A number of replicas that cannot be',
  explanation: 'Replicas are whole numbers. An autoscaler needs a maximum above its minimum, and a target it can measure.',
}, a => ({ message: `The number of replicas ${show(a.value)} ${a.fault}.`, remedy: 'Write Replicas.fixed(2) or Replicas.between(3, 12).' }));

export const invalidQuantity = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW404',
  severity: Severity.ERROR,
  title: 'A quantity of a resource that cannot be',
  explanation: 'Quantities are numbers with a suffix of Kubernetes (`m`, `k`, `M`, `G`, `Ki`, `Mi`, `Gi` …), written as strings, greater than zero. '
    + 'A limit is never below its request. Memory in `m` would be thousandths of a byte: `Mi` is meant.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example { cpu: \'250m\', memory: \'256Mi\' }; limits follow unless you set them.' }));

export const unknownWorkload = problem<{ what: string; workload: unknown; known: string[]; fault?: string }>({
  code: 'FW405',
  severity: Severity.ERROR,
  title: 'A workload that does not exist',
  explanation: 'Callers and dependencies are workloads of the same platform. An unknown name would silently open nothing and order nothing.',
}, a => ({
  message: `${a.what} ${show(a.workload)} ${a.fault ?? 'is no workload of this platform'}.${suggestion(a.workload, a.known)}`,
  remedy: a.known.length ? `The workloads are ${list(a.known)}.` : 'Name workloads of this platform, for example [\'frontend\'].',
}));

export const dependencyRing = problem<{ ring: string[] }>({
  code: 'FW406',
  severity: Severity.ERROR,
  title: 'Workloads depend on each other in a ring',
  explanation: 'Workloads are deployed in the order of their dependencies. In a ring none could be first. Services that only call each other need no order.',
}, a => ({ message: `These depend on each other in a ring: ${a.ring.join(' → ')}.`, remedy: 'Use callers instead of dependsOn where only the traffic matters.' }));

export const dependencyAbsent = problem<{ dependency: string; environment: string }>({
  code: 'FW407',
  severity: Severity.ERROR,
  title: 'A dependency that is not deployed to an environment',
  explanation: 'A workload depends on another that is restricted to other environments: here it would never find it.',
}, a => ({ message: `It depends on ${show(a.dependency)}, which is not deployed to ${show(a.environment)}.`, remedy: 'Deploy both to the same environments.' }));

export const reservedName = problem<{ name: string }>({
  code: 'FW408',
  severity: Severity.ERROR,
  title: 'A workload name that is taken',
  explanation: 'Each environment has a folder `namespaces` for what its workloads share, and a workload has its name to itself in the whole platform: '
    + 'among workloads, among what stands beside it, and below each of its environments.',
}, a => ({ message: `The workload name ${show(a.name)} is taken.`, remedy: 'Choose another name.' }));

export const singleReplica = problem<{ environments: string[] }>({
  code: 'FW409',
  severity: Severity.WARNING,
  title: 'One replica at the end of the road',
  explanation: 'With one replica every drained node and every crash is an outage, and no disruption budget can help: it would only block the drain.',
}, a => ({ message: `It runs one replica in ${list(a.environments)}.`, remedy: 'Write Replicas.fixed(2) or more, or acknowledge FW409 with the reason why there can be only one.' }));

export const secretInEnv = problem<{ variable: string }>({
  code: 'FW410',
  severity: Severity.WARNING,
  title: 'A secret as a literal environment variable',
  explanation: 'The name of a variable says that its value is a secret. Literals end in the repository, in the cluster\'s API and in every crash report (CKV_K8S_35, kube-linter env-var-secret, Polaris sensitiveContainerEnvVar).',
}, a => ({ message: `The variable ${show(a.variable)} has a literal value and a name like a secret's.`, remedy: 'Mount the Secret as files with secrets: { \'/run/secrets/db\': SecretFiles.of(\'db\') } and give the path, or acknowledge FW410 when the value is no secret.' }));

export const invalidEnv = problem<{ variable: unknown; fault: string }>({
  code: 'FW411',
  severity: Severity.ERROR,
  title: 'An environment variable that cannot be',
  explanation: 'Names of environment variables are letters, digits, `_`, `-` and `.`, not beginning with a digit (k8s validation.IsEnvVarName); values are strings.',
}, a => ({ message: `The variable ${show(a.variable)} ${a.fault}.`, remedy: 'Give a name such as LOG_LEVEL and a string.' }));

export const invalidHost = problem<{ host: unknown; fault: string }>({
  code: 'FW412',
  severity: Severity.ERROR,
  title: 'A host name that cannot be served',
  explanation: 'Host names are DNS names of at most 253 characters, without scheme, port or path; a leading `*.` stands for one label.',
}, a => ({ message: `The host ${show(a.host)} ${a.fault}.`, remedy: 'Give a name such as "shop.example.com".' }));

export const noIngress = problem<{ host: string; environment: string }>({
  code: 'FW413',
  severity: Severity.ERROR,
  title: 'A host in an environment without a Gateway and without an ingress controller',
  explanation: 'A host name is served by a Gateway or by an ingress controller. Which one that is, and where its pods run, belongs to the environment.',
}, a => ({
  message: `The host ${show(a.host)} is to be served in ${show(a.environment)}, which has neither a Gateway nor an ingress controller.`,
  remedy: 'Give the environment gateway: { name: \'public\', namespace: \'gateways\' } or ingress: { className: \'nginx\', namespace: \'ingress-nginx\' }.',
}));

export const sameHost = problem<{ host: string; other: string; environment: string }>({
  code: 'FW414',
  severity: Severity.ERROR,
  title: 'A host name served twice',
  explanation: 'Two workloads serve one host name in one cluster. Which of them answers is up to the controller.',
}, a => ({ message: `The host ${show(a.host)} is also served by ${show(a.other)} in ${show(a.environment)}.`, remedy: 'Give each workload a host of its own.' }));

export const invalidPath = problem<{ what: string; path: unknown; fault: string }>({
  code: 'FW415',
  severity: Severity.ERROR,
  title: 'A path that cannot be mounted or probed',
  explanation: 'Writable paths are absolute folders in the container, each mounted once; a probe asks for a path that begins with /.',
}, a => ({ message: `The ${a.what} ${show(a.path)} ${a.fault}.`, remedy: 'Give an absolute path, for example "/data".' }));

export const invalidTime = problem<{ what: string; value: unknown }>({
  code: 'FW416',
  severity: Severity.ERROR,
  title: 'A time that cannot be',
  explanation: 'Probes and shutdown are measured in whole seconds within the bounds of Kubernetes; a grace period is at most an hour here.',
}, a => ({ message: `The ${a.what} cannot be ${show(a.value)}.`, remedy: 'Give a Duration of whole seconds, Duration.seconds(15).' }));

export const invalidEgress = problem<{ value: unknown; fault: string }>({
  code: 'FW417',
  severity: Severity.ERROR,
  title: 'A destination that cannot be',
  explanation: 'Traffic out of the platform is allowed by address range (CIDR) or by namespace, and by port.',
}, a => ({ message: `The destination ${show(a.value)} ${a.fault}.`, remedy: 'Write Egress.cidr(\'10.20.0.0/16\', 5432) or Egress.namespace(\'monitoring\', 4317).' }));

export const invalidUser = problem<{ what: string; value: unknown }>({
  code: 'FW418',
  severity: Severity.ERROR,
  title: 'A user that a restricted pod cannot run as',
  explanation: 'Users and groups are whole numbers. The user 0 is root, which pods of a restricted namespace refuse to start as (Pod Security Standards).',
}, a => ({ message: `A process cannot run as the ${a.what} ${show(a.value)}.`, remedy: 'Write runAs: { user: 10001 }, a number above 10000.' }));

export const invalidCommand = problem<{ what: string; value: unknown }>({
  code: 'FW419',
  severity: Severity.ERROR,
  title: 'A command that is no list of words',
  explanation: 'A command and its arguments are lists, one entry for each word. No shell divides them.',
}, a => ({ message: `The ${a.what} ${show(a.value)} is no list of strings.`, remedy: 'Write for example command: [\'/bin/server\'], args: [\'--port\', \'8080\'].' }));

export const newerKubernetes = problem<{ what: string; since: string; version: string; environment: string }>({
  code: 'FW420',
  severity: Severity.ERROR,
  title: 'A field that the cluster does not know',
  explanation: 'The API server of an older cluster drops a field that it does not know, or refuses the object.',
}, a => ({
  message: `The ${a.what} exists from Kubernetes ${a.since}; ${show(a.environment)} runs ${a.version}.`,
  remedy: 'Leave the choice to the library, or give the version that the cluster really runs: Cluster.inCluster({ kubernetesVersion: \'1.34\' }).',
}));

export const invalidProbe = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW421',
  severity: Severity.ERROR,
  title: 'A probe that cannot be sent',
  explanation: 'A probe is made by Probe.http, Probe.grpc or Probe.tcp. Its headers are HTTP headers: names of token characters (RFC 9110), values of one line.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example Probe.http(\'/readyz\', { headers: { \'X-Probe\': \'1\' } }).' }));

export const invalidTlsSecret = problem<{ secret: unknown; fault: string }>({
  code: 'FW422',
  severity: Severity.ERROR,
  title: 'A certificate that serves nothing',
  explanation: 'The Secret with a certificate stands in the Ingress of a host, by its name.',
}, a => ({ message: `The Secret ${show(a.secret)} ${a.fault}.`, remedy: 'Give host and tlsSecret together, or neither.' }));

export const notOneOf = problem<{ what: string; value: unknown; known: string[] }>({
  code: 'FW423',
  severity: Severity.ERROR,
  title: 'A value outside of its set',
  explanation: 'The property takes one of a fixed set of values, which is an enumeration in TypeScript.',
}, a => ({ message: `The ${a.what} ${show(a.value)} is none of ${list(a.known)}.${suggestion(a.value, a.known)}`, remedy: 'Use a member of the enumeration.' }));

function suggestion(unknown: unknown, known: string[]): string {
  return typeof unknown === 'string' ? didYouMean(unknown, known) : '';
}
