import { Duration } from 'cdk8s';
import { environment, service, worker } from '../support/model';
import { newPlatform } from '../support/platform';
import {
  CanaryScale, Environment, EnvironmentProps, HeaderMatch, Metric, MetricsProvider, NoData, Platform, PlatformExtension, PlatformProps,
  Promotion, Replicas, RolloutEngine, RolloutStrategy, SaturatedResource, Step, Steps, TrafficRouter, WebServiceProps, Workload,
} from 'cdk8s-fairway';

/*
 * Strategies as people have them, each written once, with what each engine finds wrong with it.
 */

/** The engines, and one that can ask a person. */
export const ENGINES: Record<string, () => PlatformExtension> = {
  'kubernetes': () => RolloutEngine.kubernetes(),
  'argo-rollouts': () => RolloutEngine.argoRollouts(),
  'flagger': () => RolloutEngine.flagger(),
  'flagger with a gate': () => RolloutEngine.flagger({ gate: 'http://flagger-loadtester.test/gate/check' }),
};

const two = Duration.minutes(2);
const success = Metric.successRate({ atLeast: 0.99, interval: two });
const latency = Metric.latency({ percentile: 99, below: Duration.millis(500), interval: two });
const saturation = Metric.saturation({ resource: SaturatedResource.CPU, atMost: 0.9, interval: two });
const steps = Steps.linear({ increment: 25, every: two });
const own = Step.headerRoute({ name: 'own-people', matches: [HeaderMatch.exact('x-own', 'yes')] });
const canary = (props: object = {}) => RolloutStrategy.canary({ steps, analysis: [success, latency], router: TrafficRouter.gatewayApi(), ...props });

/** One workload with one strategy. */
export interface Scenario {
  readonly name: string;
  readonly strategy?: RolloutStrategy;
  readonly props?: Partial<WebServiceProps>;
  readonly environment?: Partial<EnvironmentProps>;
  readonly worker?: boolean;
  /** The codes that each engine gives, warnings too, each once; none where it is not named. */
  readonly codes?: Record<string, string[]>;
}

/** What every engine but Kubernetes alone has. */
const progressive = { kubernetes: ['FW601'] };
const onFlagger = (...codes: string[]) => ({ 'flagger': codes, 'flagger with a gate': codes });

