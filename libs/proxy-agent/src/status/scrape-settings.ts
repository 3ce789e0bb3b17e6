import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { isObject } from '../pod/proxy-config.js';
import type { JsonValue } from '@istio-ts/xds-types';

/** An application's metrics, on loopback as the agent sees it. */
export interface ScrapeTarget {
  readonly port: number;
  readonly path: string;
}

/** Ports that are the proxy's own: scraping them for the application would loop or count twice. */
export interface ReservedPorts {
  readonly status: number;
  readonly prometheus: number;
  readonly health: number;
}

/** Ports of the proxy that no configuration moves: admin, capture, debug, agent, DNS, statistics. */
const fixedPorts: readonly number[] = [15000, 15001, 15004, 15006, 15020, 15053, 15090];

/**
 * Reads `ISTIO_PROMETHEUS_ANNOTATIONS`: the pod's `prometheus.io/{scrape,path,port}` as `{ "scrape", "path", "port" }`.
 * Undefined where nothing is to be scraped; throws a MeshError where the port is none or the proxy's own.
 */
export function readScrapeTarget(
  text: string | undefined,
  reserved: ReservedPorts,
): ScrapeTarget | undefined {
  const settings = readSettings(text);
  if (settings['scrape'] !== 'true' && settings['scrape'] !== true) return undefined;
  const written = settings['port'];
  const portText = typeof written === 'string' || typeof written === 'number' ? String(written) : '80';
  const port = /^\d+$/.test(portText) ? Number(portText) : 0;
  if (port < 1 || port > 65535) refuse(`prometheus.io/port is "${portText}": expected a port number`);
  const { status, prometheus, health } = reserved;
  if ([...fixedPorts, status, prometheus, health].includes(port)) {
    refuse(`prometheus.io/port is ${port}, which is the proxy's own: name the application's port`);
  }
  const path = settings['path'];
  return { port, path: typeof path === 'string' && path !== '' ? withSlash(path) : '/metrics' };
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function readSettings(text: string | undefined): Readonly<Record<string, JsonValue>> {
  if (text === undefined || text === '') return {};
  try {
    const value = JSON.parse(text) as JsonValue;
    return isObject(value) ? value : {};
  } catch {
    return refuse('ISTIO_PROMETHEUS_ANNOTATIONS is not JSON');
  }
}

function refuse(message: string): never {
  throw new MeshError(MeshErrorCode.Usage, message);
}
