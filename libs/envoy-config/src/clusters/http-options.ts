import type { ClientTlsIr, HttpPoolIr, UpstreamProtocolIr } from '@istio-ts/mesh-ir';
import { core, durationFromMs, httpUpstream, packAny, type google } from '@istio-ts/xds-types';

export interface HttpOptionsInput {
  readonly protocol: UpstreamProtocolIr;
  readonly pool: HttpPoolIr | undefined;
  readonly maxConnectionDurationMs: number | undefined;
  readonly tls: ClientTlsIr;
  /** Each request names the host that it is for. */
  readonly namedByCalls?: boolean;
}

/** `typed_extension_protocol_options`; empty where Envoy's own (HTTP/1.1, no limits) are meant. */
export function httpOptions(input: HttpOptionsInput): Readonly<Record<string, google.Any>> {
  const common = commonOptions(input);
  const upstream = ownNames(input);
  const protocol = protocolOptions(input);
  if (protocol === undefined && common === undefined && upstream === undefined) return {};
  return packHttpOptions({
    commonHttpProtocolOptions: common,
    upstreamHttpProtocolOptions: upstream,
    upstreamProtocolOptions: protocol ?? explicitHttp1,
  });
}

/** The fixed passthrough clusters: whatever the caller speaks, idle connections for five minutes. */
export const passthroughHttpOptions = packHttpOptions({
  commonHttpProtocolOptions: core.HttpProtocolOptions.create({ idleTimeout: durationFromMs(300_000) }),
  upstreamProtocolOptions: callersProtocol(undefined),
});

type ProtocolOptions = NonNullable<httpUpstream.HttpProtocolOptions['upstreamProtocolOptions']>;

const explicitHttp1: ProtocolOptions = {
  $case: 'explicitHttpConfig',
  value: httpUpstream.HttpProtocolOptions_ExplicitHttpConfig.create({
    protocolConfig: { $case: 'httpProtocolOptions', value: core.Http1ProtocolOptions.create() },
  }),
};

function packHttpOptions(
  fields: Partial<httpUpstream.HttpProtocolOptions>,
): Readonly<Record<string, google.Any>> {
  const message = httpUpstream.HttpProtocolOptions.create(fields);
  return { [httpUpstream.HttpProtocolOptions.$type]: packAny(httpUpstream.HttpProtocolOptions, message) };
}

function protocolOptions({ protocol, pool }: HttpOptionsInput): ProtocolOptions | undefined {
  if (protocol === 'downstream' || pool?.useClientProtocol === true) {
    return callersProtocol(pool?.maxConcurrentStreams);
  }
  if (protocol === 'default') return undefined;
  return {
    $case: 'explicitHttpConfig',
    value: httpUpstream.HttpProtocolOptions_ExplicitHttpConfig.create({
      protocolConfig: { $case: 'http2ProtocolOptions', value: http2(pool?.maxConcurrentStreams) },
    }),
  };
}

function callersProtocol(maxConcurrentStreams: number | undefined): ProtocolOptions {
  return {
    $case: 'useDownstreamProtocolConfig',
    value: httpUpstream.HttpProtocolOptions_UseDownstreamHttpConfig.create({
      httpProtocolOptions: core.Http1ProtocolOptions.create(),
      http2ProtocolOptions: http2(maxConcurrentStreams),
    }),
  };
}

function http2(maxConcurrentStreams: number | undefined): core.Http2ProtocolOptions {
  return core.Http2ProtocolOptions.create({ maxConcurrentStreams });
}

function commonOptions(input: HttpOptionsInput): core.HttpProtocolOptions | undefined {
  const { pool, maxConnectionDurationMs: duration } = input;
  const idle = pool?.idleTimeoutMs;
  const requests = pool?.maxRequestsPerConnection;
  if (idle === undefined && requests === undefined && duration === undefined) return undefined;
  return core.HttpProtocolOptions.create({
    idleTimeout: idle === undefined ? undefined : durationFromMs(idle),
    maxRequestsPerConnection: requests,
    maxConnectionDuration: duration === undefined ? undefined : durationFromMs(duration),
  });
}

/** Without an SNI in the rule the request's host is it, and without names to check the certificate must bear that host. */
function ownNames({ tls, namedByCalls }: HttpOptionsInput): core.UpstreamHttpProtocolOptions | undefined {
  if (tls.kind !== 'simple' && tls.kind !== 'mutual') {
    if (namedByCalls !== true) return undefined;
    return core.UpstreamHttpProtocolOptions.create({
      autoSni: true,
      autoSanValidation: tls.kind === 'plain',
    });
  }
  if (tls.sni !== undefined) return undefined;
  return core.UpstreamHttpProtocolOptions.create({
    autoSni: true,
    autoSanValidation: tls.sans.length === 0 && !tls.insecureSkipVerify,
  });
}
