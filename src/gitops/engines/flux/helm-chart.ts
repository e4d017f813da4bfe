import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { CHART, chartWarnings, checkChart } from './chart-checks';
import type { ChartOptions } from './chart-props';
import { at } from './fields';
import * as messages from './messages';
import { SourceReference } from './references';
import { namespaceIn, referenceOf, SOURCE, verificationWarnings, verifyJson, warn } from './source-checks';
import type { SourceProps } from './source-props';
import { registerForTree } from './tree-check';
import { plain, struct } from '../../../core/shape';

/** Properties of a `HelmChart`. */
export interface HelmChartProps extends SourceProps, ChartOptions {}

/** A Flux `HelmChart` (source.toolkit.fluxcd.io/v1), in any cdk8s chart: for charts that several HelmReleases share. Fields that have no property here are set with `addJsonPatch`. */
export class HelmChart extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the chart. Throws FW550 to FW553, FW558, FW562 and FW563; warns FW556 and FW569
   */
  public constructor(scope: Construct, id: string, props: HelmChartProps) {
    const path = `${scope.node.path}/${id}`;
    SHAPE(at(path, 'HelmChart'), props ?? {});
    checkChart(path, 'HelmChart', '', props);
    const { metadata, sourceRef, verify, ...rest } = props;
    super(scope, id, {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmChart',
      metadata: { ...metadata },
      spec: plain({ ...rest, interval: rest.interval ?? '1m', sourceRef: { kind: sourceRef.kind, name: sourceRef.name }, verify: verifyJson(verify) }),
    });
    const own = namespaceIn(this);
    if (sourceRef.namespace !== undefined && own !== undefined && sourceRef.namespace !== own) {
      throw messages.refusedTogether.error(path, { kind: 'HelmChart', field: 'sourceRef', fault: `is in ${JSON.stringify(sourceRef.namespace)}, and a HelmChart sees its own namespace ${JSON.stringify(own)} only` });
    }
    warn(this, where => [...chartWarnings(where, 'HelmChart', props), ...verificationWarnings(where, 'HelmChart', verify)]);
    registerForTree(this, { references: [{ field: 'sourceRef', kind: sourceRef.kind, name: sourceRef.name, namespace: sourceRef.namespace }] });
  }

  /** What a HelmRelease names it by. */
  public get reference(): SourceReference {
    return referenceOf(this, SourceReference.helmChart);
  }
}

const SHAPE = struct({ ...SOURCE, ...CHART }, ['chart', 'sourceRef']);
