import { lookBackSeconds } from './look-back';
import { ownQuery } from './own-query';
import type { CloudWatchDataQuery, CloudWatchQuery, QueryContext } from './query';
import { Refusal } from './refusal';
import type { MetricsConnection } from '../../environments';
import type { MetricPlan } from '../plan';

/** Values come minutes after what they measure; the newest one within this time counts. */
const LAG_SECONDS = 300;

/** The queries of GetMetricData: those that were given as a JSON list, or the given text as the only expression. */
export function cloudWatchQuery(metric: MetricPlan, context: QueryContext, connection: Extract<MetricsConnection, { kind: 'cloudwatch' }>): CloudWatchQuery {
  // The names of target groups are made by the load balancer controller, those of Container Insights leave out the revision.
  const text = ownQuery(metric, context, 'CloudWatch', 'its dimensions do not tell the new version before it runs');
  const seconds = Math.ceil(lookBackSeconds(metric) / 60) * 60;
  const queries = text.startsWith('[') ? listed(text) : [{ id: 'result', expression: text, period: seconds, returnData: true }];
  if (queries.filter(query => query.returnData ?? true).length !== 1) {
    throw new Refusal('of its queries not exactly one is returned; write "ReturnData": false into the others');
  }
  return { kind: 'cloudwatch', queries, lookBackSeconds: Math.max(LAG_SECONDS, seconds), region: connection.region };
}

function listed(text: string): CloudWatchDataQuery[] {
  let list: any;
  try {
    list = JSON.parse(text);
  } catch {
    throw new Refusal('the query begins as a JSON list and is none');
  }
  const queries = list.map(renamed);
  for (const query of queries) {
    if (typeof query?.id !== 'string' || (query.expression === undefined) === (query.metricStat === undefined)) {
      throw new Refusal('each query of CloudWatch has an Id, and either an Expression or a MetricStat');
    }
  }
  return queries;
}

/** The API writes `MetricStat`, Argo Rollouts `metricStat`. */
function renamed(value: any): any {
  if (Array.isArray(value)) {
    return value.map(renamed);
  }
  if (value === null || typeof value !== 'object') {
    return value;
  }
  return Object.fromEntries(Object.entries(value).map(([key, v]) => [`${key.slice(0, 1).toLowerCase()}${key.slice(1)}`, renamed(v)]));
}
