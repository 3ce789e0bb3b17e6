import {
  labelsSubsetOf,
  parseScopedHost,
  type PathKey,
  type VirtualServiceSpec,
} from '@istio-ts/config-model';
import { fullName, type ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { defineIndex } from '../object-index.js';
import { selectPods, type Pod } from '../workload/pods.js';
import { meshGateway } from './gateway.js';

/** `@request.auth.claims.group`, or `@request.auth.claims[group]`. */
const claimHeader = /^@request\.auth\.claims(?:\..|\[.+\]$)/iu;

const requestAuthenticationsByNamespace = defineIndex(
  'RequestAuthentications of a namespace',
  ['RequestAuthentication'],
  ({ metadata }) => [metadata.namespace],
);

export const jwtClaimRouteAnalyzer = defineAnalyzer({
  name: 'virtualservice.JWTClaimRouteAnalyzer',
  summary: 'routes by JWT claims are at gateways that check JWTs',
  each: ['VirtualService'],
  reads: ['Gateway', 'Pod', 'RequestAuthentication'],
  needs: ['Pod'],
  analyze: (virtualService, world) => {
    const claim = findClaim(virtualService.spec);
    if (claim === undefined) return [];
    return gatewaysOf(virtualService, world).flatMap((gateway) =>
      selectPods(world, gateway.spec.selector ?? {})
        .filter((pod) => !checksTokens(pod, world))
        .map((pod) => {
          const args = { key: claim.key, gateway: fullName(gateway), pod: pod.metadata.name };
          return finding('JwtClaimBasedRoutingWithoutRequestAuthN', virtualService, args, claim.path);
        }),
    );
  },
});

function findClaim({
  http = [],
}: VirtualServiceSpec): { readonly key: string; readonly path: readonly PathKey[] } | undefined {
  for (const [rule, { match = [] }] of http.entries()) {
    for (const [index, { headers = {}, withoutHeaders = {} }] of match.entries()) {
      for (const [field, names] of Object.entries({ headers, withoutHeaders })) {
        const key = Object.keys(names).find((name) => claimHeader.test(name));
        if (key !== undefined) return { key, path: ['spec', 'http', rule, 'match', index, field, key] };
      }
    }
  }
  return undefined;
}

function gatewaysOf(
  { spec, metadata }: ObjectOf<'VirtualService'>,
  world: World,
): readonly ObjectOf<'Gateway'>[] {
  return (spec.gateways ?? []).flatMap((written) => {
    if (written === meshGateway) return [];
    const { namespace = metadata.namespace, host: name } = parseScopedHost(written);
    return world.get('Gateway', namespace, name) ?? [];
  });
}

function checksTokens({ metadata }: Pod, world: World): boolean {
  return [world.meshConfig().rootNamespace, metadata.namespace]
    .flatMap((namespace) => world.find(requestAuthenticationsByNamespace, namespace))
    .some(({ spec }) => labelsSubsetOf(spec.selector?.matchLabels, metadata.labels));
}
