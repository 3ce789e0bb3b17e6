import { fullName, objectKey, type ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { everywhere, exportScopes } from '../hosts/export-scopes.js';
import { defineIndex } from '../object-index.js';

type ServiceEntry = ObjectOf<'ServiceEntry'>;

interface HostPort {
  readonly host: string;
  readonly port: number;
}

const byHostAndPort = defineIndex('ServiceEntries by host and port', ['ServiceEntry'], (entry) =>
  hostPorts(entry).map(keyOf),
);

/** One message an object, however many of its hosts and ports are disputed. */
export const conflictingServiceEntryProtocolAnalyzer = defineAnalyzer({
  name: 'serviceentry.ConflictingServiceEntryProtocolAnalyzer',
  summary: 'ServiceEntries of one host agree on the protocols of its ports',
  each: ['ServiceEntry'],
  analyze: (entry, world) => {
    for (const at of hostPorts(entry)) {
      const rivals = rivalsOf(entry, at, world);
      if (rivals === undefined) continue;
      const serviceEntryNames = rivals.map(fullName).join(', ');
      const protocols = [...protocolsOf(rivals, at.port)].sort().join(', ');
      const index = (entry.spec.ports ?? []).findIndex(({ number }) => number === at.port);
      const path = ['spec', 'ports', index, 'protocol'];
      return [
        finding('ConflictingServiceEntryProtocol', entry, { serviceEntryNames, ...at, protocols }, path),
      ];
    }
    return [];
  },
});

/** Those that are seen together with an entry from some namespace and disagree there, the entry among them. */
function rivalsOf(entry: ServiceEntry, at: HostPort, world: World): readonly ServiceEntry[] | undefined {
  const members = world.find(byHostAndPort, keyOf(at));
  const own = scopesOf(entry);
  // Where an entry is seen everywhere, it meets whoever is seen anywhere.
  const scopes = own.includes(everywhere) ? [everywhere, ...new Set(members.flatMap(scopesOf))] : own;
  for (const scope of scopes) {
    const seen = members.filter((member) => {
      const targets = scopesOf(member);
      return targets.includes(scope) || targets.includes(everywhere);
    });
    if (protocolsOf(seen, at.port).size > 1)
      return [...seen].sort((a, b) => (objectKey(a) < objectKey(b) ? -1 : 1));
  }
  return undefined;
}

function scopesOf({ spec, metadata }: ServiceEntry): readonly string[] {
  return exportScopes(spec.exportTo, metadata.namespace);
}

function hostPorts({ spec }: ServiceEntry): readonly HostPort[] {
  const numbers = new Set((spec.ports ?? []).map(({ number }) => number));
  return [...new Set(spec.hosts)].flatMap((host) => [...numbers].map((port) => ({ host, port })));
}

function keyOf({ host, port }: HostPort): string {
  return `${host} ${port}`;
}

function protocolsOf(entries: readonly ServiceEntry[], port: number): ReadonlySet<string> {
  return new Set(
    entries.flatMap(({ spec }) =>
      (spec.ports ?? []).flatMap(({ number, protocol = '' }) =>
        number === port ? [protocol.toUpperCase()] : [],
      ),
    ),
  );
}
