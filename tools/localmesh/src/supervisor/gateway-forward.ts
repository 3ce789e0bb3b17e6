import { socketPath } from '../control/control-path.js';
import { forwardPort } from '../forward/tcp-forward.js';
import { endpointsOf } from '../workloads/endpoint-slices.js';
import type { Mesh } from './mesh.js';

/** The Service whose ports the machine's `localhost` reaches. */
const gateway = { namespace: 'istio-system', name: 'istio-ingressgateway' } as const;

/** Ports of the gateway's Service that are opened to the machine, and the port that stands for each there by default. */
export const gatewayPorts = [
  { servicePort: 80, localPort: 8080 },
  { servicePort: 443, localPort: 8443 },
  { servicePort: 31400, localPort: 31400 },
] as const;

export function gatewaySocket(data: string, servicePort: number): string {
  return socketPath(data, `gateway-${String(servicePort)}`);
}

/** Listens on a Unix socket for each port of the gateway, and passes connections on to a ready gateway in turn. */
export async function forwardGateway(mesh: Mesh, data: string, signal: AbortSignal): Promise<void> {
  let turn = 0;
  for (const { servicePort } of gatewayPorts) {
    const choose = () => {
      const { services, pods } = mesh.zone;
      const service = services.find(
        ({ name, namespace }) => name === gateway.name && namespace === gateway.namespace,
      );
      const port = service?.ports.find((each) => each.port === servicePort);
      if (service === undefined || port === undefined) return undefined;
      const endpoints = endpointsOf(service, port, pods);
      turn += 1;
      const chosen = endpoints[turn % Math.max(1, endpoints.length)];
      return chosen && { host: chosen.address, port: chosen.port };
    };
    await forwardPort({ path: gatewaySocket(data, servicePort) }, choose, signal);
  }
}
