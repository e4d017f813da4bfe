import type { Construct } from 'constructs';
import { CanaryMetric } from './canary-metric';
import { MetricProvider } from './metric-provider';
import { MetricTemplate } from './metric-template';
import { NEWEST } from './since';
import { FlaggerVersion } from './version';
import { Support } from '../../../core/capability';
import { Finding } from '../../../core/diagnostics/finding';
import * as messages from '../../messages';
import { noDataSupport, templateIntervalOf, templateQueryOf, thresholdRangeOf } from '../../metrics/flagger';
import { isFinding, ProviderQuery, QueryContext, queryOf } from '../../metrics/query';
import type { MetricPlan } from '../../plan';
import type { RolloutTarget } from '../../target';

type Described = Omit<RolloutTarget, 'template'>;

/** The metric as Flagger takes its samples: once in a beat, over all the time since the last one. */
function sampled(metric: MetricPlan, intervalSeconds: number): MetricPlan {
  return { ...metric, intervalSeconds: Math.max(metric.intervalSeconds, intervalSeconds) };
}

/** What Flagger asks for a metric, or why it cannot: HTTP checks and Jobs are not among what it can. */
export function askedBy(target: Described, metric: MetricPlan, intervalSeconds: number): ProviderQuery | Finding {
  const query = queryOf(sampled(metric, intervalSeconds), contextOf(target));
  if (!isFinding(query) && query.kind === 'influxdb' && query.address === undefined) {
    return messages.unansweredMetric.at(target.path, {
      metric: metric.name,
      environment: target.environment.name,
      fault: 'Flagger reads the address of InfluxDB from the template and not from the Secret; give MetricsProvider.influxDb({ address: \'…\' })',
    });
  }
  return query;
}

/** Why a query has no place in a MetricTemplate, or nothing. */
export function unaskable(query: ProviderQuery, version: FlaggerVersion = NEWEST): string | undefined {
  switch (query.kind) {
    case 'prometheus': return version === FlaggerVersion.V1_40 && Object.keys(query.headers).length > 0
      ? 'headers of Prometheus requests came with Flagger 1.41' : undefined;
    case 'http': return 'its webhooks post, and look at nothing but the status; ask a provider of metrics';
    case 'job': return 'it runs no Jobs; let a webhook of your own run them';
    case 'plugin': return 'it has no plug-ins';
    default: return undefined;
  }
}

/** How a policy for no data is kept; a row without its part. */
export function noDataOf(metric: MetricPlan, query: ProviderQuery): { support: Support; how: string } {
  return noDataSupport(metric, query);
}

/** The template of a metric, and how a Canary refers to it. */
export function judge(
  chart: Construct, target: RolloutTarget, metric: MetricPlan, intervalSeconds: number, flaggerVersion: FlaggerVersion,
): CanaryMetric[] {
  const query = askedBy(target, metric, intervalSeconds);
  const text = isFinding(query) ? undefined : templateQueryOf(metric, query);
  const provider = isFinding(query) ? undefined : providerOf(query);
  if (isFinding(query) || text === undefined || provider === undefined) {
    return []; // said by the findings of the engine; nothing is written then
  }
  const name = `${target.name}-${metric.name}`;
  new MetricTemplate(chart, `metric-${metric.name}`, { metadata: { name }, provider, query: text, flaggerVersion });
  return [CanaryMetric.template({
    name: metric.name,
    templateRef: { name },
    thresholdRange: thresholdRangeOf(metric) ?? {},
    interval: `${templateIntervalOf(sampled(metric, intervalSeconds), query)}s`,
  })];
}

/** The regions of New Relic (docs.newrelic.com, Insights query API). */
const NEW_RELIC: Record<string, string> = { us: 'https://insights-api.newrelic.com', eu: 'https://insights-api.eu.newrelic.com' };

function providerOf(query: ProviderQuery): MetricProvider | undefined {
  switch (query.kind) {
    case 'prometheus': {
      const headers = Object.entries(query.headers).map(([name, value]) => [name, [value]]);
      return MetricProvider.prometheus({ address: query.address, ...(headers.length > 0 ? { headers: Object.fromEntries(headers) } : {}) });
    }
    case 'datadog': return MetricProvider.datadog({ address: query.address, secretRef: query.secret });
    case 'cloudwatch': return MetricProvider.cloudWatch(query.region);
    case 'newrelic': return MetricProvider.newRelic({ address: NEW_RELIC[query.region] ?? NEW_RELIC.us, secretRef: query.secret });
    case 'graphite': return MetricProvider.graphite({ address: query.address });
    case 'influxdb': return MetricProvider.influxDb({ address: query.address!, secretRef: query.secret });
    default: return undefined;
  }
}

function contextOf({ path, environment, namespace, name, service, strategy }: Described): QueryContext {
  return {
    path,
    environment,
    namespace,
    workload: name,
    service: service && `${name}-canary`,
    // Those of the target: the pods of the primary have one part more in their names.
    pods: `${name}-[0-9a-z]+-[0-9a-z]{5}`,
    portName: service?.portName,
    router: strategy.kind === 'canary' ? strategy.router : { kind: 'none' },
    hosts: service?.hosts ?? [],
    interval: '{{ interval }}',
  };
}
