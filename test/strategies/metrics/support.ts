import { Platform } from '../../../src/core';
import { Finding } from '../../../src/core/diagnostics/finding';
import { Cluster, Environment, MetricsProvider } from '../../../src/environments';
import { Metric } from '../../../src/strategies/metric';
import { isFinding, ProviderQuery, QueryContext, queryOf } from '../../../src/strategies/metrics/query';
import type { MetricPlan, RouterPlan } from '../../../src/strategies/plan';
import { newFolder } from '../../support/folders';

export const ADDRESS = 'http://prometheus.monitoring:9090';
export const ARGO_PODS = 'checkout-{{args.new-version}}-.*';
export const FLAGGER_PODS = '{{ target }}-[0-9a-zA-Z]+(-[0-9a-zA-Z]+)';
export const ROUTERS: Record<string, RouterPlan> = {
  'none': { kind: 'none' },
  'gateway-api': { kind: 'gateway-api' },
  'istio': { kind: 'istio', gateways: [], hosts: [] },
  'nginx': { kind: 'nginx' },
  'alb': { kind: 'alb' },
  'traefik': { kind: 'traefik', entryPoints: [] },
  'apisix': { kind: 'apisix' },
  'plugin': { kind: 'plugin', plugin: 'acme/router', config: {} },
};

/** The new version of checkout in prod, as Argo Rollouts knows it. */
export function context(provider?: MetricsProvider, props: Partial<QueryContext> = {}): QueryContext {
  const platform = new Platform({ name: 'shop', root: newFolder() });
  const prod = new Environment(platform, 'prod', { cluster: Cluster.inCluster({ kubernetesVersion: '1.34' }), metrics: provider });
  return {
    path: 'prod/checkout',
    environment: prod,
    namespace: 'shop',
    workload: 'checkout',
    service: 'checkout-canary',
    pods: ARGO_PODS,
    portName: 'http',
    router: ROUTERS['gateway-api'],
    hosts: ['shop.example.com'],
    ...props,
  };
}

export function plan(metric: Metric): MetricPlan {
  return metric._plan;
}

/** What is asked; fails the test for a finding. */
export function asked(metric: Metric, where: QueryContext): ProviderQuery {
  const query = queryOf(plan(metric), where);
  if (isFinding(query)) {
    throw new Error(`${query.code}: ${query.message}`);
  }
  return query;
}

/** The text of what is asked. */
export function text(metric: Metric, where: QueryContext): string {
  return (asked(metric, where) as { query: string }).query;
}

/** Why it cannot be asked; fails the test for a query. */
export function refused(metric: Metric, where: QueryContext): Finding {
  const query = queryOf(plan(metric), where);
  if (!isFinding(query)) {
    throw new Error(`is answered: ${JSON.stringify(query)}`);
  }
  return query;
}
