import { Severity } from '../../../core/diagnostics/finding';
import { didYouMean, list, problem, show } from '../../../core/diagnostics/problem';

/*
 * FW518 to FW549: Argo CD building blocks, what FW510 to FW517 leave open. Sources name files of argo-cd 3.5.
 */

export const unknownField = problem<{ kind: string; field: string; known: string[] }>({
  code: 'FW518',
  severity: Severity.ERROR,
  title: 'A field that Argo CD does not have',
  explanation: 'The API server drops fields that are not in the custom resource definition, without a word (manifests/crds).',
}, a => ({
  message: `The ${a.kind} has no field ${show(a.field)}.${didYouMean(a.field, a.known)}`,
  remedy: 'Correct the name, or leave it out; what is newer than this library is set with addJsonPatch.',
}));

export const invalidDuration = problem<{ kind: string; field: string; value: unknown }>({
  code: 'FW519',
  severity: Severity.ERROR,
  title: 'A duration that Argo CD cannot read',
  explanation: 'Durations are written as in Go: `30m`, `1h30m` (pkg/apis/application/v1alpha1/types.go, SyncWindow.Validate).',
}, a => ({ message: `The ${a.field} of the ${a.kind} is no duration: ${show(a.value)}.`, remedy: 'Write for example 30m or 1h30m.' }));

export const contradictorySource = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW520',
  severity: Severity.ERROR,
  title: 'A source whose fields contradict each other',
  explanation: 'Of two fields that say the same, Argo CD takes one and is silent about the other: `valuesObject` wins over `values` '
    + '(pkg/apis/application/v1alpha1/values.go, ValuesYAML). A patch for Kustomize is a text or a file (docs/user-guide/kustomize.md), '
    + 'a parameter of a plug-in one of a text, a list and a map (types.go, ApplicationSourcePluginParameter). '
    + 'A `$name` in a values file is the `ref` of another source, which has to be there (util/argo/argo.go, GetRefSources).',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Give one of them, and leave the other out.' }));

export const idleSetting = problem<{ setting: string; why: string; remedy: string }>({
  code: 'FW521',
  severity: Severity.WARNING,
  title: 'A setting that Argo CD ignores',
  explanation: 'Some settings count only beside another one, or only on a resource, or no longer: the metadata of a namespace needs CreateNamespace '
    + '(controller/sync.go), RespectIgnoreDifferences needs ignoreDifferences, an Application has no Force of its own (controller/sync.go takes that from the operation), '
    + 'and `helm.version` means nothing from 3.5 on (docs/operator-manual/upgrading/3.4-3.5.md).',
}, a => ({ message: `${a.setting} ${a.why}.`, remedy: a.remedy }));

export const contradictoryOptions = problem<{ options: string[]; fault: string }>({
  code: 'FW522',
  severity: Severity.ERROR,
  title: 'Sync options that contradict each other',
  explanation: 'Argo CD takes the first option of a name, and looks others up in their text (types.go, SyncOptions.GetOptionValue and HasOption). '
    + 'A resource that is replaced is not applied on the server side (gitops-engine pkg/sync/sync_context.go, applyObject).',
}, a => ({ message: `The sync options ${list(a.options)} ${a.fault}.`, remedy: 'Keep one of them.' }));

export const replacesAll = problem<{ option: string }>({
  code: 'FW523',
  severity: Severity.WARNING,
  title: 'Every resource of an Application is replaced',
  explanation: 'Replace writes the whole object, and what a controller has written into it is gone: the selector of a Service that a rollout has set, '
    + 'the weights of a route, the replicas that an autoscaler has set. With Force, objects are deleted and made anew (docs/user-guide/sync-options.md).',
}, a => ({ message: `The sync policy has ${show(a.option)}, for all resources of the Application.`, remedy: 'Annotate the one resource that needs it, or use SyncOption.SERVER_SIDE_APPLY.' }));

