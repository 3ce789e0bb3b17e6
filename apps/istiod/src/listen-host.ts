import { createServer } from 'node:net';
import type { ListenAddress } from './options.js';

/** The host to bind to: an empty one is every address, of both families where this machine has IPv6. */
export async function listenHost({ host }: ListenAddress): Promise<string> {
  if (host !== '') return host;
  return (await canBind('::')) ? '::' : '0.0.0.0';
}

/** `[::1]` for an IPv6 address, else the host as it is. */
export function renderHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

function canBind(host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ host, port: 0 }, () => probe.close(() => resolve(true)));
  });
}
