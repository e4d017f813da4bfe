import type { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { isBorder, openNamespaces } from './access';
import * as engineMessages from './engine-messages';
import { FluxTopology } from './options';
import { environmentName, Setting } from './place';
import type { Finding } from '../../../core/diagnostics/finding';
import { LOCAL_SERVER } from '../../../environments/cluster';
import { ApplicationPlan, objectsIn } from '../../application-graph';
import { checkDeployment, Named } from '../../checks';
import * as messages from '../../messages';

/** What only the engine as a whole sees. */
export function engineFindings(setting: Setting, applications: ApplicationPlan[], roots: Named[], open: Map<string, string[]>): Finding[] {
  const { platform, scope, options } = setting;
  const runsOn = (key: string) => options.topology === FluxTopology.PER_CLUSTER || key === LOCAL_SERVER;
  // Once for each folder, however many regions there are.
  const folders = [...new Map(applications.flatMap(plan => plan.chart ? [[plan.chart, plan] as const] : [])).values()];
  return [
    ...checkDeployment({ platform, scope, engineNamespace: options.namespace, runsOn, roots, applications }),
    ...branches(setting, applications),
    ...(options.lockdown ? folders.filter(plan => !isBorder(plan)).flatMap(plan => rights(setting, plan, open)) : []),
    ...folders.flatMap(plan => objectsIn(plan).flatMap(unread)),
    ...idleSecrets(setting, applications),
    ...gaps(applications),
  ];
}

/** Credentials whose key nobody has. */
function idleSecrets({ scope, options: { secretRefs, kubeConfigs, topology } }: Setting, applications: ApplicationPlan[]): Finding[] {
  const isHub = topology === FluxTopology.HUB;
  const remote = applications.filter(({ cluster }) => isHub && cluster._key() !== LOCAL_SERVER);
  const clusters = [...new Set(remote.map(({ cluster }) => cluster.displayName))];
  const repositories = [...new Set(applications.flatMap(({ source }) => source.kind === 'rendered' ? [] : source.repository ?? []))];
  const idle = (option: string, given: object, known: string[], fault: string) => Object.keys(given).filter(key => !known.includes(key))
    .map(key => engineMessages.idleSecret.at(scope, { option, key, known, fault }));
  return [
    ...idle('kubeConfigs', kubeConfigs, clusters, isHub ? 'which is no other cluster' : 'which only a hub needs'),
    ...idle('secretRefs', secretRefs, repositories, 'which is no repository of an application'),
  ];
}

function branches({ followed }: Setting, applications: ApplicationPlan[]): Finding[] {
  if (followed.form === 'git') {
    return [];
  }
  const environments = new Set(applications.flatMap(({ environment }) => environment?.branch === undefined ? [] : environment));
  const models = new Map(applications.flatMap(({ application, source }) =>
    application && (source.kind === 'kustomize' || source.kind === 'directory') && source.repository === undefined ? [[application, source.path] as const] : []));
  return [
    ...[...environments].map(environment => engineMessages.noBranches.at(environment, { what: `the branch ${JSON.stringify(environment.branch)}` })),
    ...[...models].map(([application, path]) => engineMessages.noBranches.at(application, { what: `the folder ${JSON.stringify(path)} of the Git repository` })),
  ];
}

/** What the API server would refuse to the account of an environment. */
function rights({ platform }: Setting, plan: ApplicationPlan, open: Map<string, string[]>): Finding[] {
  const account = environmentName(platform, plan);
  const known = open.get(plan.environment!.name) ?? [];
  return objectsIn(plan).flatMap(object => {
    const { namespace } = object.metadata;
    const name = `${object.kind} ${object.name}`;
    const isBeyond = namespace !== undefined && !known.includes(namespace);
    return [
      ...(isBeyond ? [engineMessages.beyondAccess.at(object, { object: name, namespace, account, known })] : []),
      ...(object.apiGroup === 'rbac.authorization.k8s.io' ? [engineMessages.grantsRights.at(object, { object: name, account })] : []),
    ];
  });
}

/** Annotations of Argo CD, by which it orders and treats objects. */
function unread(object: ApiObject): Finding[] {
  const annotations: Record<string, string> = object.metadata.toJson()?.annotations ?? {};
  const found = Object.keys(annotations).filter(key => /^argocd\.argoproj\.io\/(hook|sync-wave|sync-options)/.test(key));
  return found.map(key => messages.gap.at(object, {
    engine: 'Flux',
    what: `the annotation ${key}`,
    why: 'it is one of Argo CD; a Kustomization applies definitions and namespaces first, and everything else together',
    remedy: 'Put what comes before into a FolderChart of its own, treat the object with flux.Annotations, or acknowledge FW588.',
  }));
}

/** What the model says, and Flux cannot keep. */
function gaps(applications: ApplicationPlan[]): Finding[] {
  const staged = new Set(applications.filter(plan => plan.regionWave > 0).map(plan => plan.environment!));
  const models = new Map(applications.flatMap(({ application, source }) => application ? [[application, source.kind] as const] : []));
  const say = (where: IConstruct, what: string, why: string, remedy: string) => messages.gap.at(where, { engine: 'Flux', what, why, remedy });
  return [
    ...[...staged].map(environment => say(
      environment,
      'the waves of the regions',
      'a Kustomization is applied as soon as its source changes, on every cluster by itself',
      'Make each wave an environment of its own, promoted from the one before, or acknowledge FW588 with how a release is held back.',
    )),
    ...[...models].flatMap(([application, kind]) => [
      ...(kind !== 'helm' && !application.selfHeal ? [say(
        application, 'selfHeal: false', 'a Kustomization always undoes what was changed in the cluster',
        'Annotate single objects with flux.Annotations.unreconciled(), or acknowledge FW588.',
      )] : []),
      ...(kind === 'helm' && !application.prune ? [say(
        application, 'prune: false', 'Helm removes what a release no longer has', 'Annotate what stays with helm.sh/resource-policy: keep, or acknowledge FW588.',
      )] : []),
      ...(kind !== 'helm' && application.namespaces.length > 0 ? [say(
        application, 'the namespace of objects that name none', 'a Kustomization puts all objects into one namespace, or none',
        'Write a namespace into each object, leave `namespaces` out, or acknowledge FW588.',
      )] : []),
    ]),
  ];
}

/** The namespaces in which the account of each environment has rights, as they are when the model is lowered. */
export function opened(applications: ApplicationPlan[]): Map<string, string[]> {
  const folders = applications.filter(plan => plan.chart);
  return new Map([...new Set(folders.map(plan => plan.environment!.name))].map(name => [
    name, openNamespaces(folders.filter(plan => plan.environment!.name === name)),
  ]));
}
