import { describe, expect, it } from 'vitest';
import { parseMeshNetworks } from './parse.js';

function issues(text: string): readonly string[] {
  const result = parseMeshNetworks(text);
  return (result.ok ? result.issues : result.error).map(({ path = '', message }) => `${path}: ${message}`);
}

describe('parseMeshNetworks', () => {
  it('reads networks by registry and address range', () => {
    const text =
      'networks: {a: {endpoints: [{fromRegistry: Kubernetes}, {fromCidr: 10.0.0.0/8}], gateways: [{address: 1.1.1.1, port: 443}]}}';
    expect(parseMeshNetworks(text)).toMatchObject({ ok: true, issues: [], value: { networks: { a: {} } } });
  });

  it('reads the names of the proto too, as Istio does', () => {
    expect(
      parseMeshNetworks(
        'networks: {a: {endpoints: [{from_cidr: 10.0.0.0/8}], gateways: [{registry_service_name: gw, port: 1}]}}',
      ),
    ).toMatchObject({
      ok: true,
      issues: [],
      value: {
        networks: {
          a: { endpoints: [{ fromCidr: '10.0.0.0/8' }], gateways: [{ registryServiceName: 'gw' }] },
        },
      },
    });
    expect(issues('networks: {a: {endpoints: [{from_cidr: x}]}}')).toEqual([
      'networks.a.endpoints[0].fromCidr: "x" is neither an IP address nor a network like 10.0.0.0/8',
    ]);
  });

  it('names what is wrong', () => {
    expect(
      issues('networks: {a: {endpoints: [{fromCidr: x}], gateways: [{address: "1nv@lid", port: 0}]}}'),
    ).toEqual([
      'networks.a.endpoints[0].fromCidr: "x" is neither an IP address nor a network like 10.0.0.0/8',
      'networks.a.gateways[0].address: "1nv@lid" is neither an IP address nor a host name',
      'networks.a.gateways[0].port: the port number must be between 1 and 65535, not 0',
    ]);
  });
});
