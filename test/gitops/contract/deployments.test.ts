import { ApiObject, Chart, Duration } from 'cdk8s';
import { doesNotApply, Engine, scenario } from './engines';
import { application, CHART, foldersOf, platformOf, road, warningsOf } from './model';
import { readTree } from '../../support/folders';
import { environment, manifests, objectsIn, REPOSITORY, service, worker } from '../../support/model';
import {
  ApplicationSource, Cluster, FolderChart, HeaderMatch, Metric, PodSecurity, Replicas,
  RolloutEngine, RolloutStrategy, Step, Steps, TrafficRouter, WebServiceProps,
} from 'cdk8s-fairway';

/* What is deployed, from where, and what is left alone, removed and permitted: the same of every engine, from one declaration. */

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const DIGEST = `sha256:${'0'.repeat(64)}`;

describe('folders', () => {
  scenario('each folder of each environment is deployed once, from one branch', engine => {
    const platform = platformOf(engine);
    const environments = Object.values(road(platform));
    service(platform, 'web');
    worker(platform, 'job');
    const deployed = [...engine.see(platform).deployed.values()];
    const folders = environments.flatMap(each => [...foldersOf(each).keys()]);
    expect(deployed.map(each => each.path).sort()).toEqual(folders.sort());
    expect(deployed.map(({ repository, revision, prunes, heals }) => ({ repository, revision, prunes, heals })))
      .toEqual(deployed.map(() => ({ repository: REPOSITORY, revision: 'main', prunes: true, heals: true })));
    platform.synth();
    const written = Object.keys(readTree(platform.root)).map(file => file.slice(0, file.lastIndexOf('/')));
    expect(deployed.filter(({ path }) => !written.includes(path))).toEqual([]);
  });

  scenario('an environment with a branch of its own follows it; the others do not', engine => {
    const platform = platformOf(engine);
    const dev = environment(platform, 'dev', { branch: 'env/dev' });
    environment(platform, 'prod', { cluster: Cluster.named('prod-eu'), promotedFrom: [dev] });
    worker(platform, 'job');
    application(platform, 'chart');
    application(platform, 'folder', { source: ApplicationSource.directory({ path: 'deploy/folder' }) });
    const { deployed } = engine.see(platform);
    const revisions = Object.fromEntries([...deployed].map(([name, { revision }]) => [name, revision]));
    expect(revisions).toEqual({
      'acme-dev-job': 'env/dev',
      'acme-dev-namespaces': 'env/dev',
      'acme-in-cluster-chart': '6.9.2',
      'acme-in-cluster-folder': 'env/dev',
      'acme-prod-eu-chart': '6.9.2',
      'acme-prod-eu-folder': 'main',
      'acme-prod-job': 'main',
      'acme-prod-namespaces': 'main',
    });
  });
});

