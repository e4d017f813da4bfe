import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Diagnostics, Finding, flagger } from 'cdk8s-fairway';

export const { Analysis, CanaryTarget } = flagger;

export const ANALYSIS = { interval: '1m', threshold: 5 };
export const WEIGHTS = { ...ANALYSIS, stepWeight: 10, maxWeight: 50 };
export const VALID = { targetRef: CanaryTarget.deployment('shop'), service: { port: 80 }, analysis: Analysis.canary(WEIGHTS) };

export function chartOf(): Chart {
  return new Chart(new App({ outdir: '/nowhere' }), 'chart', { namespace: 'shop' });
}

/** What is written for the objects that are declared. */
export function synth(declare: (chart: Chart) => unknown): any[] {
  const chart = chartOf();
  declare(chart);
  return Testing.synth(chart);
}

/** What the checks say of what is declared, without those that cdk8s itself runs. */
export function found(declare: (chart: Chart) => unknown): Finding[] {
  const chart = chartOf();
  declare(chart);
  return (Diagnostics as any)._collect(chart.node.root).filter((finding: Finding) => finding.code !== 'FW101');
}

/** An object with a spec, by its name. */
export function object(chart: Chart, kind: string, name: string, spec: any = {}, apiVersion = API_VERSIONS[kind], namespace?: string): ApiObject {
  return new ApiObject(chart, `${kind}-${name}-${namespace ?? ''}`, { apiVersion, kind, metadata: { name, ...(namespace === undefined ? {} : { namespace }) }, spec });
}

const API_VERSIONS: Record<string, string> = {
  Deployment: 'apps/v1',
  DaemonSet: 'apps/v1',
  Service: 'v1',
  ConfigMap: 'v1',
  Secret: 'v1',
  HorizontalPodAutoscaler: 'autoscaling/v2',
  ScaledObject: 'keda.sh/v1alpha1',
  PodDisruptionBudget: 'policy/v1',
  NetworkPolicy: 'networking.k8s.io/v1',
  Ingress: 'networking.k8s.io/v1',
  HTTPRoute: 'gateway.networking.k8s.io/v1',
  VirtualService: 'networking.istio.io/v1',
  DestinationRule: 'networking.istio.io/v1',
  TraefikService: 'traefik.io/v1alpha1',
  ApisixRoute: 'apisix.apache.org/v2',
};

/** The spec of a Deployment that Flagger can release. */
export function deployment(changes: any = {}, pod: any = {}): any {
  return {
    selector: { matchLabels: { 'app.kubernetes.io/name': 'shop' } },
    template: { metadata: { labels: { 'app.kubernetes.io/name': 'shop' } }, spec: { containers: [{ name: 'shop', image: 'shop', ports: [{ name: 'http', containerPort: 8080 }] }], ...pod } },
    ...changes,
  };
}
