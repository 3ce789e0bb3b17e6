import type { HttpSettingsIr } from '@istio-ts/mesh-ir';
import { core, durationFromMs, hcm, listener, packAny, uuidRequestId, type route } from '@istio-ts/xds-types';
import { adsUntilFound } from '../config-source.js';
import type { Direction } from '../direction.js';
import { filterNames } from '../filters/filter-names.js';
import { accessLogs } from './access-log.js';
import { httpFilters, type SpecialFilters } from './http-filters.js';
import { tracingSettings } from './tracing.js';

export interface ConnectionManagerInput {
  readonly settings: HttpSettingsIr;
  readonly direction: Direction;
  /** In full, with the semicolon where it has one. */
  readonly statPrefix: string;
  readonly routes: RouteSource;
  /** Filters that only this listener needs. */
  readonly special?: SpecialFilters;
  /** The port is declared to speak HTTP/2. */
  readonly http2?: boolean;
  /** Takes requests whose target is a whole URL. */
  readonly forwardProxy?: boolean;
}

export type RouteSource =
  /** Name of a route configuration, by RDS. */
  { readonly rds: string } | { readonly inline: route.RouteConfiguration };

/** The network filter `http_connection_manager` of a chain. */
export function connectionManager(input: ConnectionManagerInput): listener.Filter {
  const { settings, direction } = input;
  const message = hcm.HttpConnectionManager.create({
    codecType: hcm.HttpConnectionManager_CodecType.AUTO,
    statPrefix: input.statPrefix,
    routeSpecifier: routeSpecifier(input.routes),
    httpFilters: httpFilters(settings, direction, input.special ?? 'none'),
    tracing: tracingSettings(settings),
    httpProtocolOptions: http1Options(input),
    http2ProtocolOptions: input.http2 === true ? core.Http2ProtocolOptions.create() : undefined,
    streamIdleTimeout: durationFromMs(0),
    accessLog: accessLogs(settings),
    proxy100Continue: true,
    upgradeConfigs: [websocket],
    requestIdExtension: uuid,
    ...pathHandling(settings),
    ...peerHandling[direction],
  });
  return listener.Filter.create({
    name: filterNames.connectionManager,
    configType: { $case: 'typedConfig', value: packAny(hcm.HttpConnectionManager, message) },
  });
}

function routeSpecifier(routes: RouteSource): hcm.HttpConnectionManager['routeSpecifier'] {
  if ('inline' in routes) return { $case: 'routeConfig', value: routes.inline };
  return {
    $case: 'rds',
    value: hcm.Rds.create({ configSource: adsUntilFound, routeConfigName: routes.rds }),
  };
}

function http1Options({
  settings,
  forwardProxy,
}: ConnectionManagerInput): core.Http1ProtocolOptions | undefined {
  if (!settings.acceptHttp10 && forwardProxy !== true) return undefined;
  return core.Http1ProtocolOptions.create({
    acceptHttp10: settings.acceptHttp10,
    allowAbsoluteUrl: forwardProxy === true ? true : undefined,
  });
}

const websocket = hcm.HttpConnectionManager_UpgradeConfig.create({ upgradeType: 'websocket' });

const uuid = hcm.RequestIDExtension.create({
  typedConfig: packAny(uuidRequestId.UuidRequestIdConfig, uuidRequestId.UuidRequestIdConfig.create()),
});

const { KEEP_UNCHANGED, UNESCAPE_AND_FORWARD } = hcm.HttpConnectionManager_PathWithEscapedSlashesAction;

/** What is done to a path before it is matched and forwarded. */
function pathHandling({ pathNormalization }: HttpSettingsIr): Partial<hcm.HttpConnectionManager> {
  switch (pathNormalization) {
    case 'none':
      return { normalizePath: false, pathWithEscapedSlashesAction: KEEP_UNCHANGED };
    case 'base':
      return { normalizePath: true, pathWithEscapedSlashesAction: KEEP_UNCHANGED };
    case 'merge-slashes':
      return { normalizePath: true, mergeSlashes: true, pathWithEscapedSlashesAction: KEEP_UNCHANGED };
    case 'decode-and-merge-slashes':
      return { normalizePath: true, mergeSlashes: true, pathWithEscapedSlashesAction: UNESCAPE_AND_FORWARD };
  }
}

const { APPEND_FORWARD, SANITIZE_SET } = hcm.HttpConnectionManager_ForwardClientCertDetails;

/** How much the other end is believed, and what it is told. */
const peerHandling: Readonly<Record<Direction, Partial<hcm.HttpConnectionManager>>> = {
  // The caller's proxy has vouched for the headers already; its certificate is added to theirs.
  inbound: {
    useRemoteAddress: false,
    serverName: 'istio-envoy',
    forwardClientCertDetails: APPEND_FORWARD,
    setCurrentClientCertDetails: hcm.HttpConnectionManager_SetCurrentClientCertDetails.create({
      subject: true,
      uri: true,
      dns: true,
    }),
  },
  // The caller is the application itself.
  outbound: { useRemoteAddress: false },
  // The caller may be anybody: what it claims about certificates goes, and its address is the connection's.
  gateway: {
    useRemoteAddress: true,
    serverName: 'istio-envoy',
    forwardClientCertDetails: SANITIZE_SET,
    setCurrentClientCertDetails: hcm.HttpConnectionManager_SetCurrentClientCertDetails.create({
      subject: true,
      cert: true,
      dns: true,
      uri: true,
    }),
  },
};
