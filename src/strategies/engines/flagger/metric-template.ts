import { ApiObject, ApiObjectMetadata } from 'cdk8s';
import { Construct } from 'constructs';
import * as messages from './messages';
import type { MetricProvider } from './metric-provider';
import { queryFault, sketchOf } from './query';
import { checkSince } from './since';
import { FlaggerVersion } from './version';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { anything, Check, flag, isHttp, listOf, made, mapOf, oneOf, plain, struct, text } from '../../../core/shape';

/** Properties of a `MetricTemplate`. */
export interface MetricTemplateProps {
  /**
   * Name, namespace, labels and annotations.
   *
   * @default - the name comes from the construct path, the namespace from the chart
   */
  readonly metadata?: ApiObjectMetadata;

  /** What is asked. */
  readonly provider: MetricProvider;

  /**
   * The query, as a Go template. Functions: name, namespace, target, service, ingress, route, interval and variables, as in `{{ target }}` and `{{ variables.team }}`.
   * CloudWatch takes a JSON list, Keptn `keptnmetric/<namespace>/<name>`, External Metrics `<namespace>/<metric>?labelSelector=…`.
   */
  readonly query: string;

  /**
   * The version of Flagger that runs.
   *
   * @default FlaggerVersion.V1_44
   */
  readonly flaggerVersion?: FlaggerVersion;
}

/** A Flagger `MetricTemplate` (flagger.app/v1beta1), in any cdk8s chart: a query that Canaries share. */
export class MetricTemplate extends ApiObject {
  /** @internal */
  public readonly _query: string;

  /** @internal */
  public readonly _provider: MetricProvider;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the template. Throws FW650 to FW653 and FW677 to FW679; warns FW668 for TLS that is not verified
   */
  public constructor(scope: Construct, id: string, props: MetricTemplateProps) {
    checkTemplate(`${scope.node.path}/${id}`, props ?? {});
    super(scope, id, {
      apiVersion: 'flagger.app/v1beta1',
      kind: 'MetricTemplate',
      metadata: { ...props.metadata },
      spec: { provider: plain(props.provider), query: props.query },
    });
    this._query = props.query;
    this._provider = props.provider;
    if (props.provider._props.insecureSkipVerify === true) {
      Diagnostics.of(this).addCheck({ check: () => [messages.tlsUnverified.at(this, { what: `The provider ${props.provider._type}` })] });
    }
  }
}

const SHAPE = struct({ metadata: mapOf(anything), provider: made('MetricProvider', '_type'), query: text, flaggerVersion: oneOf(FlaggerVersion) }, ['provider', 'query']);

const PROVIDER: Record<string, Check> = { address: text, secretRef: text, region: text, insecureSkipVerify: flag, headers: mapOf(listOf(text, 1)) };
const FIELDS: Record<MetricProvider['_type'], { known: string[]; needs: string[] }> = {
  prometheus: { known: ['address', 'secretRef', 'insecureSkipVerify', 'headers'], needs: ['address'] },
  graphite: { known: ['address', 'secretRef', 'insecureSkipVerify'], needs: ['address'] },
  influxdb: { known: ['address', 'secretRef'], needs: ['address'] },
  datadog: { known: ['address', 'secretRef'], needs: ['secretRef'] },
  newrelic: { known: ['address', 'secretRef'], needs: ['secretRef'] },
  stackdriver: { known: ['secretRef'], needs: ['secretRef'] },
  dynatrace: { known: ['address', 'secretRef'], needs: ['address', 'secretRef'] },
  splunk: { known: ['address', 'secretRef'], needs: ['address', 'secretRef'] },
  cloudwatch: { known: ['region'], needs: ['region'] },
  keptn: { known: [], needs: [] },
  externalmetrics: { known: ['address', 'secretRef', 'insecureSkipVerify'], needs: [] },
};

const WHY: Record<string, string> = { address: 'there is no default', secretRef: 'credentials come from a Secret', region: 'there is no default' };

function checkTemplate(path: string, props: Partial<MetricTemplateProps>): void {
  SHAPE({ path, kind: 'MetricTemplate', field: '', messages }, props);
  const { _type, _props } = props.provider!;
  const { known, needs } = FIELDS[_type];
  const missing = needs.find(field => _props?.[field] === undefined || _props[field] === '');
  if (missing !== undefined) {
    throw messages.incompleteProvider.error(path, { provider: _type, field: missing, why: WHY[missing] });
  }
  struct(Object.fromEntries(known.map(field => [field, PROVIDER[field]])))({ path, kind: 'MetricTemplate', field: 'provider', messages }, _props);
  const isStream = _type === 'splunk' && /^wss?:\/\/[^\s]+$/.test(_props.address);
  if (_props.address !== undefined && !isHttp(_props.address) && !isStream) {
    throw messages.incompleteProvider.error(path, { provider: _type, field: 'an address that is an http or https URL', why: `${JSON.stringify(_props.address)} is none` });
  }
  checkSince(path, 'MetricTemplate', props.flaggerVersion, FlaggerVersion.V1_41, { 'provider.headers': _props.headers });
  checkSince(path, 'MetricTemplate', props.flaggerVersion, FlaggerVersion.V1_43, { 'provider externalmetrics': _type === 'externalmetrics' || undefined });
  const fault = queryFault(props.query!);
  if (fault) {
    throw messages.invalidQuery.error(path, { query: props.query, fault });
  }
  checkForm(path, _type, props.query!);
}

function checkForm(path: string, provider: MetricProvider['_type'], query: string): void {
  const sketch = sketchOf(query).trim();
  const refuse = (form: string) => messages.invalidProviderQuery.error(path, { provider, query, form });
  switch (provider) {
    case 'cloudwatch':
      if (!isList(sketch)) {
        throw refuse('a JSON list of metric data queries');
      }
      return;
    case 'keptn':
      if (!/^(keptnmetrics?|analysis|analyses)\/[^/]+\/[^/]+/i.test(sketch)) {
        throw refuse('keptnmetric/<namespace>/<name> or analysis/<namespace>/<name>/<duration>');
      }
      return;
    case 'externalmetrics':
      if (!/^([^/?]*\/)?[^/?]+(\?.*)?$/.test(sketch)) {
        throw refuse('<namespace>/<metric>?labelSelector=<selector>');
      }
  }
}

function isList(query: string): boolean {
  try {
    const parsed: unknown = JSON.parse(query);
    return Array.isArray(parsed) && parsed.length > 0;
  } catch {
    return false;
  }
}
