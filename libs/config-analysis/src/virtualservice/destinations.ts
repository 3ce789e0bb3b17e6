import type { Destination, PathKey, VirtualServiceSpec } from '@istio-ts/config-model';

/** Somewhere that a VirtualService sends requests to. */
export interface WrittenDestination {
  readonly destination: Destination;
  /** Whether it gets copies. */
  readonly mirror: boolean;
  readonly path: readonly PathKey[];
}

interface Routed {
  readonly route?: readonly { readonly destination?: Destination }[];
}

export function destinationsOf(spec: VirtualServiceSpec): readonly WrittenDestination[] {
  return [
    ...routed('http', spec.http),
    ...routed('tcp', spec.tcp),
    ...routed('tls', spec.tls),
    ...mirrors(spec),
  ];
}

/** Where its HTTP rules send requests, without the copies. */
export function routesOf({ http }: VirtualServiceSpec): readonly WrittenDestination[] {
  return routed('http', http);
}

function routed(section: string, rules: readonly Routed[] = []): readonly WrittenDestination[] {
  return rules.flatMap(({ route = [] }, rule) =>
    route.flatMap(({ destination }, index) =>
      destination === undefined
        ? []
        : [{ destination, mirror: false, path: ['spec', section, rule, 'route', index, 'destination'] }],
    ),
  );
}

function mirrors({ http = [] }: VirtualServiceSpec): readonly WrittenDestination[] {
  return http.flatMap(({ mirror, mirrors: several = [] }, rule) => [
    ...(mirror === undefined
      ? []
      : [{ destination: mirror, mirror: true, path: ['spec', 'http', rule, 'mirror'] }]),
    ...several.map(({ destination }, index) => ({
      destination,
      mirror: true,
      path: ['spec', 'http', rule, 'mirrors', index, 'destination'],
    })),
  ]);
}
