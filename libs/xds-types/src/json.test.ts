import { expect, test } from 'vitest';
import { bootstrap, core, google, hcm, listener, packAny, route, router, tls } from '../dist/index.js';
import { anyFromJson, anyToJson, fromJson, isKnownType, toJson } from '../dist/json.js';

const filterChain = listener.FilterChain.create({
  transportSocketConnectTimeout: { seconds: 1, nanos: 500_000_000 },
  filters: [
    listener.Filter.create({
      name: 'envoy.filters.network.http_connection_manager',
      configType: {
        $case: 'typedConfig',
        value: packAny(
          hcm.HttpConnectionManager,
          hcm.HttpConnectionManager.create({
            statPrefix: 'inbound',
            httpFilters: [
              hcm.HttpFilter.create({
                name: 'envoy.filters.http.router',
                configType: { $case: 'typedConfig', value: packAny(router.Router, router.Router.create()) },
              }),
            ],
          }),
        ),
      },
    }),
  ],
});

const filterChainJson = {
  filters: [
    {
      name: 'envoy.filters.network.http_connection_manager',
      typedConfig: {
        '@type':
          'type.googleapis.com/envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager',
        statPrefix: 'inbound',
        httpFilters: [
          {
            name: 'envoy.filters.http.router',
            typedConfig: { '@type': 'type.googleapis.com/envoy.extensions.filters.http.router.v3.Router' },
          },
        ],
      },
    },
  ],
  transportSocketConnectTimeout: '1.500s',
};

test('every Any is decoded, at any depth, with its type first', () => {
  const json = toJson(listener.FilterChain, filterChain);
  expect(json).toEqual(filterChainJson);
  expect(JSON.stringify(json)).toContain('"typedConfig":{"@type":');
});

test('JSON is read back to the same message', () => {
  const bytes = listener.FilterChain.encode(filterChain).finish();
  const read = fromJson(listener.FilterChain, filterChainJson);
  expect(listener.FilterChain.encode(read).finish()).toEqual(bytes);
});

test('field names in snake case are written on request, and read like the others', () => {
  const json = toJson(listener.FilterChain, filterChain, { fieldNames: 'snake_case' });
  expect(json).toHaveProperty('transport_socket_connect_timeout', '1.500s');
  expect(fromJson(listener.FilterChain, json)).toEqual(fromJson(listener.FilterChain, filterChainJson));
});

test('the well-known types have their short forms', () => {
  const action = route.RouteAction.fromPartial({
    timeout: { seconds: 15 },
    hashPolicy: [{ terminal: true }],
    maxStreamDuration: { maxStreamDuration: { nanos: 1_000_000 } },
    retryPolicy: { numRetries: 2, retriableStatusCodes: [503] },
  });
  expect(toJson(route.RouteAction, action)).toEqual({
    timeout: '15s',
    hashPolicy: [{ terminal: true }],
    maxStreamDuration: { maxStreamDuration: '0.001s' },
    retryPolicy: { numRetries: 2, retriableStatusCodes: [503] },
  });
});

test('bytes are base64, enums are names, structs are plain', () => {
  const secret = tls.TlsCertificate.fromPartial({
    privateKey: { specifier: { $case: 'inlineBytes', value: Buffer.from('key') } },
  });
  expect(toJson(tls.TlsCertificate, secret)).toEqual({ privateKey: { inlineBytes: 'a2V5' } });
  const node = core.Node.create({ metadata: { ISTIO_VERSION: '1.0', LABELS: { app: 'web' } } });
  expect(toJson(core.Node, node)).toEqual({ metadata: { ISTIO_VERSION: '1.0', LABELS: { app: 'web' } } });
  expect(toJson(listener.Listener, listener.Listener.create({ trafficDirection: 2 }))).toEqual({
    trafficDirection: 'OUTBOUND',
  });
});

test('a well-known type inside an Any stands in its value', () => {
  const any = packAny(google.Duration, { seconds: 3, nanos: 0 });
  const json = { '@type': 'type.googleapis.com/google.protobuf.Duration', value: '3s' };
  expect(anyToJson(any)).toEqual(json);
  expect(anyFromJson(json)).toEqual(any);
});

test('an extension without generated types is decoded all the same', () => {
  const json = {
    '@type': 'type.googleapis.com/envoy.extensions.filters.http.adaptive_concurrency.v3.AdaptiveConcurrency',
    concurrencyLimitExceededStatus: { code: 'TooManyRequests' },
  };
  expect(anyToJson(anyFromJson(json))).toEqual(json);
});

test('a type that Envoy does not know is its type alone, and does not spoil the rest', () => {
  const unknown = {
    typeUrl: 'type.googleapis.com/istio.mesh.v1alpha1.ProxyConfig',
    value: Buffer.from('0a0161', 'hex'),
  };
  expect(anyToJson(unknown)).toEqual({ '@type': unknown.typeUrl });
  const extension = core.TypedExtensionConfig.create({ name: 'x', typedConfig: unknown });
  expect(toJson(core.TypedExtensionConfig, extension)).toEqual({
    name: 'x',
    typedConfig: { '@type': unknown.typeUrl },
  });
});

test('a mistake in JSON is named with its field', () => {
  expect(() => fromJson(listener.Listener, { nmae: 'x' })).toThrow(
    /envoy\.config\.listener\.v3\.Listener.*"nmae"/,
  );
  expect(() => fromJson(listener.Listener, { filterChains: [{ name: 1 }] })).toThrow(
    /FilterChain\.name.*expected string/,
  );
  expect(() => anyFromJson({ name: 'x' })).toThrow('an Any needs "@type"');
  expect(() => anyFromJson({ '@type': 'type.googleapis.com/no.such.Type' })).toThrow(
    'no message type no.such.Type',
  );
});

test('fields of a newer Envoy are refused, or ignored on request, at any depth', () => {
  const json = { name: 'x', address: { socketAddress: { address: '::1', portValue: 1, newerField: true } } };
  expect(() => fromJson(listener.Listener, json)).toThrow(/newerField/);
  const read = fromJson(listener.Listener, json, { unknownFields: 'ignore' });
  expect(toJson(listener.Listener, read)).toEqual({
    name: 'x',
    address: { socketAddress: { address: '::1', portValue: 1 } },
  });
});

test('it can be asked whether a type is known', () => {
  expect(isKnownType('type.googleapis.com/envoy.config.listener.v3.Listener')).toBe(true);
  expect(isKnownType('type.googleapis.com/stats.PluginConfig')).toBe(false);
});

test('a number beyond what JavaScript holds keeps all its digits in a dump', () => {
  const json = {
    '@type': 'type.googleapis.com/envoy.config.core.v3.RuntimeUInt64',
    defaultValue: '18446744073709551615',
  };
  expect(anyToJson(anyFromJson(json))).toEqual(json);
});

test('a bootstrap keeps its shape', () => {
  const admin = bootstrap.Admin.fromPartial({
    address: {
      address: {
        $case: 'socketAddress',
        value: { address: '127.0.0.1', portSpecifier: { $case: 'portValue', value: 0 } },
      },
    },
  });
  expect(toJson(bootstrap.Admin, admin)).toEqual({
    address: { socketAddress: { address: '127.0.0.1', portValue: 0 } },
  });
});
