import { promString, series } from './promql';
import { Family, familiesOf, sourceOf } from './sources';
import type { MetricsConnection } from '../../../environments';
import type { MetricPlan } from '../../plan';
import { lookBackSeconds } from '../look-back';
import { substituted } from '../placeholders';
import { isScalar, withoutComments } from '../promql-text';
import type { PrometheusQuery, QueryContext } from '../query';
import { Refusal } from '../refusal';

type Connection = Extract<MetricsConnection, { kind: 'prometheus' }>;

/** The query of a metric in PromQL: what has no data gives an empty vector, never NaN. */
export function prometheusQuery(metric: MetricPlan, context: QueryContext, connection: Connection): PrometheusQuery {
  const plain = (text: string) => substituted(text, context, metric, 'plain');
  return {
    kind: 'prometheus',
    query: promql(metric, context, connection),
    address: plain(connection.address),
    headers: Object.fromEntries(Object.entries(connection.headers ?? {}).map(([name, value]) => [plain(name), plain(value)])),
    timeoutSeconds: connection.timeoutSeconds ?? 30,
  };
}

function promql(metric: MetricPlan, context: QueryContext, connection: Connection): string {
  const { measure } = metric;
  const range = context.interval ?? `${lookBackSeconds(metric)}s`;
  switch (measure.kind) {
    case 'query': return own(withoutComments(measure.query), metric, context);
    case 'saturation': return saturation(measure.resource, context, range);
    case 'success-rate':
    case 'error-rate':
    case 'latency': {
      if (context.portName === undefined || context.portName === 'tcp') {
        throw new Refusal(context.portName === 'tcp' ? 'nobody counts requests on a port named tcp' : 'the workload serves no requests');
      }
      const source = metric.requests ?? connection.requests ?? sourceOf(context.router);
      const queries = familiesOf(source, context, measure.kind === 'latency').map(family => ofRequests(metric, family, range));
      return queries.length === 1 ? queries[0] : queries.map(query => `(${query})`).join(' or ');
    }
    default: throw new Error(`no query for ${measure.kind}`);
  }
}

function own(query: string, metric: MetricPlan, context: QueryContext): string {
  if (query === '') {
    throw new Refusal('the query is empty but for comments');
  }
  if (isScalar(query)) {
    throw new Refusal('the query gives a bare number, of which nobody can tell whether there was data; leave scalar() out, or write vector(…)');
  }
  return substituted(query, context, metric, 'promql');
}

function ofRequests(metric: MetricPlan, family: Family, range: string): string {
  const { measure, minimumTraffic } = metric;
  const rates = (name: string, ...groups: string[][]) => groups
    .flatMap(group => family.version.map(version => `rate(${series(name, [...version, ...group])}[${range}])${family.join ? ` ${family.join}` : ''}`))
    .join(' or ');
  const requests = (...groups: string[][]) => `sum(${rates(family.requests, ...groups)})`;
  const enough = minimumTraffic === undefined ? '> 0' : `>= ${minimumTraffic}`;
  const traffic = `(${requests([])} ${enough})`;
  switch (measure.kind) {
    // Nobody counts what has not happened: without a single such request there is no series, which is a ratio of 0.
    case 'success-rate': return `(${requests(family.succeeded)} or vector(0)) / ${traffic}`;
    case 'error-rate': return `(${requests(...family.failed)} or vector(0)) / ${traffic}`;
    case 'latency': {
      const buckets = rates(`${family.duration}_bucket`, family.timed ?? []);
      const quantile = Number((measure.percentile / 100).toPrecision(12));
      const seconds = family.perSecond === 1 ? '' : ` / ${family.perSecond}`;
      return `histogram_quantile(${quantile}, sum by (le) (${buckets}))${seconds} and on () ${traffic}`;
    }
    default: throw new Error(`no requests in ${measure.kind}`);
  }
}

/** Use over limits, of the containers that have a limit: without one there is nothing to run short of. */
function saturation(resource: 'cpu' | 'memory', context: QueryContext, range: string): string {
  const pods = [`namespace=${promString(context.namespace)}`, `pod=~${promString(context.pods)}`];
  const limits = series('kube_pod_container_resource_limits', [...pods, `resource="${resource}"`]);
  const containers = [...pods, 'container!=""'];
  // A container that was restarted has two series of memory in the range, of which only one is in use at a time.
  const use = resource === 'cpu'
    ? `sum by (namespace, pod, container) (rate(${series('container_cpu_usage_seconds_total', containers)}[${range}]))`
    : `max by (namespace, pod, container) (max_over_time(${series('container_memory_working_set_bytes', containers)}[${range}]))`;
  return `sum(${use} and on (namespace, pod, container) ${limits}) / (sum(${limits}) > 0)`;
}
