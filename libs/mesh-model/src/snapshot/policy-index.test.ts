import type { VirtualInboundListenerIr } from '@istio-ts/mesh-ir';
import { expect, test } from 'vitest';
import { meshOf, sidecar } from '../fixtures/mesh-fixture.js';
import { resolveProxy } from '../resolve/resolve-proxy.js';

const service = `
---
apiVersion: v1
kind: Service
metadata: { name: app, namespace: default }
spec:
  clusterIP: 10.96.0.5
  selector: { app: client }
  ports: [{ name: http, port: 80, targetPort: 8080 }, { name: tcp, port: 90, targetPort: 9090 }]`;

const policy = (name: string, namespace: string, spec: string, year = 2026): string => `
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: ${name}, namespace: ${namespace}, creationTimestamp: '${year}-01-01T00:00:00Z' }
spec: ${spec}`;

function inbound(policies: string, said: Parameters<typeof sidecar>[0] = {}): VirtualInboundListenerIr {
  const { listeners } = resolveProxy(meshOf(service + policies), sidecar(said));
  const listener = listeners.get('virtualInbound');
  if (listener?.kind !== 'virtual-inbound') throw new Error('no virtualInbound');
  return listener;
}

const strictMesh = policy('default', 'istio-system', '{ mtls: { mode: STRICT } }');
const forClient = 'selector: { matchLabels: { app: client } }';

test('without a policy both plain text and mutual TLS are taken', () => {
  expect(inbound('').passthrough).toBe('permissive');
});

test('the policy of the root namespace is the mesh’s, a namespace overrides it, a workload overrides both', () => {
  expect(inbound(strictMesh).passthrough).toBe('strict');
  const namespace = policy('default', 'default', '{ mtls: { mode: DISABLE } }');
  expect(inbound(strictMesh + namespace).passthrough).toBe('disable');
  const workload = policy('own', 'default', `{ ${forClient}, mtls: { mode: PERMISSIVE } }`);
  expect(inbound(strictMesh + namespace + workload).passthrough).toBe('permissive');
});

test('UNSET, and a policy without a mode, take the mode of the level above', () => {
  expect(inbound(strictMesh + policy('default', 'default', '{ mtls: { mode: UNSET } }')).passthrough).toBe(
    'strict',
  );
  expect(inbound(strictMesh + policy('own', 'default', `{ ${forClient} }`)).passthrough).toBe('strict');
});

test('a port of the workload may have a mode of its own; UNSET is that of the workload', () => {
  const ports = policy(
    'own',
    'default',
    `{ ${forClient}, mtls: { mode: STRICT }, portLevelMtls: { 8080: { mode: DISABLE }, 9090: { mode: UNSET } } }`,
  );
  expect(inbound(ports).ports.map(({ targetPort, mtls }) => [targetPort, mtls])).toEqual([
    [8080, 'disable'],
    [9090, 'strict'],
  ]);
});

test('a mode for a port that no service declares counts for connections that pass through', () => {
  const ports = policy('own', 'default', `{ ${forClient}, portLevelMtls: { 7070: { mode: STRICT } } }`);
  expect(inbound(ports).passthroughPorts).toEqual([{ port: 7070, mtls: 'strict' }]);
});

test('of several policies of one level the oldest counts', () => {
  const two =
    policy('a', 'default', '{ mtls: { mode: STRICT } }', 2026) +
    policy('b', 'default', '{ mtls: { mode: DISABLE } }', 2025);
  expect(inbound(two).passthrough).toBe('disable');
});

test('a selector in the root namespace picks workloads of that namespace only', () => {
  const rooted = policy('own', 'istio-system', `{ ${forClient}, mtls: { mode: STRICT } }`);
  expect(inbound(rooted).passthrough).toBe('permissive');
  expect(inbound(rooted, { namespace: 'istio-system' }).passthrough).toBe('strict');
});
