import { Severity } from '../core/diagnostics/finding';
import { list, problem, show } from '../core/diagnostics/problem';

/*
 * FW424 to FW449: what a pod is made of, how many there are, and when they run.
 */

interface Fault {
  readonly what: string;
  readonly value: unknown;
  readonly fault: string;
}

export const invalidSchedule = problem<{ schedule: unknown; fault: string }>({
  code: 'FW424',
  severity: Severity.ERROR,
  title: 'A schedule that Kubernetes does not read',
  explanation: 'A schedule has five fields: minute, hour, day of the month, month, day of the week (0 to 6, Sunday is 0); or one of `@hourly`, `@daily`, `@weekly`, `@monthly`, `@yearly`. '
    + 'Seconds, `L`, `W`, `#` and a time zone in the schedule are refused (robfig/cron ParseStandard, k8s pkg/apis/batch/validation).',
}, a => ({ message: `The schedule ${show(a.schedule)} ${a.fault}.`, remedy: 'Write for example \'30 3 * * *\', and the time zone apart: timeZone: \'Europe/Berlin\'.' }));

export const invalidTimeZone = problem<{ timeZone: unknown }>({
  code: 'FW425',
  severity: Severity.ERROR,
  title: 'A time zone that does not exist',
  explanation: 'Time zones are names of the IANA database. `Local` would be that of the controller, and is refused.',
}, a => ({ message: `The time zone ${show(a.timeZone)} does not exist.`, remedy: 'Write for example \'Europe/Berlin\' or \'Etc/UTC\'.' }));

export const invalidTask = problem<Fault>({
  code: 'FW426',
  severity: Severity.ERROR,
  title: 'A limit of a task that cannot be',
  explanation: 'Retries and the numbers of finished runs that are kept are whole numbers from 0. The CronJob controller looks every ten seconds: '
    + 'with a shorter starting deadline a run may never start.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Leave it out for the default, or give a value in the range that the documentation of the property names.' }));

export const invalidConfig = problem<Fault>({
  code: 'FW427',
  severity: Severity.ERROR,
  title: 'Configuration that no ConfigMap can hold',
  explanation: 'Names of files are letters, digits, `-`, `_` and `.` (k8s validation.IsConfigMapKey), and all files together have at most 1 MiB.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example ConfigFiles.of({ \'app.yaml\': \'level: info\' }) or ConfigFiles.fromFolder(\'config\').' }));

export const invalidSecretReference = problem<Fault>({
  code: 'FW428',
  severity: Severity.ERROR,
  title: 'A reference to a Secret that cannot be',
  explanation: 'A Secret is named, and its keys are letters, digits, `-`, `_` and `.`. Its values never stand in the program.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example SecretFiles.of(\'database\', { files: { password: \'db-password\' } }).' }));

export const secretVariable = problem<{ variables: string[] }>({
  code: 'FW429',
  severity: Severity.WARNING,
  title: 'A Secret in environment variables',
  explanation: 'What is in the environment is seen by every child process, crash report and debug page, and does not follow a rotated Secret (CKV_K8S_35).',
}, a => ({ message: `The variables ${list(a.variables)} take their values from Secrets.`, remedy: 'Mount the Secret as files with `secrets`, or acknowledge FW429 with the reason why the program cannot read a file.' }));

export const invalidVolume = problem<Fault>({
  code: 'FW430',
  severity: Severity.ERROR,
  title: 'A volume or reference that cannot be',
  explanation: 'Volumes name existing objects of the namespace, or have one source in the words of Kubernetes. `hostPath` is refused in restricted namespaces (Pod Security Standards).',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example volumes: { \'/data\': Volume.claim(\'data\') }.' }));

