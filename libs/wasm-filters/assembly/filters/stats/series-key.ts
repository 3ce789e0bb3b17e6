/** Who tells: the client's proxy or the server's. */
export namespace Reporter {
  export const Source: u32 = 0;
  export const Destination: u32 = 1;
}

export namespace Protocol {
  export const Http: u32 = 0;
  export const Grpc: u32 = 1;
  export const Tcp: u32 = 2;
}

/** The call was no gRPC call, or ended without a status. */
export const NO_GRPC_STATUS: i32 = -1;

/**
 * All that tells one series from another, own identity aside, as plain numbers without gaps: its bytes are the key
 * under which a series is found, so finding one compares 44 bytes and builds no text.
 */
@unmanaged
export class SeriesKey {
  responseFlags: u64 = 0;
  reporter: u32 = 0;
  protocol: u32 = 0;
  mutualTls: u32 = 0;
  peer: i32 = 0;
  service: i32 = 0;
  sourcePrincipal: i32 = 0;
  destinationPrincipal: i32 = 0;
  responseCode: i32 = 0;
  grpcStatus: i32 = NO_GRPC_STATUS;

  /** The key of everything that cannot be told apart any more. */
  reset(reporter: u32, protocol: u32): void {
    this.responseFlags = 0;
    this.reporter = reporter;
    this.protocol = protocol;
    this.mutualTls = 0;
    this.peer = 0;
    this.service = 0;
    this.sourcePrincipal = 0;
    this.destinationPrincipal = 0;
    this.responseCode = 0;
    this.grpcStatus = NO_GRPC_STATUS;
  }
}
