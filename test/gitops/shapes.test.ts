import { Chart, JsonPatch } from 'cdk8s';
import { Phase } from '../../src/core/platform';
import { environment, followedPlatform, manifests, service } from '../support/model';
import {
  Application, ApplicationForm, ApplicationSource,
  ArgoCdOptions, ArgoCdVersion, Cluster, Diagnostics, Environment, GitOpsEngine, OwnedFields, Platform, Promotion, Region,
  RolloutEngine, RolloutStrategy, Roots,
} from 'cdk8s-fairway';

/* The shapes that an app-of-apps comes in: roots, regions, ApplicationSets, and the versions of Argo CD. */

const REGIONS: Region[] = [
  { name: 'eu', cluster: Cluster.named('prod-eu') },
  { name: 'us', cluster: Cluster.named('prod-us'), wave: 1 },
];

/** dev on one cluster, prod in two regions, the second a wave later; web depends on api. */
function shop(options: ArgoCdOptions = {}, regions = REGIONS): { platform: Platform; dev: Environment; prod: Environment } {
  const platform = followedPlatform({ name: 'shop', gitops: GitOpsEngine.argoCd(options) });
  const dev = environment(platform, 'dev');
  const prod = new Environment(platform, 'prod', { regions, promotedFrom: [dev] });
  service(platform, 'web', { dependsOn: ['api'] });
  service(platform, 'api');
  return { platform, dev, prod };
}

function made(platform: Platform, kind: string): Map<string, any> {
  platform.lower();
  return new Map(manifests(platform.node.findChild('argocd'), kind).map(object => [object.metadata.name as string, object]));
}

const gaps = (platform: Platform) => platform.check().filter(finding => finding.code === 'FW588').map(({ path, message }) => `${path}: ${message}`);

const isRoot = (application: any) => application.spec.destination.namespace === 'argocd';

describe('regions', () => {
  test('each gets the folder of the environment, by an Application and a project of its own', () => {
    const applications = made(shop().platform, 'Application');
    expect([...applications.keys()].filter(name => name.endsWith('-api'))).toEqual(['shop-dev-api', 'shop-prod-eu-api', 'shop-prod-us-api']);
    expect(['eu', 'us'].map(region => applications.get(`shop-prod-${region}-api`)).map(({ spec, metadata }) =>
      [spec.source.path, spec.destination, spec.project, metadata.labels['cdk8s-fairway/region']])).toEqual([
      ['dist/prod/api', { name: 'prod-eu', namespace: 'shop-prod' }, 'shop-prod-eu', 'eu'],
      ['dist/prod/api', { name: 'prod-us', namespace: 'shop-prod' }, 'shop-prod-us', 'us'],
    ]);
    const projects = made(shop().platform, 'AppProject');
    expect(projects.get('shop-prod-us').spec.destinations).toEqual([{ name: 'prod-us', namespace: 'shop-prod' }]);
  });

  test('a wave of regions is not kept by Applications, which is said', () => {
    expect(gaps(shop().platform)).toEqual([expect.stringMatching(/^prod: Argo CD cannot keep the waves of the regions/)]);
    expect(gaps(shop({}, [REGIONS[0]]).platform)).toEqual([]);
  });
});

describe('roots', () => {
  test('for each cluster: each follows the folders of its cluster', () => {
    const roots = [...made(shop().platform, 'Application').values()].filter(isRoot).map(({ metadata, spec }) => [metadata.name, spec.source.path]);
    expect(roots).toEqual([
      ['shop-in-cluster', 'dist/argocd/apps/in-cluster'], ['shop-prod-eu', 'dist/argocd/apps/prod-eu'], ['shop-prod-us', 'dist/argocd/apps/prod-us'],
    ]);
  });

  test('for each environment: each follows its own folder alone', () => {
    const { platform } = shop({ roots: Roots.PER_ENVIRONMENT });
    const roots = [...made(platform, 'Application').values()].filter(isRoot).map(({ metadata, spec }) => [metadata.name, spec.source.path]);
    expect(roots).toEqual([
      ['shop-dev', 'dist/argocd/apps/in-cluster/dev'], ['shop-prod-eu', 'dist/argocd/apps/prod-eu/prod'], ['shop-prod-us', 'dist/argocd/apps/prod-us/prod'],
    ]);
  });

  test('an environment with a branch of its own is followed there', () => {
    const platform = followedPlatform();
    environment(platform, 'prod', { branch: 'environment/prod' });
    service(platform);
    const applications = made(platform, 'Application');
    expect(applications.get('acme-prod-app').spec.source.targetRevision).toBe('environment/prod');
    expect(applications.get('acme-in-cluster').spec.source.targetRevision).toBe('HEAD'); // what there is, one branch says
  });
});

