import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import { core, type JsonObject, type JsonValue } from '@istio-ts/xds-types';
import { istioApiLevel } from '../version.js';

/**
 * The node metadata that is read, with the environment variable of the agent behind each (`ISTIO_META_…`). Nothing else
 * that a proxy says may shape its configuration: every field here is a possible key of a class.
 */
export const metadataFields = [
  'NAME',
  'NAMESPACE',
  'SERVICE_ACCOUNT',
  'LABELS',
  'INSTANCE_IPS',
  'CLUSTER_ID',
  'NETWORK',
  'ISTIO_VERSION',
  'INTERCEPTION_MODE',
  'HTTP_PROXY_PORT',
  'BIND_ADDRESS',
  'APPLICATION_PORTS',
  'UNPRIVILEGED_POD',
] as const;

const nodeId = /^(sidecar|router)~([^~]+)~([^~]+)\.([^~.]+)~([^~]*)$/u;

/** Who is on the stream, from the bytes of `envoy.config.core.v3.Node`. Throws a MeshError PROTOCOL naming what is wrong. */
export function parseProxyNode(bytes: Uint8Array): ProxyNode {
  const node = core.Node.decode(bytes);
  const match = nodeId.exec(node.id);
  if (match === null) {
    throw new MeshError(
      MeshErrorCode.Protocol,
      `node id "${node.id}" is not of the form sidecar|router~<ip>~<name>.<namespace>~<dns domain>`,
    );
  }
  const [, type, ip = '', name = '', namespace = '', dnsDomain = ''] = match;
  const metadata = node.metadata ?? {};
  const text = (key: (typeof metadataFields)[number]): string | undefined => textOf(metadata[key]);
  return {
    id: node.id,
    type: type === 'router' ? 'router' : 'sidecar',
    ipAddresses: addresses(text('INSTANCE_IPS'), ip),
    name: text('NAME') ?? name,
    namespace: text('NAMESPACE') ?? namespace,
    serviceAccount: text('SERVICE_ACCOUNT') ?? '',
    labels: textMap(metadata['LABELS']),
    dnsDomain,
    clusterId: text('CLUSTER_ID') ?? '',
    network: text('NETWORK') ?? '',
    locality: {
      region: node.locality?.region ?? '',
      zone: node.locality?.zone ?? '',
      subzone: node.locality?.subZone ?? '',
    },
    istioVersion: text('ISTIO_VERSION') ?? istioApiLevel,
    interception: interception(text('INTERCEPTION_MODE')),
    httpProxyPort: port(metadata['HTTP_PROXY_PORT']),
    bindAddress: text('BIND_ADDRESS') ?? '0.0.0.0',
    applicationPorts: portMap(metadata['APPLICATION_PORTS']),
    unprivileged: text('UNPRIVILEGED_POD') === 'true',
  };
}

function textOf(value: JsonValue | undefined): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

function addresses(list: string | undefined, own: string): readonly string[] {
  const known = (list ?? '').split(',').filter((address) => address !== '');
  return known.length > 0 ? known : [own];
}

function interception(mode: string | undefined): ProxyNode['interception'] {
  if (mode === 'NONE') return 'none';
  return mode === 'TPROXY' ? 'tproxy' : 'redirect';
}

function entries(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? Object.entries(value as JsonObject) : [];
}

function textMap(value: JsonValue | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(entries(value).map(([key, item]) => [key, textOf(item) ?? '']));
}

function port(value: JsonValue | undefined): number | undefined {
  const number = Number(textOf(value) ?? NaN);
  return Number.isInteger(number) && number > 0 && number < 65_536 ? number : undefined;
}

function portMap(value: JsonValue | undefined): Readonly<Record<string, number>> {
  return Object.fromEntries(
    entries(value).flatMap(([key, item]) => {
      const found = port(item);
      return found === undefined ? [] : [[key, found] as const];
    }),
  );
}
