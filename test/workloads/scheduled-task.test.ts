import { Duration } from 'cdk8s';
import { titled } from '../support/misuse';
import { environment, image, manifest, manifests, service } from '../support/model';
import { newPlatform } from '../support/platform';
import { ConcurrencyPolicy, Diagnostics, Environment, Platform, ScheduledTask, ScheduledTaskProps } from 'cdk8s-fairway';

function task(scope: Platform, props: Partial<ScheduledTaskProps> = {}): ScheduledTask {
  return new ScheduledTask(scope, 'report', { image: image(), schedule: '30 3 * * *', ...props });
}

function inProd(props: Partial<ScheduledTaskProps>): { platform: Platform; prod: Environment } {
  const platform = newPlatform();
  const prod = environment(platform);
  task(platform, props);
  return { platform, prod };
}

describe('the CronJob', () => {
  test('by default', () => {
    const { platform, prod } = inProd({});
    const { spec } = manifest(prod, 'report', 'CronJob');
    const { template, ...job } = spec.jobTemplate.spec;
    expect({ ...spec, jobTemplate: undefined }).toEqual({
      schedule: '30 3 * * *', timeZone: 'Etc/UTC', concurrencyPolicy: 'Forbid', startingDeadlineSeconds: 300, successfulJobsHistoryLimit: 3, failedJobsHistoryLimit: 3, suspend: false,
    });
    expect(job).toEqual({
      backoffLimit: 2, activeDeadlineSeconds: 3600, podFailurePolicy: { rules: [{ action: 'Ignore', onPodConditions: [{ type: 'DisruptionTarget', status: 'True' }] }] },
    });
    expect(template.spec.restartPolicy).toBe('Never');
    expect(template.spec.containers[0]).not.toHaveProperty('readinessProbe');
    expect(platform.check()).toEqual([]);
  });

  test('in full', () => {
    const { prod } = inProd({
      schedule: '@hourly',
      timeZone: 'Europe/Berlin',
      concurrency: ConcurrencyPolicy.REPLACE,
      startingDeadline: Duration.seconds(10),
      timeout: Duration.days(1),
      retries: 0,
      fatalExitCodes: [78, 64, 78],
      keepSucceeded: 0,
      keepFailed: 10,
      suspend: true,
    });
    const { spec } = manifest(prod, 'report', 'CronJob');
    expect(spec).toMatchObject({
      schedule: '@hourly', timeZone: 'Europe/Berlin', concurrencyPolicy: 'Replace', startingDeadlineSeconds: 10, successfulJobsHistoryLimit: 0, failedJobsHistoryLimit: 10, suspend: true,
    });
    expect(spec.jobTemplate.spec).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 86_400 });
    expect(spec.jobTemplate.spec.podFailurePolicy.rules[0]).toEqual({ action: 'FailJob', onExitCodes: { containerName: 'report', operator: 'In', values: [64, 78] } });
  });

  test('environments change when it runs', () => {
    const platform = newPlatform();
    const dev = environment(platform, 'dev');
    const prod = environment(platform, 'prod', { promotedFrom: [dev] });
    task(platform, { overrides: { dev: { suspend: true }, prod: { schedule: '@daily', timeZone: 'Asia/Tokyo' } } });
    expect(manifest(dev, 'report', 'CronJob').spec).toMatchObject({ schedule: '30 3 * * *', timeZone: 'Etc/UTC', suspend: true });
    expect(manifest(prod, 'report', 'CronJob').spec).toMatchObject({ schedule: '@daily', timeZone: 'Asia/Tokyo', suspend: false });
  });
});

test('beside it stand an account and a policy, and nothing that waits for pods', () => {
  const platform = newPlatform();
  const prod = environment(platform);
  service(platform, 'api');
  task(platform, { dependsOn: ['api'] });
  platform.lower();
  expect(manifests(prod.node.findChild('report')).map(o => o.kind)).toEqual(['ServiceAccount', 'CronJob', 'NetworkPolicy']);
  const [policy] = manifests(prod.node.findChild('report'), 'NetworkPolicy');
  expect(policy.spec.ingress).toBeUndefined();
  expect(policy.spec.egress[1].to).toEqual([{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'api' } } }]);
  expect(manifest(prod, 'api', 'NetworkPolicy').spec.ingress[0].from).toEqual([{ podSelector: { matchLabels: { 'app.kubernetes.io/instance': 'report' } } }]);
});

test('explained', () => {
  const { platform, prod } = inProd({});
  expect((platform.node.findChild('report') as ScheduledTask).explain(prod)).toBe('report in prod: a CronJob; the next run has the new version.\n');
});

/* robfig/cron v3 spec and parser tests, restated: what the controller takes and refuses (github.com/robfig/cron/v3 parser_test.go). */
describe('schedules', () => {
  const codeOf = (schedule: string) => {
    try {
      task(newPlatform(), { schedule });
      return undefined;
    } catch (e) {
      return Diagnostics.findingsOf(e).map(f => f.code).join();
    }
  };

  test.each(titled([
    '* * * * *', '*/15 * * * *', '5 4 * * sun', '0 0 1 1 *', '0 22 * * 1-5', '23 0-20/2 * * *', '0 0,12 1 */2 *', '0 4 8-14 * *', '? ? ? ? ?', '* * * JAN-MAR Mon,tue', '5/15 * * * *', '00 08 * * *',
    '0 0 29 2 *', '0 0 31 */2 *', '  0   3 * * *', '*/90 * * * *', '*-5 * * * *', '@hourly', '@daily', '@midnight', '@weekly', '@monthly', '@yearly', '@annually', '0 0 31 2 1', '1,,2 * * * *',
  ]))('taken: %s', (_, schedule) => {
    expect(codeOf(schedule)).toBeUndefined();
  });

  test.each(titled([
    '', ' ', 'daily', '* * * *', '* * * * * *', '60 * * * *', '* 24 * * *', '* * 0 * *', '* * 32 * *', '* * * 0 *', '* * * 13 *', '* * * * 7', '* * * * 1-7', '5-1 * * * *', '*/0 * * * *', '*/-1 * * * *',
    '1-2-3 * * * *', '1/2/3 * * * *', 'a * * * *', '* * * foo *', '* * * * L', '* * 15W * *', '* * * * 5#3', '@every 1h', '@reboot', '@Daily', '@', 'TZ=UTC 0 3 * * *', 'CRON_TZ=Europe/Berlin 0 3 * * *', ', * * * *',
    '0 0 31 2 *', '0 0 30 feb *', '0 0 31 4,6,9,11 *', '1.5 * * * *', '+5 * * * *', '٣ * * * *',
  ]))('FW424: %s', (_, schedule) => {
    expect(codeOf(schedule)).toBe('FW424');
  });

  test.each(['Etc/UTC', 'UTC', 'GMT', 'Europe/Berlin', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata', 'America/Port-au-Prince'])('time zone taken: %s', timeZone => {
    expect(() => task(newPlatform(), { timeZone })).not.toThrow();
  });

  test.each(['', 'Berlin', 'Europe/', '/UTC', 'Europe//Berlin', '../UTC', 'Etc/-UTC', 'Mars/Olympus', '+01:00', '-0500', 'local', 'Etc/UTC\n'])('FW425: %s', timeZone => {
    expect(() => task(newPlatform(), { timeZone })).toThrow(expect.objectContaining({ message: expect.stringContaining('FW425') }));
  });
});
