import type { Place } from '../place.js';
import { checkHostPort } from '../checks/check-address.js';
import { checkDurationOrZero, checkPort } from '../checks/check-number.js';
import { validateClientTls } from '../kinds/destination-rule/validate-tls.js';
import { parseDurationMs } from '../naming/duration.js';
import type { ProxySettings, Tracing } from './spec.js';

const addresses = [
  'discoveryAddress',
  'statsdUdpAddress',
  'zipkinAddress',
  'envoyMetricsServiceAddress',
] as const;

/** Checks proxy settings as a whole, defaults laid under. */
export function validateProxySettings(settings: ProxySettings, place: Place): void {
  for (const field of ['configPath', 'binaryPath', 'serviceCluster'] as const) {
    if (!settings[field]) place.at(field).error('must be set');
  }
  for (const field of addresses) {
    const address = settings[field] ?? '';
    if (field === 'discoveryAddress' || address !== '') checkHostPort(address, place.at(field));
  }
  for (const field of ['envoyAccessLogService', 'envoyMetricsService'] as const) {
    const address = settings[field]?.address ?? '';
    if (address !== '') checkHostPort(address, place.at(field, 'address'));
  }
  checkPort(settings.proxyAdminPort, place.at('proxyAdminPort'));
  checkPort(settings.statusPort, place.at('statusPort'));
  checkDrain(settings.drainDuration, place.at('drainDuration'));
  if (settings.tracing) validateTracing(settings.tracing, place.at('tracing'));
  if (settings.privateKeyProvider)
    validateKeyProvider(settings.privateKeyProvider, place.at('privateKeyProvider'));
  validateConnectionSettings(settings.connectionSettings ?? {}, place.at('connectionSettings'));
  if (settings.proxyMetadata?.['ISTIO_META_DNS_AUTO_ALLOCATE'] !== undefined) {
    place
      .at('proxyMetadata', 'ISTIO_META_DNS_AUTO_ALLOCATE')
      .warning('is deprecated: addresses are allocated without it');
  }
}

function checkDrain(duration: string | undefined, place: Place): void {
  const ms = duration === undefined ? undefined : parseDurationMs(duration);
  if (ms !== undefined && (ms < 1_000 || ms % 1_000 !== 0)) place.error('must be whole seconds, at least 1s');
}

function validateTracing({ zipkin, lightstep, datadog, tlsSettings }: Tracing, place: Place): void {
  if (tlsSettings) validateClientTls(tlsSettings, place.at('tlsSettings'));
  for (const [field, tracer] of Object.entries({ zipkin, lightstep, datadog })) {
    if (tracer) checkHostPort(tracer.address ?? '', place.at(field, 'address'));
  }
  if (lightstep && !lightstep.accessToken) place.at('lightstep', 'accessToken').error('is required');
}

function validateKeyProvider(
  providers: NonNullable<ProxySettings['privateKeyProvider']>,
  place: Place,
): void {
  if (!providers.cryptomb && !providers.qat) place.error('needs one of cryptomb and qat');
  for (const field of ['cryptomb', 'qat'] as const) {
    const delay = providers[field]?.pollDelay;
    if (providers[field] && (delay === undefined || parseDurationMs(delay) === 0)) {
      place.at(field, 'pollDelay').error('is required and more than 0');
    }
  }
}

/** The smallest flow-control window that HTTP/2 has. */
const smallestWindow = 65_535;

function validateConnectionSettings(
  settings: NonNullable<ProxySettings['connectionSettings']>,
  place: Place,
): void {
  const least = {
    listenerPerConnectionBufferLimitBytes: 1,
    httpMaxConcurrentStreams: 1,
    http2InitialStreamWindowSize: smallestWindow,
    http2InitialConnectionWindowSize: smallestWindow,
  } as const;
  for (const field of [
    'listenerPerConnectionBufferLimitBytes',
    'httpMaxConcurrentStreams',
    'http2InitialStreamWindowSize',
    'http2InitialConnectionWindowSize',
  ] as const) {
    const value = settings[field];
    if (value !== undefined && value < least[field])
      place.at(field).error(`must be at least ${least[field]}`);
  }
  checkDurationOrZero(settings.httpIdleTimeout, place.at('httpIdleTimeout'));
}
