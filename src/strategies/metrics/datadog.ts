import { lookBackSeconds } from './look-back';
import { ownQuery } from './own-query';
import { wildcard } from './placeholders';
import type { DatadogQuery, QueryContext } from './query';
import type { MetricsConnection } from '../../environments';
import type { MetricPlan } from '../plan';

/** A query of one metric: `sum:name{tags} by {tag}.as_count()`, where tags may hold a placeholder of the engine. */
const METRIC = /[a-z0-9_]+(?:\([^()]*\))?:[A-Za-z][\w.]*\{(?:\{\{[^{}]*\}\}|[^{}])*\}(?:\s*by\s*\{[^{}]*\})?(?:\.[a-z_]+\([^()]*\))*/g;

export function datadogQuery(metric: MetricPlan, context: QueryContext, connection: Extract<MetricsConnection, { kind: 'datadog' }>): DatadogQuery {
  const { measure } = metric;
  const query = measure.kind === 'saturation' ? saturation(measure.resource, context)
    : ownQuery(metric, context, 'Datadog', 'how its metrics of requests are called depends on the integration', 'wildcards');
  return {
    kind: 'datadog',
    query,
    formula: formulaOf(query),
    lookBackSeconds: lookBackSeconds(metric),
    address: connection.address ?? 'https://api.datadoghq.com',
    secret: connection.secret,
  };
}

/** The kubelet check of the agent: nanocores and cores, bytes and bytes. */
function saturation(resource: 'cpu' | 'memory', context: QueryContext): string {
  const tags = `{kube_namespace:${context.namespace},pod_name:${wildcard(context.pods)}}`;
  return resource === 'cpu'
    ? `sum:kubernetes.cpu.usage.total${tags} / (sum:kubernetes.cpu.limits${tags} * 1000000000)`
    : `sum:kubernetes.memory.working_set${tags} / sum:kubernetes.memory.limits${tags}`;
}

/** The text taken apart for version 2 of the API, where the metrics stand apart from what is computed of them. */
function formulaOf(query: string): DatadogQuery['formula'] {
  const queries: Record<string, string> = {};
  const formula = query.replace(METRIC, text => {
    const name = Object.keys(queries).find(other => queries[other] === text) ?? `q${Object.keys(queries).length + 1}`;
    queries[name] = text;
    return name;
  });
  return Object.keys(queries).length === 0 ? undefined : { queries, formula };
}
