import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { forwardPort } from '../forward/tcp-forward.js';
import { gatewayPorts, gatewaySocket } from '../supervisor/gateway-forward.js';

export interface GatewayAccess {
  readonly data: string;
  /** Ports of `localhost` by port of the gateway's Service; one that nobody asked for gives way where it is taken. */
  readonly ports: Readonly<Record<number, number | undefined>>;
  readonly say: (line: string) => void;
}

/**
 * Opens the gateway's ports on `localhost`, before anything else is started: a port that was asked for and is taken ends
 * the start. Answers the URL of the HTTP port.
 */
export async function openGatewayPorts(
  { data, ports, say }: GatewayAccess,
  signal: AbortSignal,
): Promise<string> {
  let url = '';
  for (const { servicePort, localPort } of gatewayPorts) {
    const asked = ports[servicePort];
    const path = gatewaySocket(data, servicePort);
    const open = (port: number) => forwardPort({ host: '127.0.0.1', port }, () => ({ path }), signal);
    const bound = await open(asked ?? localPort).catch(async (thrown: unknown) => {
      if (asked !== undefined || MeshError.from(thrown).code !== MeshErrorCode.AddressInUse) throw thrown;
      const free = await open(0);
      say(`port ${localPort} of localhost is taken: ${free} stands for the gateway's port ${servicePort}`);
      return free;
    });
    if (servicePort === 80) url = `http://localhost:${bound}`;
  }
  return url;
}