describe('what comes from elsewhere', () => {
  scenario('a chart: version, values and name, with what environments change', engine => {
    const platform = platformOf(engine);
    road(platform);
    application(platform, 'podinfo', { overrides: { prod: { revision: '6.9.1', values: { ui: { color: 'red' } } } } });
    const { deployed, levelOf } = engine.see(platform);
    expect([...deployed.values()].map(({ name, repository, path, revision, release }) => ({ name, repository, path, revision, release }))).toEqual([
      {
        name: 'acme-in-cluster-podinfo',
        repository: 'https://charts.example.com',
        path: 'podinfo',
        revision: '6.9.2',
        release: { name: 'podinfo', values: { replicas: 1, ui: { color: 'blue' } }, skipsCrds: false },
      },
      {
        name: 'acme-prod-eu-podinfo',
        repository: 'https://charts.example.com',
        path: 'podinfo',
        revision: '6.9.1',
        release: { name: 'podinfo', values: { replicas: 1, ui: { color: 'red' } }, skipsCrds: false },
      },
    ]);
    expect(levelOf('acme-prod-eu-podinfo')).toBe('baseline');
    expect(platform.check()).toEqual([]);
  });

  scenario('a chart in a registry', engine => {
    const platform = platformOf(engine);
    environment(platform);
    application(platform, 'agent', {
      source: ApplicationSource.helm({ repository: 'oci://ghcr.io/acme/charts', chart: 'podinfo', version: '6.9.2', releaseName: 'info', skipCrds: true }),
      namespace: 'agents',
      podSecurity: PodSecurity.PRIVILEGED,
    });
    const { deployed, levelOf } = engine.see(platform);
    expect([...deployed.values()]).toMatchObject([{
      repository: 'ghcr.io/acme/charts', path: 'podinfo', revision: '6.9.2', release: { name: 'info', values: undefined, skipsCrds: true },
    }]);
    expect(levelOf('acme-in-cluster-agent')).toBe('privileged');
  });

  scenario('folders and artifacts, with what environments change', engine => {
    const platform = platformOf(engine);
    road(platform);
    application(platform, 'kustomize', {
      source: ApplicationSource.kustomize({ repository: 'https://github.com/acme/other', path: 'overlays/prod', revision: 'v1.2.3' }),
      overrides: { prod: { revision: COMMIT } },
    });
    application(platform, 'directory', { source: ApplicationSource.directory({ path: 'deploy/extras' }) });
    application(platform, 'artifact', {
      source: ApplicationSource.oci({ repository: 'oci://ghcr.io/acme/manifests', revision: '1.4.2', path: 'base' }), overrides: { prod: { revision: DIGEST } },
    });
    const seen = [...engine.see(platform).deployed.values()].map(({ name, repository, path, revision }) => [name, repository, path, revision]).sort();
    expect(seen).toEqual([
      ['acme-in-cluster-kustomize', 'https://github.com/acme/other', 'overlays/prod', 'v1.2.3'],
      ['acme-prod-eu-kustomize', 'https://github.com/acme/other', 'overlays/prod', COMMIT],
      ['acme-in-cluster-directory', REPOSITORY, 'deploy/extras', 'main'],
      ['acme-prod-eu-directory', REPOSITORY, 'deploy/extras', 'main'],
      ['acme-in-cluster-artifact', 'ghcr.io/acme/manifests', 'base', '1.4.2'],
      ['acme-prod-eu-artifact', 'ghcr.io/acme/manifests', 'base', DIGEST],
    ].sort());
    expect(platform.check()).toEqual([]);
  });

  scenario('two environments on one cluster get an application once', engine => {
    const platform = platformOf(engine);
    const { dev } = road(platform);
    application(platform, 'one', { environments: [dev] });
    application(platform, 'all', { overrides: { dev: { revision: '6.9.1' }, staging: { revision: '6.9.1' } } });
    expect([...engine.see(platform).deployed.values()].map(({ name, revision }) => [name, revision])).toEqual([
      ['acme-in-cluster-one', '6.9.2'], ['acme-in-cluster-all', '6.9.1'], ['acme-prod-eu-all', '6.9.2'],
    ]);
  });

  scenario('drift of a chart may stay', engine => {
    const platform = platformOf(engine);
    environment(platform);
    application(platform, 'chart', { selfHeal: false });
    expect(engine.see(platform).deployed.get('acme-in-cluster-chart')!.heals).toBe(false);
    expect(platform.check()).toEqual([]);
  });

  scenario('objects of a folder may stay when they leave it', engine => {
    const platform = platformOf(engine);
    environment(platform);
    application(platform, 'folder', { source: ApplicationSource.directory({ path: 'a' }), prune: false });
    expect(engine.see(platform).deployed.get('acme-in-cluster-folder')!.prunes).toBe(false);
    expect(platform.check()).toEqual([]);
  });

  const gap = (title: string, declare: (platform: ReturnType<typeof platformOf>) => void) => scenario(`what only Argo CD keeps is said: ${title}`, engine => {
    const platform = platformOf(engine);
    environment(platform);
    declare(platform);
    expect(warningsOf(platform)).toEqual(['FW588 folder']);
  }, { argocd: 'Argo CD keeps it' });
  gap('drift of a folder', p => application(p, 'folder', { source: ApplicationSource.directory({ path: 'a' }), selfHeal: false }));
  gap('objects that a chart no longer has', p => application(p, 'folder', { prune: false }));
  gap('a namespace for objects that name none, among several', p => application(p, 'folder', { source: ApplicationSource.directory({ path: 'a' }), namespaces: ['kube-system'] }));
});

