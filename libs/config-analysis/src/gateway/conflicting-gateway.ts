import {
  hostMatches,
  labelsSubsetOf,
  parseScopedHost,
  renderLabels,
  type GatewayServer,
} from '@istio-ts/config-model';
import { fullName } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { keysOfHost, keysOverlapping } from '../hosts/host-keys.js';
import { defineIndex } from '../object-index.js';
import { selectPods } from '../workload/pods.js';
import { selectorOf, type Gateway } from './selected-pods.js';

const gatewaysByPortAndHost = defineIndex('Gateways by port and host', ['Gateway'], ({ spec }) =>
  (spec.servers ?? []).flatMap(({ port, hosts }) =>
    hosts.flatMap((host) => keysOfHost(parseScopedHost(host).host).map((key) => `${port.number} ${key}`)),
  ),
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
        gateway: rivals.map(fullName).join(', '),
        selector: renderLabels(selectorOf(gateway)),
        portnumber: String(server.port.number),
        hosts: server.hosts.join(', '),
      };
      return [finding('ConflictingGateways', gateway, args, ['spec', 'servers', index])];
    }),
});

function rivalsOf(gateway: Gateway, server: GatewayServer, world: World): readonly Gateway[] {
  const keys = server.hosts.flatMap((host) => keysOverlapping(parseScopedHost(host).host));
  const near = new Set(
    [...new Set(keys)].flatMap((key) => world.find(gatewaysByPortAndHost, `${server.port.number} ${key}`)),
  );
  return [...near].filter(
    (other) =>
      other !== gateway &&
      (other.spec.servers ?? []).some((each) => serversOverlap([gateway, server], [other, each])) &&
      shareWorkload(gateway, other, world),
  );
}

type ServerOf = readonly [Gateway, GatewayServer];

function serversOverlap([gateway, server]: ServerOf, [other, otherServer]: ServerOf): boolean {
  if (server.port.number !== otherServer.port.number) return false;
  if ((server.bind ?? '') !== (otherServer.bind ?? '')) return false;
  return server.hosts.some((host) =>
    otherServer.hosts.some((each) => scopedHostsOverlap([host, gateway], [each, other])),
  );
}

type HostOf = readonly [string, Gateway];

/** Hosts that are offered to different namespaces do not meet. */
function scopedHostsOverlap(a: HostOf, b: HostOf): boolean {
  const [left, right] = [a, b].map(([written, { metadata }]) => {
    const { namespace = '*', host } = parseScopedHost(written);
    return { scope: namespace === '.' ? metadata.namespace : namespace, host };
  });
  if (left === undefined || right === undefined || !hostMatches(left.host, right.host)) return false;
  return left.scope === '*' || right.scope === '*' || left.scope === right.scope;
}

/** One selector that is wider than the other reaches the same pods; two that cross may, if a pod has all the labels. */
function shareWorkload(a: Gateway, b: Gateway, world: World): boolean {
  const [left, right] = [selectorOf(a), selectorOf(b)];
  if (labelsSubsetOf(left, right) || labelsSubsetOf(right, left)) return true;
  return selectPods(world, left).some(({ metadata }) => labelsSubsetOf(right, metadata.labels));
}
