import { isCidr, isTcp, isTls, type Service, type ServiceEntry } from '@istio-ts/config-model';
import type { Issue, SortedMap } from '@istio-ts/foundation';
import { groupMap, lookupMap, projectMap } from '../derive/index.js';
import { compareServices, type MeshPort, type MeshService } from '../snapshot/mesh-service.js';
import type { MeshSnapshot } from '../snapshot/mesh-snapshot.js';
import { MeshIssueCode } from './issue-code.js';
import { raiseIssue } from './raise-issue.js';

/** `address:port` of plain connections → the services that want them. TLS is told apart by name where addresses are shared. */
const claims = groupMap((service: MeshService) =>
  service.ports
    .filter(({ protocol }) => isTcp(protocol))
    .flatMap((port) =>
      addressesOf(service, port).map((address) => [`${address}:${port.number}`, service] as const),
    ),
);

interface Clash {
  readonly place: string;
  readonly first: MeshService;
  readonly loser: MeshService;
}

const clashes = projectMap((group: SortedMap<MeshService>, _context: undefined, place) => {
  const [first, ...rest] = [...group.values()].sort(compareServices);
  if (first === undefined || rest.length === 0) return undefined;
  return rest.map((loser): Clash => ({ place, first, loser }));
});

type Declared = Service | ServiceEntry;

const declaredBy = groupMap((object: Declared, domain: string) => {
  const { namespace, name } = object.metadata;
  const hosts = object.kind === 'Service' ? [`${name}.${namespace}.svc.${domain}`] : object.spec.hosts;
  return hosts.map((host) => [`${namespace}/${host}`, object] as const);
});

const told = lookupMap<readonly Clash[], SortedMap<Declared>, readonly Issue[]>({
  refs: (found) => found.map(({ loser }) => `${loser.namespace}/${loser.host}`),
  compute: (found, objects) => found.flatMap((clash) => issuesOf(clash, objects)),
});

/** Services that want the connections to an address that another has: of two that match alike the oldest counts. */
export function listenerConflicts(
  { mesh, services, settings }: MeshSnapshot,
  objects: SortedMap<Declared>,
): SortedMap<readonly Issue[]> {
  const found = clashes(mesh, claims(mesh, services.all, undefined), undefined);
  return told(mesh, found, declaredBy(mesh, objects, settings.clusterDomain), undefined);
}

function addressesOf(
  { addresses, resolution, selector, provider }: MeshService,
  { protocol }: MeshPort,
): readonly string[] {
  const own = addresses.filter((address) => !isCidr(address));
  if (own.length > 0) return own;
  const shared = addresses.length === 0 && resolution !== 'headless' && provider === 'service-entry';
  return shared && selector === undefined && !isTls(protocol) ? ['0.0.0.0'] : [];
}

function issuesOf({ place, first, loser }: Clash, objects: SortedMap<SortedMap<Declared>>): readonly Issue[] {
  const owners = [...(objects.get(`${loser.namespace}/${loser.host}`)?.values() ?? [])];
  return owners.map((owner) =>
    raiseIssue(owner, {
      code: MeshIssueCode.ListenerConflict,
      severity: 'warning',
      path: ['spec', 'ports'],
      message: `connections to ${place} go to ${first.host}, which is older, and never to ${loser.host}: plain connections are told apart by address and port only. Give one of them an address of its own, or another port`,
    }),
  );
}
