import { describe, expect, it } from 'vitest';
import type { Packet } from 'dns-packet';
import { readService } from '../workloads/service.js';
import { answerDns } from './dns-answer.js';
import { renderResolvConf } from './resolv-conf.js';

const service = (name: string, spec: object) =>
  readService({ apiVersion: 'v1', kind: 'Service', metadata: { name, namespace: 'shop' }, spec });
const zone = {
  services: [
    service('catalog', { clusterIP: '10.96.0.5', ports: [{ port: 80 }] }),
    service('elsewhere', { externalName: 'catalog.shop.svc.cluster.local' }),
  ],
  pods: [],
};

function ask(name: string, type: 'A' | 'AAAA' = 'A'): Packet {
  return answerDns({ id: 7, type: 'query', flags: 0, questions: [{ name, type, class: 'IN' }] }, zone);
}
const code = ({ flags }: Packet) => (flags ?? 0) & 15;

describe('names of a mesh', () => {
  it('lead to the cluster IP of the service, in any case', () => {
    expect(ask('Catalog.Shop.svc.cluster.local').answers).toMatchObject([{ type: 'A', data: '10.96.0.5' }]);
  });

  it('have no IPv6 address, which is not the same as not to exist', () => {
    const answer = ask('catalog.shop.svc.cluster.local', 'AAAA');
    expect([code(answer), answer.answers]).toEqual([0, []]);
  });

  it.each([
    'absent.shop.svc.cluster.local',
    'catalog.shop.svc.cluster.local.shop.svc.cluster.local',
    'example.com',
  ])('do not exist otherwise: %s', (name) => {
    expect(code(ask(name))).toBe(3);
  });

  it('follow an external name', () => {
    expect(ask('elsewhere.shop.svc.cluster.local').answers).toMatchObject([
      { type: 'CNAME', data: 'catalog.shop.svc.cluster.local' },
      { type: 'A', data: '10.96.0.5' },
    ]);
  });

  it('are tried in the namespace of the pod first', () => {
    expect(renderResolvConf('shop', '10.244.0.1')).toContain(
      'search shop.svc.cluster.local svc.cluster.local',
    );
  });
});
