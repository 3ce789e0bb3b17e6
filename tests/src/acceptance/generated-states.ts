import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseWorld, buildSnapshot, proxyXds, worldSettings } from '@istio-ts/conformance';
import { emitEndpoints } from '@istio-ts/envoy-config';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import { resolveProxy, type MeshSnapshot } from '@istio-ts/mesh-model';
import { gateway, sidecar, universe, universeProxies } from '@istio-ts/mesh-model/fixtures';
import { endpoint } from '@istio-ts/xds-types';
import { buildWorld } from '../golden/golden-world.js';
import { caseNames, goldenDir, readCase } from '../golden/read-cases.js';
import type { NamedState } from './static-config.js';

const repository = join(import.meta.dirname, '../../..');
const coolstoreDir = join(repository, 'samples/coolstore');
/** The gateway's own Service, and what else localmesh starts with. */
const meshManifests = join(repository, 'tools/localmesh/manifests/istio-system.yaml');

export function goldenStates(): readonly NamedState[] {
  return caseNames(goldenDir).map((name) => ({ name, state: buildWorld(readCase(goldenDir, name)).state }));
}

const coolstore = { webapp: 8080, catalog: 3000, forum: 8080 } as const;

/** The coolstore of the samples: its applications, each with a pod, and its gateway. */
export function coolstoreStates(): readonly NamedState[] {
  const files = readdirSync(coolstoreDir).map((file) => join(coolstoreDir, file));
  const texts = [...files, meshManifests].map((file) => readFileSync(file, 'utf8'));
  const apps = Object.entries(coolstore).map(([app, port], index) => ({
    app,
    port,
    address: `10.1.0.${index + 2}`,
  }));
  const { resources } = parseWorld([...texts, ...apps.map(podManifests)]);
  const snapshot = buildSnapshot(resources, worldSettings('{}'));
  const nodes = apps.map(({ app, address }) =>
    sidecar({ namespace: 'istioinaction', name: app, ipAddresses: [address], labels: { app } }),
  );
  return [...nodes, gateway()].map((node) => stateOf(`coolstore/${node.name}`, snapshot, node));
}

/** What Kubernetes, or localmesh, makes of a Deployment. */
function podManifests({ app, port, address }: { app: string; port: number; address: string }): string {
  return `
apiVersion: v1
kind: Pod
metadata:
  name: ${app}
  namespace: istioinaction
  labels: { app: ${app}, security.istio.io/tlsMode: istio }
spec: { serviceAccountName: ${app}, containers: [{ name: ${app} }] }
status: { phase: Running, podIP: ${address} }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: ${app}, namespace: istioinaction, labels: { kubernetes.io/service-name: ${app} } }
addressType: IPv4
ports: [{ name: http, port: ${port} }]
endpoints: [{ addresses: [${address}], targetRef: { kind: Pod, name: ${app} } }]`;
}

const universeStateCount = 8;

/** Worlds out of the equality proof's universe: in each, every place holds another of its variants, or nothing. */
export function universeStates(): readonly NamedState[] {
  return Array.from({ length: universeStateCount }, (_, index) => index).flatMap((index) => {
    const resources = universe.flatMap((place, at) => place[(index + at) % (place.length + 1)] ?? []);
    const snapshot = buildSnapshot(resources, worldSettings('{}'));
    return universeProxies().map((node) => stateOf(`universe-${index}/${node.name}`, snapshot, node));
  });
}

function stateOf(name: string, snapshot: MeshSnapshot, node: ProxyNode): NamedState {
  const sent = emitEndpoints(resolveProxy(snapshot, node).endpoints);
  const loadAssignments = [...sent.values()].map(({ bytes }) => endpoint.ClusterLoadAssignment.decode(bytes));
  return { name, state: { ...proxyXds(snapshot, node), loadAssignments } };
}