describe('ApplicationSets', () => {
  const options: ArgoCdOptions = { form: ApplicationForm.APPLICATION_SETS };

  test('one for each environment, with an element for each folder and region, and a root each', () => {
    const { platform } = shop(options);
    const sets = made(platform, 'ApplicationSet');
    expect([...sets.keys()]).toEqual(['shop-dev', 'shop-prod']);
    const { generators, template } = sets.get('shop-prod').spec;
    expect(generators[0].list.elements.map((element: any) => [element.name, element.path, element.cluster])).toEqual(['eu', 'us'].flatMap(region =>
      ['namespaces', 'web', 'api'].map(folder => [`shop-prod-${region}-${folder}`, `dist/prod/${folder}`, `prod-${region}`])));
    expect(template.spec).toMatchObject({ project: 'shop-prod', destination: { name: '{{ .cluster }}', namespace: '{{ .namespace }}' } });
    expect([...made(platform, 'Application').values()].map(({ metadata, spec }) => [metadata.name, spec.source.path])).toEqual([
      ['shop-dev', 'dist/argocd/sets/dev'], ['shop-prod', 'dist/argocd/sets/prod'],
    ]);
    expect(made(platform, 'AppProject').get('shop-prod').spec.destinations).toEqual([
      { name: 'prod-eu', namespace: 'shop-prod' }, { name: 'prod-us', namespace: 'shop-prod' },
    ]);
  });

  test('what ends the road outlives its set', () => {
    const sets = made(shop(options).platform, 'ApplicationSet');
    expect(sets.get('shop-prod').spec.syncPolicy).toEqual({ applicationsSync: 'create-update', preserveResourcesOnDeletion: true });
    expect(sets.get('shop-prod').spec.template.metadata.finalizers).toBeUndefined();
    expect(sets.get('shop-dev').spec.syncPolicy).toBeUndefined();
    expect(sets.get('shop-dev').spec.template.metadata.finalizers).toEqual(['resources-finalizer.argocd.argoproj.io']);
  });

  test('a sync by itself, and no order, which is said', () => {
    const { platform } = shop(options);
    expect(made(platform, 'ApplicationSet').get('shop-prod').spec.template.spec.syncPolicy.automated).toEqual({ prune: true, selfHeal: true, allowEmpty: false });
    expect(gaps(platform)).toEqual([
      expect.stringMatching(/^argocd: Argo CD cannot keep the order of shop-dev-web/),
      expect.stringMatching(/^prod: Argo CD cannot keep the waves of the regions/),
    ]);
  });

  test('progressive syncs: region after region, each in the order of its dependencies, every Application in exactly one step', () => {
    const { platform } = shop({ ...options, progressiveSyncs: true });
    const { strategy, generators, template } = made(platform, 'ApplicationSet').get('shop-prod').spec;
    const steps = strategy.rollingSync.steps.map(({ matchExpressions: [{ key, values }] }: any) => [key, values]);
    expect(steps).toEqual(['0', '1', '2', '3', '4', '5'].map(step => ['cdk8s-fairway/step', [step]]));
    const inStep = (step: string) => generators[0].list.elements.filter((element: any) => element.step === step).map((element: any) => element.name);
    expect(['0', '1', '2', '3', '4', '5'].map(inStep)).toEqual(['eu', 'us'].flatMap(region =>
      ['namespaces', 'api', 'web'].map(folder => [`shop-prod-${region}-${folder}`])));
    expect(template.spec.syncPolicy.automated).toBeUndefined(); // RollingSync would switch it off, and hangs with it
    expect(gaps(platform)).toEqual([]);
    expect(platform.check().filter(finding => finding.severity === 'error')).toEqual([]);
  });

  test('drift rules are those of each folder', () => {
    const { platform } = shop(options);
    const claimed = service(platform, 'claimed');
    platform._onLower(Phase.WORKLOADS, () => {
      const [object] = (platform.node.findChild('dev').node.findChild(claimed.name) as Chart).apiObjects;
      OwnedFields.of(object).add({ jsonPointers: ['/data/seen'], owner: 'a controller', reason: 'it counts' });
    });
    const elements = made(platform, 'ApplicationSet').get('shop-dev').spec.generators[0].list.elements;
    const of = (folder: string) => elements.find((element: any) => element.folder === folder);
    expect(of('api')).toMatchObject({
      ignoreDifferences: [], syncOptions: ['ApplyOutOfSyncOnly=true', 'ServerSideApply=true', 'PruneLast=true', 'FailOnSharedResource=true'],
    });
    expect(of('claimed').ignoreDifferences).toEqual([{ kind: 'ServiceAccount', name: 'claimed', namespace: 'shop-dev', jsonPointers: ['/data/seen'] }]);
    expect(of('claimed').syncOptions.at(-1)).toBe('RespectIgnoreDifferences=true');
  });

  test('FW539: clusters by name and by server do not go into one template', () => {
    const { platform } = shop(options, [REGIONS[0], { name: 'other', cluster: Cluster.server('https://10.0.0.1:6443') }]);
    expect(platform.check().map(({ code, path }) => [code, path])).toEqual([['FW539', 'prod']]);
  });

  test('clusters by server', () => {
    const { platform } = shop(options, [{ name: 'a', cluster: Cluster.server('https://10.0.0.1:6443') }, { name: 'b', cluster: Cluster.server('https://10.0.0.2') }]);
    const { generators, template } = made(platform, 'ApplicationSet').get('shop-prod').spec;
    expect(template.spec.destination).toEqual({ server: '{{ .cluster }}', namespace: '{{ .namespace }}' });
    expect(new Set(generators[0].list.elements.map((element: any) => element.cluster))).toEqual(new Set(['https://10.0.0.1:6443', 'https://10.0.0.2']));
  });
});

