import { Severity } from '../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../core/diagnostics/problem';

/*
 * FW2xx: environments, clusters and namespaces.
 */

export const foreignEnvironment = problem<{ environment: unknown; name: string }>({
  code: 'FW201',
  severity: Severity.ERROR,
  title: 'An environment of another platform',
  explanation: 'A release is promoted between the environments of one platform. An environment that belongs to another platform, or to none, cannot be promoted from or deployed to.',
}, a => ({ message: `${show(a.name)} refers to the environment ${show(a.environment)}, which is not part of this platform.`, remedy: 'Declare the environment below the same Platform.' }));

export const repeatedEnvironment = problem<{ environment: string; name: string }>({
  code: 'FW202',
  severity: Severity.ERROR,
  title: 'An environment named twice',
  explanation: 'An environment stands twice in a list that takes each one once.',
}, a => ({ message: `${show(a.name)} names the environment ${show(a.environment)} twice.`, remedy: 'Name it once.' }));

export const invalidCluster = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW203',
  severity: Severity.ERROR,
  title: 'A cluster that cannot be addressed',
  explanation: 'A cluster is the one that the GitOps engine runs in, or it is known to the engine by a name or by the HTTPS URL of its API server.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write Cluster.inCluster(), Cluster.named(\'prod-eu\') or Cluster.server(\'https://10.0.0.1:6443\').' }));

export const invalidKubernetesVersion = problem<{ value: unknown }>({
  code: 'FW204',
  severity: Severity.ERROR,
  title: 'A Kubernetes version that is not supported',
  explanation: 'What may be written depends on the Kubernetes version of the cluster: the `sleep` action before a stop, for example, exists from 1.30. '
    + 'Versions from 1.28 are supported.',
}, a => ({ message: `The Kubernetes version ${show(a.value)} is not supported.`, remedy: 'Give the minor version, for example "1.34"; the oldest is "1.28".' }));

export const invalidNamespace = problem<{ namespace: unknown; fault: string }>({
  code: 'FW205',
  severity: Severity.ERROR,
  title: 'A namespace name that Kubernetes refuses',
  explanation: 'Namespaces are DNS labels (RFC 1123) of at most 63 characters. The rule of the environment joins names: long names may not fit. '
    + 'The namespaces of Kubernetes itself (`default`, `kube-…`) and that of the ingress controller are refused, too: the policies of a platform '
    + 'would cut off what else runs there.',
}, a => ({ message: `The namespace ${show(a.namespace)} ${a.fault}.`, remedy: 'Shorten the names, or give one: NamespaceRule.perEnvironment(\'shop-prod\').' }));

export const sharedNamespace = problem<{ namespace: string; other: string; cluster: string }>({
  code: 'FW206',
  severity: Severity.ERROR,
  title: 'Two environments in one namespace of one cluster',
  explanation: 'The workloads of two environments have the same names. In one namespace of one cluster they would overwrite each other with every sync.',
}, a => ({ message: `The namespace ${show(a.namespace)} of ${a.cluster} is also used by the environment ${show(a.other)}.`, remedy: 'Give the environments different namespaces or clusters.' }));

export const unknownEnvironment = problem<{ environment: unknown; known: string[]; where: string; fault?: string }>({
  code: 'FW207',
  severity: Severity.ERROR,
  title: 'An environment that does not exist',
  explanation: 'Overrides are given by the name of an environment. An override for an unknown environment would silently do nothing.',
}, a => ({
  message: `${a.where} names the environment ${show(a.environment)}, ${a.fault ?? 'which does not exist'}.${typeof a.environment === 'string' && !a.fault ? didYouMean(a.environment, a.known) : ''}`,
  remedy: a.known.length ? `The environments are ${list(a.known)}.` : 'Write overrides: { prod: { replicas: Replicas.fixed(3) } }, with environments of this platform.',
}));

export const invalidMetadata = problem<{ what: string; key: string; value: unknown; fault: string }>({
  code: 'FW208',
  severity: Severity.ERROR,
  title: 'A label or annotation that Kubernetes refuses',
  explanation: 'Labels and annotations have a key with an optional DNS prefix; the value of a label has at most 63 letters, digits, `-`, `_` and `.`, '
    + 'beginning and ending with a letter or digit. Labels by which pods are selected belong to the platform.',
}, a => ({ message: `The ${a.what} ${show(a.key)} with the value ${show(a.value)} ${a.fault}.`, remedy: 'Write for example { \'example.com/team\': \'checkout\' }.' }));

export const invalidIngress = problem<{ what: string; value: unknown }>({
  code: 'FW209',
  severity: Severity.ERROR,
  title: 'An ingress controller that cannot be found',
  explanation: 'An ingress controller is found by the name of its IngressClass, and its pods by their namespace. '
    + 'Without the namespace, a policy would let nobody in, or everybody.',
}, a => ({ message: `The ${a.what} of the ingress controller is ${show(a.value)}.`, remedy: 'Write ingress: { className: \'nginx\', namespace: \'ingress-nginx\' }.' }));

export const takenEnvironment = problem<{ name: string }>({
  code: 'FW210',
  severity: Severity.ERROR,
  title: 'An environment name that is taken',
  explanation: 'An environment has its name to itself in the whole platform: it is a folder, a part of namespaces, and what overrides go by.',
}, a => ({ message: `The environment name ${show(a.name)} is taken.`, remedy: 'Choose another name.' }));

export const invalidMetricsProvider = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW211',
  severity: Severity.ERROR,
  title: 'A metrics provider that cannot be reached',
  explanation: 'The environment says where metrics are asked for: by a URL, by the name of a Secret with the keys, or by the region. A password never stands in a URL: it would be readable in the repository.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example MetricsProvider.prometheus({ address: \'http://prometheus.monitoring:9090\' }).' }));

export const invalidGateway = problem<{ what: string; value: unknown }>({
  code: 'FW212',
  severity: Severity.ERROR,
  title: 'A Gateway that cannot be found',
  explanation: 'A Gateway is found by its name and namespace; the pods behind it by their namespace, from which traffic is let through.',
}, a => ({ message: `The ${a.what} of the Gateway is ${show(a.value)}.`, remedy: 'Write gateway: { name: \'public\', namespace: \'gateways\' }.' }));

export const invalidProfile = problem<{ value: unknown; known: string[] }>({
  code: 'FW213',
  severity: Severity.ERROR,
  title: 'A profile that no cluster has',
  explanation: 'The profile names a managed platform whose rules pods are made for.',
}, a => ({ message: `The profile ${show(a.value)} is none of ${list(a.known)}.`, remedy: 'Use a member of ClusterProfile.' }));

export const invalidQuota = problem<{ what: string; value: unknown }>({
  code: 'FW214',
  severity: Severity.ERROR,
  title: 'A quota that cannot be',
  explanation: 'A quota bounds the sum of requests of CPU and memory, as quantities of Kubernetes above zero, and the number of pods.',
}, a => ({ message: `The ${a.what} of the quota is ${show(a.value)}.`, remedy: 'Write for example quota: { cpu: \'20\', memory: \'40Gi\', pods: 100 }.' }));

export const invalidMonitoring = problem<{ namespace: unknown; fault: string }>({
  code: 'FW215',
  severity: Severity.ERROR,
  title: 'A monitoring namespace that cannot be',
  explanation: 'Traffic to the metrics of workloads is let through from the namespace of the Prometheus that scrapes them.',
}, a => ({ message: `The monitoring namespace ${show(a.namespace)} ${a.fault}.`, remedy: 'Write monitoringNamespace: \'monitoring\'.' }));
