import { hostMatches, resolveShortName } from '@istio-ts/config-model';
import type { World } from '../analyzer.js';
import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';
import { keysOfHost, keysOverlapping } from '../hosts/host-keys.js';
import { defineIndex } from '../object-index.js';
import { destinationsOf } from './destinations.js';
import { clusterDomain } from '../hosts/cluster-domain.js';

const destinationRulesByHost = defineIndex(
  'DestinationRules by host',
  ['DestinationRule'],
  ({ spec, metadata }) => keysOfHost(resolveShortName(spec.host, metadata.namespace, clusterDomain)),
);

export const destinationRuleAnalyzer = defineAnalyzer({
  name: 'virtualservice.DestinationRuleAnalyzer',
  summary: 'VirtualServices route to subsets that a DestinationRule declares',
  each: ['VirtualService'],
  reads: ['DestinationRule'],
  analyze: (virtualService, world) => {
    const { namespace } = virtualService.metadata;
    return destinationsOf(virtualService.spec).flatMap(({ destination, mirror, path }) => {
      const { host, subset = '' } = destination;
      if (subset === '' || subsetsOf(world, host, namespace).has(subset)) return [];
      const reftype = `${mirror ? 'mirror' : 'host'}+subset in destinationrule`;
      const args = { reftype, refval: `${host}+${subset}` };
      return [finding('ReferencedResourceNotFound', virtualService, args, [...path, 'subset'])];
    });
  },
});

function subsetsOf(world: World, host: string, namespace: string): ReadonlySet<string> {
  const full = resolveShortName(host, namespace, clusterDomain);
  const rules = keysOverlapping(full)
    .flatMap((key) => world.find(destinationRulesByHost, key))
    .filter(({ spec, metadata }) =>
      hostMatches(resolveShortName(spec.host, metadata.namespace, clusterDomain), full),
    );
  return new Set(rules.flatMap(({ spec }) => (spec.subsets ?? []).map(({ name }) => name)));
}