describe('versions', () => {
  test.each(Object.values(ArgoCdVersion))('%s: nothing is written that it does not know', version => {
    for (const form of Object.values(ApplicationForm)) {
      const { platform } = shop({ version, form });
      expect(platform.check().filter(finding => finding.severity === 'error')).toEqual([]);
      const retry = made(platform, 'Application').values().next().value.spec.syncPolicy.retry;
      expect('refresh' in retry).toBe(!['3.0', '3.1'].includes(version));
      const [resource] = made(platform, 'AppProject').get('shop-dev').spec.clusterResourceWhitelist;
      expect('name' in resource).toBe(!['3.0', '3.1', '3.2'].includes(version));
    }
  });

  test('FW529: a patch with a field that is newer', () => {
    const { platform } = shop({ version: ArgoCdVersion.V3_4 });
    platform.lower();
    const project = platform.node.findChild('argocd').node.findAll().find(c => c.node.id === 'project-shop-dev') as any;
    project.addJsonPatch(JsonPatch.add('/spec/sourceIntegrity', { git: { policies: [{ repos: [{ url: '*' }] }] } }));
    expect(platform.check().filter(finding => finding.code === 'FW529').map(({ message }) => message)).toEqual([
      'The spec.sourceIntegrity of the AppProject "shop-dev" is known from Argo CD 3.5 on, and 3.4 is declared.',
    ]);
  });
});

test.each<[string, any]>([
  ['an unknown form', { form: 'sets' }],
  ['an unknown version', { version: '2.14' }],
  ['unknown roots', { roots: 'one' }],
  ['progressive syncs of Applications', { progressiveSyncs: true }],
  ['progressive syncs that are none', { progressiveSyncs: 'yes', form: 'application-sets' }],
])('FW505: %s', (_, options) => {
  expect(() => GitOpsEngine.argoCd(options)).toThrow(expect.objectContaining({ findings: [expect.objectContaining({ code: 'FW505' })] }));
});

