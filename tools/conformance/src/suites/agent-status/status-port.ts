import {
  ReadinessCheck,
  readAppProbes,
  serveStatus,
  type MergedMetrics,
  type StatusServer,
} from '@istio-ts/proxy-agent/status';

export interface StatusPortSettings {
  readonly probers?: unknown;
  /** Address of the application as the agent sees it. */
  readonly podIp?: string | undefined;
  readonly host?: string;
  /** Port of Envoy's admin interface. */
  readonly adminPort?: number;
  readonly onQuit?: () => void;
  readonly mergedMetrics?: (headers: Readonly<Record<string, string | undefined>>) => Promise<MergedMetrics>;
}

/** The agent's status port, on a free port, with nothing behind it but what a case gives. */
export function openStatusPort({
  probers = {},
  podIp = '127.0.0.1',
  host = '127.0.0.1',
  adminPort = 1,
  onQuit = () => undefined,
  mergedMetrics = () => Promise.resolve({ contentType: 'text/plain', body: '' }),
}: StatusPortSettings): Promise<StatusServer> {
  const readiness = new ReadinessCheck({
    admin: { host: '127.0.0.1', port: adminPort },
    hasCertificate: () => true,
    onReady: () => undefined,
  });
  return serveStatus({
    host,
    port: 0,
    readiness,
    mergedMetrics,
    probes: readAppProbes(JSON.stringify(probers)),
    applicationAddress: podIp,
    onQuit,
  });
}
