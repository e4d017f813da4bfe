import { lookBackSeconds } from './look-back';
import { ownQuery } from './own-query';
import { mapOutsidePlaceholders } from './placeholders';
import type { GraphiteQuery, QueryContext } from './query';
import type { MetricsConnection } from '../../environments';
import type { MetricPlan } from '../plan';

/** Parameters of the render API: those that were given, or the given expression as the target over the time to look back. */
export function graphiteQuery(metric: MetricPlan, context: QueryContext, connection: Extract<MetricsConnection, { kind: 'graphite' }>): GraphiteQuery {
  const text = ownQuery(metric, context, 'Graphite', 'there is no common name for metrics of requests or pods', 'wildcards');
  const encoded = () => mapOutsidePlaceholders(text, part => part.replace(/[%&#+]/g, encodeURIComponent));
  const query = /(^|&)target=/.test(text) ? text : `target=${encoded()}&from=-${lookBackSeconds(metric)}s`;
  return { kind: 'graphite', query, address: connection.address };
}
