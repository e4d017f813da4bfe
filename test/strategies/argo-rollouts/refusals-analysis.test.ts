import { analysisTemplate, METRIC, newChart, PROMETHEUS, TEMPLATE, SELECTOR } from './fixtures';
import { findingsOf } from '../../support/findings';
import { expectWellSaid } from '../../support/misuse';
import { rollouts } from 'cdk8s-fairway';

/* What the controller refuses of templates and experiments (argo-rollouts utils/analysis/factory.go, utils/conditions/experiments.go). */

const { Argument, DatadogAggregator, DatadogApiVersion, MetricProvider, WebMetricMethod } = rollouts;

const raw = (json: any): any => json; // as a program in JavaScript may write it
const metric = (more: any) => ({ metrics: [{ ...METRIC, ...more }] });
const from = (provider: any) => metric({ provider });
const datadog = (config: any) => from(MetricProvider.datadog(config));
const web = (config: any) => from(MetricProvider.web({ url: 'https://a', ...config }));

function expectRefused(code: string, field: string, make: () => unknown): void {
  const findings = findingsOf(make);
  findings.forEach(expectWellSaid);
  expect([...new Set(findings.map(finding => finding.code))]).toEqual([code]);
  expect(findings.map(finding => finding.message).join(' ')).toContain(field);
}

