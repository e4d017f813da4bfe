import { isClusterWide, permitsApplication, permitsObject } from '../../support/argocd';
import { manifests } from '../../support/model';
import { GitOpsEngine, Platform, PlatformExtension } from 'cdk8s-fairway';

/** What an engine makes of one application, whatever it calls it. */
export interface Deployed {
  readonly name: string;
  /** The repository, and the folder in it or the chart. */
  readonly repository: string;
  readonly path: string;
  /** The branch, tag, commit, version or digest. */
  readonly revision: string;
  readonly release?: { readonly name: string; readonly values: unknown; readonly skipsCrds: boolean };
  readonly prunes: boolean;
  readonly heals: boolean;
  /** Whether a person has the last word when it leaves the repository. */
  readonly isKept: boolean;
  /** The objects of which fields are left alone. */
  readonly leftAlone: string[];
  /** Whether something that changes a field of an object is left alone. */
  ignores(kind: string, name: string, pointer: string): boolean;
  /** Whether it may change an object of its folder, or of another. */
  mayTouch(object: any): boolean;
}

/** What an engine makes of a platform. */
export interface Seen {
  readonly deployed: Map<string, Deployed>;
  /** Whether one is there only after another one. */
  isAfter(later: string, earlier: string): boolean;
  /** The level that a namespace of an application enforces, by the name of the application that is deployed. */
  levelOf(name: string): string | undefined;
  /** Whether an object stays, or waits for a person, when it leaves the repository. */
  isProtected(object: any): boolean;
}

/** An engine, and how what it makes is read. */
export interface Engine {
  readonly name: 'argocd' | 'flux';
  make(): PlatformExtension;
  see(platform: Platform): Seen;
}

export const ENGINES: Engine[] = [
  { name: 'argocd', make: () => GitOpsEngine.argoCd({ revision: 'main' }), see: seeArgoCd },
  { name: 'flux', make: () => GitOpsEngine.flux(), see: seeFlux },
];

const isPrefix = (pointer: string, of: string) => of === pointer || of.startsWith(`${pointer}/`);