export const invalidHydrator = problem<{ fault: string }>({
  code: 'FW524',
  severity: Severity.ERROR,
  title: 'A source hydrator that hydrates nothing',
  explanation: 'The hydrator needs the dry source and the branch to sync from (util/argo/argo.go, validateSourceHydrator), and never writes to the root of a repository '
    + '(controller/hydrator/hydrator.go, IsRootPath). Written to the branch that it reads, what is hydrated would be read as dry again.',
}, a => ({ message: `The source hydrator ${a.fault}.`, remedy: 'Write for example syncSource: { targetBranch: \'env/prod\', path: \'shop\' }.' }));

export const refusedProject = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW525',
  severity: Severity.ERROR,
  title: 'An AppProject that Argo CD refuses',
  explanation: 'Nothing may stand twice in a project; names of roles, policies, groups and service accounts have a form '
    + '(pkg/apis/application/v1alpha1/app_project_types.go, ValidateProject). A project that is refused makes all its Applications stop.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Correct it, or leave it out.' }));

export const invalidSyncWindow = problem<{ field: string; value: unknown; fault: string }>({
  code: 'FW526',
  severity: Severity.ERROR,
  title: 'A sync window that never opens or closes as it is meant',
  explanation: 'A schedule has five fields, without `@daily` and the like, and Sunday is 0, not 7 (robfig/cron, getRange); a window names applications, namespaces or clusters '
    + '(app_project_types.go, ValidateProject). A time zone that is unknown is taken for UTC, without an error (types.go, SyncWindow.Validate).',
}, a => ({ message: `The ${a.field} ${show(a.value)} of the sync window ${a.fault}.`, remedy: 'Write for example { kind: SyncWindowKind.DENY, schedule: \'0 22 * * 5\', duration: \'58h\', timeZone: \'Europe/Berlin\', applications: [\'*\'] }.' }));

export const denialPermits = problem<{ field: string; entry: string; name: string }>({
  code: 'FW527',
  severity: Severity.WARNING,
  title: 'A denial that permits everything else',
  explanation: 'An entry that begins with `!` matches whatever it does not deny, and one match is enough: beside it, a short list of what is allowed is none '
    + '(app_project_types.go, IsSourcePermitted and isDestinationMatched). Denials make sense next to a `*`, as exceptions.',
}, a => ({
  message: `The project ${show(a.name)} permits all ${a.field} but ${show(a.entry)}, whatever else it lists.`,
  remedy: 'List only what is allowed, or acknowledge FW527 with a reason.',
}));

export const twoIntegrities = problem<object>({
  code: 'FW528',
  severity: Severity.ERROR,
  title: 'Signature keys beside a source integrity',
  explanation: 'Argo CD ignores `signatureKeys` when there is a `sourceIntegrity` for Git (types.go, EffectiveSourceIntegrity): those keys would not be demanded.',
}, () => ({ message: 'The AppProject has both signatureKeys and sourceIntegrity.', remedy: 'Move the keys into a policy of sourceIntegrity.' }));

export const invalidGenerator = problem<{ generator: string; fault: string; value: unknown }>({
  code: 'FW530',
  severity: Severity.ERROR,
  title: 'A generator that generates nothing',
  explanation: 'The ApplicationSet controller reports an error and leaves everything as it is (applicationset/generators).',
}, a => ({ message: `The ${a.generator} generator ${a.fault}: ${show(a.value)}.`, remedy: 'Correct it as the documentation of the field says.' }));

export const invalidNesting = problem<{ generator: string; fault: string }>({
  code: 'FW531',
  severity: Severity.ERROR,
  title: 'Generators that cannot be combined',
  explanation: 'A matrix has exactly two generators (applicationset/generators/matrix.go), a merge at least two, and keys to merge by (merge.go). Either may stand in either, once: '
    + 'inside of the inner one there are plain generators only, and templates of inner ones are dropped (applicationset_types.go, NestedMatrixGenerator; matrix.go, getParams).',
}, a => ({ message: `The ${a.generator} generator ${a.fault}.`, remedy: 'Combine fewer generators, or make two ApplicationSets.' }));

