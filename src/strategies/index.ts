import type { PlatformExtension } from '../core';
import type { ArgoRolloutsOptions } from './engines/argo-rollouts/options';
import type { FlaggerOptions } from './engines/flagger/options';

export * as flagger from './engines/flagger';
export * as rollouts from './engines/argo-rollouts';
export { ArgoRolloutsOptions } from './engines/argo-rollouts/options';
export { FlaggerOptions } from './engines/flagger/options';
export * from './metric';
export * from './promotion';
export { CanaryScale, ExperimentOptions, HeaderMatch, HeaderRouteOptions, MirrorOptions, Step } from './step';
export * from './steps';
export * from './strategy';
export * from './traffic-router';

/** What carries out rollouts in the clusters. Given to the platform: `rollouts: RolloutEngine.argoRollouts()`. */
export class RolloutEngine {
  /** Kubernetes alone: rolling updates and recreation, by Deployments. */
  public static kubernetes(): PlatformExtension {
    // Engines are loaded when they are chosen: a program has one of several.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { KubernetesEngine } = require('./engines/kubernetes/engine') as typeof import('./engines/kubernetes/engine');
    return new KubernetesEngine();
  }

  /**
   * Argo Rollouts 1.8 to 1.10: canaries and blue-green delivery, with analysis, by Rollouts.
   * Rolling updates stay Deployments.
   *
   * @param options the version of the controller. Throws FW619 for an unknown one
   */
  public static argoRollouts(options: ArgoRolloutsOptions = {}): PlatformExtension {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { ArgoRolloutsEngine } = require('./engines/argo-rollouts/engine') as typeof import('./engines/argo-rollouts/engine');
    return new ArgoRolloutsEngine(options);
  }

  /**
   * Flagger 1.4x: canaries and blue-green delivery, with analysis, by Canaries beside Deployments.
   * Rolling updates stay plain Deployments.
   *
   * @param options the version of the controller and the gate for approvals. Throws FW619 for an unknown version
   */
  public static flagger(options: FlaggerOptions = {}): PlatformExtension {
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { FlaggerEngine } = require('./engines/flagger/engine') as typeof import('./engines/flagger/engine');
    return new FlaggerEngine(options);
  }

  private constructor() {}
}
