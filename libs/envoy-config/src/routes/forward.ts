import type { ForwardIr, HttpAlpnIr, RewriteIr, RouteDestinationIr } from '@istio-ts/mesh-ir';
import { durationFromMs, matcher, route } from '@istio-ts/xds-types';
import { alpnOverride } from '../filters/alpn.js';
import { filterNames } from '../filters/filter-names.js';
import { regex } from '../text-match.js';
import { hashPolicy } from './hash-policy.js';
import { requestHeaders, responseHeaders } from './headers.js';
import { mirrorPolicy } from './mirror.js';
import { retryPolicy } from './retry.js';

/**
 * @param host replaces the request's host, as a rewrite's authority does, which comes first
 */
export function forward(ir: ForwardIr, host: string | undefined): route.RouteAction {
  const authority = ir.rewrite?.authority ?? host ?? soleHost(ir);
  return route.RouteAction.create({
    clusterSpecifier: clusterSpecifier(ir),
    timeout: durationFromMs(ir.timeoutMs),
    // The newer field, max_stream_duration, ends streams that this one only keeps from asking for more.
    maxGrpcTimeout: durationFromMs(ir.timeoutMs),
    retryPolicy: ir.retry === undefined ? undefined : retryPolicy(ir.retry),
    ...pathRewrite(ir.rewrite),
    hostRewriteSpecifier:
      authority === undefined ? undefined : { $case: 'hostRewriteLiteral', value: authority },
    requestMirrorPolicies: ir.mirrors.map(mirrorPolicy),
    hashPolicy: ir.hash.map(hashPolicy),
  });
}

/** The ALPN that all destinations want, else undefined: then each destination states its own. */
export function sharedAlpn({ destinations }: ForwardIr): HttpAlpnIr | undefined {
  const [first] = destinations;
  return destinations.every(({ alpn }) => alpn === first?.alpn) ? first?.alpn : undefined;
}

/** A single destination with header changes of its own is a weighted one, since only there they have a place. */
function clusterSpecifier(ir: ForwardIr): NonNullable<route.RouteAction['clusterSpecifier']> {
  const [sole] = ir.destinations;
  if (sole !== undefined && ir.destinations.length === 1 && !changesHeaders(sole)) {
    return { $case: 'cluster', value: sole.cluster };
  }
  const ownAlpn = sharedAlpn(ir) === undefined;
  return {
    $case: 'weightedClusters',
    value: route.WeightedCluster.create({
      clusters: ir.destinations.map((destination) => weightedCluster(destination, ownAlpn)),
    }),
  };
}

function weightedCluster(ir: RouteDestinationIr, ownAlpn: boolean): route.WeightedCluster_ClusterWeight {
  const alpn = ownAlpn ? alpnOverride(ir.alpn) : undefined;
  const host = ir.requestHeaders?.host;
  return route.WeightedCluster_ClusterWeight.create({
    name: ir.cluster,
    weight: ir.weight,
    ...requestHeaders(ir.requestHeaders),
    ...responseHeaders(ir.responseHeaders),
    hostRewriteSpecifier: host === undefined ? undefined : { $case: 'hostRewriteLiteral', value: host },
    typedPerFilterConfig: alpn === undefined ? {} : { [filterNames.alpn]: alpn },
  });
}

function soleHost({ destinations }: ForwardIr): string | undefined {
  const [sole] = destinations;
  return destinations.length === 1 && sole !== undefined && !changesHeaders(sole)
    ? sole.requestHeaders?.host
    : undefined;
}

function changesHeaders({ requestHeaders: request, responseHeaders: response }: RouteDestinationIr): boolean {
  return [request, response].some(
    (changes) => changes !== undefined && changes.set.length + changes.add.length + changes.remove.length > 0,
  );
}

/** A prefix match gives up its prefix, an exact or regular-expression match its whole path. */
function pathRewrite(ir: RewriteIr | undefined): Partial<route.RouteAction> {
  if (ir?.pathRegex !== undefined) {
    return {
      regexRewrite: matcher.RegexMatchAndSubstitute.create({
        pattern: regex(ir.pathRegex.pattern),
        substitution: ir.pathRegex.substitution,
      }),
    };
  }
  return ir?.path === undefined ? {} : { prefixRewrite: ir.path };
}
