import { labelsSubsetOf, renderLabels, type GatewayServer } from '@istio-ts/config-model';
import { fullName } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { defineIndex } from '../object-index.js';
import { selectPods } from '../workload/pods.js';
import { selectorOf, type Gateway } from './selected-pods.js';

/** Of two hosts that overlap the longer one is served by its own gateway: only the very same host is in dispute. */
const gatewaysByClaim = defineIndex('Gateways by port and host', ['Gateway'], ({ spec }) =>
  (spec.servers ?? []).flatMap(claimsOf),
);

export const conflictingGatewayAnalyzer = defineAnalyzer({
  name: 'gateway.ConflictingGatewayAnalyzer',
  summary: 'no two Gateways claim the same port and hosts of one workload',
  each: ['Gateway'],
  reads: ['Pod'],
  analyze: (gateway, world) =>
    (gateway.spec.servers ?? []).flatMap((server, index) => {
      const rivals = rivalsOf(gateway, server, world);
      if (rivals.length === 0) return [];
      const args = {
        gateway: rivals.map(fullName).sort().join(','),
        selector: renderLabels(selectorOf(gateway)),
        portnumber: String(server.port.number),
        hosts: server.hosts.join(','),
      };
      return [finding('ConflictingGateways', gateway, args, ['spec', 'servers', index])];
    }),
});

function rivalsOf(gateway: Gateway, server: GatewayServer, world: World): readonly Gateway[] {
  const claiming = claimsOf(server).flatMap((claim) => world.find(gatewaysByClaim, claim));
  return [...new Set(claiming)].filter((other) => other !== gateway && shareWorkload(gateway, other, world));
}

/** Hosts as they are written, with the namespace that they are for, and the address that they are bound to. */
function claimsOf(server: GatewayServer): readonly string[] {
  const hosts = new Set(server.hosts);
  return [...hosts].map((host) => `${server.port.number} ${server.bind ?? ''} ${host}`);
}

/** A selector that is wider than the other reaches the same pods if there are any. */
function shareWorkload(a: Gateway, b: Gateway, world: World): boolean {
  const [left, right] = [selectorOf(a), selectorOf(b)];
  const [isWider, isNarrower] = [labelsSubsetOf(left, right), labelsSubsetOf(right, left)];
  if (isWider && isNarrower) return true;
  return (isWider || isNarrower) && selectPods(world, { ...left, ...right }).length > 0;
}
