/** A line of Argo Rollouts, as it runs in the cluster. */
export enum RolloutsVersion {
  /** Argo Rollouts 1.8. */
  V1_8 = '1.8',
  /** Argo Rollouts 1.9. */
  V1_9 = '1.9',
  /** Argo Rollouts 1.10. */
  V1_10 = '1.10',
}
