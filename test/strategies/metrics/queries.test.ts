import * as fs from 'fs';
import * as path from 'path';
import { Duration } from 'cdk8s';
import { ADDRESS, ARGO_PODS, context, FLAGGER_PODS, refused, ROUTERS, text } from './support';
import { MetricsProvider, RequestMetrics } from '../../../src/environments';
import { Metric, SaturatedResource } from '../../../src/strategies/metric';

/* Every built-in query of Prometheus, as it is written out in queries.txt. */

const PROMETHEUS = MetricsProvider.prometheus({ address: ADDRESS });
const BLOCKS = fs.readFileSync(path.join(__dirname, 'queries.txt'), 'utf8').trim().split(/\n\n+/).map(block => {
  const [head, ...lines] = block.split('\n');
  const [source, portName, router, measure] = head.replace(/^# /, '').split(' ');
  return { source, portName, router, measure, query: lines.map(line => line.trim()).join(' ') };
});
const CASES = BLOCKS.map(block => [`${block.source} ${block.portName} ${block.router} ${block.measure}`, block] as const);

/** PromQL written in several lines, as one. */
const joined = (query: string) => query.replace(/([({[]) /g, '$1').replace(/ ([)}\]])/g, '$1');

function metricOf(measure: string, requests?: RequestMetrics, minimumTraffic?: number): Metric {
  switch (measure) {
    case 'success-rate': return Metric.successRate({ atLeast: 0.99, requests, minimumTraffic });
    case 'error-rate': return Metric.errorRate({ atMost: 0.01, requests, minimumTraffic });
    case 'latency': return Metric.latency({ percentile: 99, below: Duration.millis(300), requests, minimumTraffic });
    default: return Metric.saturation({ resource: measure as SaturatedResource, atMost: 0.9 });
  }
}

describe.each(CASES)('%s', (_, { source, portName, router, measure, query }) => {
  const requests = source === '-' ? undefined : source as RequestMetrics;
  const where = (pods?: string) => context(PROMETHEUS, { portName, router: ROUTERS[router], ...(pods ? { pods } : {}) });

  test('is what is written out', () => {
    expect(text(metricOf(measure, requests), where())).toBe(joined(query));
  });

  test('is balanced, and has no placeholder but that of the engine', () => {
    const bare = query.replaceAll(ARGO_PODS, 'pods').replace(/"[^"]*"/g, '""');
    const open: string[] = [];
    for (const c of bare) {
      if ('([{'.includes(c)) {
        open.push(c);
      } else if (')]}'.includes(c)) {
        expect(open.pop()).toBe({ ')': '(', ']': '[', '}': '{' }[c]);
      }
    }
    expect(open).toEqual([]);
    expect(query.replaceAll('{{args.new-version}}', '')).not.toMatch(/\{\{|\}\}/);
    expect(text(metricOf(measure, requests), where(FLAGGER_PODS)).replaceAll('{{ target }}', '')).not.toMatch(/\{\{|\}\}/);
  });

  test('looks at nothing but the new version', () => {
    const version = /pod=~"checkout-\{\{args\.new-version\}\}-\.\*"|"shop[-_]checkout-canary[-_]/;
    // APISIX is joined with the new version's pods behind the rate.
    const terms = query.split(/\b(?=(?:rate|max_over_time|kube_pod_container_resource_limits)\b)/).slice(1);
    expect(terms.length).toBeGreaterThan(1);
    expect(terms.filter(term => !version.test(term))).toEqual([]);
  });

  test('adds before it divides, and divides by nothing that may be zero', () => {
    for (const [, divisor] of query.matchAll(/ \/ (\S+)/g)) {
      expect(divisor).toMatch(/^(\(sum\(.*|\(|1000)$/);
    }
    if (measure !== 'latency') {
      expect(joined(query)).toMatch(/ > 0\)\)?$/);
    }
  });
});

test('each source answers each measure, or says why not', () => {
  const written = new Set(BLOCKS.map(block => `${block.source} ${block.measure}`));
  for (const source of Object.values(RequestMetrics).filter(s => s !== RequestMetrics.ENVOY_GATEWAY)) {
    for (const measure of ['success-rate', 'error-rate', 'latency']) {
      expect(written).toContain(`${source} ${measure}`);
    }
  }
});

test.each([
  ['istio', 'istio_requests_total'],
  ['nginx', 'nginx_ingress_controller_requests'],
  ['traefik', 'traefik_service_requests_total'],
  ['apisix', 'apisix_http_status'],
  ['gateway-api', 'http_server_request_duration_seconds_count'],
  ['none', 'http_server_request_duration_seconds_count'],
  ['alb', 'http_server_request_duration_seconds_count'],
])('the router %s is asked for %s', (router, series) => {
  const query = text(Metric.successRate({ atLeast: 0.99 }), context(PROMETHEUS, { router: ROUTERS[router] }));
  expect(new Set(query.match(/[a-z_]+(?=\{)/g))).toContain(series);
});

test('the source of the metric comes before that of the provider, and both before that of the router', () => {
  const provider = MetricsProvider.prometheus({ address: ADDRESS, requests: RequestMetrics.LINKERD });
  const where = context(provider, { router: ROUTERS.istio });
  expect(text(Metric.successRate({ atLeast: 0.9 }), where)).toContain('response_total{');
  expect(text(Metric.successRate({ atLeast: 0.9, requests: RequestMetrics.ISTIO }), where)).toContain('istio_requests_total{');
});

test('a minimum of traffic takes the place of any traffic', () => {
  const where = context(PROMETHEUS);
  for (const measure of ['success-rate', 'error-rate', 'latency']) {
    expect(text(metricOf(measure, undefined, 0.5), where)).toBe(text(metricOf(measure), where).replace('[60s])) > 0)', '[60s])) >= 0.5)'));
  }
  expect(text(metricOf('error-rate', undefined, 0.5), where)).toMatch(/ >= 0\.5\)$/);
});

test.each([
  [5, '[60s]'], [60, '[60s]'], [90, '[90s]'], [3600, '[3600s]'],
])('every %i seconds looks back over %s', (seconds, range) => {
  const query = text(Metric.errorRate({ atMost: 0.1, interval: Duration.seconds(seconds) }), context(PROMETHEUS));
  expect(new Set(query.match(/\[[^\]]*\](?=\))/g))).toEqual(new Set([range]));
});

