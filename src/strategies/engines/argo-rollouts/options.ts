import type { RolloutsVersion } from './version';

/** Options of Argo Rollouts. */
export interface ArgoRolloutsOptions {
  /**
   * The version of the controller.
   *
   * @default RolloutsVersion.V1_9
   */
  readonly version?: RolloutsVersion;
}
