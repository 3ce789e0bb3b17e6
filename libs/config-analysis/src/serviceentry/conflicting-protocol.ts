import { exportsToAll, resolveShortName } from '@istio-ts/config-model';
import { fullName, type ObjectOf } from '../analyzed-object.js';
import { defineGroupAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';
import { clusterDomain } from '../hosts/cluster-domain.js';
import { defineIndex } from '../object-index.js';

type ServiceEntry = ObjectOf<'ServiceEntry'>;

const byHostAndPort = defineIndex('ServiceEntries by host and port', ['ServiceEntry'], ({ spec, metadata }) =>
  spec.hosts.flatMap((host) =>
    (spec.ports ?? []).map(
      ({ number }) => `${resolveShortName(host, metadata.namespace, clusterDomain)} ${number}`,
    ),
  ),
);

export const conflictingServiceEntryProtocolAnalyzer = defineGroupAnalyzer({
  name: 'serviceentry.ConflictingServiceEntryProtocolAnalyzer',
  summary: 'ServiceEntries of one host agree on the protocols of its ports',
  groups: byHostAndPort,
  analyze: (entries, _world, key) => {
    const [host = '', number = ''] = key.split(' ');
    const port = Number(number);
    return entries.flatMap((entry) => {
      const seen = entries.filter((other) => other === entry || areSeenTogether(entry, other));
      const protocols = [...new Set(seen.map((each) => protocolOf(each, port)))].sort();
      if (seen.length < 2 || protocols.length < 2) return [];
      const serviceEntryNames = seen.map(fullName).join(', ');
      const args = { serviceEntryNames, host, port, protocols: protocols.join(', ') };
      const index = (entry.spec.ports ?? []).findIndex((each) => each.number === port);
      return [finding('ConflictingServiceEntryProtocol', entry, args, ['spec', 'ports', index, 'protocol'])];
    });
  },
});

function protocolOf({ spec }: ServiceEntry, port: number): string {
  const protocol = (spec.ports ?? []).find(({ number }) => number === port)?.protocol ?? '';
  return protocol === '' ? 'TCP' : protocol.toUpperCase();
}

/** Whether there is a namespace that both are exported to. */
function areSeenTogether(a: ServiceEntry, b: ServiceEntry): boolean {
  const [left, right] = [a, b].map(({ spec, metadata }) => {
    const { exportTo = [] } = spec;
    return exportsToAll(exportTo)
      ? undefined
      : exportTo.map((each) => (each === '.' ? metadata.namespace : each));
  });
  return (
    left === undefined || right === undefined || left.some((each) => each !== '~' && right.includes(each))
  );
}