export const SCENARIOS: Scenario[] = [
  { name: 'a rolling update by default' },
  { name: 'a rolling update with its own batches', strategy: RolloutStrategy.rollingUpdate({ maxSurge: 1, maxUnavailable: '10%' }) },
  { name: 'a recreation', strategy: RolloutStrategy.recreate('It holds a lock that two cannot share.') },
  { name: 'a canary on the Gateway API', strategy: canary(), codes: progressive },
  { name: 'a canary for gRPC', strategy: canary({ analysis: [saturation] }), props: { port: 50051, protocol: 'grpc' as any }, codes: progressive },
  { name: 'a canary under an autoscaler', strategy: canary(), props: { replicas: Replicas.between(3, 12) }, codes: progressive },
  { name: 'a canary in Istio', strategy: canary({ router: TrafficRouter.istio({ gateways: ['istio-ingress/public'] }) }), codes: progressive },
  { name: 'a canary inside the mesh', strategy: canary({ router: TrafficRouter.istio() }), props: { host: undefined }, codes: progressive },
  { name: 'a canary on ingress-nginx', strategy: canary({ router: TrafficRouter.nginx() }), codes: progressive },
  { name: 'a canary on Traefik', strategy: canary({ router: TrafficRouter.traefik() }), codes: progressive },
  { name: 'a canary on APISIX', strategy: canary({ router: TrafficRouter.apisix() }), codes: progressive },
  { name: 'a canary on an ALB', strategy: canary({ router: TrafficRouter.alb(), analysis: [saturation] }), codes: { ...progressive, ...onFlagger('FW601') } },
  { name: 'a canary by a plug-in', strategy: canary({ router: TrafficRouter.plugin('argoproj-labs/contour', { httpProxy: 'app' }) }), codes: { ...progressive, ...onFlagger('FW601') } },
  { name: 'a canary by the number of pods', strategy: canary({ router: undefined }), codes: { ...progressive, ...onFlagger('FW601') } },
  { name: 'a canary of a worker', worker: true, strategy: canary({ router: undefined, analysis: [saturation] }), codes: { ...progressive, ...onFlagger('FW601') } },
  { name: 'a canary that a person lets in at the end', strategy: canary({ promotion: Promotion.approval() }), codes: { ...progressive, flagger: ['FW601'] } },
  { name: 'a canary that a person lets on in the middle', strategy: canary({ steps: [Step.weight(10), Step.approval(), Step.weight(50), Step.pause(two)] }), codes: { ...progressive, ...onFlagger('FW601', 'FW603') } },
  { name: 'a canary with pauses of different length', strategy: canary({ steps: [Step.weight(10), Step.pause(two), Step.weight(50), Step.pause(Duration.minutes(10))] }), codes: { ...progressive, ...onFlagger('FW603') } },
  { name: 'a canary that is judged in a step', strategy: canary({ steps: [Step.weight(10), Step.analysis([success]), Step.weight(50), Step.analysis([latency])], analysis: undefined }), codes: { ...progressive, ...onFlagger('FW603') } },
  { name: 'a canary for one\'s own people first', strategy: canary({ router: TrafficRouter.istio({ gateways: ['istio-ingress/public'] }), steps: [Step.scale(CanaryScale.percent(25)), own, Step.pause(two), Step.scale(CanaryScale.matchTraffic()), ...steps] }), codes: { ...progressive, ...onFlagger('FW601', 'FW603') } },
  { name: 'a canary for one\'s own people on a router that cannot', strategy: canary({ router: TrafficRouter.nginx(), steps: [own, Step.pause(two), ...steps] }), codes: { 'kubernetes': ['FW601'], 'argo-rollouts': ['FW601'], ...onFlagger('FW601') } },
  { name: 'a canary with an experiment', strategy: canary({ steps: [Step.experiment({ duration: Duration.minutes(15), metrics: [saturation] }), ...steps] }), codes: { ...progressive, ...onFlagger('FW601') } },
  { name: 'a canary whose stable pods shrink', strategy: canary({ dynamicStableScale: true }), codes: { ...progressive, ...onFlagger('FW603') } },
  { name: 'a canary that waits when nobody calls', strategy: canary({ analysis: [Metric.successRate({ atLeast: 0.99, interval: two, noData: NoData.WAIT, minimumTraffic: 1 })] }), codes: { ...progressive, ...onFlagger('FW601') } },
  { name: 'a canary that passes when nobody calls', strategy: canary({ analysis: [Metric.successRate({ atLeast: 0.99, interval: two, noData: NoData.PASS, minimumTraffic: 1 })] }), codes: progressive },
  { name: 'a canary that nobody watches', strategy: canary({ analysis: undefined }), codes: { 'kubernetes': ['FW601'], 'argo-rollouts': ['FW616'], ...onFlagger('FW616') } },
  { name: 'a canary without a provider', strategy: canary(), environment: { metrics: undefined }, codes: { 'kubernetes': ['FW601'], 'argo-rollouts': ['FW610'], ...onFlagger('FW610') } },
  { name: 'a canary without a Gateway', strategy: canary(), environment: { gateway: undefined }, codes: { 'kubernetes': ['FW601'], 'argo-rollouts': ['FW612'], ...onFlagger('FW612') } },
  { name: 'a canary without a host', strategy: canary(), props: { host: undefined }, codes: { 'kubernetes': ['FW601'], 'argo-rollouts': ['FW612'], ...onFlagger('FW612') } },
  { name: 'blue-green', strategy: RolloutStrategy.blueGreen({ prePromotion: [saturation] }), codes: { ...progressive, ...onFlagger('FW603') } },
  { name: 'blue-green that a person lets in', strategy: RolloutStrategy.blueGreen({ prePromotion: [saturation], promotion: Promotion.approval() }), codes: { ...progressive, 'flagger': ['FW601', 'FW603'], 'flagger with a gate': ['FW603'] } },
  { name: 'blue-green that is judged with traffic', strategy: RolloutStrategy.blueGreen({ postPromotion: [success] }), codes: { ...progressive, ...onFlagger('FW601', 'FW603') } },
  { name: 'blue-green with a small preview', strategy: RolloutStrategy.blueGreen({ prePromotion: [saturation], previewReplicas: 1 }), codes: { ...progressive, ...onFlagger('FW603') } },
  { name: 'blue-green of a worker', worker: true, strategy: RolloutStrategy.blueGreen(), codes: { 'kubernetes': ['FW601'], 'argo-rollouts': ['FW614'], ...onFlagger('FW603', 'FW614') } },
];

/** A platform for scenarios, on one engine, with one environment that has everything that a strategy may need. */
export function platformOf(
  engine: string, props: Partial<PlatformProps> = {}, changed: Partial<EnvironmentProps> = {},
): { platform: Platform; prod: Environment } {
  const platform = newPlatform(props.root, { rollouts: ENGINES[engine](), ...props });
  const prod = environment(platform, 'prod', {
    gateway: { name: 'public', namespace: 'gateways' },
    ingress: { className: 'public', namespace: 'ingress' },
    metrics: MetricsProvider.prometheus({ address: 'http://prometheus.monitoring:9090' }),
    ...changed,
  });
  return { platform, prod };
}

/** The workload of a scenario. */
export function declare(platform: Platform, scenario: Scenario, name = 'app'): Workload {
  const shared = { replicas: Replicas.fixed(4), strategy: scenario.strategy };
  return scenario.worker ? worker(platform, name, shared)
    : service(platform, name, { host: `${name}.example.com`, ...shared, ...scenario.props });
}

/** A service that calls others. */
export function caller(platform: Platform, ...names: string[]): void {
  service(platform, 'caller', { dependsOn: names });
}