function seeArgoCd(platform: Platform): Seen {
  platform.lower();
  const all = manifests(platform.node.findChild('argocd'));
  const applications = all.filter(o => o.kind === 'Application' && o.spec.source.directory?.recurse !== true);
  const isRoot = ({ spec }: any) => spec.source.path.includes('argocd/apps');
  const folders = all.filter(o => o.kind === 'Application' && o.spec.source.directory?.recurse === true && !isRoot(o));
  const deployed = new Map([...applications, ...folders].map(application => [application.metadata.name, deployedByArgoCd(all, application)]));
  const byName = new Map(all.filter(o => o.kind === 'Application').map(o => [o.metadata.name, o]));
  const waveOf = (name: string) => Number(byName.get(name).metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
  const clusterOf = (name: string) => JSON.stringify([byName.get(name).spec.destination.server, byName.get(name).spec.destination.name]);
  return {
    deployed,
    isAfter: (later, earlier) => clusterOf(later) === clusterOf(earlier) && waveOf(later) > waveOf(earlier),
    levelOf: name => byName.get(name).spec.syncPolicy.managedNamespaceMetadata?.labels['pod-security.kubernetes.io/enforce'],
    isProtected: object => /Prune=(confirm|false)/.test(object.metadata.annotations?.['argocd.argoproj.io/sync-options'] ?? ''),
  };
}

function deployedByArgoCd(all: any[], application: any): Deployed {
  const { source, syncPolicy, ignoreDifferences = [] } = application.spec;
  const project = all.find(o => o.kind === 'AppProject' && o.metadata.name === application.spec.project);
  const fieldsOf = ({ jsonPointers = [], jqPathExpressions = [] }: any): string[] => [
    ...jsonPointers, ...jqPathExpressions.map((jq: string) => jq.replaceAll('[]', '/0').replaceAll('.', '/')),
  ];
  return {
    name: application.metadata.name,
    repository: source.repoURL.replace(/^oci:\/\//, ''),
    path: source.chart ?? source.path,
    revision: source.targetRevision,
    release: source.chart === undefined ? undefined
      : { name: source.helm.releaseName, values: source.helm.valuesObject, skipsCrds: source.helm.skipCrds ?? false },
    prunes: syncPolicy.automated.prune,
    heals: syncPolicy.automated.selfHeal,
    isKept: /Prune=confirm/.test(application.metadata.annotations['argocd.argoproj.io/sync-options'] ?? ''),
    ignores: (kind, name, pointer) => ignoreDifferences
      .some((rule: any) => rule.kind === kind && rule.name === name && fieldsOf(rule).some(field => isPrefix(field, pointer))),
    leftAlone: ignoreDifferences.map((rule: any) => `${rule.kind} ${rule.name}`).sort(),
    mayTouch: object => permitsApplication(project, application) && permitsObject(project, application, object),
  };
}

function seeFlux(platform: Platform): Seen {
  platform.lower();
  const all = manifests(platform.node.findChild('flux'));
  const kustomizations = all.filter(o => o.kind === 'Kustomization');
  const byName = new Map(kustomizations.map(o => [o.metadata.name as string, o]));
  const own = kustomizations.filter(o => !o.spec.path.includes('/flux/') || o.spec.path.includes('/flux/releases/'));
  const after = (later: string, earlier: string): boolean =>
    (byName.get(later)?.spec.dependsOn ?? []).some(({ name }: any) => name === earlier || after(name, earlier));
  return {
    deployed: new Map(own.map(kustomization => [kustomization.metadata.name as string, deployedByFlux(all, kustomization)])),
    isAfter: after,
    levelOf: name => {
      const release = all.find(o => o.kind === 'HelmRelease' && o.metadata.name === name);
      const namespace = release?.spec.targetNamespace ?? byName.get(name).spec.targetNamespace;
      const labels = all.find(o => o.kind === 'Namespace' && o.metadata.name === namespace)?.metadata.labels;
      return labels?.['pod-security.kubernetes.io/enforce'];
    },
    isProtected: object => /^disabled$/i.test(object.metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune'] ?? ''),
  };
}

function deployedByFlux(all: any[], kustomization: any): Deployed {
  const { metadata, spec } = kustomization;
  const named = ({ kind, name }: any) => all.find(o => o.kind === kind && o.metadata.name === name);
  const release = spec.path.includes('/flux/releases/') ? all.find(o => o.kind === 'HelmRelease' && o.metadata.name === metadata.name) : undefined;
  const source = named(release?.spec.chartRef ?? release?.spec.chart.spec.sourceRef ?? spec.sourceRef);
  const { branch, tag, commit, digest, name } = source.spec.ref ?? {};
  const chart = release?.spec.chart?.spec;
  const url = source.spec.url.replace(/^oci:\/\//, '');
  const cut = url.lastIndexOf('/');
  return {
    name: metadata.name,
    repository: release?.spec.chartRef === undefined ? url : url.slice(0, cut),
    path: release === undefined ? spec.path.replace(/^\.\//, '') || '.' : chart?.chart ?? url.slice(cut + 1),
    revision: chart?.version ?? branch ?? tag ?? commit ?? digest ?? name,
    release: release && { name: release.spec.releaseName, values: release.spec.values, skipsCrds: release.spec.install.crds === 'Skip' },
    prunes: spec.prune,
    heals: release === undefined || release.spec.driftDetection.mode === 'enabled',
    isKept: /^disabled$/i.test(metadata.annotations?.['kustomize.toolkit.fluxcd.io/prune'] ?? ''),
    ignores: (kind, object, pointer) => (spec.ignore ?? []).some(({ paths, target }: any) =>
      target.kind === kind && new RegExp(`^(?:${target.name})$`).test(object) && paths.some((path: string) => isPrefix(path, pointer))),
    leftAlone: (spec.ignore ?? []).map(({ target }: any) => `${target.kind} ${target.name.replaceAll('\\', '')}`).sort(),
    mayTouch: object => mayChange(all, spec.serviceAccountName, object),
  };
}

/** Whether an account may change an object: Kubernetes RBAC, as far as the engine uses it. */
function mayChange(all: any[], account: string, object: any): boolean {
  if (account === 'kustomize-controller') {
    return true; // it applies what draws the borders
  }
  const wants = ['create', 'delete', 'get', 'list', 'patch', 'update', 'watch'];
  const bindings = all.filter(o => (o.kind === 'ClusterRoleBinding' || (o.kind === 'RoleBinding' && o.metadata.namespace === object.metadata.namespace))
    && (o.kind === 'ClusterRoleBinding') === isClusterWide(object) && o.subjects.some((s: any) => s.name === account));
  const [group] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : [''];
  const rules = bindings.flatMap(o => all.find(role => role.kind === 'ClusterRole' && role.metadata.name === o.roleRef.name).rules)
    .filter(rule => rule.apiGroups.includes(group) && rule.resources.some((r: string) => r === '*' || r === PLURALS[object.kind])
      && (rule.resourceNames?.includes(object.metadata.name) ?? true));
  return wants.every(verb => rules.some(rule => rule.verbs.includes(verb)));
}

/** The plurals under which the API serves the kinds of the scenarios. */
const PLURALS: Record<string, string> = {
  AnalysisTemplate: 'analysistemplates',
  ClusterIssuer: 'clusterissuers',
  ConfigMap: 'configmaps',
  CronJob: 'cronjobs',
  Deployment: 'deployments',
  HTTPRoute: 'httproutes',
  HorizontalPodAutoscaler: 'horizontalpodautoscalers',
  Ingress: 'ingresses',
  NetworkPolicy: 'networkpolicies',
  PodDisruptionBudget: 'poddisruptionbudgets',
  Rollout: 'rollouts',
  Service: 'services',
  ServiceAccount: 'serviceaccounts',
  StatefulSet: 'statefulsets',
  StorageClass: 'storageclasses',
};

/** A scenario for every engine, or the written reason why it is not one. */
export function scenario(title: string, run: (engine: Engine) => void, exceptions: { [name in Engine['name']]?: string } = {}): void {
  describe(title, () => {
    for (const engine of ENGINES) {
      const because = exceptions[engine.name];
      if (because === undefined) {
        test(engine.name, () => run(engine));
      } else {
        doesNotApply(engine.name, because);
      }
    }
  });
}

/** Says why an engine has no such case. */
export function doesNotApply(engine: Engine['name'], because: string): void {
  test(`${engine} does not apply, because ${because}`, () => {
    expect(because).toMatch(/^\w+ .*\w+$/);
  });
}
