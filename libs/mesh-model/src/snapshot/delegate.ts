import {
  resolveShortName,
  type Destination,
  type HttpMatchRequest,
  type HttpRoute,
  type VirtualService,
} from '@istio-ts/config-model';

type Delegate = NonNullable<HttpRoute['delegate']>;

/**
 * Replaces each delegating route by the routes of its delegate, narrowed by the root's matches. A delegate that is not
 * there, or delegates further, leaves nothing: its requests find no route. Short names in a delegate are names of its own
 * namespace, whoever delegates to it.
 */
export function mergeDelegates(
  routes: readonly HttpRoute[],
  find: (delegate: Delegate) => VirtualService | undefined,
  domain: string,
): readonly HttpRoute[] {
  if (routes.every(({ delegate }) => delegate === undefined)) return routes;
  return routes.flatMap((route) => {
    if (route.delegate === undefined) return [route];
    const target = find(route.delegate);
    if (target === undefined || (target.spec.hosts ?? []).length > 0) return [];
    const full = (host: string): string => resolveShortName(host, target.metadata.namespace, domain);
    return (target.spec.http ?? []).flatMap((inner) =>
      inner.delegate === undefined ? mergeRoute(route, withHosts(inner, full)) : [],
    );
  });
}

function withHosts(route: HttpRoute, full: (host: string) => string): HttpRoute {
  const named = (destination: Destination): Destination => ({ ...destination, host: full(destination.host) });
  const each = <T extends { readonly destination: Destination }>(list: readonly T[]): readonly T[] =>
    list.map((item) => ({ ...item, destination: named(item.destination) }));
  return {
    ...route,
    ...(route.route && { route: each(route.route) }),
    ...(route.mirror && { mirror: named(route.mirror) }),
    ...(route.mirrors && { mirrors: each(route.mirrors) }),
  };
}

function mergeRoute(root: HttpRoute, inner: HttpRoute): readonly HttpRoute[] {
  const match = mergeMatches(root.match ?? [], inner.match ?? []);
  if (match === undefined) return [];
  const { delegate: _delegate, ...rest } = root;
  return [{ ...rest, ...inner, ...(match.length > 0 && { match }) }];
}

/** Every pair that does not contradict itself; undefined where no pair is left. */
function mergeMatches(
  root: readonly HttpMatchRequest[],
  inner: readonly HttpMatchRequest[],
): readonly HttpMatchRequest[] | undefined {
  if (root.length === 0) return inner;
  if (inner.length === 0) return root;
  const merged = root.flatMap((outer) => inner.flatMap((own) => mergeMatch(outer, own) ?? []));
  return merged.length === 0 ? undefined : merged;
}

const single = ['scheme', 'method', 'authority', 'port', 'sourceNamespace'] as const;

function mergeMatch(outer: HttpMatchRequest, own: HttpMatchRequest): HttpMatchRequest | undefined {
  if (single.some((field) => outer[field] !== undefined && own[field] !== undefined)) return undefined;
  const uri = mergeUri(outer.uri, own.uri);
  if (uri === 'contradiction') return undefined;
  const name = [outer.name, own.name].filter((part) => part !== undefined && part !== '').join('-');
  return {
    ...outer,
    ...own,
    ...(name !== '' && { name }),
    ...(uri && { uri }),
    headers: { ...outer.headers, ...own.headers },
    withoutHeaders: { ...outer.withoutHeaders, ...own.withoutHeaders },
    queryParams: { ...outer.queryParams, ...own.queryParams },
    sourceLabels: { ...outer.sourceLabels, ...own.sourceLabels },
    ...(outer.gateways && { gateways: outer.gateways }),
  };
}

type Uri = HttpMatchRequest['uri'];

/** The delegate's path must lie under the root's prefix. */
function mergeUri(outer: Uri, own: Uri): Uri | 'contradiction' {
  if (outer === undefined || own === undefined) return own ?? outer;
  const prefix = outer.prefix;
  const inside = own.exact ?? own.prefix;
  if (prefix === undefined || inside === undefined) return 'contradiction';
  return inside.startsWith(prefix) ? own : 'contradiction';
}
