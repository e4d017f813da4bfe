import { ApiObject, Chart } from 'cdk8s';
import { scenario } from './engines';
import { application, errorsOf, platformOf, road, warningsOf } from './model';
import { environment, service, worker } from '../../support/model';
import { object } from '../../support/platform';
import { ApplicationSource, Cluster, FolderChart, NamespaceRule, Platform, PodSecurity, RolloutEngine, RolloutStrategy, Step } from 'cdk8s-fairway';

/* What cannot be is refused whatever the engine, with the same words. */

const refused = (title: string, code: string, path: string, declare: (platform: Platform) => void) => scenario(`${code}: ${title}`, engine => {
  const platform = platformOf(engine);
  declare(platform);
  expect(errorsOf(platform)).toEqual([[code, path]]);
});

describe('applications', () => {
  refused('a dependency that nobody has', 'FW582', 'a', p => {
    environment(p);
    application(p, 'a', { dependsOn: ['nobody'] });
  });
  refused('a dependency on a workload', 'FW582', 'a', p => {
    environment(p);
    worker(p, 'job');
    application(p, 'a', { dependsOn: ['job'] });
  });
  refused('a dependency on another cluster', 'FW582', 'a', p => {
    const { dev } = road(p);
    application(p, 'a', { dependsOn: ['b'] });
    application(p, 'b', { environments: [dev] });
  });
  refused('a workload that depends on what its cluster does not get', 'FW582', 'job', p => {
    const { dev } = road(p);
    application(p, 'b', { environments: [dev] });
    worker(p, 'job', { dependsOn: ['b'] });
  });
  refused('environments of one cluster that disagree', 'FW584', 'a', p => {
    road(p);
    application(p, 'a', { overrides: { dev: { revision: '6.9.1' } } });
  });
  refused('an override for an environment that does not exist', 'FW590', 'a', p => {
    road(p);
    application(p, 'a', { overrides: { qa: { revision: '6.9.1' } } });
  });
  refused('an override where it does not run', 'FW590', 'a', p => {
    const { prod } = road(p);
    application(p, 'a', { environments: [prod], overrides: { dev: { revision: '6.9.1' } } });
  });
  refused('a namespace of workloads', 'FW586', 'a', p => {
    environment(p);
    worker(p, 'job');
    application(p, 'a', { namespace: 'acme-prod' });
  });
  refused('two levels for one namespace', 'FW599', 'b', p => {
    environment(p);
    application(p, 'a', { namespace: 'shared' });
    application(p, 'b', { namespace: 'shared', podSecurity: PodSecurity.PRIVILEGED });
  });

  scenario('one namespace for two that agree is fine', engine => {
    const platform = platformOf(engine);
    environment(platform);
    application(platform, 'a', { namespace: 'shared' });
    application(platform, 'b', { namespace: 'shared' });
    expect(platform.check()).toEqual([]);
  });

  scenario('FW589: a branch is a warning', engine => {
    const platform = platformOf(engine);
    environment(platform);
    application(platform, 'a', { source: ApplicationSource.directory({ repository: 'https://github.com/a/b', path: 'c', revision: 'main' }) });
    expect(warningsOf(platform)).toEqual(['FW589 a']);
  });
});

describe('names and folders', () => {
  refused('two clusters with one short name', 'FW598', 'a/namespaces', p => {
    environment(p, 'a', { cluster: Cluster.named('prod.eu') });
    environment(p, 'b', { cluster: Cluster.named('prod-eu') });
    worker(p, 'job');
  });
  scenario('names with hyphens that would meet', engine => {
    const platform = platformOf(engine);
    environment(platform, 'eu-x', { cluster: Cluster.named('prod') });
    environment(platform, 'x', { cluster: Cluster.named('prod-eu') });
    worker(platform, 'job');
    for (const name of ['base', 'access', 'branch', 'source', 'root-prod']) {
      application(platform, name);
    }
    expect(platform.check()).toEqual([]);
  });
  refused('a name that is too long', 'FW504', 'an-application-with-a-long-name-of-its-o', p => {
    environment(p, 'prod', { cluster: Cluster.named('a-cluster-with-a-long-name') });
    application(p, 'an-application-with-a-long-name-of-its-o');
  });
  refused('a folder without objects', 'FW507', 'prod/empty', p => {
    new FolderChart(environment(p), 'empty', { folder: 'prod/empty' });
    worker(p, 'job');
  });
  refused('one folder for two', 'FW506', 'prod/b', p => {
    const prod = environment(p);
    for (const id of ['a', 'b']) {
      object(new FolderChart(prod, id, { folder: 'prod/same', namespace: 'acme-prod' }), `object-${id}`);
    }
    worker(p, 'job');
  });

  scenario('FW508: a chart that nothing deploys', engine => {
    const platform = platformOf(engine);
    environment(platform);
    worker(platform, 'job');
    object(new Chart(platform, 'stray'), 'a');
    expect(warningsOf(platform)).toEqual(['FW508 stray']);
  });

  scenario('FW509: workloads beside the engine', engine => {
    const platform = platformOf(engine);
    environment(platform, 'prod', { namespaces: NamespaceRule.perEnvironment(engine.name === 'flux' ? 'flux-system' : 'argocd') });
    worker(platform, 'job');
    expect(errorsOf(platform)).toEqual([['FW509', 'prod/namespaces']]);
  });
});

describe('approvals', () => {
  const approved = (platform: Platform, hook: Record<string, string>) => {
    environment(platform);
    service(platform, 'web', { strategy: RolloutStrategy.canary({ steps: [Step.weight(50), Step.approval()] }) });
    platform.lower();
    const chart = platform.node.findChild('prod').node.findChild('web') as Chart;
    new ApiObject(chart, 'job', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'job', annotations: hook } });
  };
  const HOOK = { 'argocd.argoproj.io/hook': 'PostSync' };

  scenario('FW587: a release that waits for a person, in a sync that waits for it', engine => {
    const platform = platformOf(engine, { rollouts: RolloutEngine.argoRollouts() });
    approved(platform, HOOK);
    expect(errorsOf(platform)).toEqual([['FW587', 'prod/web']]);
  }, { flux: 'a release that waits counts as well, and a folder is applied at once' });

  scenario('a hook of Argo CD is none of Flux', engine => {
    const platform = platformOf(engine, { rollouts: RolloutEngine.argoRollouts() });
    approved(platform, HOOK);
    expect(errorsOf(platform)).toEqual([]);
    expect(warningsOf(platform)).toContain('FW588 prod/web/job');
  }, { argocd: 'the hook is its own' });

  scenario('without a hook it is fine', engine => {
    const platform = platformOf(engine, { rollouts: RolloutEngine.argoRollouts() });
    approved(platform, {});
    expect(errorsOf(platform)).toEqual([]);
  });
});
