import type { InboundClusterIr, OutboundClusterIr, ServiceRefIr } from '@istio-ts/mesh-ir';
import type { core, JsonObject, JsonValue } from '@istio-ts/xds-types';
import { istioMetadata } from '../metadata.js';

/** Who is behind the cluster, and which rule shaped it. */
export function outboundMetadata(ir: OutboundClusterIr): core.Metadata {
  const content: Record<string, JsonValue> = services(ir.services);
  if (ir.origin !== undefined) content['config'] = ir.origin.path;
  if (ir.subset !== '') content['subset'] = ir.subset;
  if (ir.external) content['external'] = true;
  if (ir.tls.kind === 'simple' || ir.tls.kind === 'mutual') content['alpn_override'] = 'false';
  return istioMetadata(content);
}

export function inboundMetadata(ir: InboundClusterIr): core.Metadata {
  return istioMetadata(services(ir.services));
}

function services(refs: readonly ServiceRefIr[]): Record<string, JsonValue> {
  return { services: refs.map(({ host, name, namespace }): JsonObject => ({ host, name, namespace })) };
}
