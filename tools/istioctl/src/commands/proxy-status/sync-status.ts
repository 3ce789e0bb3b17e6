import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { status, typeUrls, admin, type JsonObject, type JsonValue } from '@istio-ts/xds-types';
import { readMessage } from '../../dump/config-dump.js';
import { isObject } from '../../dump/unknown-types.js';
import type { IstiodAnswer } from '../../mesh/mesh-access.js';

/** The discovery types of a proxy, in the order of the table, with istiod's words for them. */
export const syncTypes = [
  { title: 'CDS', typeUrl: typeUrls.cds, key: 'cluster' },
  { title: 'LDS', typeUrl: typeUrls.lds, key: 'listener' },
  { title: 'EDS', typeUrl: typeUrls.eds, key: 'endpoint' },
  { title: 'RDS', typeUrl: typeUrls.rds, key: 'route' },
  { title: 'ECDS', typeUrl: typeUrls.ecds, key: 'extensionconfig' },
] as const;

export type SyncTitle = (typeof syncTypes)[number]['title'];

export const SyncState = {
  Synced: 'SYNCED',
  NotSent: 'NOT SENT',
  Stale: 'STALE',
  NeverAcknowledged: 'STALE (Never Acknowledged)',
  Unknown: 'UNKNOWN',
} as const;
export type SyncState = (typeof SyncState)[keyof typeof SyncState];

/** How far one proxy is with what its istiod has for it. */
export interface ProxySync {
  /** `POD.NAMESPACE` */
  readonly proxy: string;
  readonly cluster: string;
  readonly istiod: string;
  /** Istio version of the proxy. */
  readonly version: string;
  readonly states: ReadonlyMap<SyncTitle, SyncState>;
}

/**
 * Reads `/debug/syncz` in both of its forms: a list with pairs of nonces, and a discovery response (or list) of client
 * configurations.
 *
 * @throws MeshError (PROTOCOL) where it is neither
 */
export function parseSyncStatus({ istiod, text }: IstiodAnswer): readonly ProxySync[] {
  const json = parseAnswer(istiod, text);
  const response = isObject(json) ? json : undefined;
  const entries = response === undefined ? json : (response['resources'] ?? []);
  if (!Array.isArray(entries)) throw unexpected(istiod, 'there is no list of proxies in it');
  const name = identifierOf(response) ?? istiod;
  return entries
    .filter(isObject)
    .map((entry: JsonObject) =>
      'genericXdsConfigs' in entry || 'node' in entry
        ? fromClientConfig(entry, name)
        : fromNonces(entry, name),
    );
}

/** The answer as JSON, for programs. */
export function parseAnswer(istiod: string, text: string): JsonValue {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    throw unexpected(istiod, `it begins with "${text.slice(0, 40)}"`);
  }
}

function unexpected(istiod: string, reason: string): MeshError {
  return new MeshError(
    MeshErrorCode.Protocol,
    `${istiod} answered /debug/syncz in an unknown form: ${reason}`,
  );
}

/** The istiod that made the response; it says so in JSON, inside a text. */
function identifierOf(response: JsonObject | undefined): string | undefined {
  const controlPlane = response?.['controlPlane'];
  const identifier = isObject(controlPlane) ? controlPlane['identifier'] : undefined;
  if (typeof identifier !== 'string') return undefined;
  try {
    const parsed = JSON.parse(identifier) as JsonValue;
    const id = isObject(parsed) ? parsed['ID'] : undefined;
    return typeof id === 'string' ? id : identifier;
  } catch {
    return identifier;
  }
}

function fromNonces(entry: JsonObject, istiod: string): ProxySync {
  const states = syncTypes.map(({ title, key }): [SyncTitle, SyncState] => [
    title,
    stateOfNonces(textAt(entry, `${key}_sent`), textAt(entry, `${key}_acked`)),
  ]);
  return {
    proxy: textAt(entry, 'proxy'),
    cluster: textAt(entry, 'cluster_id'),
    istiod,
    version: textAt(entry, 'istio_version'),
    states: new Map(states),
  };
}

function stateOfNonces(sent: string, acknowledged: string): SyncState {
  if (sent === '') return SyncState.NotSent;
  if (sent === acknowledged) return SyncState.Synced;
  return acknowledged === '' ? SyncState.NeverAcknowledged : SyncState.Stale;
}

function fromClientConfig(entry: JsonObject, istiod: string): ProxySync {
  const { '@type': _type, ...fields } = entry;
  const { node, genericXdsConfigs } = readMessage(status.ClientConfig, fields);
  const states = syncTypes.flatMap(({ title, typeUrl }): [SyncTitle, SyncState][] => {
    const found = genericXdsConfigs.filter((config) => config.typeUrl === typeUrl).map(stateOfConfig);
    const worst = badStates.find((state) => found.includes(state)) ?? found[0];
    return worst === undefined ? [] : [[title, worst]];
  });
  const id = node?.id ?? '';
  return {
    // A whole node id is TYPE~ADDRESS~POD.NAMESPACE~DOMAIN.
    proxy: id.split('~')[2] ?? id,
    cluster: textAt(node?.metadata ?? {}, 'CLUSTER_ID'),
    istiod,
    version: textAt(node?.metadata ?? {}, 'ISTIO_VERSION'),
    states: new Map(states),
  };
}

/** Of several resources of one type, the worst tells the state. */
const badStates: readonly SyncState[] = [SyncState.NeverAcknowledged, SyncState.Stale];

/** What a proxy has rejected is stale: it goes on with the last good one. */
function stateOfConfig({ configStatus, clientStatus }: status.ClientConfig_GenericXdsConfig): SyncState {
  switch (configStatus) {
    case status.ConfigStatus.SYNCED:
      return SyncState.Synced;
    case status.ConfigStatus.NOT_SENT:
      return SyncState.NotSent;
    case status.ConfigStatus.STALE:
    case status.ConfigStatus.ERROR:
      return clientStatus === admin.ClientResourceStatus.REQUESTED
        ? SyncState.NeverAcknowledged
        : SyncState.Stale;
    case status.ConfigStatus.UNKNOWN:
      return SyncState.Unknown;
  }
}

function textAt(object: JsonObject, key: string): string {
  const value = object[key];
  return typeof value === 'string' ? value : '';
}
