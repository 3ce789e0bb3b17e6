import { describe, expect, it } from 'vitest';
import { lookUp } from '../dns/zone.js';
import { endpointSlicesOf, endpointsOf } from './endpoint-slices.js';
import type { PodState } from './pod-state.js';
import { readService } from './service.js';

function pod(name: string, address: string, rest: Partial<PodState> = {}): PodState {
  return {
    namespace: 'shop',
    name,
    uid: name,
    owner: { kind: 'Deployment', name: 'catalog' },
    revision: '1',
    labels: { app: 'catalog' },
    annotations: {},
    serviceAccount: 'default',
    address,
    phase: 'Running',
    ready: true,
    injected: false,
    ports: [{ name: 'http', containerPort: 3000, protocol: 'TCP' }],
    containers: [],
    startTime: '2026-01-01T00:00:00.000Z',
    ...rest,
  };
}

const service = (spec: object) =>
  readService({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'catalog', namespace: 'shop' }, spec });
const named = service({
  selector: { app: 'catalog' },
  clusterIP: '10.96.0.5',
  ports: [{ port: 80, targetPort: 'http' }],
});

describe('endpoints of a service', () => {
  const ready = pod('a', '10.244.0.2');
  const unready = pod('b', '10.244.0.3', { ready: false });
  const ending = pod('c', '10.244.0.4', { phase: 'Terminating' });

  it('are the ready pods that the selector names, at the port of that name', () => {
    const [port] = named.ports;
    if (port === undefined) throw new Error('the service has a port');
    const found = endpointsOf(named, port, [ready, unready, ending, pod('d', '10.244.0.5', { labels: {} })]);
    expect(found.map(({ address, port: number }) => `${address}:${number}`)).toEqual(['10.244.0.2:3000']);
  });

  it('are written as slices that tell ready pods from others, without those that end', () => {
    const [slice] = endpointSlicesOf(named, [ready, unready, ending], 'node');
    expect(slice).toMatchObject({
      metadata: { labels: { 'kubernetes.io/service-name': 'catalog' } },
      ports: [{ port: 3000, protocol: 'TCP' }],
      endpoints: [
        { addresses: ['10.244.0.2'], conditions: { ready: true } },
        { addresses: ['10.244.0.3'], conditions: { ready: false } },
      ],
    });
  });

  it('are left to the user where the service selects nothing', () => {
    expect(endpointSlicesOf(service({ ports: [{ port: 80 }] }), [ready], 'node')).toEqual([]);
  });

  it('are what the name of a headless service leads to', () => {
    const headless = service({ selector: { app: 'catalog' }, clusterIP: 'None', ports: [{ port: 80 }] });
    const zone = { services: [headless], pods: [ready, unready] };
    expect(lookUp(zone, 'catalog.shop.svc.cluster.local')).toEqual({
      kind: 'addresses',
      addresses: ['10.244.0.2'],
    });
    expect(lookUp(zone, 'a.catalog.shop.svc.cluster.local')).toEqual({
      kind: 'addresses',
      addresses: ['10.244.0.2'],
    });
  });
});
