/** The Gateway that serves the host names of an environment (Gateway API `gateway.networking.k8s.io/v1`). */
export interface Gateway {
  /** The name of the Gateway. */
  readonly name: string;

  /** The namespace that the Gateway lives in. */
  readonly namespace: string;

  /**
   * The listener that routes attach to.
   *
   * @default - every listener that lets them
   */
  readonly sectionName?: string;

  /**
   * The namespace that the pods of the Gateway run in; traffic from there is let through.
   *
   * @default - the namespace of the Gateway
   */
  readonly podNamespace?: string;
}