export const invalidTemplateText = problem<{ field: string; value: unknown; fault: string }>({
  code: 'FW532',
  severity: Severity.ERROR,
  title: 'A template that cannot be read',
  explanation: 'With goTemplate every text of the template is one of Go\'s text/template with the functions of Sprig, without `env`, `expandenv` and `getHostByName` (applicationset/utils/utils.go). '
    + 'One that cannot be parsed stops the whole ApplicationSet.',
}, a => ({ message: `The ${a.field} ${show(a.value)} ${a.fault}.`, remedy: 'Write for example {{ .name }}, and end every if, range and with.' }));

export const sameNameForAll = problem<{ name: string }>({
  code: 'FW533',
  severity: Severity.ERROR,
  title: 'One name for several Applications',
  explanation: 'The names of the Applications of an ApplicationSet have to differ: of two with one name, the second is refused '
    + '(applicationset/controllers/applicationset_controller.go, validateGeneratedApplications).',
}, a => ({ message: `The name ${show(a.name)} has nothing of the generators in it, which may give more than one Application.`, remedy: 'Write for example shop-{{ .name }}.' }));

export const templatedProject = problem<{ project: string }>({
  code: 'FW534',
  severity: Severity.WARNING,
  title: 'An ApplicationSet that lets its source choose the project',
  explanation: 'Whoever can write to what the generators read can choose any project, and so what its Applications may do (docs/operator-manual/applicationset/Security.md). '
    + 'Signatures of a Git generator are not checked then, either (applicationset/generators/git.go).',
}, a => ({ message: `The project ${show(a.project)} comes from the generators.`, remedy: 'Name one project, or acknowledge FW534 with who can write there.' }));

export const invalidStrategy = problem<{ fault: string; value: unknown }>({
  code: 'FW535',
  severity: Severity.ERROR,
  title: 'A strategy that does not roll',
  explanation: 'RollingSync needs steps, else it is off (applicationset/progressivesync/progressive_sync.go, RollingSyncStrategyEnabled). It syncs by itself, and switches automated sync off: '
    + 'with it, the template would say what is not true. Conditions know `In` and `NotIn`; a limit that cannot be read is ignored.',
}, a => ({ message: `The strategy ${a.fault}: ${show(a.value)}.`, remedy: 'Write for example { type: StrategyType.ROLLING_SYNC, rollingSync: { steps: [{ matchExpressions: [{ key: \'env\', operator: MatchOperator.IN, values: [\'dev\'] }] }] } }.' }));

export const notInOneStep = problem<{ application: string; fault: string }>({
  code: 'FW536',
  severity: Severity.WARNING,
  title: 'An Application that is not in exactly one step',
  explanation: 'An Application of a RollingSync that no step matches is never synced; one that several match is in the first of them '
    + '(progressive_sync.go, buildAppDependencyList; docs/operator-manual/applicationset/Progressive-Syncs.md).',
}, a => ({ message: `${a.application} ${a.fault}.`, remedy: 'Give the template the labels that the steps ask for, or end with a step of NotIn.' }));

export const missingKeys = problem<{ fault: string }>({
  code: 'FW537',
  severity: Severity.WARNING,
  title: 'An ApplicationSet that is silent about what is missing',
  explanation: 'Without goTemplate, and with it but without `missingkey=error`, a parameter that does not exist stays as it is or becomes `<no value>`: '
    + 'an Application with a wrong name takes the place of the right one, which is deleted (docs/operator-manual/applicationset/GoTemplate.md).',
}, a => ({ message: `The ApplicationSet ${a.fault}.`, remedy: 'Leave goTemplate and goTemplateOptions out, or acknowledge FW537 with a reason.' }));

export const notPreserved = problem<{ fault: string }>({
  code: 'FW538',
  severity: Severity.WARNING,
  title: 'Resources that are not preserved after all',
  explanation: '`preserveResourcesOnDeletion` only keeps the controller from adding its finalizer; one that the template has deletes all resources with the Application '
    + '(applicationset/utils/utils.go, RenderTemplateParams). `create-only` and `create-update` never delete an Application, but the garbage collector does when the ApplicationSet is deleted '
    + '(docs/operator-manual/applicationset/Controlling-Resource-Modification.md).',
}, a => ({ message: `The ApplicationSet ${a.fault}.`, remedy: 'Take the finalizer out, or preserveResourcesOnDeletion.' }));

