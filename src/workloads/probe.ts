import { Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-28';
import * as messages from './messages';
import { checkThreshold, wholeSeconds } from './numbers';
import { PortProtocol } from './port-protocol';

/** When a probe runs and what it takes to change its verdict. */
export interface ProbeTiming {
  /**
   * The time before the first probe, whole seconds.
   *
   * @default - none; until a service has started, only its start-up probe runs
   */
  readonly initialDelay?: Duration;

  /**
   * The time between two probes, whole seconds.
   *
   * @default - 5 seconds for readiness and start-up, 10 for liveness
   */
  readonly period?: Duration;

  /**
   * The time that an answer may take, whole seconds.
   *
   * @default - 2 seconds for readiness, 3 otherwise
   */
  readonly timeout?: Duration;

  /**
   * How many probes in a row must fail.
   *
   * @default - 3 for readiness, 6 for liveness, 60 for start-up
   */
  readonly failureThreshold?: number;
}

/** A probe of an HTTP path. */
export interface HttpProbeOptions extends ProbeTiming {
  /**
   * Headers of the request.
   *
   * @default - none
   */
  readonly headers?: Record<string, string>;
}

/** A probe of a gRPC service. */
export interface GrpcProbeOptions extends ProbeTiming {
  /**
   * The service to ask for in the health protocol.
   *
   * @default - the server as a whole
   */
  readonly service?: string;
}

/** The timing of a probe in the words of Kubernetes; what is not set is decided by the kind of probe. */
export interface ProbeSeconds {
  readonly initialDelaySeconds?: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly failureThreshold: number;
}

/** How the kubelet asks a container whether it is ready, alive or started. */
export abstract class Probe {
  /**
   * Asks the gRPC health service (`grpc.health.v1`) on the container's port.
   *
   * @param options the service to ask for, and timing
   */
  public static grpc(options: GrpcProbeOptions = {}): Probe {
    return new GrpcProbe(options);
  }

  /**
   * Asks for an HTTP path on the container's port; a status from 200 to 399 is good.
   *
   * @param path the path, beginning with `/`. Throws FW415 otherwise
   * @param options headers and timing
   */
  public static http(path: string, options: HttpProbeOptions = {}): Probe {
    if (typeof path !== 'string' || !/^\/[^\s#\p{C}]*$/u.test(path)) {
      throw messages.invalidPath.error('', { what: 'probe path', path, fault: 'does not begin with /, or has spaces' });
    }
    return new HttpProbe(path, options);
  }

  /**
   * Opens a TCP connection to the container's port.
   *
   * @param options timing
   */
  public static tcp(options: ProbeTiming = {}): Probe {
    return new TcpProbe(options);
  }

  protected constructor(private readonly timing: ProbeTiming) {
    wholeSeconds('', 'initial delay of a probe', timing?.initialDelay, 0);
    wholeSeconds('', 'period of a probe', timing?.period, 1);
    wholeSeconds('', 'timeout of a probe', timing?.timeout, 1);
    checkThreshold(timing?.failureThreshold);
  }

  /** @internal */
  public _seconds(defaults: ProbeSeconds): ProbeSeconds {
    const { initialDelay, period, timeout, failureThreshold } = this.timing ?? {};
    return {
      ...(initialDelay === undefined ? {} : { initialDelaySeconds: initialDelay.toSeconds() }),
      periodSeconds: period?.toSeconds() ?? defaults.periodSeconds,
      timeoutSeconds: timeout?.toSeconds() ?? defaults.timeoutSeconds,
      failureThreshold: failureThreshold ?? defaults.failureThreshold,
    };
  }

  /** @internal */
  public abstract _handler(port: number, portName: string): k8s.Probe;

  /**
   * What the port speaks, as far as the probe tells.
   *
   * @internal
   */
  public abstract _protocol(): PortProtocol;
}

class GrpcProbe extends Probe {
  private readonly service?: string;

  public constructor(options: GrpcProbeOptions) {
    super(options);
    this.service = options?.service;
    if (this.service !== undefined && typeof this.service !== 'string') {
      throw messages.invalidProbe.error('', { what: 'service of a gRPC probe', value: this.service, fault: 'is no string' });
    }
  }

  public _handler(port: number): k8s.Probe {
    return { grpc: { port, ...(this.service === undefined ? {} : { service: this.service }) } };
  }

  public _protocol(): PortProtocol {
    return PortProtocol.GRPC;
  }
}

class HttpProbe extends Probe {
  private readonly headers: Array<[name: string, value: string]>;

  public constructor(private readonly path: string, options: HttpProbeOptions) {
    super(options);
    this.headers = Object.entries(options?.headers ?? {}).sort(([a], [b]) => a < b ? -1 : 1);
    for (const [name, value] of this.headers) {
      if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) {
        throw messages.invalidProbe.error('', { what: 'probe header', value: name, fault: 'has a name that is refused' });
      }
      if (typeof value !== 'string' || !/^[^\p{Cc}]*$/u.test(value)) {
        throw messages.invalidProbe.error('', { what: `value of the probe header ${name}`, value, fault: 'is no string of one line' });
      }
    }
  }

  public _handler(_: number, portName: string): k8s.Probe {
    return {
      httpGet: {
        path: this.path,
        port: k8s.IntOrString.fromString(portName),
        ...(this.headers.length > 0 ? { httpHeaders: this.headers.map(([name, value]) => ({ name, value })) } : {}),
      },
    };
  }

  public _protocol(): PortProtocol {
    return PortProtocol.HTTP;
  }
}

class TcpProbe extends Probe {
  public constructor(timing: ProbeTiming) {
    super(timing);
  }

  public _handler(_: number, portName: string): k8s.Probe {
    return { tcpSocket: { port: k8s.IntOrString.fromString(portName) } };
  }

  public _protocol(): PortProtocol {
    return PortProtocol.TCP;
  }
}

/**
 * Throws FW421 for what is no probe.
 *
 * @internal
 */
export function checkProbe(where: string, what: string, probe: Probe | undefined): void {
  if (probe !== undefined && typeof probe?._handler !== 'function') {
    throw messages.invalidProbe.error(where, { what: `${what} probe`, value: probe, fault: 'is no Probe' });
  }
}
