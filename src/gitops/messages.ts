import { Severity } from '../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../core/diagnostics/problem';

/*
 * FW5xx: GitOps.
 */

export const noRepository = problem<object>({
  code: 'FW501',
  severity: Severity.ERROR,
  title: 'A GitOps engine without a repository',
  explanation: 'A GitOps engine follows a repository. Which one that is, as the engine reaches it, belongs to the platform.',
}, () => ({ message: 'The platform has a GitOps engine, but no repository.', remedy: 'Give new Platform({ repository: \'https://github.com/acme/platform\', … }).' }));

export const invalidRepository = problem<{ repository: unknown }>({
  code: 'FW502',
  severity: Severity.ERROR,
  title: 'A repository that no GitOps engine can follow',
  explanation: 'Repositories are given as an https or ssh URL or as `git@host:path`, without credentials: those belong to the engine\'s own secrets. '
    + 'Characters that stand for others in a glob are refused, because projects would then allow other repositories, too.',
}, a => ({ message: `The repository ${show(a.repository)} is no URL of one repository, or has credentials in it.`, remedy: 'Write for example https://github.com/acme/platform.' }));

export const sameApplication = problem<{ name: string; other: string }>({
  code: 'FW503',
  severity: Severity.ERROR,
  title: 'Two applications with one name',
  explanation: 'Applications are named `<platform>-<environment>-<workload>`, and all live in one namespace. Names with hyphens can meet: '
    + '`a` and `b-c` give the same as `a-b` and `c`. The one that is synced last would take the place of the other.',
}, a => ({ message: `The application ${show(a.name)} is also made by ${show(a.other)}.`, remedy: 'Rename the environment or the workload.' }));

export const invalidApplicationName = problem<{ name: string; fault: string }>({
  code: 'FW504',
  severity: Severity.ERROR,
  title: 'An application name that is refused',
  explanation: 'The names of applications are made of the names of the platform, the environment and the chart, or of the platform and the cluster. '
    + 'They stand in labels, which hold 63 characters.',
}, a => ({ message: `The application name ${show(a.name)} ${a.fault}.`, remedy: 'Change or shorten the name of the platform, the environment, the chart or the cluster.' }));