describe('what is left alone', () => {
  const steps = Steps.linear({ increment: 25, every: Duration.minutes(2) });
  const analysis = [Metric.successRate({ atLeast: 0.99, interval: Duration.minutes(2) })];
  const canary = RolloutStrategy.canary({ steps, analysis, router: TrafficRouter.gatewayApi() });
  const own = Step.headerRoute({ name: 'own', matches: [HeaderMatch.exact('x-own', 'yes')] });

  const rollouts = (engine: Engine, props: Partial<WebServiceProps>, by = RolloutEngine.argoRollouts()) => {
    const platform = platformOf(engine, { rollouts: by });
    const { prod } = road(platform);
    service(platform, 'app', { host: 'app.example.com', environments: [prod], ...props });
    return engine.see(platform).deployed.get('acme-prod-app')!;
  };

  scenario('nothing of a Deployment with a fixed number', engine => {
    expect(rollouts(engine, {}).leftAlone).toEqual([]);
  });

  scenario('the weights of a route, and nothing else of it', engine => {
    const seen = rollouts(engine, { strategy: canary });
    expect(seen.leftAlone).toEqual(['HTTPRoute app', 'Service app', 'Service app-canary']);
    expect(['/spec/rules/0/backendRefs/0/weight', '/spec/rules/0/matches', '/spec/rules/0/backendRefs/0/name', '/spec/hostnames'].map(p => seen.ignores('HTTPRoute', 'app', p)))
      .toEqual([true, false, false, false]);
    expect(seen.ignores('Service', 'app', '/spec/selector/rollouts-pod-template-hash')).toBe(true);
    expect(seen.ignores('Service', 'app', '/spec/ports')).toBe(false);
  });

  scenario('all rules of a route to which the controller adds some', engine => {
    const seen = rollouts(engine, { strategy: RolloutStrategy.canary({ steps: [own, ...steps], analysis, router: TrafficRouter.gatewayApi() }) });
    expect(seen.ignores('HTTPRoute', 'app', '/spec/rules/0/matches')).toBe(true);
  });

  scenario('the number of what an autoscaler scales', engine => {
    const seen = rollouts(engine, { replicas: Replicas.between(2, 5), strategy: RolloutStrategy.blueGreen() });
    expect(seen.leftAlone).toEqual(['Rollout app', 'Service app', 'Service app-preview']);
    expect([seen.ignores('Rollout', 'app', '/spec/replicas'), seen.ignores('Rollout', 'app', '/spec/template')]).toEqual([true, false]);
  });

  scenario('the number of the target of Flagger', engine => {
    const seen = rollouts(engine, { strategy: canary }, RolloutEngine.flagger());
    expect(seen.leftAlone).toEqual(['Deployment app']);
    expect([seen.ignores('Deployment', 'app', '/spec/replicas'), seen.ignores('Deployment', 'app', '/spec/template')]).toEqual([true, false]);
  });
});

