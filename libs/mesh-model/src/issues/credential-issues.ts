import type { DestinationRule, Gateway, PathKey, Resource } from '@istio-ts/config-model';
import type { Issue, SortedMap } from '@istio-ts/foundation';
import { projectMap } from '../derive/index.js';
import { isExternalCredential } from '../resolve/credential.js';
import type { MeshSettings } from '../settings/mesh-settings.js';
import { MeshIssueCode } from './issue-code.js';
import { raiseIssue } from './raise-issue.js';

type Sds = MeshSettings['sds'];

/** A credential's name and where it is written. */
type Named = readonly [string, readonly PathKey[]];

const ofGateways = projectMap((gateway: Gateway, sds: Sds) => {
  const named = (gateway.spec.servers ?? []).flatMap(({ tls }, index): readonly Named[] => {
    const path = ['spec', 'servers', index, 'tls'];
    const several = (tls?.credentialNames ?? []).map((name, at): Named => [
      name,
      [...path, 'credentialNames', at],
    ]);
    return [[tls?.credentialName ?? '', [...path, 'credentialName']], ...several];
  });
  return issuesOf(gateway, named, sds);
});

const ofRules = projectMap((rule: DestinationRule, sds: Sds) => {
  const { trafficPolicy, subsets = [] } = rule.spec;
  const name = (policy: typeof trafficPolicy): string => policy?.tls?.credentialName ?? '';
  const place = ['trafficPolicy', 'tls', 'credentialName'];
  const ofSubsets = subsets.map((subset, index): Named => [
    name(subset.trafficPolicy),
    ['spec', 'subsets', index, ...place],
  ]);
  return issuesOf(rule, [[name(trafficPolicy), ['spec', ...place]], ...ofSubsets], sds);
});

/** Credentials that an SDS server of the user's own has, where the mesh's configuration names no such server. */
export function credentialIssues(
  slot: object,
  { Gateway: gateways, DestinationRule: rules }: Credentials,
  sds: Sds,
): readonly SortedMap<readonly Issue[]>[] {
  return [ofGateways(slot, gateways, sds), ofRules(slot, rules, sds)];
}

interface Credentials {
  readonly Gateway: SortedMap<Gateway>;
  readonly DestinationRule: SortedMap<DestinationRule>;
}

function issuesOf(resource: Resource, named: readonly Named[], sds: Sds): readonly Issue[] | undefined {
  if (sds !== undefined) return undefined;
  const lost = named.filter(([name]) => isExternalCredential(name));
  if (lost.length === 0) return undefined;
  return lost.map(([name, path]) =>
    raiseIssue(resource, {
      code: MeshIssueCode.ProviderNotFound,
      severity: 'error',
      path,
      message: `${name} is to come from an SDS server, and the mesh's configuration names none: add an entry with "sds" to extensionProviders`,
    }),
  );
}