export const secretInRepository = problem<{ kind: string; field: string }>({
  code: 'FW540',
  severity: Severity.ERROR,
  title: 'A credential that would stand in the repository',
  explanation: 'What is synthesized is committed. Passwords, tokens and keys reach Argo CD by another way: with an operator of secrets, or by `argocd repo add`.',
}, a => ({ message: `The ${a.field} of the ${a.kind} is a credential.`, remedy: 'Leave it out; let the engine have an identity, or make this Secret with an operator of secrets.' }));

export const invalidCluster = problem<{ field: string; value: unknown; fault: string }>({
  code: 'FW541',
  severity: Severity.ERROR,
  title: 'A cluster that Argo CD cannot reach',
  explanation: 'A cluster has the URL of its API server and a name; Argo CD gets in by one way, and takes the first of several (types.go, Cluster.RawRestConfig; util/db/cluster.go, SecretToCluster).',
}, a => ({ message: `The ${a.field} ${show(a.value)} of the cluster ${a.fault}.`, remedy: 'Write for example { name: \'prod-eu\', server: \'https://10.0.0.1\', access: ClusterAccess.aws({ clusterName: \'prod-eu\' }) }.' }));

export const invalidRepositorySecret = problem<{ field: string; value: unknown; fault: string }>({
  code: 'FW542',
  severity: Severity.ERROR,
  title: 'A repository that Argo CD cannot read',
  explanation: 'A repository has a URL that fits its type; a Helm repository needs a name (util/db/repository_secrets.go; util/argo/argo.go, TestRepo).',
}, a => ({ message: `The ${a.field} ${show(a.value)} of the repository ${a.fault}.`, remedy: 'Write for example { url: \'https://charts.example.com\', type: RepositoryType.HELM, name: \'charts\' }.' }));

export const notVerified = problem<{ what: string }>({
  code: 'FW543',
  severity: Severity.WARNING,
  title: 'A connection that is not verified',
  explanation: 'Without a check of certificates or host keys, whoever stands in between can give Argo CD other manifests, and read what it sends.',
}, a => ({ message: `The ${a.what} is not verified.`, remedy: 'Give the certificate of the authority, or acknowledge FW543 with a reason.' }));

export const invalidSetting = problem<{ setting: string; value: unknown; fault: string }>({
  code: 'FW544',
  severity: Severity.ERROR,
  title: 'A setting that Argo CD cannot read',
  explanation: 'All settings of an installation are in one ConfigMap. One that cannot be read makes Argo CD stop with an error, for all Applications '
    + '(util/settings/settings.go, GetResourceOverrides and GetResourcesFilter).',
}, a => ({ message: `The setting ${a.setting} ${a.fault}: ${show(a.value)}.`, remedy: 'Correct it, or leave it out.' }));

export const invalidNotification = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW545',
  severity: Severity.ERROR,
  title: 'A notification that is never sent',
  explanation: 'A trigger names templates, a subscription names triggers and services by `service:recipient`, and all of them have to be there '
    + '(notifications-engine pkg/api/config.go, ParseConfig). One fault stops all notifications.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Correct the name, or add what it names.' }));

export const secretInNotification = problem<{ service: string; field: string }>({
  code: 'FW546',
  severity: Severity.ERROR,
  title: 'A credential in the settings of notifications',
  explanation: 'The settings stand in a ConfigMap. Credentials are named by `$key`, a key of the Secret argocd-notifications-secret (notifications-engine pkg/api/config.go, replaceStringSecret).',
}, a => ({ message: `The ${a.field} of the service ${show(a.service)} is no reference to a key of the Secret.`, remedy: `Write for example ${a.field}: '$${a.field}', and put the value into argocd-notifications-secret.` }));

