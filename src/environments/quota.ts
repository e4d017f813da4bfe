/** What all pods of a namespace may ask for together; each namespace of the environment gets it as a ResourceQuota. */
export interface Quota {
  /**
   * CPU, the sum of all requests: `20`.
   *
   * @default - not limited
   */
  readonly cpu?: string;

  /**
   * Memory, the sum of all requests: `40Gi`.
   *
   * @default - not limited
   */
  readonly memory?: string;

  /**
   * CPU, the sum of all limits.
   *
   * @default - five times `cpu`, as limits are five times requests by default; not limited without it
   */
  readonly cpuLimit?: string;

  /**
   * Memory, the sum of all limits.
   *
   * @default - as `memory`, as limits are requests by default; not limited without it
   */
  readonly memoryLimit?: string;

  /**
   * The number of pods.
   *
   * @default - not limited
   */
  readonly pods?: number;
}
