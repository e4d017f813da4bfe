import type { ApiObjectProps } from 'cdk8s';
import type { MetricsPlan, WorkloadPlan } from '../plan';
import { selector } from './labels';

/**
 * What tells Prometheus where to scrape (monitoring.coreos.com/v1): the Service where it has the
 * port and stands alone, else the pods. During a progressive release several Services lead to the
 * same pods, which would be scraped once for each.
 */
export function monitor(plan: WorkloadPlan, metrics: MetricsPlan): ApiObjectProps {
  const endpoint = { port: metrics.portName, path: metrics.path, interval: `${metrics.intervalSeconds}s`, scheme: 'http' };
  const isByService = metrics.isServicePort && plan.shape.kind === 'rollout' && ['rolling', 'recreate'].includes(plan.shape.strategy.kind);
  return {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: isByService ? 'ServiceMonitor' : 'PodMonitor',
    metadata: { name: plan.name, ...(Object.keys(metrics.labels).length > 0 ? { labels: metrics.labels } : {}) },
    spec: {
      jobLabel: 'app.kubernetes.io/instance',
      selector: { matchLabels: selector(plan.name) },
      [isByService ? 'endpoints' : 'podMetricsEndpoints']: [endpoint],
    },
  };
}
