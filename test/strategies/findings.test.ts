import { Duration } from 'cdk8s';
import { caller, declare, platformOf } from './scenarios';
import { expectWellSaid } from '../support/misuse';
import { EnvironmentProps, Metric, RolloutStrategy, Severity, Step, Steps, TrafficRouter, WebServiceProps } from 'cdk8s-fairway';

/* What is found wrong with a strategy where it stands: with its workload, in its environment, on its engine. */

const two = Duration.minutes(2);
const steps = Steps.linear({ increment: 25, every: two });
const watched = [Metric.successRate({ atLeast: 0.99, interval: two })];
const canary = (props: object = {}) => RolloutStrategy.canary({ steps, analysis: watched, router: TrafficRouter.gatewayApi(), ...props });

interface Row {
  readonly title: string;
  readonly code: string;
  readonly engine?: string;
  readonly strategy: RolloutStrategy;
  readonly props?: Partial<WebServiceProps>;
  readonly environment?: Partial<EnvironmentProps>;
  readonly worker?: boolean;
  readonly says: RegExp;
}

const ROWS: Row[] = [
  { title: 'a canary on Kubernetes alone', code: 'FW601', engine: 'kubernetes', strategy: canary(), says: /RolloutEngine.argoRollouts\(\)/ },
  { title: 'a preview that Flagger has no word for', code: 'FW603', engine: 'flagger', strategy: RolloutStrategy.blueGreen({ previewReplicas: 1 }), says: /preview of 1 pods/ },
  { title: 'a metric with nobody to ask', code: 'FW610', strategy: canary(), environment: { metrics: undefined }, says: /"success-rate" has nobody to ask in the environment "prod"/ },
  {
    title: 'an unknown placeholder',
    code: 'FW611',
    strategy: canary({ analysis: [Metric.query('depth', { query: 'depth{queue="{{queue}}"}', atMost: 1 })] }),
    says: /"depth" cannot be answered/,
  },
  { title: 'a router without a Gateway', code: 'FW612', strategy: canary(), environment: { gateway: undefined }, says: /no `gateway`/ },
  { title: 'a router without a host', code: 'FW612', strategy: canary(), props: { host: undefined }, says: /no host name/ },
  { title: 'a router for a port of raw bytes', code: 'FW612', strategy: canary(), props: { host: undefined, protocol: 'tcp' as any }, says: /the port is "tcp"/ },
  { title: 'Istio with a host and no Gateway', code: 'FW612', strategy: canary({ router: TrafficRouter.istio() }), says: /no `gateways`/ },
  { title: 'a switch of nothing', code: 'FW614', strategy: RolloutStrategy.blueGreen(), worker: true, says: /"app" serves nothing/ },
  { title: 'a router in front of nothing', code: 'FW614', strategy: canary(), worker: true, says: /"app" serves nothing/ },
  { title: 'a canary that nobody watches', code: 'FW616', strategy: canary({ analysis: undefined }), says: /neither metrics nor an approval/ },
  { title: 'an approval before anything was judged', code: 'FW617', strategy: canary({ analysis: undefined, steps: [Step.weight(10), Step.approval(), Step.analysis(watched)] }), says: /waits for a person while no metric is watched/ },
];

test.each(ROWS.map(row => [`${row.code}: ${row.title}`, row] as const))('%s', (_, { code, engine = 'argo-rollouts', strategy, props, environment, worker, says }) => {
  const { platform } = platformOf(engine, {}, environment);
  declare(platform, { name: 'app', strategy, props, worker });
  caller(platform, 'app');
  const found = platform.check().filter(finding => finding.code === code);
  expect(found.length).toBeGreaterThan(0);
  found.forEach(finding => expectWellSaid(finding));
  expect(found.map(({ message }) => message).join('\n')).toMatch(says);
  expect([...new Set(found.map(({ path }) => path))]).toEqual(['app']);
  if (found.some(({ severity }) => severity === Severity.ERROR)) {
    expect(() => platform.synth()).toThrow(code);
  }
});

test('a warning is accepted with a reason, an approval after an analysis needs none', () => {
  const { platform } = platformOf('argo-rollouts');
  declare(platform, { name: 'app', strategy: canary({ analysis: undefined, steps: [Step.weight(10), Step.analysis(watched), Step.approval()] }) });
  expect(platform.check()).toEqual([]);
});
