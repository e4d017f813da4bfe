import { PortProtocol } from './port-protocol';
import { Probe } from './probe';
import { WorkloadOverride, WorkloadProps } from './workload-props';

/** What is called by others: a port, and how to know that it can serve. */
export interface ServingProps {
  /** The port that the container listens on. */
  readonly port: number;

  /**
   * The port under which others reach the service.
   *
   * @default - the port of the container
   */
  readonly servicePort?: number;

  /** How to know that a pod can serve. Without one, FW401 is thrown. */
  readonly readiness: Probe;

  /**
   * How to know that a pod must be restarted.
   *
   * @default - the port can be opened: a dependency that is down is no reason to restart
   */
  readonly liveness?: Probe;

  /**
   * How to know that a pod has started; until then no other probe runs.
   *
   * @default - the readiness probe, for up to five minutes
   */
  readonly startup?: Probe;

  /**
   * What the port speaks: it names the port, which service meshes and load balancers go by.
   *
   * @default - `grpc` or `tcp` where the readiness probe speaks it, else `http`
   */
  readonly protocol?: PortProtocol;

  /**
   * The workloads that may call this service.
   *
   * @default - those that depend on it
   */
  readonly callers?: string[];
}

/** What an environment changes about a service. */
export interface WebServiceOverride extends WorkloadOverride {
  /**
   * The host name under which the service is reached from outside.
   *
   * @default - that of the service
   */
  readonly host?: string;

  /**
   * Further host names, instead of those of the service.
   *
   * @default - those of the service
   */
  readonly hosts?: string[];

  /**
   * The Secret with the certificate of the hosts.
   *
   * @default - that of the service
   */
  readonly tlsSecret?: string;
}

/** Properties of a `WebService`. */
export interface WebServiceProps extends WorkloadProps, ServingProps {
  /**
   * The host name under which the service is reached from outside, through the Gateway of the
   * environment, or else through its ingress controller.
   *
   * @default - not reached from outside
   */
  readonly host?: string;

  /**
   * Further host names.
   *
   * @default - none
   */
  readonly hosts?: string[];

  /**
   * The Secret with the certificate of the hosts, in the namespace of the service, for an Ingress. A
   * Gateway has its certificates itself.
   *
   * @default - none: TLS ends before the controller, or the controller has a default certificate
   */
  readonly tlsSecret?: string;

  /**
   * What environments change, by their names. An unknown name is an error (FW207).
   *
   * @default - all environments get the same
   */
  readonly overrides?: Record<string, WebServiceOverride>;
}
