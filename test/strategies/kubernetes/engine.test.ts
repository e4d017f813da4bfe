import { Chart } from 'cdk8s';
import { environment, manifests, service, worker } from '../../support/model';
import { newPlatform } from '../../support/platform';
import { Environment, Platform, RolloutEngine, RolloutStrategy, Step, WebServiceProps } from 'cdk8s-fairway';

const CANARY = RolloutStrategy.canary({ steps: [Step.weight(20)] });

function released(props: Partial<WebServiceProps>, platform = newPlatform()): { platform: Platform; prod: Environment } {
  const prod = environment(platform, 'prod', { gateway: { name: 'public', namespace: 'gateways' } });
  service(platform, 'app', props);
  platform.lower();
  return { platform, prod };
}

const strategyOf = (prod: Environment) => manifests(prod, 'Deployment')[0].spec.strategy;

test.each<[string, RolloutStrategy | undefined, object]>([
  ['rolling, as by default', undefined, { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } }],
  ['rolling by choice', RolloutStrategy.rollingUpdate(), { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: 0 } }],
  ['rolling by numbers', RolloutStrategy.rollingUpdate({ maxSurge: 2, maxUnavailable: '10%' }), { type: 'RollingUpdate', rollingUpdate: { maxSurge: 2, maxUnavailable: '10%' } }],
  ['recreated', RolloutStrategy.recreate('only one may hold the lock'), { type: 'Recreate' }],
])('%s', (_, strategy, expected) => {
  const { platform, prod } = released({ strategy });
  expect(strategyOf(prod)).toEqual(expected);
  expect(platform.check()).toEqual([]);
});

test.each<[string, RolloutStrategy]>([['canary', CANARY], ['blue-green', RolloutStrategy.blueGreen()]])('FW601: %s is none of its strategies, and it says which engine has it', (kind, strategy) => {
  const { platform, prod } = released({ strategy, host: 'shop.example.com' });
  const findings = platform.check();
  expect(findings.map(f => [f.code, f.path])).toEqual([['FW601', 'app']]);
  expect(findings[0].message).toContain(`Kubernetes has no ${kind} (environment "prod")`);
  for (const way of ['RolloutEngine.argoRollouts()', 'RolloutEngine.flagger()', 'RolloutStrategy.rollingUpdate()']) {
    expect(findings[0].message).toContain(way);
  }
  // The tree is whole, so that everything else is checked, too; nothing of it is written.
  expect(manifests(prod.node.findChild('app') as Chart).map(o => o.kind)).toEqual(['ServiceAccount', 'Deployment', 'Service', 'HTTPRoute', 'NetworkPolicy', 'PodDisruptionBudget']);
  expect(() => platform.synth()).toThrow('FW601');
});

test('is the engine where none is given, and may be given', () => {
  const trees = [newPlatform(), newPlatform(undefined, { rollouts: RolloutEngine.kubernetes() })].map(platform => manifests(released({ host: 'a.example.com' }, platform).prod));
  expect(trees[0]).toEqual(trees[1]);
});

test('one environment may roll where another cannot', () => {
  const platform = newPlatform();
  const dev = environment(platform, 'dev');
  environment(platform, 'prod', { promotedFrom: [dev] });
  worker(platform, 'job', { strategy: CANARY, overrides: { dev: { strategy: RolloutStrategy.rollingUpdate() } } });
  expect(platform.check().map(f => f.message)).toEqual([expect.stringContaining('"prod"')]);
});

test('explains what it does, part by part', () => {
  const { platform, prod } = released({ host: 'shop.example.com', strategy: RolloutStrategy.rollingUpdate({ maxSurge: 1 }) });
  const [app] = platform.node.children.filter(child => child.node.id === 'app') as any[];
  expect(app.explain(prod).split('\n').slice(0, 6)).toEqual([
    'app in prod, rolling, by Kubernetes:',
    '  part                             support  how',
    '  rolling update                   native   Deployment spec.strategy.rollingUpdate: maxSurge 1, maxUnavailable 0',
    '  wait until pods are ready        native   Deployment spec.minReadySeconds and the readiness probe',
    '  stop when pods do not get ready  native   Deployment spec.progressDeadlineSeconds; the old pods go on serving, nothing is undone',
    '  service                          native   one Service in front of all pods',
  ]);
  expect(() => app.explain(environment(newPlatform(), 'prod'))).toThrow('FW201');
});

test('explains what it cannot do', () => {
  const { platform, prod } = released({ strategy: CANARY });
  const [app] = platform.node.children.filter(child => child.node.id === 'app') as any[];
  expect(app.explain(prod)).toMatch(/^app in prod, canary, by Kubernetes:\n {2}part +support +how\n {2}canary +unsupported +A Deployment has no such strategy/);
});
