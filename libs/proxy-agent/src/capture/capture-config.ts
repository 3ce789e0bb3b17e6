import { isIPv4, isIPv6 } from 'node:net';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

export type InterceptionMode = 'REDIRECT' | 'TPROXY';
export type IpFamily = 4 | 6;

/** Everything, or these. */
export type Selection<T> = 'all' | readonly T[];

/** Who Envoy is to the rules: the users and groups it runs as, or the mark on its sockets. */
export type ProxyIdentity =
  | { readonly kind: 'owner'; readonly uids: readonly string[]; readonly gids: readonly string[] }
  | { readonly kind: 'mark'; readonly mark: number };

/** What is captured, and what is not. */
export interface CaptureConfig {
  readonly outboundPort: number;
  readonly inboundPort: number;
  /** Inbound traffic to this port reaches Envoy without capture. */
  readonly tunnelPort: number;
  readonly proxy: ProxyIdentity;
  readonly mode: InterceptionMode;
  readonly tproxyMark: number;
  readonly tproxyRouteTable: number;
  readonly inboundPorts: Selection<number>;
  /** Only where all inbound ports are captured. */
  readonly excludedInboundPorts: readonly number[];
  readonly outboundRanges: Selection<string>;
  readonly excludedOutboundRanges: readonly string[];
  /** Ports captured whatever the address. */
  readonly outboundPorts: readonly number[];
  readonly excludedOutboundPorts: readonly number[];
  /** Only these groups' traffic is captured. */
  readonly ownerGroups: Selection<string>;
  readonly excludedOwnerGroups: readonly string[];
  /** Interfaces of virtual machines inside the pod: what comes in there is outbound. */
  readonly virtualInterfaces: readonly string[];
  readonly excludedInterfaces: readonly string[];
  /** IPv4 only; IPv6 has one loopback address. */
  readonly loopbackRange: string;
  readonly dropInvalid: boolean;
}

/** The parts of a comma-separated list. */
export function readList(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `*` or a list. */
export function readSelection<T>(text: string, read: (part: string) => T): Selection<T> {
  return text.trim() === '*' ? 'all' : readList(text).map(read);
}

export function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return port >= 1 && port <= 65535 ? port : refuse(`"${text}" is no port`);
}

/** An address or a range, `10.0.0.0/8`. */
export function readRange(text: string): string {
  const [address = '', bits] = text.split('/');
  const most = isIPv4(address) ? 32 : isIPv6(address) ? 128 : -1;
  const width = bits === undefined ? most : Number(bits);
  if (most < 0 || !Number.isInteger(width) || width < 0 || width > most)
    refuse(`"${text}" is no address range`);
  return bits === undefined ? `${address}/${most}` : text;
}

export function readMode(text: string): InterceptionMode {
  if (text === '' || text === 'REDIRECT') return 'REDIRECT';
  return text === 'TPROXY' ? 'TPROXY' : refuse(`interception mode "${text}" is neither REDIRECT nor TPROXY`);
}

/** Names that end up in rules as they are: numbers or account names. */
export function readAccount(text: string): string {
  return /^[\w.-]+$/.test(text) ? text : refuse(`"${text}" is no user or group`);
}

export function readInterface(text: string): string {
  return /^[\w.:+-]{1,15}$/.test(text) ? text : refuse(`"${text}" is no network interface`);
}

function refuse(message: string): never {
  throw new MeshError(MeshErrorCode.Usage, message);
}
