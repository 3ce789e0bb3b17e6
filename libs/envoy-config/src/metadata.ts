import type { OriginIr } from '@istio-ts/mesh-ir';
import { core, type JsonObject } from '@istio-ts/xds-types';

/** `filter_metadata.istio`: what access logs, statistics and people read. */
export function istioMetadata(content: JsonObject): core.Metadata {
  return core.Metadata.create({ filterMetadata: { istio: content } });
}

/** `filter_metadata.istio.config`: the user's object behind a route or filter chain. */
export function configMetadata(origin: OriginIr | undefined): core.Metadata | undefined {
  return origin === undefined ? undefined : istioMetadata({ config: origin.path });
}
