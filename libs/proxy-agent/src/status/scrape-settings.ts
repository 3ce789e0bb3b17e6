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

/** A target as written: nothing of it is checked. */
type WrittenTarget = Readonly<Record<string, JsonValue>>;

/**
 * Reads `ISTIO_PROMETHEUS_ANNOTATIONS`: the pod's `prometheus.io/{scrape,path,port}` as `{ "scrape", "path", "port" }`, or its
 * `prometheus.istio.io/scrape-targets` as `{ "scrape", "targets" }`, a list of `{ "path", "port" }` or the annotation's text.
 * Empty where nothing is to be scraped; throws a MeshError where a port is none or the proxy's own.
 */
export function readScrapeTargets(
  text: string | undefined,
  reserved: ReservedPorts,
): readonly ScrapeTarget[] {
  const settings = readSettings(text);
  if (settings['scrape'] !== 'true' && settings['scrape'] !== true) return [];
  return writtenTargets(settings).map((target) => readTarget(target, reserved));
}

function writtenTargets(settings: WrittenTarget): readonly WrittenTarget[] {
  const { port = '80', path = '', targets } = settings;
  if (typeof targets === 'string') return splitTargets(targets);
  const listed = Array.isArray(targets) ? targets.filter(isObject) : [];
  return listed.length > 0 ? listed : [{ port, path }];
}

/** `8080:/metrics,9100`. */
function splitTargets(text: string): readonly WrittenTarget[] {
  return text.split(',').map((part) => {
    const [, port = '', path = ''] = /^([^:]*):?(.*)$/.exec(part.trim()) ?? [];
    return { port, path };
  });
}

function readTarget({ port: written, path }: WrittenTarget, reserved: ReservedPorts): ScrapeTarget {
  const portText = typeof written === 'string' || typeof written === 'number' ? String(written) : '';
  const port = /^\d+$/.test(portText) ? Number(portText) : 0;
  if (port < 1 || port > 65535) refuse(`a port to scrape is "${portText}": expected a port number`);
  const { status, prometheus, health } = reserved;
  if ([...fixedPorts, status, prometheus, health].includes(port)) {
    refuse(`a port to scrape is ${port}, which is the proxy's own: name the application's port`);
  }
  return { port, path: typeof path === 'string' && path !== '' ? withSlash(path) : '/metrics' };
}

function withSlash(path: string): string {
  return path.startsWith('/') ? path : `/${path}`;
}

function readSettings(text: string | undefined): WrittenTarget {
  if (text === undefined || text === '') return {};
  try {
    const value = JSON.parse(text) as JsonValue;
    return isObject(value) ? value : {};
  } catch {
    return refuse('it is not JSON');
  }
}

function refuse(message: string): never {
  throw new MeshError(MeshErrorCode.Usage, `ISTIO_PROMETHEUS_ANNOTATIONS cannot be used: ${message}`);
}
