import { environment, manifests, pod, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import { Cluster, Environment, Platform } from 'cdk8s-fairway';

/** dev → staging → prod-eu and prod-us, and qa on its own. */
function road(): { platform: Platform; dev: Environment; staging: Environment; eu: Environment; us: Environment; qa: Environment } {
  const platform = newPlatform();
  const dev = environment(platform, 'dev');
  const qa = environment(platform, 'qa');
  const staging = environment(platform, 'staging', { promotedFrom: [dev] });
  const eu = environment(platform, 'prod-eu', { promotedFrom: [staging], cluster: Cluster.named('eu') });
  const us = environment(platform, 'prod-us', { promotedFrom: [staging, qa], cluster: Cluster.named('us') });
  return { platform, dev, staging, eu, us, qa };
}

test('the road ends where nothing is promoted from', () => {
  const { dev, staging, eu, us, qa } = road();
  expect([dev, staging, eu, us, qa].map(e => e.isFinal)).toEqual([false, false, true, true, false]);
});

test('the end of the road moves when the road grows', () => {
  const { platform, eu } = road();
  environment(platform, 'prod-asia', { promotedFrom: [eu] });
  expect(eu.isFinal).toBe(false);
});

test('a stage is the number of promotions on the longest way', () => {
  const { dev, staging, eu, us, qa } = road();
  expect([dev, qa, staging, eu, us].map(e => e.stage)).toEqual([0, 0, 1, 2, 2]);
});

test('environments are listed in the order in which they were declared, of their own platform alone', () => {
  const { platform } = road();
  expect(Environment.allIn(platform).map(e => e.name)).toEqual(['dev', 'qa', 'staging', 'prod-eu', 'prod-us']);
  expect(Environment.allIn(newPlatform())).toEqual([]);
});

test('lists are copies', () => {
  const { platform, staging } = road();
  const promotedFrom = [environment(platform, 'early')];
  const late = environment(platform, 'late', { promotedFrom, labels: { tier: 'late' } });
  promotedFrom.push(staging);
  late.promotedFrom.push(staging);
  late.labels.tier = 'other';
  Environment.allIn(platform).pop();
  expect(late.promotedFrom.map(e => e.name)).toEqual(['early']);
  expect(late.labels).toEqual({ tier: 'late' });
  expect(Environment.allIn(platform).at(-1)).toBe(late);
});

test('isEnvironment tells environments from everything else', () => {
  const { dev, platform } = road();
  expect([dev, platform, {}, null, undefined, 'dev'].map(x => Environment.isEnvironment(x))).toEqual([true, false, false, false, false, false]);
});

test('labels of an environment stand on every object and pod of it, and nowhere else', () => {
  const platform = newPlatform();
  const dev = environment(platform, 'dev', { labels: { 'example.com/cost-center': '42' } });
  const prod = environment(platform, 'prod');
  service(platform);
  worker(platform);
  platform.lower();
  const labels = (of: Environment) => [...manifests(of).map(o => o.metadata.labels), pod(of).metadata.labels, pod(of, 'job').metadata.labels];
  expect(labels(dev).map(l => l['example.com/cost-center'])).toEqual(labels(dev).map(() => '42'));
  expect(labels(prod).map(l => l['example.com/cost-center'])).toEqual(labels(prod).map(() => undefined));
});

describe('the priority of an environment', () => {
  test('grows along the road and never evicts', () => {
    const { platform } = road();
    worker(platform);
    platform.lower();
    const classes = manifests(platform, 'PriorityClass');
    expect(classes.map(c => [c.metadata.name, c.value])).toEqual([
      ['acme-dev-100', 100], ['acme-qa-100', 100], ['acme-staging-200', 200], ['acme-prod-eu-300', 300], ['acme-prod-us-300', 300],
    ]);
    expect(classes.map(c => [c.preemptionPolicy, c.globalDefault])).toEqual(classes.map(() => ['Never', false]));
  });

  test('is another class when it changes, because Kubernetes refuses to change the value of one', () => {
    const classOf = (stages: string[]) => {
      const platform = newPlatform();
      const all = stages.reduce<Environment[]>((before, name) => [...before, environment(platform, name, { promotedFrom: before.slice(-1) })], []);
      worker(platform);
      platform.lower();
      const { metadata, value } = manifests(all.at(-1)!, 'PriorityClass')[0];
      expect(pod(all.at(-1)!, 'job').spec.priorityClassName).toBe(metadata.name);
      return { name: metadata.name, value };
    };
    const short = classOf(['dev', 'prod']);
    const long = classOf(['dev', 'staging', 'prod']);
    expect(short.value).not.toBe(long.value);
    expect(short.name).not.toBe(long.name);
  });
});