export const invalidScaling = problem<Fault>({
  code: 'FW431',
  severity: Severity.ERROR,
  title: 'A metric or behaviour that no autoscaler has',
  explanation: 'Metrics have a name and an average per pod; policies a number and a period of at most half an hour (k8s pkg/apis/autoscaling/validation).',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example Replicas.between(2, 10, { metrics: [ScalingMetric.pods(\'requests_per_second\', \'100\')] }).' }));

export const invalidKeda = problem<Fault>({
  code: 'FW432',
  severity: Severity.ERROR,
  title: 'A trigger that KEDA does not read',
  explanation: 'A ScaledObject has bounds and at least one trigger, whose settings are texts. Sleeping (a minimum of 0) needs a trigger that works without pods.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example Replicas.keda({ minimum: 1, maximum: 10, triggers: [KedaTrigger.kafka(\'kafka:9092\', \'app\', \'orders\', 100)] }).' }));

export const unsharedClaim = problem<{ claim: string; environments: string[] }>({
  code: 'FW433',
  severity: Severity.WARNING,
  title: 'A claim that one node may mount, and several pods',
  explanation: 'A volume of the mode `ReadWriteOnce` is mounted on one node. A second pod, also the new one of a rolling update, waits on another node until the first is gone.',
}, a => ({ message: `The claim ${show(a.claim)} is not shared, and several pods mount it in ${list(a.environments)}.`, remedy: 'Write Volume.claim(name, { shared: true }) when its mode allows it, or use a StatefulService, or one replica with RolloutStrategy.recreate().' }));

export const invalidContainer = problem<Fault>({
  code: 'FW434',
  severity: Severity.ERROR,
  title: 'A container that cannot stand beside the others',
  explanation: 'Sidecars and init containers have names of their own, DNS labels, and ports that no other container of the pod listens on: they share one network. '
    + 'Names of ports have at most 15 letters, digits and hyphens (k8s validation.IsValidPortName).',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example sidecars: [{ name: \'proxy\', image: Image.of(…), port: 9090 }].' }));

export const sameMount = problem<{ path: string; container: string }>({
  code: 'FW435',
  severity: Severity.ERROR,
  title: 'Two volumes at one path',
  explanation: 'Writable paths, config, secrets and volumes are mounted at paths, each its own (k8s validation: must be unique).',
}, a => ({ message: `In the container ${show(a.container)}, two volumes are to be mounted at ${show(a.path)}.`, remedy: 'Give each a path of its own.' }));

export const secretInConfig = problem<{ files: string[] }>({
  code: 'FW436',
  severity: Severity.WARNING,
  title: 'Configuration with the name of a secret',
  explanation: 'The name of a file says that it is a secret. ConfigMaps are readable in the repository and for everybody who may read the namespace (Polaris sensitiveConfigmapContent, C-0012).',
}, a => ({ message: `The files ${list(a.files)} have names like secrets'.`, remedy: 'Use SecretFiles, rename the file, or acknowledge FW436 when it is no secret.' }));

export const unroutedProtocol = problem<{ host: string; environment: string }>({
  code: 'FW437',
  severity: Severity.ERROR,
  title: 'A host name for a port that speaks neither HTTP nor gRPC',
  explanation: 'A Gateway routes host names for HTTP and gRPC. The port is named after what it speaks, which is `tcp` when only the probe tells.',
}, a => ({ message: `The host ${show(a.host)} is to be routed by the Gateway of ${show(a.environment)} to a port that speaks TCP.`, remedy: 'Give protocol: PortProtocol.HTTP or PortProtocol.GRPC, or remove the host.' }));

export const sleepingWorkload = problem<{ environments: string[]; reason: string }>({
  code: 'FW438',
  severity: Severity.ERROR,
  title: 'A workload that may sleep, and must not',
  explanation: 'At zero pods nobody answers: a request fails, because a trigger wakes the workload only after it. A canary or blue-green release of zero pods judges nothing.',
}, a => ({ message: `It may have no pods in ${list(a.environments)}, but ${a.reason}.`, remedy: 'Give Replicas.keda a minimum of 1 or more here.' }));

export const memoryOfCanary = problem<{ environments: string[] }>({
  code: 'FW439',
  severity: Severity.WARNING,
  title: 'An autoscaler by memory beside a progressive release',
  explanation: 'One autoscaler averages over the old and the new pods. Memory rises as pods age, so the young ones of a release hide what the old ones need '
    + '(argo-rollouts #2857, #3849, #4369, #4607).',
}, a => ({ message: `It is scaled by memory and released progressively in ${list(a.environments)}.`, remedy: 'Scale by CPU or requests, or acknowledge FW439 when the minimum carries the load of a release.' }));

export const noStrategy = problem<{ value: unknown }>({
  code: 'FW440',
  severity: Severity.ERROR,
  title: 'A strategy that is none',
  explanation: 'A strategy is made by the factories of RolloutStrategy, which check it and fill in its defaults.',
}, a => ({ message: `The strategy ${show(a.value)} is no RolloutStrategy.`, remedy: 'Write RolloutStrategy.rollingUpdate(), .canary(…), .blueGreen(…) or .recreate(\'why\').' }));

export const invalidMetricsEndpoint = problem<Fault>({
  code: 'FW441',
  severity: Severity.ERROR,
  title: 'Metrics that cannot be scraped',
  explanation: 'Metrics are scraped by HTTP, at a path and a port of the container, in whole seconds. Without a port of its own, a worker or task has none to scrape.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example metrics: { port: 9090, path: \'/metrics\' }.' }));

export const endlessSidecar = problem<{ sidecar: string; environment: string; version: string }>({
  code: 'FW442',
  severity: Severity.ERROR,
  title: 'A sidecar that keeps a task from ending',
  explanation: 'Before Kubernetes 1.29 a sidecar is a container like any other, and a Job is done when all of its containers have ended (KEP-753).',
}, a => ({ message: `The sidecar ${show(a.sidecar)} of a task would never end in ${show(a.environment)}, which runs Kubernetes ${a.version}.`, remedy: 'Update the cluster, or do without the sidecar there.' }));

export const invalidStateful = problem<Fault>({
  code: 'FW443',
  severity: Severity.ERROR,
  title: 'A stateful service that cannot be',
  explanation: 'Each pod of a StatefulSet has volumes of its own, from claim templates with a size and a mount path. Its updates may be held back by a partition.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example storage: { \'/var/lib/data\': { size: \'10Gi\' } }.' }));

export const memoryVolume = problem<{ path: string; size: string; limit: string; container: string }>({
  code: 'FW444',
  severity: Severity.WARNING,
  title: 'A folder in memory that is as large as the memory',
  explanation: 'What is written to a folder in memory counts as memory of the container that writes it. A folder of the size of the limit has the container killed before it is full.',
}, a => ({ message: `The folder ${show(a.path)} in memory may take ${a.size}, and the container ${show(a.container)} has ${a.limit} in all.`, remedy: 'Raise the memory of the container, or shrink the folder.' }));
