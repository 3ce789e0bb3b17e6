/** Which side of a proxy a listener stands on: towards its own application, away from it, or at the edge. */
export type Direction = 'inbound' | 'outbound' | 'gateway';
