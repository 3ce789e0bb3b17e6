/** Protocols as Istio names them. `Unsupported` means: not said, to be detected from the first bytes. */
export const protocols = [
  'GRPC',
  'GRPC-Web',
  'HTTP',
  'HTTP_PROXY',
  'HTTP2',
  'HTTPS',
  'Mongo',
  'MySQL',
  'Redis',
  'TCP',
  'TLS',
  'UDP',
] as const;
export type Protocol = (typeof protocols)[number] | 'Unsupported';

const byWord = new Map<string, Protocol>(protocols.map((name) => [name.toLowerCase(), name]));
const http = new Set<Protocol>(['HTTP', 'HTTP2', 'HTTP_PROXY', 'GRPC', 'GRPC-Web']);
const http2 = new Set<Protocol>(['HTTP2', 'GRPC', 'GRPC-Web']);
const tcp = new Set<Protocol>(['TCP', 'HTTPS', 'TLS', 'Mongo', 'Redis', 'MySQL']);

/** `http`, `gRPC-Web`, … case aside; `Unsupported` for every other word. */
export function parseProtocol(word: string): Protocol {
  return byWord.get(word.toLowerCase()) ?? 'Unsupported';
}

export function isHttp(protocol: Protocol): boolean {
  return http.has(protocol);
}

export function isHttp2(protocol: Protocol): boolean {
  return http2.has(protocol);
}

/** Protocols that are routed as plain connections. */
export function isTcp(protocol: Protocol): boolean {
  return tcp.has(protocol);
}

/** HTTPS and TLS: routed by SNI. */
export function isTls(protocol: Protocol): boolean {
  return protocol === 'HTTPS' || protocol === 'TLS';
}

/** Ports on which the server speaks first, so that detection would wait for nothing: SMTP, DNS, MySQL, MongoDB. */
const serverFirstPorts = new Set([25, 53, 3306, 27017]);

/** Words of the Kubernetes standard for `appProtocol` that name a protocol of ours. */
const appProtocols = new Map<string, Protocol>([
  ['kubernetes.io/h2c', 'HTTP2'],
  ['kubernetes.io/ws', 'HTTP'],
  ['kubernetes.io/wss', 'HTTPS'],
]);

export interface NamedPort {
  readonly port: number;
  readonly name?: string | undefined;
  /** Transport protocol: TCP, UDP, SCTP. */
  readonly protocol?: string | undefined;
  readonly appProtocol?: string | undefined;
}

/** The protocol of a Kubernetes port: `appProtocol` before the port name's first part before the port number. */
export function selectProtocol({ port, name = '', protocol, appProtocol }: NamedPort): Protocol {
  if (protocol === 'UDP') return 'UDP';
  const said = appProtocol ?? name;
  const named = appProtocol === undefined ? undefined : appProtocols.get(appProtocol.toLowerCase());
  const found = named ?? protocolOfPortName(said);
  return found === 'Unsupported' && serverFirstPorts.has(port) ? 'TCP' : found;
}

function protocolOfPortName(name: string): Protocol {
  const lower = name.toLowerCase();
  if (lower.startsWith('grpc-web')) return 'GRPC-Web';
  const dash = lower.indexOf('-');
  return parseProtocol(dash === -1 ? lower : lower.slice(0, dash));
}
