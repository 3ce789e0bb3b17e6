import { expect, expectTypeOf, test } from 'vitest';
import {
  core,
  isAnyOf,
  listener,
  packAny,
  route,
  typeUrlOf,
  typeUrls,
  unpackAny,
  unpackAnyOf,
  cluster,
  endpoint,
  tls,
} from '../dist/index.js';
import { codecFor, unpackKnown } from '../dist/registry.js';

const node = core.Node.create({ id: 'sidecar~10.0.0.1', metadata: { LABELS: { app: 'web' } } });

test('a message comes out of an Any as it went in', () => {
  const any = packAny(core.Node, node);
  expect(any.typeUrl).toBe('type.googleapis.com/envoy.config.core.v3.Node');
  expect(unpackAny(any, core.Node)).toEqual(node);
  expect(isAnyOf(any, core.Node)).toBe(true);
});

test('an Any of another type is told apart', () => {
  const any = packAny(core.Node, node);
  expect(unpackAny(any, core.Locality)).toBeUndefined();
  expect(unpackAnyOf(any, [core.Locality, listener.Listener])).toBeUndefined();
});

test('one of several types is narrowed by its type URL', () => {
  const unpacked = unpackAnyOf(packAny(core.Node, node), [core.Locality, core.Node]);
  if (unpacked?.typeUrl !== 'type.googleapis.com/envoy.config.core.v3.Node') throw new Error('not a node');
  expectTypeOf(unpacked.message).toEqualTypeOf<core.Node>();
  expect(unpacked.message.id).toBe('sidecar~10.0.0.1');
});

test('the registry finds a codec by type URL, with its type where the URL is a literal', () => {
  const codec = codecFor('type.googleapis.com/envoy.config.route.v3.RouteConfiguration');
  expectTypeOf(codec).toEqualTypeOf<typeof route.RouteConfiguration>();
  expect(codec).toBe(route.RouteConfiguration);
  expect(codecFor('type.googleapis.com/no.such.Message')).toBeUndefined();
  expect(codecFor('type.googleapis.com/toString')).toBeUndefined();
});

test('the registry unpacks an Any of whatever type', () => {
  expect(unpackKnown(packAny(core.Node, node))).toEqual({ typeUrl: typeUrlOf(core.Node), message: node });
  expect(
    unpackKnown({ typeUrl: 'type.googleapis.com/no.such.Message', value: new Uint8Array() }),
  ).toBeUndefined();
});

test('the type URLs of discovery are those of the generated messages', () => {
  expect(typeUrls.cds).toBe(typeUrlOf(cluster.Cluster));
  expect(typeUrls.eds).toBe(typeUrlOf(endpoint.ClusterLoadAssignment));
  expect(typeUrls.lds).toBe(typeUrlOf(listener.Listener));
  expect(typeUrls.rds).toBe(typeUrlOf(route.RouteConfiguration));
  expect(typeUrls.srds).toBe(typeUrlOf(route.ScopedRouteConfiguration));
  expect(typeUrls.vhds).toBe(typeUrlOf(route.VirtualHost));
  expect(typeUrls.sds).toBe(typeUrlOf(tls.Secret));
  expect(typeUrls.ecds).toBe(typeUrlOf(core.TypedExtensionConfig));
});
