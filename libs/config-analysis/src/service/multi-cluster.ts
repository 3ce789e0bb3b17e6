import type { ObjectOf } from '../analyzed-object.js';
import { defineGroupAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';
import { nameIndex } from '../object-index.js';

type Service = ObjectOf<'Service'>;

export const multiClusterServiceAnalyzer = defineGroupAnalyzer({
  name: 'services.MultiClusterServiceAnalyzer',
  summary: 'a Service is the same in every cluster',
  groups: nameIndex('Service'),
  analyze: (services) => {
    const [first] = services;
    if (first === undefined || services.length < 2) return [];
    const differences = aspects.filter(({ of }) => new Set(services.map(of)).size > 1);
    if (differences.length === 0) return [];
    const { name: serviceName, namespace } = first.metadata;
    const clusters = services.map(({ origin }) => origin.cluster);
    const error = differences.map(({ words }) => words).join(', ');
    return [finding('MultiClusterInconsistentService', first, { serviceName, namespace, clusters, error })];
  },
});

/** What has to be the same, and what to say where it is not. */
const aspects: readonly { readonly words: string; readonly of: (service: Service) => string | boolean }[] = [
  { words: 'it is headless in some only', of: ({ spec }) => spec.clusterIP === 'None' },
  { words: 'the types differ', of: ({ spec }) => spec.type ?? 'ClusterIP' },
  {
    words: 'the ports differ',
    of: ({ spec }) =>
      (spec.ports ?? [])
        .map(
          ({ port, name = '', protocol = 'TCP', appProtocol = '', targetPort = port }) =>
            `${port} ${name} ${protocol} ${appProtocol} ${targetPort}`,
        )
        .sort()
        .join(', '),
  },
];