describe('what is removed', () => {
  scenario('an application at the end of the road stays until a person has said so', engine => {
    const platform = platformOf(engine);
    const { prod } = road(platform);
    service(platform, 'web');
    application(platform, 'chart', { environments: [prod] });
    const { deployed } = engine.see(platform);
    expect(Object.fromEntries([...deployed].map(([name, { isKept }]) => [name, isKept]))).toEqual({
      'acme-dev-namespaces': false,
      'acme-dev-web': false,
      'acme-staging-namespaces': false,
      'acme-staging-web': false,
      'acme-prod-namespaces': true,
      'acme-prod-web': true,
      'acme-prod-eu-chart': true,
    });
  });

  scenario('namespaces, claims and definitions stay until a person has said so, everywhere', engine => {
    const platform = platformOf(engine);
    const { dev } = road(platform);
    service(platform, 'web');
    const extras = new FolderChart(dev, 'extras', { folder: 'dev/extras', namespace: 'acme-dev' });
    new ApiObject(extras, 'claim', { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'data' } });
    const { isProtected } = engine.see(platform);
    const objects = manifests(platform).filter(o => !/fluxcd|argoproj/.test(o.apiVersion));
    const kinds = new Set(objects.filter(isProtected).map(o => o.kind));
    expect(kinds).toEqual(new Set(['Namespace', 'PersistentVolumeClaim']));
    expect(objects.filter(o => kinds.has(o.kind) && !isProtected(o))).toEqual([]);
  });
});

describe('what may be changed', () => {
  scenario('everything in the folder, and nothing of other environments or kinds', engine => {
    const platform = platformOf(engine, { rollouts: RolloutEngine.argoRollouts() });
    const { dev, prod } = road(platform);
    service(platform, 'web', { host: 'a.example.com', environments: [prod], strategy: RolloutStrategy.blueGreen(), replicas: Replicas.between(2, 5) });
    service(platform, 'api', { environments: [dev, prod] });
    const { deployed } = engine.see(platform);
    for (const each of [dev, prod]) {
      const folders = foldersOf(each);
      for (const one of [...deployed.values()].filter(({ path }) => folders.has(path))) {
        const refused = manifests(folders.get(one.path)!).filter(object => !one.mayTouch(object)).map(o => `${one.name}: ${o.kind} ${o.metadata.name}`);
        expect(refused).toEqual([]);
      }
    }
    const api = deployed.get('acme-prod-api')!;
    const inDev = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'acme-dev' } };
    expect(api.mayTouch(inDev)).toBe(false);
    expect(api.mayTouch({ ...inDev, metadata: { name: 'a', namespace: 'acme-prod' } })).toBe(true);
    expect(api.mayTouch({ ...inDev, kind: 'Secret', metadata: { name: 'a', namespace: 'acme-prod' } })).toBe(false);
    expect(api.mayTouch({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'admin' } })).toBe(false);
    expect(api.mayTouch({ ...inDev, metadata: { name: 'a', namespace: 'kube-system' } })).toBe(false);
  });

  scenario('kinds of objects that are added after lower() count', engine => {
    const platform = platformOf(engine);
    const prod = environment(platform);
    worker(platform, 'job');
    platform.lower();
    const chart = prod.node.findChild('job') as Chart;
    new ApiObject(chart, 'issuer', { apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'public' } });
    new ApiObject(chart, 'secret', { apiVersion: 'v1', kind: 'StatefulSet', metadata: { name: 'other' } });
    const job = engine.see(platform).deployed.get('acme-prod-job')!;
    for (const object of objectsIn(chart).filter(each => each.name !== 'other')) {
      expect([object.kind, job.mayTouch(object.toJson())]).toEqual([object.kind, true]);
    }
    expect(job.mayTouch({ apiVersion: 'cert-manager.io/v1', kind: 'ClusterIssuer', metadata: { name: 'private' } })).toBe(false);
  });

  describe('an application may make what its `clusterKinds` say, and no other cluster-wide kinds', () => {
    doesNotApply('flux', 'charts are installed by the account of the controller: whoever may make roles may do everything anyhow');
  });
});

scenario('a synth gives the same bytes every time', engine => {
  const written = () => {
    const platform = platformOf(engine);
    road(platform);
    service(platform, 'web', { dependsOn: ['chart'] });
    application(platform, 'chart', { source: CHART });
    platform.synth();
    return readTree(platform.root);
  };
  expect(written()).toEqual(written());
});