describe('a template', () => {
  test.each<[string, string, string, any]>([
    ['no metrics', 'FW744', 'spec.metrics', { metrics: [] }],
    ['nothing', 'FW744', 'spec.metrics', { metrics: undefined }],
    ['no provider', 'FW742', 'provider', from(raw({}))],
    ['two providers', 'FW742', 'provider', from(raw({ prometheus: { query: 'a' }, graphite: { query: 'a' } }))],
    ['two plug-ins', 'FW742', 'provider', from(raw({ plugin: { a: {}, b: {} } }))],
    ['a provider and a plug-in', 'FW742', 'provider', from(raw({ plugin: { a: {} }, graphite: { query: 'a' } }))],
    ['two metrics of one name', 'FW743', 'metrics[1].name', { metrics: [METRIC, METRIC] }],
    ['fewer measurements than failures', 'FW745', 'count', metric({ count: 2, interval: '1m', failureLimit: 3 })],
    ['fewer measurements than both limits', 'FW745', 'count', metric({ count: 4, interval: '1m', failureLimit: 2, consecutiveSuccessLimit: 3 })],
    ['fewer measurements than successes', 'FW745', 'count', metric({ count: 2, interval: '1m', failureLimit: -1, consecutiveSuccessLimit: 3 })],
    ['fewer measurements than failures, as text', 'FW745', 'count', metric({ count: '2', interval: '1m', failureLimit: '3' })],
    ['fewer measurements than inconclusive', 'FW746', 'count', metric({ count: 2, interval: '1m', inconclusiveLimit: 3 })],
    ['no interval', 'FW747', 'interval', metric({ count: 2 })],
    ['nothing that decides', 'FW748', 'failureLimit', metric({ failureLimit: -1 })],
    ['nothing that decides, as said', 'FW748', 'failureLimit', metric({ failureLimit: '-1', consecutiveSuccessLimit: 0 })],
    ['a failureLimit of -2', 'FW706', 'failureLimit', metric({ failureLimit: -2 })],
    ['an inconclusiveLimit of -1', 'FW706', 'inconclusiveLimit', metric({ inconclusiveLimit: -1 })],
    ['a consecutiveErrorLimit of -1', 'FW706', 'consecutiveErrorLimit', metric({ consecutiveErrorLimit: -1 })],
    ['a consecutiveSuccessLimit of -1', 'FW706', 'consecutiveSuccessLimit', metric({ consecutiveSuccessLimit: '-1' })],
    ['a count in words', 'FW701', 'count', metric({ count: 'five' })],
    ['an interval without a unit', 'FW707', 'interval', metric({ interval: '60' })],
    ['a negative interval', 'FW707', 'interval', metric({ interval: '-1m' })],
    ['an interval in days', 'FW707', 'interval', metric({ interval: '1d' })],
    ['a delay in words', 'FW707', 'initialDelay', metric({ initialDelay: '1 minute' })],
    ['an argument twice', 'FW749', 'args[1]', { args: [Argument.required('a'), Argument.value('a', '1')] }],
    ['an argument in two ways', 'FW749', 'args[0]', { args: [raw({ name: 'a', value: '1', valueFrom: { secretKeyRef: { name: 'a', key: 'b' } } })] }],
    ['an argument from two places', 'FW749', 'args[0]', { args: [raw({ name: 'a', valueFrom: { secretKeyRef: { name: 'a', key: 'b' }, fieldRef: { fieldPath: 'metadata.name' } } })] }],
    ['an argument from nowhere', 'FW749', 'args[0]', { args: [raw({ name: 'a', valueFrom: {} })] }],
    ['an argument from the metadata', 'FW734', 'fieldPath', { args: [Argument.fieldRef('a', 'metadata.creationTimestamp')] }],
    ['a dry run of nothing', 'FW750', 'dryRun[0]', { dryRun: [{ metricName: 'latency' }] }],
    ['a dry run of *, which Go cannot read', 'FW750', 'dryRun[0]', { dryRun: [{ metricName: '*' }] }],
    ['a dry run twice', 'FW750', 'dryRun[1]', { dryRun: [{ metricName: '.*' }, { metricName: '.*' }] }],
    ['a retention of nothing', 'FW750', 'measurementRetention[0]', { measurementRetention: [{ metricName: '^error$', limit: 5 }] }],
    ['Datadog without a query', 'FW751', 'datadog', datadog({})],
    ['Datadog with both', 'FW751', 'datadog', datadog({ query: 'a', queries: { a: 'b' }, apiVersion: DatadogApiVersion.V2 })],
    ['Datadog 1 with queries', 'FW751', 'datadog', datadog({ queries: { a: 'b' } })],
    ['Datadog with a formula alone', 'FW751', 'datadog', datadog({ query: 'a', formula: 'a', apiVersion: DatadogApiVersion.V2 })],
    ['Datadog with queries alone', 'FW751', 'datadog', datadog({ queries: { a: 'a', b: 'b' }, apiVersion: DatadogApiVersion.V2 })],
    ['Datadog 1 with an aggregator', 'FW751', 'datadog', datadog({ query: 'a', aggregator: DatadogAggregator.AVG })],
    ['Datadog with a Secret without a name', 'FW751', 'datadog', datadog({ query: 'a', secretRef: { namespaced: true } })],
    ['a request with two bodies', 'FW751', 'web', web({ method: WebMetricMethod.POST, body: 'a', jsonBody: { a: 1 } })],
    ['a GET with a body', 'FW751', 'web', web({ body: 'a' })],
    ['a GET with a JSON body', 'FW751', 'web', web({ method: WebMetricMethod.GET, jsonBody: {} })],
    ['CloudWatch with neither', 'FW751', 'cloudWatch', from(MetricProvider.cloudWatch({ metricDataQueries: [{ id: 'a' }] }))],
    ['CloudWatch with both', 'FW751', 'cloudWatch', from(MetricProvider.cloudWatch({ metricDataQueries: [{ id: 'a', expression: 'b', metricStat: { metric: { metricName: 'm' }, period: 60, stat: 'Sum' } }] }))],
    ['CloudWatch with nothing', 'FW703', 'metricDataQueries', from(MetricProvider.cloudWatch({ metricDataQueries: [] }))],
    ['Prometheus without a query', 'FW703', 'query', from(MetricProvider.prometheus({ query: '' }))],
    ['a method of HTTP', 'FW705', 'method', web({ method: 'DELETE' })],
    ['a template of no name', 'FW708', 'templateName', { templates: [{ templateName: 'A b' }] }],
  ])('%s', (_, code, field, props) => {
    expectRefused(code, field, () => analysisTemplate(newChart(), props));
    expectRefused(code, field, () => new rollouts.ClusterAnalysisTemplate(newChart(), 'errors', { metrics: [METRIC], ...props }));
  });

  test.each<[string, any]>([
    ['counts by arguments', metric({ count: '{{args.count}}', failureLimit: '{{args.limit}}', interval: '{{args.interval}}' })],
    ['a count at its limits', metric({ count: 5, interval: '1m', failureLimit: 2, consecutiveSuccessLimit: 3, inconclusiveLimit: 5 })],
    ['successes alone', metric({ failureLimit: -1, consecutiveSuccessLimit: 3, interval: '30s' })],
    ['a rule in the dialect of Go', { dryRun: [{ metricName: '(?i)ERRORS' }] }],
    ['a rule for the metrics of another template', { templates: [{ templateName: 'latency' }], dryRun: [{ metricName: 'latency' }] }],
    ['only other templates', { metrics: undefined, templates: [{ templateName: 'latency' }] }],
  ])('fine: %s', (_, props) => expect(() => analysisTemplate(newChart(), props)).not.toThrow());
});