export const invalidOption = problem<{ what: string; value: unknown; fault: string; example?: string }>({
  code: 'FW505',
  severity: Severity.ERROR,
  title: 'An option of a GitOps engine that cannot be',
  explanation: 'An engine runs in a namespace and follows a branch, a tag or a commit.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: `Write for example ${a.example ?? 'GitOpsEngine.argoCd({ namespace: \'argocd\', revision: \'main\' })'}.` }));

export const sameFolder = problem<{ folder: string; other: string }>({
  code: 'FW506',
  severity: Severity.ERROR,
  title: 'Two applications of one folder',
  explanation: 'An application deploys everything in its folder. Of two with one folder, each would take the objects of the other for its own.',
}, a => ({ message: `The folder ${show(a.folder)} is also that of ${show(a.other)}.`, remedy: 'Give each FolderChart a folder of its own.' }));

export const emptyApplication = problem<{ name: string }>({
  code: 'FW507',
  severity: Severity.ERROR,
  title: 'An application without objects',
  explanation: 'Git keeps no empty folders: an application of a chart without objects would look for a folder that is not there.',
}, a => ({ message: `The application ${show(a.name)} has no objects.`, remedy: 'Add an object to the chart, or remove it.' }));

export const notDeployed = problem<{ chart: string }>({
  code: 'FW508',
  severity: Severity.WARNING,
  title: 'A chart that nothing deploys',
  explanation: 'A GitOps engine deploys the folders of environments. What stands in any other chart is written, and no application reads it.',
}, a => ({ message: `The chart ${show(a.chart)} is in no folder of an environment: nothing deploys it.`, remedy: 'Make it new FolderChart(environment, id, { folder: \'prod/extras\', namespace: … }), or acknowledge FW508 with what deploys it.' }));

export const engineNamespace = problem<{ namespace: string }>({
  code: 'FW509',
  severity: Severity.ERROR,
  title: 'Workloads in the namespace of the GitOps engine',
  explanation: 'The namespaces of workloads deny all traffic that is not declared, and admit restricted pods alone. In its own namespace, the engine would be cut off from its repositories and clusters.',
}, a => ({ message: `The namespace ${show(a.namespace)} is the one that the GitOps engine runs in.`, remedy: 'Give the environment another namespace: NamespaceRule.perEnvironment(\'shop-prod\').' }));

/*
 * FW51x: Argo CD building blocks.
 */

export const oneSource = problem<{ given: string[] }>({
  code: 'FW510',
  severity: Severity.ERROR,
  title: 'An Application needs exactly one kind of source',
  explanation: 'An Application has `source`, `sources` or `sourceHydrator`; with more than one, Argo CD silently prefers one of them '
    + '(argo-cd pkg/apis/application/v1alpha1/types.go, ApplicationSpec.GetSource).',
}, a => ({ message: a.given.length === 0 ? 'The Application has no source.' : `The Application has ${list(a.given)}.`, remedy: 'Give either source or sources.' }));

export const sourcePathOrChart = problem<{ repoURL: unknown; fault: string }>({
  code: 'FW511',
  severity: Severity.ERROR,
  title: 'A source needs a path or a chart',
  explanation: 'A source is a folder of a Git repository (`path`), a Helm chart (`chart`), or only values for the others (`ref`). '
    + 'With a chart, the version must be pinned by `targetRevision` (argo-cd util/argo/argo.go, validateSourcePermissions); '
    + 'a `ref` names a Git repository (docs/user-guide/multiple_sources.md); and a source is rendered in one way (types.go, ExplicitType).',
}, a => ({ message: `The source ${show(a.repoURL)} ${a.fault}.`, remedy: 'Give path, or chart with targetRevision; ref alone only among several sources.' }));

export const emptyField = problem<{ kind: string; field: string }>({
  code: 'FW512',
  severity: Severity.ERROR,
  title: 'An empty field that Argo CD needs',
  explanation: 'The field is required. Left empty, the Application is accepted by the cluster and never synced.',
}, a => ({ message: `The ${a.kind} has an empty ${show(a.field)}.`, remedy: `Give ${a.field}.` }));

export const invalidWave = problem<{ wave: unknown }>({
  code: 'FW513',
  severity: Severity.ERROR,
  title: 'A sync wave that is no whole number',
  explanation: 'Sync waves are whole numbers; Argo CD reads anything else as 0 (gitops-engine pkg/sync/syncwaves/waves.go).',
}, a => ({ message: `The sync wave ${show(a.wave)} is no whole number.`, remedy: 'Give a whole number, negative ones come first.' }));

export const wideProject = problem<{ field: string; name: string }>({
  code: 'FW514',
  severity: Severity.WARNING,
  title: 'An AppProject that allows everything',
  explanation: 'A project is the border of what its Applications may read and change. A bare `*` gives that border up.',
}, a => ({ message: `The project ${show(a.name)} allows everything in ${show(a.field)}.`, remedy: 'List what is needed, or acknowledge FW514 with a reason.' }));

export const invalidSyncPolicy = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW515',
  severity: Severity.ERROR,
  title: 'A sync policy that cannot work',
  explanation: 'Retries are counted in whole numbers, their durations are written as in Go (`5s`, `3m`), and options have the form `Name=value`. '
    + 'Argo CD ignores what it cannot read.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example retry: { limit: 5, backoff: { duration: \'5s\', factor: 2, maxDuration: \'3m\' } }.' }));

export const idleIgnoreRule = problem<{ rule: unknown; fault: string }>({
  code: 'FW516',
  severity: Severity.ERROR,
  title: 'An ignore rule that ignores nothing',
  explanation: 'A rule of `ignoreDifferences` has a kind, and says by pointer, expression or manager which fields do not count. Argo CD skips what it cannot read.',
}, a => ({ message: `The ignore rule ${show(a.rule)} ${a.fault}.`, remedy: 'Write for example { group: \'apps\', kind: \'Deployment\', jsonPointers: [\'/spec/replicas\'] }.' }));

export const invalidField = problem<{ kind: string; field: string; value: unknown; fault: string }>({
  code: 'FW517',
  severity: Severity.ERROR,
  title: 'A field that Argo CD cannot use',
  explanation: 'The cluster refuses a field of another type; a finalizer that nobody knows would keep the object from ever being deleted.',
}, a => ({ message: `The ${a.field} ${show(a.value)} of the ${a.kind} ${a.fault}.`, remedy: `Give another ${a.field}, or leave it out.` }));

/*
 * FW58x: applications that come from elsewhere, and the order of all.
 */

export const invalidApplication = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW580',
  severity: Severity.ERROR,
  title: 'An application that cannot be',
  explanation: 'An application comes from a chart, a folder of a repository or an artifact, and has a namespace of its own. Sources carry no credentials: those belong to the engine\'s own secrets.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Write source: ApplicationSource.helm({ repository: \'https://charts.example.com\', chart: \'podinfo\', version: \'6.9.2\' }).' }));

export const unpinnedSource = problem<{ what: string; value: unknown }>({
  code: 'FW581',
  severity: Severity.ERROR,
  title: 'A source that moves by itself',
  explanation: 'A range of versions, or a tag that is no full version, names something else tomorrow: every cluster would be changed by somebody outside, at a time of his choice, without a review.',
}, a => ({ message: `The ${a.what} is ${show(a.value)}, which is no exact version.`, remedy: 'Give one version, such as 4.13.2, or a digest; let a bot propose newer ones.' }));

export const unknownDependency = problem<{ application: string; dependency: string; known: string[]; fault: string }>({
  code: 'FW582',
  severity: Severity.ERROR,
  title: 'A dependency that is not there',
  explanation: 'An application may depend on applications of the same clusters. A name that nobody has, or that has no place on the cluster, orders nothing.',
}, a => ({
  message: `${show(a.application)} depends on ${show(a.dependency)}, ${a.fault}.${didYouMean(a.dependency, a.known)}`,
  remedy: a.known.length ? `The applications are ${list(a.known)}.` : 'Declare the application, or leave the dependency out.',
}));

export const applicationRing = problem<{ ring: string[] }>({
  code: 'FW583',
  severity: Severity.ERROR,
  title: 'Applications that wait for each other',
  explanation: 'Each of them would wait until the next one is there.',
}, a => ({ message: `Applications depend on each other: ${a.ring.join(' → ')}.`, remedy: 'Take one of these dependencies out.' }));

export const differentOnOneCluster = problem<{ application: string; cluster: string; environments: string[] }>({
  code: 'FW584',
  severity: Severity.ERROR,
  title: 'One application, two settings on one cluster',
  explanation: 'A cluster gets an application once. Environments that share the cluster must want the same of it.',
}, a => ({ message: `${show(a.application)} is different for ${list(a.environments)}, which share the cluster ${show(a.cluster)}.`, remedy: 'Give the same override for each of them, or another cluster.' }));

export const takenApplication = problem<{ name: string }>({
  code: 'FW585',
  severity: Severity.ERROR,
  title: 'An application name that is taken',
  explanation: 'Workloads and applications are told apart by their names: dependencies go by them.',
}, a => ({ message: `The name ${show(a.name)} is taken.`, remedy: 'Choose another name.' }));

export const foreignNamespace = problem<{ application: string; namespace: string; environment: string; cluster: string }>({
  code: 'FW586',
  severity: Severity.ERROR,
  title: 'An application in a namespace of workloads',
  explanation: 'The namespaces of an environment deny all traffic that no workload declares, and admit restricted pods alone. What comes from elsewhere would be cut off, or not start.',
}, a => ({ message: `The namespace ${show(a.namespace)} of ${show(a.application)} belongs to the environment ${show(a.environment)} on ${a.cluster}.`, remedy: 'Give it a namespace of its own.' }));

export const gap = problem<{ engine: string; what: string; why: string; remedy: string }>({
  code: 'FW588',
  severity: Severity.WARNING,
  title: 'Something that a GitOps engine cannot keep',
  explanation: 'Each engine carries out what it can of the order between applications and clusters. What it cannot is said, not dropped.',
}, a => ({ message: `${a.engine} cannot keep ${a.what}: ${a.why}.`, remedy: a.remedy }));

export const movingRevision = problem<{ application: string; revision: string }>({
  code: 'FW589',
  severity: Severity.WARNING,
  title: 'A source that follows a branch',
  explanation: 'A branch moves with every push to it: the cluster is changed without a review in this repository.',
}, a => ({ message: `${show(a.application)} follows ${show(a.revision)}, which looks like a branch.`, remedy: 'Give a tag that is a version, or a full commit.' }));

export const unknownOverride = problem<{ application: string; environment: string; known: string[] }>({
  code: 'FW590',
  severity: Severity.ERROR,
  title: 'An override for an environment that does not exist',
  explanation: 'Overrides are given by the name of an environment. One for an unknown environment, or for one whose cluster does not get the application, would silently do nothing.',
}, a => ({ message: `${show(a.application)} has an override for ${show(a.environment)}, where it does not run.${didYouMean(a.environment, a.known)}`, remedy: `It runs in ${list(a.known)}.` }));

export const sameClusterName = problem<{ name: string; others: string[] }>({
  code: 'FW598',
  severity: Severity.ERROR,
  title: 'Two clusters with one short name',
  explanation: 'What belongs to a cluster lies in a folder that has its short name: the name or the host in lower case, with hyphens. '
    + 'Two clusters with one folder would each get what belongs to the other.',
}, a => ({ message: `The clusters ${list(a.others)} have the same short name ${show(a.name)}.`, remedy: 'Register one of them under another name.' }));

export const differentLevels = problem<{ application: string; other: string; namespace: string; cluster: string; levels: string[] }>({
  code: 'FW599',
  severity: Severity.ERROR,
  title: 'Two levels for one namespace',
  explanation: 'Applications may share a namespace, which then enforces one level of the Pod Security Standards.',
}, a => ({
  message: `${show(a.application)} and ${show(a.other)} share the namespace ${show(a.namespace)} on ${a.cluster}, and want ${list(a.levels)} of it.`,
  remedy: 'Give both the same podSecurity, or one of them another namespace.',
}));