test('the engine may put its own placeholder for the time to look back over', () => {
  const query = text(Metric.errorRate({ atMost: 0.1 }), context(PROMETHEUS, { interval: '{{ interval }}' }));
  expect(query.match(/\[\{\{ interval \}\}\]/g)).toHaveLength(2);
  expect(query).not.toContain('60s');
});

test.each([[50, 0.5], [99, 0.99], [99.9, 0.999], [99.99, 0.9999], [0.1, 0.001]])('the percentile %d is the quantile %d', (percentile, quantile) => {
  const query = text(Metric.latency({ percentile, below: Duration.seconds(1) }), context(PROMETHEUS));
  expect(query).toContain(`histogram_quantile(${quantile}, `);
});

test.each([
  ['ingress-nginx without its router', RequestMetrics.NGINX_INGRESS, {}, 'the router is gateway-api'],
  ['Traefik without its router', RequestMetrics.TRAEFIK, { router: ROUTERS.none }, 'the router is none'],
  ['Contour without a router', RequestMetrics.CONTOUR, { router: ROUTERS.none }, 'the strategy has no router'],
  ['Envoy Gateway', RequestMetrics.ENVOY_GATEWAY, {}, 'per rule of a route'],
  ['the canary Ingress without a Service', RequestMetrics.NGINX_INGRESS, { router: ROUTERS.nginx, service: undefined }, 'no Service of its own'],
  ['the status of gRPC at an ingress controller', RequestMetrics.NGINX_INGRESS, { router: ROUTERS.nginx, portName: 'grpc' }, 'the status of gRPC'],
  ['the status of gRPC at Traefik', RequestMetrics.TRAEFIK, { router: ROUTERS.traefik, portName: 'grpc' }, 'the status of gRPC'],
  ['a port named tcp', undefined, { portName: 'tcp' }, 'on a port named tcp'],
  ['a worker', undefined, { portName: undefined, service: undefined }, 'serves no requests'],
])('cannot be answered: %s', (_, requests, props, fault) => {
  const finding = refused(Metric.successRate({ atLeast: 0.99, requests }), context(PROMETHEUS, props));
  expect(finding).toMatchObject({ code: 'FW611', path: 'prod/checkout' });
  expect(finding.message).toContain(fault);
  expect(finding.message).toContain('"success-rate" cannot be answered in the environment "prod"');
});

test('the latency of gRPC is seen by those who do not see its status', () => {
  const where = context(PROMETHEUS, { router: ROUTERS.nginx, portName: 'grpc' });
  expect(text(metricOf('latency'), where)).toContain('nginx_ingress_controller_response_duration_seconds_bucket');
});
