import { matching } from './checks';
import type { Told } from './delivery-step';
import { listOf } from '../../core/shape';
import { checkId, checkShape, ours, word } from '../check';
import * as SHAPE from '../messages';
import type { Value } from '../value';
import { ARGOCD, FLUX, KUBECTL } from './scripts/platform';

/** Options of Argo CD. */
export interface ArgoCdHealthOptions {
  /** Labels of the Applications: `cdk8s-fairway/environment=prod`. */
  readonly selector: string;

  /**
   * The host of its API.
   *
   * @default - the variable ARGOCD_SERVER of the job
   */
  readonly server?: string;

  /**
   * What it lets us in with, a `PipelineSecret`.
   *
   * @default - the variable ARGOCD_AUTH_TOKEN of the job
   */
  readonly token?: Value;
}

/** Options of Flux. */
export interface FluxHealthOptions {
  /** Labels of the Kustomizations: `cdk8s-fairway/environment=prod`. */
  readonly selector: string;

  /**
   * Where they lie.
   *
   * @default 'flux-system'
   */
  readonly namespace?: string;
}

/** Whom to ask whether what was deployed is healthy. */
export class HealthCheck {
  /** Argo CD: Applications are synced and healthy. Needs `argocd`. @param options which. Throws FW1000 to FW1002 */
  public static argoCd(options: ArgoCdHealthOptions): HealthCheck {
    checkShape('', 'health check', options, { selector, server: word, token: ours('Value', '_parts') }, ['selector']);
    return new HealthCheck({ engine: 'argocd', selector: options.selector, server: options.server, token: options.token }, ['argocd'], ARGOCD);
  }

  /** Flux: Kustomizations are reconciled and ready. Needs `flux`, `kubectl` and access to the cluster. @param options which. Throws FW1000 to FW1002 */
  public static flux(options: FluxHealthOptions): HealthCheck {
    checkShape('', 'health check', options, { selector, namespace: (at, value) => void checkId(at.path, 'namespace', value, 63) }, ['selector']);
    return new HealthCheck({ engine: 'flux', selector: options.selector, namespace: options.namespace ?? 'flux-system' }, ['kubectl', 'flux'], FLUX);
  }

  /**
   * Kubernetes itself: rollouts have ended. Needs `kubectl` and access to the cluster.
   *
   * @param targets `namespace/kind/name`: `shop/deployment/checkout`; `rollout` is one of Argo Rollouts. Throws FW1000 and FW1001
   */
  public static kubernetes(targets: string[]): HealthCheck {
    listOf(matching(/^[a-z0-9-]+\/(?:deployment|statefulset|daemonset|rollout)\/[a-z0-9.-]+$/, 'is not of the form namespace/kind/name'), 1, 200)(
      { path: '', kind: 'health check', field: 'targets', messages: SHAPE }, targets);
    return new HealthCheck({ engine: 'kubectl', targets: [...targets] }, ['kubectl'], KUBECTL);
  }

  private constructor(/** @internal */ public readonly _told: Record<string, Told>, /** @internal */ public readonly _commands: string[],
    /** @internal */ public readonly _script: string) {}
}

const selector = matching(/^[A-Za-z0-9./_-]+=[A-Za-z0-9._-]+(?:,[A-Za-z0-9./_-]+=[A-Za-z0-9._-]+)*$/, 'is no selector of labels such as cdk8s-fairway/environment=prod');
