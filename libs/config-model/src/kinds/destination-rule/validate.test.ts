import { describe, expect, it } from 'vitest';
import { issuesOf } from '../issues-of.js';

function policy(trafficPolicy: object) {
  return { host: 'reviews', trafficPolicy };
}

describe('a DestinationRule', () => {
  it('is accepted with everything that a policy can have', () => {
    expect(
      issuesOf('DestinationRule', {
        host: 'reviews.shop.svc.cluster.local',
        trafficPolicy: {
          loadBalancer: {
            localityLbSetting: { distribute: [{ from: 'eu/*', to: { 'eu/a/*': 80, 'us/*': 20 } }] },
          },
          connectionPool: { tcp: { maxConnections: 1 }, http: { http2MaxRequests: 1 } },
          outlierDetection: { consecutive5xxErrors: 1, interval: '5s' },
          tls: { mode: 'ISTIO_MUTUAL' },
          portLevelSettings: [{ port: { number: 80 }, loadBalancer: { simple: 'ROUND_ROBIN' } }],
        },
        subsets: [{ name: 'version-v1', labels: { version: 'v1' } }],
      }),
    ).toEqual([]);
  });

  it.each<readonly [string, object]>([
    ['spec.host: is required', {}],
    [
      'spec.subsets[1].name: the subset "a" stands here twice',
      { host: 'x', subsets: [{ name: 'a' }, { name: 'a' }] },
    ],
    [
      'spec.trafficPolicy.loadBalancer.simple: "ROUNDROBIN" is not one of UNSPECIFIED, LEAST_CONN, RANDOM, PASSTHROUGH, ROUND_ROBIN, LEAST_REQUEST; did you mean "ROUND_ROBIN"?',
      policy({ loadBalancer: { simple: 'ROUNDROBIN' } }),
    ],
    [
      'spec.trafficPolicy.outlierDetection.maxEjectionPercent: 101 is not between 0 and 100',
      policy({ outlierDetection: { maxEjectionPercent: 101 } }),
    ],
    [
      'spec.trafficPolicy.tls.privateKey: is required for MUTUAL TLS without credentialName',
      policy({ tls: { mode: 'MUTUAL', clientCertificate: '/c' } }),
    ],
    [
      'spec.trafficPolicy.loadBalancer.localityLbSetting.distribute[0].to: the weights total 90, they must total 100',
      policy({ loadBalancer: { localityLbSetting: { distribute: [{ from: 'a', to: { b: 90 } }] } } }),
    ],
    [
      'spec.trafficPolicy.portLevelSettings[0].port: is required',
      policy({ portLevelSettings: [{ tls: { mode: 'DISABLE' } }] }),
    ],
    ['spec.trafficPolicy: is empty: set at least one field, or leave it out', policy({})],
    ['spec.exportTo[1]: "." stands here twice', { host: 'x', exportTo: ['default', '.'] }],
  ])('is refused: %s', (message, spec) => {
    expect(issuesOf('DestinationRule', spec)).toContain(`error ${message}`);
  });

  it('warns of failover without outlier detection', () => {
    expect(
      issuesOf(
        'DestinationRule',
        policy({ loadBalancer: { localityLbSetting: { failover: [{ from: 'a', to: 'b' }] } } }),
      ),
    ).toHaveLength(1);
  });
});
