import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { checkSelf, ignoreWarnings } from './applied';
import { chartWarnings } from './chart-checks';
import { HelmInstall, HelmUpgrade } from './helm-release-actions';
import { DriftDetectionMode, HelmChartTemplate, HelmReleaseProps } from './helm-release-props';
import { checkHelmRelease } from './helm-release-validation';
import * as messages from './messages';
import type { Dependency } from './references';
import { namespaceIn, verificationWarnings, verifyJson, warn } from './source-checks';
import { secretIn } from './syntax';
import { registerForTree } from './tree-check';
import type { Finding } from '../../../core/diagnostics/finding';
import { plain } from '../../../core/shape';

/** A Flux `HelmRelease` (helm.toolkit.fluxcd.io/v2), in any cdk8s chart. Fields that have no property here are set with `addJsonPatch`. */
export class HelmRelease extends ApiObject {
  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the HelmRelease. Throws FW550 to FW553, FW555, FW558, FW562, FW563 and FW565 to FW567; warns FW556, FW564, FW569, FW570 and FW577.
   *   Checks over the tree give FW571 to FW574
   */
  public constructor(scope: Construct, id: string, props: HelmReleaseProps) {
    const path = `${scope.node.path}/${id}`;
    checkHelmRelease(path, props ?? {});
    super(scope, id, { apiVersion: 'helm.toolkit.fluxcd.io/v2', kind: 'HelmRelease', metadata: { ...props.metadata }, spec: specOf(props) });
    checkSelf(this, path, props.dependsOn);
    warn(this, where => warningsOf(where, props));
    const { kind, name, namespace } = props.chartRef ?? props.chart!.sourceRef;
    const field = props.chartRef ? 'chartRef' : 'chart.sourceRef';
    registerForTree(this, { references: [{ field, kind, name, namespace }], dependsOn: props.dependsOn?.map(each => ({ ...each })) });
  }

  /** What stands in the `dependsOn` of a HelmRelease that waits for this one. */
  public get dependency(): Dependency {
    return { name: this.name, namespace: namespaceIn(this) };
  }
}

function specOf(props: HelmReleaseProps): any {
  const { metadata: _, chart, waitStrategy, postRenderers, driftDetection, install, upgrade, ...rest } = props;
  return plain({
    ...rest,
    chart: chart && chartOf(chart),
    interval: rest.interval ?? '30m',
    timeout: rest.timeout ?? '5m',
    driftDetection: { ...driftDetection, mode: driftDetection?.mode ?? DriftDetectionMode.ENABLED },
    install: installOf(install),
    upgrade: upgradeOf(upgrade),
    postRenderers: postRenderers?.map(kustomize => ({ kustomize })),
    waitStrategy: waitStrategy && { name: waitStrategy },
  });
}

function chartOf({ metadata, verify, ...chart }: HelmChartTemplate) {
  return { metadata, spec: { ...chart, verify: verifyJson(verify) } };
}

const isDecided = ({ strategy, remediation }: HelmInstall | HelmUpgrade) => strategy !== undefined || remediation !== undefined;

/** Without retries, the first failure would be the last (helm-controller docs/spec/v2/helmreleases.md, Install remediation). */
const installOf = (install: HelmInstall = {}) => isDecided(install) ? install : { ...install, remediation: { retries: 3 } };

const upgradeOf = (upgrade: HelmUpgrade = {}) => isDecided(upgrade)
  ? upgrade : { ...upgrade, remediation: { retries: 3, remediateLastFailure: true } };

function warningsOf(path: string, props: HelmReleaseProps): Finding[] {
  const kind = 'HelmRelease';
  const secret = secretIn(props.values, 'values');
  const forced = (['upgrade', 'rollback'] as const).filter(action => props[action]?.force === true);
  return [
    ...(props.chart === undefined ? [] : chartWarnings(path, kind, props.chart)),
    ...verificationWarnings(path, kind, props.chart?.verify),
    ...ignoreWarnings(path, kind, props.driftDetection?.ignore),
    ...forced.map(action => messages.recreates.at(path, { kind, field: `${action}.force: true` })),
    ...(secret === undefined ? [] : [messages.inlineSecret.at(path, { kind, field: secret })]),
  ];
}
