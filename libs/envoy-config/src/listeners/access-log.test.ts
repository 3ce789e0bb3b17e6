import type { AccessLogIr } from '@istio-ts/mesh-ir';
import { fileAccessLog, type accesslog, type core } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { connectionManagerOf, emittedListener, tcpProxyOf, unpacked } from '../testing/emitted.js';
import { outboundListenerIr, settingsIr } from '../testing/ir.js';

function listenerWith(accessLog: AccessLogIr | undefined) {
  return emittedListener(outboundListenerIr({ settings: { ...settingsIr, accessLog } }));
}

function formatOf(log: accesslog.AccessLog | undefined): core.SubstitutionFormatString | undefined {
  const { path, accessLogFormat } = unpacked(log?.configType?.value, fileAccessLog.FileAccessLog);
  expect(path).toBe('/dev/stdout');
  return accessLogFormat?.$case === 'logFormat' ? accessLogFormat.value : undefined;
}

function formatFor(accessLog: AccessLogIr): core.SubstitutionFormatString | undefined {
  return formatOf(connectionManagerOf(listenerWith(accessLog).filterChains[0]).accessLog[0]);
}

const text: AccessLogIr = { path: '/dev/stdout', encoding: 'text', format: undefined };

describe('the access log', () => {
  it('is off unless the mesh names a file', () => {
    const message = listenerWith(undefined);
    expect(message.accessLog).toEqual([]);
    expect(connectionManagerOf(message.filterChains[0]).accessLog).toEqual([]);
  });

  it('is written by connection managers and TCP proxies, by listeners only for connections without a chain', () => {
    const message = listenerWith(text);
    expect(connectionManagerOf(message.filterChains[0]).accessLog).toHaveLength(1);
    expect(tcpProxyOf(message.defaultFilterChain).accessLog).toHaveLength(1);
    expect(message.accessLog[0]?.filter?.filterSpecifier).toEqual({
      $case: 'responseFlagFilter',
      value: { flags: ['NR'] },
    });
  });

  it('is Istio’s line, which log pipelines read by position', () => {
    expect(formatFor(text)?.format).toMatchObject({
      value: {
        specifier: {
          value:
            '[%START_TIME%] "%REQ(:METHOD)% %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)% %PROTOCOL%" %RESPONSE_CODE% %RESPONSE_FLAGS% ' +
            '%RESPONSE_CODE_DETAILS% %CONNECTION_TERMINATION_DETAILS% "%UPSTREAM_TRANSPORT_FAILURE_REASON%" ' +
            '%BYTES_RECEIVED% %BYTES_SENT% %DURATION% %RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)% "%REQ(X-FORWARDED-FOR)%" ' +
            '"%REQ(USER-AGENT)%" "%REQ(X-REQUEST-ID)%" "%REQ(:AUTHORITY)%" "%UPSTREAM_HOST%" %UPSTREAM_CLUSTER_RAW% ' +
            '%UPSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_LOCAL_ADDRESS% %DOWNSTREAM_REMOTE_ADDRESS% %REQUESTED_SERVER_NAME% ' +
            '%ROUTE_NAME%\n',
        },
      },
    });
  });

  it('has the same operators as JSON', () => {
    const format = formatFor({ ...text, encoding: 'json' })?.format;
    const fields = format?.$case === 'jsonFormat' ? format.value : undefined;
    expect(Object.keys(fields ?? {})).toHaveLength(24);
    expect(fields).toMatchObject({
      start_time: '%START_TIME%',
      path: '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%',
      upstream_cluster: '%UPSTREAM_CLUSTER_RAW%',
      route_name: '%ROUTE_NAME%',
    });
  });

  it('takes a format of the user’s, one entry a line, with the formatter that Envoy lacks', () => {
    const format = formatFor({ ...text, format: '%REQ_WITHOUT_QUERY(:PATH)%' });
    expect(format?.format).toMatchObject({ value: { specifier: { value: '%REQ_WITHOUT_QUERY(:PATH)%\n' } } });
    expect(format?.formatters.map(({ name }) => name)).toEqual(['envoy.formatter.req_without_query']);
  });
});

describe('tracing', () => {
  it('samples at random as the mesh says, and says who the proxy is from its environment', () => {
    const { tracing } = connectionManagerOf(listenerWith(undefined).filterChains[0]);
    expect(tracing).toMatchObject({
      clientSampling: { value: 100 },
      randomSampling: { value: 1 },
      overallSampling: { value: 100 },
    });
    expect(tracing?.provider).toBeUndefined();
    const tags = tracing?.customTags.map(({ tag, type }) => [
      tag,
      type?.$case === 'environment' ? `${type.value.name}=${type.value.defaultValue}` : undefined,
    ]);
    expect(tags).toEqual([
      ['istio.canonical_revision', 'CANONICAL_REVISION=latest'],
      ['istio.canonical_service', 'CANONICAL_SERVICE=unknown'],
      ['istio.cluster_id', 'CLUSTER_ID=unknown'],
      ['istio.mesh_id', 'MESH_ID=unknown'],
      ['istio.namespace', 'POD_NAMESPACE=default'],
    ]);
  });
});

describe('path normalisation', () => {
  it.each([
    ['none', { normalizePath: false, mergeSlashes: false, pathWithEscapedSlashesAction: 1 }],
    ['base', { normalizePath: true, mergeSlashes: false, pathWithEscapedSlashesAction: 1 }],
    ['merge-slashes', { normalizePath: true, mergeSlashes: true, pathWithEscapedSlashesAction: 1 }],
    [
      'decode-and-merge-slashes',
      { normalizePath: true, mergeSlashes: true, pathWithEscapedSlashesAction: 4 },
    ],
  ] as const)('%s', (pathNormalization, expected) => {
    const message = emittedListener(outboundListenerIr({ settings: { ...settingsIr, pathNormalization } }));
    expect(connectionManagerOf(message.filterChains[0])).toMatchObject(expected);
  });
});
