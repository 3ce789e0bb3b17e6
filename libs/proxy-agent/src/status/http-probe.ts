import { requestProbe } from './probe-request.js';

export interface HttpProbe {
  readonly kind: 'http';
  readonly scheme: 'HTTP' | 'HTTPS';
  readonly host: string | undefined;
  readonly port: number;
  readonly path: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly timeoutMs: number;
}

const mostRedirects = 10;

/**
 * As the kubelet probes: redirects within the host are followed, one to another host is success. The caller is the kubelet,
 * which was told the probe's headers and sends them, so they are handed on; only the host's name is taken from the probe.
 */
export async function probeHttp(
  probe: HttpProbe,
  address: string,
  callerHeaders: Readonly<Record<string, string | undefined>>,
): Promise<number> {
  let target = new URL(
    `${probe.scheme.toLowerCase()}://${hostOf(probe, address)}:${probe.port}${probe.path}`,
  );
  const headers = headersFor(probe, callerHeaders);
  const { timeoutMs } = probe;
  const source = probe.host === undefined ? address : undefined;
  for (let redirects = 0; redirects <= mostRedirects; redirects += 1) {
    const { status, location } = await requestProbe(target, { headers, timeoutMs, address: source });
    if (status < 300 || status >= 400) return status;
    const next = location === undefined || !isFollowed(status) ? undefined : new URL(location, target);
    if (next?.host !== target.host) return 200;
    target = next;
  }
  return 500;
}

function hostOf({ host }: HttpProbe, address: string): string {
  const name = host ?? address;
  return name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
}

function isFollowed(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

/** Of the caller's connection, or written anew for the one to the application. */
const ownHeaders = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'te', 'host']);

function headersFor(
  { headers }: HttpProbe,
  caller: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string>> {
  const passed = Object.entries(caller).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !ownHeaders.has(entry[0]),
  );
  const host = headers.find(([name]) => name.toLowerCase() === 'host');
  return { ...Object.fromEntries(passed), ...(host && { host: host[1] }) };
}
