/** What a port speaks. */
export enum PortProtocol {
  /** HTTP/1.1 or HTTP/2 with upgrade. */
  HTTP = 'http',
  /** gRPC over HTTP/2 without TLS. */
  GRPC = 'grpc',
  /** Anything else over TCP. */
  TCP = 'tcp',
}
