import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import type { CanaryProps } from './canary-props';
import { checkCanary, warningsOf } from './canary-validation';
import { registerForTree } from './tree-check';
import { copied } from '../../../core/copied';
import { Diagnostics } from '../../../core/diagnostics/diagnostics';
import { plain } from '../../../core/shape';

/**
 * A Flagger `Canary` (flagger.app/v1beta1), in any cdk8s chart: how the releases of a Deployment, a DaemonSet or a Service proceed.
 *
 * Flagger makes the primary of the target, three Services and the route. Nobody else may make them (FW686).
 * Fields that have no property here are set with `addJsonPatch`.
 */
export class Canary extends ApiObject {
  /**
   * What it was made from, for checks of the whole tree.
   *
   * @internal
   */
  public readonly _props: CanaryProps;

  /**
   * @param scope a construct in a chart
   * @param id the id of the construct
   * @param props the Canary. Throws FW650 to FW676 for what Flagger would refuse, ignore or wait for in vain. Checks over the tree give FW682 to FW697
   */
  public constructor(scope: Construct, id: string, props: CanaryProps) {
    const path = `${scope.node.path}/${id}`;
    checkCanary(path, props ?? {});
    super(scope, id, { apiVersion: 'flagger.app/v1beta1', kind: 'Canary', metadata: { ...props.metadata }, spec: specOf(props) });
    this._props = copied(props, 8);
    Diagnostics.of(this).addCheck({ check: () => warningsOf(this.node.path, this._props) });
    registerForTree(this);
  }
}

function specOf(props: CanaryProps): any {
  const { metadata, flaggerVersion, ingressRef, routeRef, upstreamRef, service, ...spec } = props;
  return plain({
    ...spec,
    ingressRef: ingressRef === undefined ? undefined : { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', name: ingressRef },
    routeRef: routeRef === undefined ? undefined : { apiVersion: 'apisix.apache.org/v2', kind: 'ApisixRoute', name: routeRef },
    upstreamRef: upstreamRef === undefined ? undefined : { apiVersion: 'gloo.solo.io/v1', kind: 'Upstream', ...upstreamRef },
    service,
  });
}
