import { TypeUrl } from '@istio-ts/xds-protocol';

/** The four types that a proxy holds, in the order in which it asks for them. */
export const discoveryTypes = ['cds', 'eds', 'lds', 'rds'] as const;

export type DiscoveryType = (typeof discoveryTypes)[number];

export const typeUrlOf = {
  cds: TypeUrl.Cluster,
  eds: TypeUrl.Endpoint,
  lds: TypeUrl.Listener,
  rds: TypeUrl.Route,
} as const satisfies Record<DiscoveryType, string>;

const byUrl: ReadonlyMap<string, DiscoveryType> = new Map(
  discoveryTypes.map((type) => [typeUrlOf[type], type] as const),
);

export function typeOfUrl(typeUrl: string): DiscoveryType | undefined {
  return byUrl.get(typeUrl);
}

/** Which type is asked for by the names found in which. */
export const childOf: Readonly<Partial<Record<DiscoveryType, 'eds' | 'rds'>>> = { cds: 'eds', lds: 'rds' };
