import { lookBackSeconds } from './look-back';
import { ownQuery } from './own-query';
import { substituted } from './placeholders';
import type { NewRelicQuery, QueryContext } from './query';
import { Refusal } from './refusal';
import type { MetricsConnection } from '../../environments';
import type { MetricPlan } from '../plan';

export function newRelicQuery(metric: MetricPlan, context: QueryContext, connection: Extract<MetricsConnection, { kind: 'newrelic' }>): NewRelicQuery {
  const { measure } = metric;
  const query = measure.kind === 'saturation' ? saturation(measure.resource, metric, context)
    : ownQuery(metric, context, 'New Relic', 'its agents do not say which pod has answered');
  if (/\bSINCE\b/i.test(query)) {
    throw new Refusal('the query says SINCE; the time that it looks back over is the interval of the metric');
  }
  if (!/\bAS\s+(['"`]?)result\1(?![\w'"`])/i.test(query)) {
    throw new Refusal("the query does not name its number: write SELECT … AS 'result'");
  }
  return { kind: 'newrelic', query, lookBackSeconds: lookBackSeconds(metric), secret: connection.secret, region: connection.region ?? 'us' };
}

/** The samples of the Kubernetes integration: percent of the limit, null where nothing was sampled. */
function saturation(resource: 'cpu' | 'memory', metric: MetricPlan, context: QueryContext): string {
  const used = resource === 'cpu' ? 'cpuCoresUtilization' : 'memoryWorkingSetUtilization';
  const query = `SELECT average(${used}) / 100 AS 'result' FROM K8sContainerSample WHERE namespaceName = '{{namespace}}' AND podName RLIKE r'{{pods}}'`;
  return substituted(query, context, metric, 'quoted');
}
