import { expandTrustDomains } from '@istio-ts/config-model';
import { memo, renderSpiffeId, type SortedMap } from '@istio-ts/foundation';
import { groupMap, lookupMap, projectMap, type Slot } from '../derive/index.js';
import { compareText } from './origin.js';
import type { MeshService } from './mesh-service.js';
import { namespaceMode, type PolicyIndex } from './policy-index.js';
import type { ServiceEndpoint, ServiceEndpoints } from './service-endpoint.js';

/** A service and what all its clients know of it, whoever they are. */
export interface ServiceFacts {
  readonly key: string;
  readonly service: MeshService;
  /** SPIFFE ids of its endpoints, in each trust domain of the mesh, and names of its own; what its certificates may say. */
  readonly identities: readonly string[];
  /** Whether its namespace, or the mesh, refuses mutual TLS: all of the mode that clients go by. */
  readonly refusesMtls: boolean;
  /** Whether every endpoint takes mutual TLS: asked where connections are not balanced over endpoints that are known. */
  readonly allMtls: boolean;
  /** Addresses of its endpoints, where the service has none of its own. */
  readonly endpointAddresses: readonly string[];
}

interface Known {
  readonly accounts: readonly string[];
  readonly allMtls: boolean;
  readonly addresses: readonly string[];
}

interface Facing {
  readonly trustDomain: string;
  readonly trustDomainAliases: readonly string[];
  readonly policies: PolicyIndex;
}

const nothing: Known = { accounts: [], allMtls: false, addresses: [] };

/** The little of the endpoints that more than the load assignment reads; it changes far less often. */
const known = projectMap(({ byPort }: ServiceEndpoints): Known => {
  const all = Object.values(byPort).flat();
  return {
    accounts: distinct(all.filter(({ serviceAccount }) => serviceAccount !== '').map(accountOf)),
    allMtls: all.length > 0 && all.every(({ mtls }) => mtls),
    addresses: distinct(all.flatMap(({ address }) => (address.kind === 'ip' ? [address.ip] : []))),
  };
});

const facts = lookupMap<MeshService, Known, ServiceFacts, Facing>({
  refs: (_service, _facing, key) => [key],
  compute: (service, endpoints, { trustDomain, trustDomainAliases, policies }, key) => {
    const { accounts, allMtls, addresses } = endpoints.get(key) ?? nothing;
    const own = accounts.map((account) => identityOf(account, trustDomain));
    const identities = expandTrustDomains(own, trustDomainAliases);
    return {
      key,
      service,
      identities: [...identities, ...service.subjectAltNames],
      refusesMtls: namespaceMode(policies, service.namespace) === 'disable',
      allMtls,
      endpointAddresses: service.resolution === 'headless' ? addresses : [],
    };
  },
});

/** One object for equal contents: the steps above compare their context by identity. */
const facingOf = memo(
  (policies: PolicyIndex, trustDomainAliases: readonly string[], trustDomain: string): Facing => ({
    policies,
    trustDomainAliases,
    trustDomain,
  }),
);

const groupByHost = groupMap((value: ServiceFacts) => [[value.service.host, value]]);

/** Host → the services that declare it, with what their clients know of them. */
export function indexFacts(
  slot: Slot,
  sources: { readonly services: SortedMap<MeshService>; readonly endpoints: SortedMap<ServiceEndpoints> },
  facing: Facing,
): SortedMap<SortedMap<ServiceFacts>> {
  const context = facingOf(facing.policies, facing.trustDomainAliases, facing.trustDomain);
  const all = facts(slot, sources.services, known(slot, sources.endpoints, undefined), context);
  return groupByHost(slot, all, undefined);
}

function accountOf({ namespace, serviceAccount }: ServiceEndpoint): string {
  return `${namespace}/${serviceAccount}`;
}

function identityOf(account: string, trustDomain: string): string {
  const [namespace = '', serviceAccount = ''] = account.split('/');
  return renderSpiffeId({ trustDomain, namespace, serviceAccount });
}

function distinct(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort(compareText);
}
