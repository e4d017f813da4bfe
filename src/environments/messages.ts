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

export const invalidRegions = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW216',
  severity: Severity.ERROR,
  title: 'Regions that do not go together',
  explanation: 'An environment runs on one cluster, or in several regions, each with a cluster of its own. All regions get the same objects, so their clusters share a profile.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write regions: [{ name: \'eu\', cluster: Cluster.named(\'prod-eu\') }, { name: \'us\', cluster: Cluster.named(\'prod-us\'), wave: 1 }].' }));

export const invalidProtection = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW217',
  severity: Severity.ERROR,
  title: 'A gate that could not hold',
  explanation: 'Each gate of an environment must be one that a promotion can be held against: a gate that is misspelt, or means nothing, would let everything through.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example protection: { approvals: { teams: [\'acme/sre\'] }, soakTime: Duration.hours(24), requireHealth: true }.' }));

export const invalidTimeWindow = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW218',
  severity: Severity.ERROR,
  title: 'A window that never opens',
  explanation: 'A window opens by a cron schedule of five fields in a time zone of the IANA database, and stays open for whole minutes.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write TimeWindow.of({ schedule: \'0 9 * * 1-4\', duration: Duration.hours(7), timeZone: \'Europe/Berlin\' }).' }));

export const releaseStateUnreadable = problem<{ environment: string; fault: string }>({
  code: 'FW219',
  severity: Severity.ERROR,
  title: 'A release state that cannot be read',
  explanation: 'What runs in an environment stands in `releases/<environment>.json`. A state that is half understood would run the wrong image, so everything in it must be known.',
}, a => ({ message: `The release state of ${show(a.environment)} is refused: ${a.fault}.`, remedy: 'Restore it from version control, or resolve the merge, one entry for each workload; other folders: new Platform({ releases: \'…\' }).' }));

export const releaseOfUnknown = problem<{ workload: string; environment: string; fault: string }>({
  code: 'FW220',
  severity: Severity.WARNING,
  title: 'A release of a workload that is not there',
  explanation: 'The release state names what runs. An entry for a workload that the program no longer has, or that does not run in the environment, does nothing.',
}, a => ({ message: `The release state of ${show(a.environment)} has a release of ${show(a.workload)}, ${a.fault}.`, remedy: 'Remove the entry, or bring the workload back.' }));

export const releaseOfOtherImage = problem<{ workload: string; environment: string; image: string; expected: string }>({
  code: 'FW221',
  severity: Severity.ERROR,
  title: 'A release of another image',
  explanation: 'Promotions move the digest of an image. Where the program has moved to another repository, an old release may not be there: it must be released anew.',
}, a => ({ message: `The release state of ${show(a.environment)} runs ${show(a.image)} as ${show(a.workload)}, the program ${show(a.expected)}.`, remedy: 'Promote a release of the new image, or give the image as it was until then: overrides: { prod: { image: … } }.' }));

export const brokenRoad = problem<{ workload: string; environment: string; sources: string[] }>({
  code: 'FW222',
  severity: Severity.WARNING,
  title: 'A gap in the road of a workload',
  explanation: 'A release comes into an environment from those that it is promoted from. A workload that runs in none of them has no way there but the program itself: nothing has tested what arrives.',
}, a => ({ message: `${show(a.workload)} runs in ${show(a.environment)}, but in none of ${list(a.sources)}, where its releases would come from.`, remedy: 'Let it run there, too, or acknowledge FW222 with how it is tested.' }));

export const invalidBranch = problem<{ value: unknown }>({
  code: 'FW223',
  severity: Severity.ERROR,
  title: 'A branch that git does not take',
  explanation: 'The branch of an environment is a name as `git check-ref-format --branch` takes it: letters, digits, `-`, `_`, `.` and `/`.',
}, a => ({ message: `The branch ${show(a.value)} is no name of a branch.`, remedy: 'Write branch: \'environment/prod\'.' }));

export const imageFileUnreadable = problem<{ file: string; fault: string }>({
  code: 'FW224',
  severity: Severity.ERROR,
  title: 'A file of images that cannot be read',
  explanation: 'An automation may say which images run where releases enter the road: `releases/<environment>.images.yaml`, a map of workloads to images with digests. '
    + 'A file that is half understood would run the wrong image, so everything in it must be known.',
}, a => ({ message: `The file ${show(a.file)} of the releases is refused: ${a.fault}.`, remedy: 'Write one line for each workload: checkout: ghcr.io/acme/checkout:1.5.0@sha256:….' }));

export const imageFileOffEntry = problem<{ file: string; environment: string }>({
  code: 'FW225',
  severity: Severity.ERROR,
  title: 'A file of images where no release enters',
  explanation: 'An automation takes what is newest. That is for environments where releases enter the road; into the others they come from the environments before, through gates.',
}, a => ({ message: `The releases have a file ${show(a.file)}, but ${show(a.environment)} is promoted from other environments.`, remedy: `Remove the file, and promote with fairway promote <workload> --to ${a.environment}.` }));

export const imageOfUnknown = problem<{ workload: string; environment: string; file: string }>({
  code: 'FW226',
  severity: Severity.WARNING,
  title: 'An image of a workload that is not there',
  explanation: 'The file of images says what an automation has found. A line for a workload that the program no longer has, or that does not run in the environment, does nothing.',
}, a => ({ message: `The file ${show(a.file)} has an image of ${show(a.workload)}, which does not run in ${show(a.environment)}.`, remedy: 'Remove the line, or bring the workload back.' }));

export const heldImage = problem<{ workload: string; environment: string; file: string }>({
  code: 'FW227',
  severity: Severity.WARNING,
  title: 'An image that the automation does not move',
  explanation: 'An entry of the release state goes before the line of the automation: so a person holds a release, or takes one back. Until the entry is gone, what the automation finds does not run.',
}, a => ({
  message: `${show(a.workload)} runs in ${show(a.environment)} what ${show(`${a.environment}.json`)} says; the line in ${show(a.file)} has another image.`,
  remedy: `Remove the entry from ${a.environment}.json to follow the automation again, or acknowledge FW227 with why it is held.`,
}));
