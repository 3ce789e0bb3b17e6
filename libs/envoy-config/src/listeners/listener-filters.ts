import {
  httpInspector,
  listener,
  originalDst,
  originalSrc,
  packAny,
  proxyProtocol,
  tlsInspector,
  type as envoyType,
  type google,
} from '@istio-ts/xds-types';

/** Restores where a captured connection was going. */
export const originalDestination = listenerFilter(
  'envoy.filters.listener.original_dst',
  packAny(originalDst.OriginalDst, originalDst.OriginalDst.create()),
);

/** Under TPROXY the application sees the caller's own address; the mark keeps those connections out of capture. */
export const originalSource = listenerFilter(
  'envoy.filters.listener.original_src',
  packAny(originalSrc.OriginalSrc, originalSrc.OriginalSrc.create({ mark: 1337 })),
);

export const proxyProtocolHeader = listenerFilter(
  'envoy.filters.listener.proxy_protocol',
  packAny(proxyProtocol.ProxyProtocol, proxyProtocol.ProxyProtocol.create()),
);

/** Reads server name and ALPN. */
export const tlsInspection = listenerFilter(
  'envoy.filters.listener.tls_inspector',
  packAny(tlsInspector.TlsInspector, tlsInspector.TlsInspector.create()),
);

/** The same, starting with a small buffer: most client hellos fit. */
export const inboundTlsInspection = listenerFilter(
  'envoy.filters.listener.tls_inspector',
  packAny(tlsInspector.TlsInspector, tlsInspector.TlsInspector.create({ initialReadBufferSize: 512 })),
);

/** Tells plain HTTP from anything else. */
export const httpInspection = listenerFilter(
  'envoy.filters.listener.http_inspector',
  packAny(httpInspector.HttpInspector, httpInspector.HttpInspector.create()),
);

function listenerFilter(name: string, config: google.Any): listener.ListenerFilter {
  return listener.ListenerFilter.create({ name, configType: { $case: 'typedConfig', value: config } });
}

/** Stands for every port that is not named. */
export const otherPorts = 0;

/**
 * An inspector waits for the first bytes of a connection, which never come where the server speaks first: so it runs on
 * those ports only whose chains ask for it.
 *
 * @param needs by destination port; {@link otherPorts} decides for the rest
 * @returns undefined where no port needs it
 */
export function inspectorWhereNeeded(
  inspector: listener.ListenerFilter,
  needs: ReadonlyMap<number, boolean>,
): listener.ListenerFilter | undefined {
  const byDefault = needs.get(otherPorts) ?? false;
  const exceptions = [...needs]
    .filter(([port, needed]) => port !== otherPorts && needed !== byDefault)
    .map(([port]) => port)
    .sort((a, b) => a - b);
  if (exceptions.length === 0) return byDefault ? inspector : undefined;
  const there = anyPort(exceptions.map(onPort));
  return listener.ListenerFilter.create({
    ...inspector,
    filterDisabled: byDefault ? there : predicate({ $case: 'notMatch', value: there }),
  });
}

/** Envoy wants at least two rules in an `or`. */
function anyPort(
  ports: readonly listener.ListenerFilterChainMatchPredicate[],
): listener.ListenerFilterChainMatchPredicate {
  const [sole] = ports;
  if (sole !== undefined && ports.length === 1) return sole;
  return predicate({
    $case: 'orMatch',
    value: listener.ListenerFilterChainMatchPredicate_MatchSet.create({ rules: ports }),
  });
}

function onPort(port: number): listener.ListenerFilterChainMatchPredicate {
  return predicate({
    $case: 'destinationPortRange',
    value: envoyType.Int32Range.create({ start: port, end: port + 1 }),
  });
}

function predicate(
  rule: NonNullable<listener.ListenerFilterChainMatchPredicate['rule']>,
): listener.ListenerFilterChainMatchPredicate {
  return listener.ListenerFilterChainMatchPredicate.create({ rule });
}
