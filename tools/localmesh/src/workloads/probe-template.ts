import { listAt, numberAt, recordAt, textAt, valueAt } from '../store/json-record.js';

/** How a container is asked. A port may be the name of one that the container declares. */
export type ProbeAction =
  | {
      readonly kind: 'http';
      readonly scheme: 'HTTP' | 'HTTPS';
      readonly host?: string;
      readonly port: number | string;
      readonly path: string;
      readonly headers: readonly (readonly [name: string, value: string])[];
    }
  | { readonly kind: 'tcp'; readonly port: number | string }
  | { readonly kind: 'exec'; readonly command: readonly string[] };

/** A probe as the kubelet reads it, with its defaults. */
export interface ProbeTemplate {
  readonly action: ProbeAction;
  readonly initialDelayMs: number;
  readonly periodMs: number;
  readonly timeoutMs: number;
  /** How many failures in a row count, and how many successes. */
  readonly failureThreshold: number;
  readonly successThreshold: number;
}

/** Reads `readinessProbe` and its like; undefined where there is none, or one of a kind that is not carried out (gRPC). */
export function readProbe(written: unknown): ProbeTemplate | undefined {
  const action = readAction(written);
  if (action === undefined) return undefined;
  const seconds = (field: string, otherwise: number) => (numberAt(written, field) ?? otherwise) * 1000;
  return {
    action,
    initialDelayMs: seconds('initialDelaySeconds', 0),
    periodMs: seconds('periodSeconds', 10),
    timeoutMs: seconds('timeoutSeconds', 1),
    failureThreshold: numberAt(written, 'failureThreshold') ?? 3,
    successThreshold: numberAt(written, 'successThreshold') ?? 1,
  };
}

function readAction(written: unknown): ProbeAction | undefined {
  const httpPort = readPort(written, 'httpGet');
  if (httpPort !== undefined) return readHttp(recordAt(written, 'httpGet'), httpPort);
  const tcpPort = readPort(written, 'tcpSocket');
  if (tcpPort !== undefined) return { kind: 'tcp', port: tcpPort };
  const command = listAt(written, 'exec', 'command').filter((word) => typeof word === 'string');
  return command.length === 0 ? undefined : { kind: 'exec', command };
}

function readHttp(written: unknown, port: number | string): ProbeAction {
  const host = textAt(written, 'host');
  const headers = listAt(written, 'httpHeaders').map(
    (header) => [textAt(header, 'name') ?? '', textAt(header, 'value') ?? ''] as const,
  );
  return {
    kind: 'http',
    scheme: textAt(written, 'scheme') === 'HTTPS' ? 'HTTPS' : 'HTTP',
    ...(host !== undefined && { host }),
    port,
    path: textAt(written, 'path') ?? '/',
    headers,
  };
}

function readPort(written: unknown, handler: string): number | string | undefined {
  const port = valueAt(written, handler, 'port');
  return typeof port === 'number' || typeof port === 'string' ? port : undefined;
}