describe('an experiment', () => {
  const template = { name: 'a', selector: SELECTOR, template: TEMPLATE };
  test.each<[string, string, string, any]>([
    ['no templates', 'FW703', 'templates', { templates: [] }],
    ['nothing', 'FW703', 'templates', {}],
    ['no name', 'FW754', 'templates[0].name', { templates: [{ ...template, name: undefined }] }],
    ['two of one name', 'FW754', 'templates[1].name', { templates: [template, { ...template, selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] } }] }],
    ['no selector', 'FW755', 'selector', { templates: [{ ...template, selector: undefined }] }],
    ['an empty selector', 'FW755', 'selector', { templates: [{ ...template, selector: {} }] }],
    ['a selector of others', 'FW755', 'selector', { templates: [{ ...template, selector: { matchLabels: { app: 'api' } } }] }],
    ['a selector twice', 'FW755', 'templates[1].selector', { templates: [template, { ...template, name: 'b' }] }],
    ['readiness after the deadline', 'FW756', 'minReadySeconds', { templates: [{ ...template, minReadySeconds: 601 }] }],
    ['readiness after another deadline', 'FW756', 'minReadySeconds', { templates: [{ ...template, minReadySeconds: 61 }], progressDeadlineSeconds: 60 }],
    ['an argument without a value', 'FW749', 'analyses[0].args[0]', { templates: [template], analyses: [{ name: 'a', templateName: 'errors', args: [Argument.required('a')] }] }],
    ['a dry run twice', 'FW750', 'dryRun[1]', { templates: [template], dryRun: [{ metricName: 'a' }, { metricName: 'a' }] }],
    ['a duration in words', 'FW707', 'duration', { templates: [template], duration: 'an hour' }],
  ])('%s', (_, code, field, props) => expectRefused(code, field, () => new rollouts.Experiment(newChart(), 'experiment', props)));

  test('whole', () => {
    const props: rollouts.ExperimentProps = {
      metadata: { name: 'compare' },
      templates: [{ ...template, replicas: 2, minReadySeconds: 10, service: { name: 'a' } }],
      duration: '1h',
      progressDeadlineSeconds: 60,
      terminate: false,
      analyses: [{ name: 'a', templateName: 'errors', clusterScope: true, requiredForCompletion: true, args: [Argument.value('a', '1'), Argument.secretKeyRef('b', 'secret', 'key')] }],
      scaleDownDelaySeconds: 0,
      dryRun: [{ metricName: '.*' }],
      measurementRetention: [{ metricName: '.*', limit: 20 }],
      analysisRunMetadata: { labels: { a: 'b' } },
    };
    const { metadata, ...spec } = props;
    expect(new rollouts.Experiment(newChart(), 'experiment', props).toJson()).toEqual({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Experiment',
      metadata: { name: 'compare', namespace: 'shop' },
      spec: {
        ...spec,
        analyses: [{ ...spec.analyses![0], args: [{ name: 'a', value: '1' }, { name: 'b', valueFrom: { secretKeyRef: { name: 'secret', key: 'key' } } }] }],
      },
    });
  });
});

test('a provider is Prometheus by its query', () => {
  expect(analysisTemplate(newChart(), { metrics: [{ name: 'a', provider: PROMETHEUS }] }).toJson().spec.metrics).toEqual([{ name: 'a', provider: { prometheus: { query: 'errors' } } }]);
});
