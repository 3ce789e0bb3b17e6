import { describe, expect, it } from 'vitest';
import { meshOf, sidecar } from '../fixtures/mesh-fixture.js';
import { nameTable } from './name-table.js';

const database = `
apiVersion: v1
kind: Service
metadata: { name: db, namespace: default }
spec: { clusterIP: None, selector: { app: db }, ports: [{ name: tcp, port: 5432 }] }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: default }
spec: { clusterIP: 10.96.0.7, ports: [{ name: http, port: 80 }] }
`;

function slice(endpoints: string): string {
  return `
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-1, namespace: default, labels: { kubernetes.io/service-name: db } }
addressType: IPv4
ports: [{ name: tcp, port: 5432 }]
endpoints: ${endpoints}
`;
}

const two = slice('[{ addresses: [10.1.0.1], hostname: db-0 }, { addresses: [10.1.0.2], hostname: db-1 }]');
const unready = slice(
  '[{ addresses: [10.1.0.1], hostname: db-0 }, { addresses: [10.1.0.2], hostname: db-1, conditions: { ready: false } }]',
);

describe('the name table', () => {
  it('has services under their virtual addresses, headless ones under those of their pods, and the pods', () => {
    const names = nameTable(meshOf(database + '---' + two), sidecar());
    expect([...names].map(([host, { addresses, shortName }]) => [host, addresses, shortName])).toEqual([
      ['db-0.db.default.svc.cluster.local', ['10.1.0.1'], 'db-0.db'],
      ['db-1.db.default.svc.cluster.local', ['10.1.0.2'], 'db-1.db'],
      ['db.default.svc.cluster.local', ['10.1.0.1', '10.1.0.2'], 'db'],
      ['web.default.svc.cluster.local', ['10.96.0.7'], 'web'],
    ]);
  });

  it('is one for proxies that see alike, and the same again where a change concerns no name', () => {
    const mesh = meshOf(database + '---' + two);
    const names = nameTable(mesh, sidecar());
    expect(nameTable(mesh, sidecar({ name: 'other', labels: {} }))).toBe(names);
    const later = meshOf(
      'apiVersion: v1\nkind: Namespace\nmetadata: { name: elsewhere }\n',
      mesh.settings,
      mesh,
    );
    expect(nameTable(later, sidecar())).toBe(names);
  });

  it('follows a change as if it had been built anew, and keeps the entries that it does not touch', () => {
    const before = meshOf(database + '---' + two);
    const names = nameTable(before, sidecar());
    const after = nameTable(meshOf(unready, before.settings, before), sidecar());
    expect(after.get('web.default.svc.cluster.local')).toBe(names.get('web.default.svc.cluster.local'));
    expect(after.get('db.default.svc.cluster.local')?.addresses).toEqual(['10.1.0.1']);
    expect(after.get('db-1.db.default.svc.cluster.local')).toBeUndefined();
    expect([...after]).toEqual([...nameTable(meshOf(database + '---' + unready), sidecar())]);
  });
});
