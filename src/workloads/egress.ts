import * as net from 'net';
import { k8s } from 'cdk8s-plus-28';
import { checkOneOf } from './check-values';
import * as messages from './messages';
import { checkPort } from './numbers';
import { nameFault } from '../core/names';

/** By what a destination is reached. */
export enum TransportProtocol {
  /** TCP. */
  TCP = 'TCP',
  /** UDP. */
  UDP = 'UDP',
  /** SCTP. */
  SCTP = 'SCTP',
}

/** A destination outside the platform that a workload may reach. */
export class Egress {
  /**
   * An address range.
   *
   * @param cidr `10.20.0.0/16`; `0.0.0.0/0` for any address. Throws FW417 for anything else
   * @param port the port
   * @param protocol by what it is reached; TCP by default. Throws FW423 for anything else
   */
  public static cidr(cidr: string, port: number, protocol: TransportProtocol = TransportProtocol.TCP): Egress {
    const [address, bits, ...rest] = typeof cidr === 'string' ? cidr.split('/') : [];
    const size = net.isIPv4(address) ? 32 : net.isIPv6(address) && !address.includes('%') ? 128 : -1;
    if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(bits ?? '') || Number(bits) > size) {
      throw messages.invalidEgress.error('', { value: cidr, fault: 'is no address range' });
    }
    return new Egress({ ipBlock: { cidr } }, port, protocol);
  }

  /**
   * All pods of a namespace of the same cluster.
   *
   * @param namespace its name. Throws FW417 for what is none
   * @param port the port of the pods
   * @param protocol by what they are reached; TCP by default. Throws FW423 for anything else
   */
  public static namespace(namespace: string, port: number, protocol: TransportProtocol = TransportProtocol.TCP): Egress {
    const fault = nameFault(namespace);
    if (fault) {
      throw messages.invalidEgress.error('', { value: namespace, fault });
    }
    return new Egress({ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': namespace } } }, port, protocol);
  }

  private constructor(private readonly peer: k8s.NetworkPolicyPeer, private readonly port: number, private readonly protocol: TransportProtocol) {
    checkPort('', 'egress port', port);
    checkOneOf('', 'protocol of an egress', protocol, Object.values(TransportProtocol));
  }

  /** @internal */
  public _rule(): k8s.NetworkPolicyEgressRule {
    return { to: [this.peer], ports: [{ port: k8s.IntOrString.fromNumber(this.port), protocol: this.protocol }] };
  }
}