describe('FW587: a release that waits for a person', () => {
  function found(promotion: Promotion, annotations: Record<string, string>): string[] {
    const platform = followedPlatform({ rollouts: RolloutEngine.argoRollouts() });
    const prod = environment(platform);
    service(platform, 'app', { strategy: RolloutStrategy.blueGreen({ promotion }) });
    platform.lower();
    const [object] = (prod.node.findChild('app') as Chart).apiObjects;
    Object.entries(annotations).forEach(([key, value]) => object.metadata.addAnnotation(key, value));
    return platform.check().filter(({ code }) => code === 'FW587').map(({ path, message }) => `${path}: ${message}`);
  }

  test.each<[string, Record<string, string>, string]>([
    ['a hook', { 'argocd.argoproj.io/hook': 'PostSync' }, 'hooks (PostSync)'],
    ['a hook of Helm', { 'helm.sh/hook': 'post-install' }, 'hooks (post-install)'],
    ['two waves', { 'argocd.argoproj.io/sync-wave': '2' }, 'several sync waves'],
  ])('with %s', (_, annotations, why) => {
    expect(found(Promotion.approval(), annotations)).toEqual([`prod/app: A release of "app" waits for an approval, and its folder has ${why}.`]);
    expect(found(Promotion.automatic(), annotations)).toEqual([]);
  });

  test('alone it is fine', () => {
    expect(found(Promotion.approval(), {})).toEqual([]);
    expect(found(Promotion.approval(), { 'argocd.argoproj.io/sync-wave': '0' })).toEqual([]);
  });
});

test('two programs that say the same write the same', () => {
  const write = () => shop({ form: ApplicationForm.APPLICATION_SETS, progressiveSyncs: true }).platform.synthYaml();
  expect(write()).toBe(write());
});

test('FW503: a project of a cluster and one of an environment that would have one name', () => {
  const platform = followedPlatform();
  environment(platform, 'prod-eu-applications', { cluster: Cluster.named('prod-eu') });
  new Application(platform, 'chart', { source: ApplicationSource.helm({ repository: 'https://charts.example.com', chart: 'podinfo', version: '6.9.2' }) });
  service(platform);
  expect(platform.check().map(({ code, message }) => `${code} ${message}`)).toEqual([
    expect.stringMatching(/^FW503 .*"acme-prod-eu-applications" is also made by/),
  ]);
});

test('projects permit the repository and the namespace of each of their Applications', () => {
  for (const form of Object.values(ApplicationForm)) {
    const { platform } = shop({ form });
    new Application(platform, 'oci-chart', { source: ApplicationSource.helm({ repository: 'oci://quay.io/jetstack/charts', chart: 'cert-manager', version: 'v1.18.2' }) });
    new Application(platform, 'chart', { source: ApplicationSource.helm({ repository: 'https://charts.example.com', chart: 'podinfo', version: '6.9.2' }) });
    new Application(platform, 'own', { source: ApplicationSource.kustomize({ path: 'deploy/own' }), namespaces: ['kube-system'] });
    new Application(platform, 'artifact', { source: ApplicationSource.oci({ repository: 'oci://ghcr.io/acme/manifests', revision: '1.4.2' }) });
    const projects = made(platform, 'AppProject');
    const applications = [...made(platform, 'Application').values()];
    expect(applications.length).toBeGreaterThan(12);
    for (const { spec: { project, source, destination } } of applications) {
      const { sourceRepos, destinations } = projects.get(project).spec;
      expect(sourceRepos).toContain(source.repoURL);
      expect(destinations).toContainEqual(destination);
    }
  }
});

test('FW505: the remedy is in the words of the engine', () => {
  const remedy = (run: () => unknown) => {
    try {
      run();
    } catch (e) {
      return Diagnostics.findingsOf(e).map(finding => finding.remedy);
    }
    return [];
  };
  expect(remedy(() => GitOpsEngine.argoCd({ namespace: 'A' }))).toEqual([expect.stringContaining('GitOpsEngine.argoCd(')]);
  expect(remedy(() => GitOpsEngine.flux({ namespace: 'A' }))).toEqual([expect.stringContaining('GitOpsEngine.flux(')]);
});
