import { jobSpec } from './job';
import { MetricProvider } from './metric-provider';
import { DatadogApiVersion } from './metric-providers-cloud';
import type { ProviderQuery } from '../../metrics/query';
import type { RolloutTarget } from '../../target';

/** What asks a query, in the words of Argo Rollouts. */
export function providerOf(query: ProviderQuery, target: RolloutTarget): MetricProvider {
  switch (query.kind) {
    case 'prometheus': {
      const headers = Object.entries(query.headers).map(([key, value]) => ({ key, value }));
      return MetricProvider.prometheus({
        address: query.address, query: query.query, timeout: query.timeoutSeconds, ...(headers.length > 0 ? { headers } : {}),
      });
    }
    case 'datadog': {
      const interval = `${query.lookBackSeconds}s`;
      const secretRef = { name: query.secret, namespaced: true };
      const asked = query.formula ? { queries: query.formula.queries, formula: query.formula.formula } : { query: query.query };
      return MetricProvider.datadog({ apiVersion: DatadogApiVersion.V2, interval, ...asked, secretRef });
    }
    case 'cloudwatch': return MetricProvider.cloudWatch({ interval: `${query.lookBackSeconds}s`, metricDataQueries: query.queries });
    case 'newrelic': return MetricProvider.newRelic({ profile: query.secret, query: `${query.query} SINCE ${query.lookBackSeconds} seconds ago` });
    case 'graphite': return MetricProvider.graphite({ address: query.address, query: query.query });
    case 'influxdb': return MetricProvider.influxdb({ profile: query.secret, query: query.query });
    case 'plugin': return MetricProvider.plugin(query.plugin, { ...query.config, query: query.query });
    case 'http': {
      const headers = Object.entries(query.headers).map(([key, value]) => ({ key, value }));
      return MetricProvider.web({
        url: query.url,
        timeoutSeconds: query.timeoutSeconds,
        ...(headers.length > 0 ? { headers } : {}),
        ...(query.jsonPath === undefined ? {} : { jsonPath: query.jsonPath }),
      });
    }
    case 'job': return MetricProvider.job({ spec: jobSpec(query, target) });
  }
}
