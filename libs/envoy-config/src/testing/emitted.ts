import { invariant, SortedMap } from '@istio-ts/foundation';
import type { ClusterIr, ListenerIr, LoadAssignmentIr, RouteConfigIr } from '@istio-ts/mesh-ir';
import {
  cluster,
  endpoint,
  hcm,
  listener,
  route,
  tcpProxy,
  tls,
  unpackAny,
  type core,
  type google,
  type MessageFns,
} from '@istio-ts/xds-types';
import { emitCluster } from '../clusters/emit-cluster.js';
import { emitLoadAssignment } from '../endpoints/emit-load-assignment.js';
import { filterNames } from '../filters/filter-names.js';
import { emitListener } from '../listeners/emit-listener.js';
import { emitRouteConfig } from '../routes/emit-route-config.js';

/** What an IR value becomes, read back from its bytes as Envoy would. */

export function emittedCluster(ir: ClusterIr): cluster.Cluster {
  const resource = emitCluster(ir);
  invariant(resource, 'the cluster is emitted');
  return cluster.Cluster.decode(resource.bytes);
}

export function emittedListener(ir: ListenerIr): listener.Listener {
  return listener.Listener.decode(emitListener(ir).bytes);
}

export function emittedRoutes(ir: RouteConfigIr): route.RouteConfiguration {
  return route.RouteConfiguration.decode(emitRouteConfig(ir).bytes);
}

export function emittedEndpoints(ir: LoadAssignmentIr): endpoint.ClusterLoadAssignment {
  return endpoint.ClusterLoadAssignment.decode(emitLoadAssignment(ir).bytes);
}

/** A map as mesh-model hands it over, keyed by what stands beside each value. */
export function mapOf<V>(entries: Readonly<Record<string, V>>): SortedMap<V> {
  return SortedMap.from(Object.entries(entries));
}

/** The message in a typed configuration; fails where it is of another type. */
export function unpacked<T, V extends string>(any: google.Any | undefined, codec: MessageFns<T, V>): T {
  invariant(any, `there is a ${codec.$type}`);
  const message = unpackAny(any, codec);
  invariant(message, `${any.typeUrl} is a ${codec.$type}`);
  return message;
}

export function connectionManagerOf(chain: listener.FilterChain | undefined): hcm.HttpConnectionManager {
  return unpacked(typedConfig(chain, filterNames.connectionManager), hcm.HttpConnectionManager);
}

export function tcpProxyOf(chain: listener.FilterChain | undefined): tcpProxy.TcpProxy {
  return unpacked(typedConfig(chain, filterNames.tcpProxy), tcpProxy.TcpProxy);
}

export function upstreamTlsOf(socket: core.TransportSocket | undefined): tls.UpstreamTlsContext {
  return unpacked(socket?.configType?.value, tls.UpstreamTlsContext);
}

export function downstreamTlsOf(chain: listener.FilterChain | undefined): tls.DownstreamTlsContext {
  return unpacked(chain?.transportSocket?.configType?.value, tls.DownstreamTlsContext);
}

/** The typed configuration of a listener filter. */
export function listenerFilterConfig<T, V extends string>(
  filter: listener.ListenerFilter | undefined,
  codec: MessageFns<T, V>,
): T {
  const configType = filter?.configType;
  return unpacked(configType?.$case === 'typedConfig' ? configType.value : undefined, codec);
}

function typedConfig(chain: listener.FilterChain | undefined, name: string): google.Any | undefined {
  const configType = chain?.filters.find((filter) => filter.name === name)?.configType;
  return configType?.$case === 'typedConfig' ? configType.value : undefined;
}