export const invalidRbac = problem<{ what: string; value: unknown; fault: string }>({
  code: 'FW547',
  severity: Severity.ERROR,
  title: 'A rule of access that Argo CD does not read as it is written',
  explanation: 'Rules are lines of text, whose fields are parted by commas (util/rbac/rbac.go, loadPolicyLine). A line break in a name would be a rule of its own. '
    + 'A resource or an action that does not exist never applies, and so a deny would not deny.',
}, a => ({ message: `The ${a.what} ${show(a.value)} ${a.fault}.`, remedy: 'Give another one; RbacResource and RbacAction hold what there is.' }));

export const wideAccess = problem<{ what: string }>({
  code: 'FW548',
  severity: Severity.WARNING,
  title: 'Access for everybody',
  explanation: 'The default role is that of everybody who can log in, and of nobody in particular (docs/operator-manual/rbac.md).',
}, a => ({ message: `${a.what}.`, remedy: 'Give the role to a group, or acknowledge FW548 with a reason.' }));

export const idleNotification = problem<{ what: string; name: string }>({
  code: 'FW549',
  severity: Severity.WARNING,
  title: 'A part of the notifications that nothing uses',
  explanation: 'A template that no trigger sends is never sent.',
}, a => ({ message: `The ${a.what} ${show(a.name)} is used by nothing.`, remedy: 'Name it in a trigger, or leave it out.' }));

export const newerField = problem<{ kind: string; name: string; field: string; since: string; version: string }>({
  code: 'FW529',
  severity: Severity.ERROR,
  title: 'A field that the declared Argo CD does not know',
  explanation: 'An API server drops fields that its custom resource definitions do not have, without a word: what they ask for does not happen.',
}, a => ({
  message: `The ${a.field} of the ${a.kind} ${show(a.name)} is known from Argo CD ${a.since} on, and ${a.version} is declared.`,
  remedy: 'Leave it out, or declare the version that runs: GitOpsEngine.argoCd({ version: ArgoCdVersion.V3_5 }).',
}));

export const mixedAddresses = problem<{ environment: string }>({
  code: 'FW539',
  severity: Severity.ERROR,
  title: 'Regions that one ApplicationSet cannot address',
  explanation: 'The Applications of an ApplicationSet have one template, which addresses clusters by their names or by their servers.',
}, a => ({ message: `The regions of ${show(a.environment)} are addressed in both ways, by name and by server.`, remedy: 'Give all of them by name: Cluster.named(\'prod-eu\'); or use ApplicationForm.APPLICATIONS.' }));

export const freezesMore = problem<{ fault: string }>({
  code: 'FW579',
  severity: Severity.WARNING,
  title: 'An ignore rule that freezes more than it says',
  explanation: 'With RespectIgnoreDifferences a sync keeps ignored fields as they are in the cluster. For a field inside of a list of a custom resource it keeps the whole '
    + 'list, so that a change of the repository never arrives (argo-cd #17694, #26588). Ignored by manager, a field stays ignored as long as the manager is recorded for it, '
    + 'also when later commits set it (argo-rollouts #3854).',
}, a => ({ message: `An ignore rule freezes too much: ${a.fault}.`, remedy: 'Ignore a whole field by its JSON pointer, or leave RespectIgnoreDifferences out; ApplyOutOfSyncOnly=true applies only what differs otherwise.' }));

export const pausedWithWaves = problem<{ workload: string; why: string }>({
  code: 'FW587',
  severity: Severity.ERROR,
  title: 'A release that waits for a person inside a sync with waves or hooks',
  explanation: 'A sync with several waves, or with hooks, waits until every object of a wave is healthy. A Rollout that waits for an approval is suspended, which is neither '
    + 'healthy nor degraded: the sync never ends, and blocks the next one (gitops-engine pkg/sync/sync_context.go; argo-cd #19422, #25054).',
}, a => ({ message: `A release of ${show(a.workload)} waits for an approval, and its folder has ${a.why}.`, remedy: 'Give the pause a duration, or take the waves and hooks out of the folder, into a chart of its own.' }));
