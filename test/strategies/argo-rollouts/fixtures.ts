import { ApiObject, ApiObjectMetadata, App, Chart } from 'cdk8s';
import { IConstruct } from 'constructs';
import { expectWellSaid } from '../../support/misuse';
import { Diagnostics, Finding, rollouts } from 'cdk8s-fairway';

const { AnalysisTemplate, CanaryStep, MetricProvider, Rollout, Strategy } = rollouts;

export const LABELS = { app: 'web' };
export const SELECTOR = { matchLabels: LABELS };

/** A pod that is released without downtime. */
export const TEMPLATE = {
  metadata: { labels: LABELS },
  spec: {
    terminationGracePeriodSeconds: 60,
    containers: [{
      name: 'web',
      image: 'ghcr.io/acme/web:1',
      readinessProbe: { httpGet: { path: '/', port: 8080 } },
      lifecycle: { preStop: { sleep: { seconds: 15 } } },
    }],
  },
};

/** A Rollout that nothing is wrong with, but for its strategy. */
export const SOUND = { selector: SELECTOR, template: TEMPLATE, replicas: 4, minReadySeconds: 10, progressDeadlineAbort: true };

export const SERVICES = { canaryService: 'web-canary', stableService: 'web' };
export const ROUTED = { ...SERVICES, minPodsPerReplicaSet: 2 };
export const ANALYSIS = { templates: [{ templateName: 'errors' }] };
export const ISTIO = rollouts.TrafficRouting.istio({ virtualService: { name: 'web' } }, { managedRoutes: [{ name: 'vip' }] });
export const NGINX = rollouts.TrafficRouting.nginx({ stableIngress: 'web' });
export const ALB = rollouts.TrafficRouting.alb({ ingress: 'web', servicePort: 80 }, { managedRoutes: [{ name: 'vip' }] });
export const PLUGIN = rollouts.TrafficRouting.plugins({ 'acme/router': { zone: 'eu' } }, { managedRoutes: [{ name: 'vip' }] });
export const GATEWAY = rollouts.TrafficRouting.gatewayApi({ namespace: 'shop', httpRoute: 'web' });

export function newChart(namespace = 'shop'): Chart {
  return new Chart(new App({ outdir: '/nowhere' }), 'chart', { namespace });
}

/** A Rollout of the name `web`; what is given may be anything that a program in JavaScript passes. */
export function rollout(chart: Chart, props: any = {}, id = 'web'): ApiObject {
  return new Rollout(chart, id, { metadata: { name: id }, ...SOUND, strategy: Strategy.canary(), ...props });
}

export function canary(chart: Chart, props: any, rest: any = {}): ApiObject {
  return rollout(chart, { strategy: Strategy.canary(props), ...rest });
}

export function blueGreen(chart: Chart, props: any = {}, rest: any = {}): ApiObject {
  return rollout(chart, { strategy: Strategy.blueGreen({ activeService: 'web', ...props }), ...rest });
}

export const PROMETHEUS = MetricProvider.prometheus({ query: 'errors' });
export const METRIC = { name: 'errors', provider: PROMETHEUS, successCondition: 'len(result) > 0 && !isNaN(result[0]) && result[0] < 0.05' };

export function analysisTemplate(chart: Chart, props: any = {}, name = 'errors'): ApiObject {
  return new AnalysisTemplate(chart, name, { metadata: { name }, metrics: [METRIC], ...props });
}

/** An object of any kind. */
export function object(chart: Chart, apiVersion: string, kind: string, name: string, more: any, metadata: ApiObjectMetadata = {}): ApiObject {
  return new ApiObject(chart, `${kind}-${name}`, { apiVersion, kind, metadata: { name, ...metadata }, ...more });
}

export function service(chart: Chart, name: string, selector: any = LABELS): ApiObject {
  return object(chart, 'v1', 'Service', name, { spec: { selector, ports: [{ port: 80 }] } });
}

/** Everything that is found, by code and path. */
export function found(chart: IConstruct): Finding[] {
  Diagnostics._collectsBelow(chart.node.root); // as a platform does
  const findings = Diagnostics._collect(chart.node.root);
  findings.forEach(expectWellSaid);
  return findings;
}

export function codes(chart: IConstruct): string[] {
  return [...new Set(found(chart).map(finding => finding.code))].sort();
}

/** Steps that something watches. */
export const STEPS = [CanaryStep.weight(20), CanaryStep.analysis(ANALYSIS), CanaryStep.pause({ duration: '5m' })];
