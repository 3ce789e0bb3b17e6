import { describe, expect, test } from 'vitest';
import { clustersDump, configDump, listenersDump, routesDump } from '../../testing/dumps.js';
import { FakeMesh, istioctl } from '../../testing/run-for-test.js';

const nonces = (proxy: string, cluster: string, more: Readonly<Record<string, string>> = {}) => ({
  proxy,
  cluster_id: cluster,
  istio_version: '1.29.0',
  ...more,
});

const syncz = [
  nonces('web-2.shop', 'west', {
    cluster_sent: '5',
    cluster_acked: '5',
    listener_sent: '6',
    listener_acked: '3',
  }),
  nonces('web-1.shop', 'west', { cluster_sent: '1', cluster_acked: '1', route_sent: '2' }),
  nonces('zed.shop', 'east'),
];

test.each(['proxy-status', 'ps'])(
  '%s: a line a proxy and the state of each type, by cluster and name',
  async (name) => {
    const mesh = new FakeMesh({ istiod: { '/debug/syncz': syncz, '/debug/issues': [] } });
    const { status, out } = await istioctl(name, { mesh });
    expect(status).toBe(0);
    expect(out.split('\n').map((line) => line.split(/ {2,}/))).toEqual([
      ['NAME', 'CLUSTER', 'CDS', 'LDS', 'EDS', 'RDS', 'ISTIOD', 'VERSION'],
      ['zed.shop', 'east', 'NOT SENT', 'NOT SENT', 'NOT SENT', 'NOT SENT', 'istiod-1', '1.29.0'],
      [
        'web-1.shop',
        'west',
        'SYNCED',
        'NOT SENT',
        'NOT SENT',
        'STALE (Never Acknowledged)',
        'istiod-1',
        '1.29.0',
      ],
      ['web-2.shop', 'west', 'SYNCED', 'STALE', 'NOT SENT', 'NOT SENT', 'istiod-1', '1.29.0'],
      [''],
    ]);
  },
);

const clientConfig = {
  '@type': 'type.googleapis.com/envoy.service.status.v3.ClientConfig',
  node: {
    id: 'sidecar~10.0.0.1~web-1.shop~shop.svc',
    metadata: { CLUSTER_ID: 'west', ISTIO_VERSION: '1.28' },
  },
  genericXdsConfigs: [
    { typeUrl: 'type.googleapis.com/envoy.config.cluster.v3.Cluster', configStatus: 'SYNCED' },
    { typeUrl: 'type.googleapis.com/envoy.config.listener.v3.Listener', configStatus: 'ERROR' },
    {
      typeUrl: 'type.googleapis.com/envoy.config.route.v3.RouteConfiguration',
      configStatus: 'STALE',
      clientStatus: 'REQUESTED',
    },
  ],
};
const response = { resources: [clientConfig], controlPlane: { identifier: '{"ID": "istiod-a"}' } };

describe('an istiod that answers with client configurations', () => {
  const mesh = (answer: unknown) => new FakeMesh({ istiod: { '/debug/syncz': answer, '/debug/issues': [] } });

  test('is read alike; what a proxy has rejected is stale', async () => {
    const { out } = await istioctl('ps', { mesh: mesh(response) });
    expect(out.split('\n')[1]?.split(/ {2,}/)).toEqual([
      'web-1.shop',
      'west',
      'SYNCED',
      'STALE',
      'NOT SENT',
      'STALE (Never Acknowledged)',
      'istiod-a',
      '1.28',
    ]);
    expect((await istioctl('ps', { mesh: mesh([clientConfig]) })).out).toContain('istiod-1');
  });

  test('the types alone on request', async () => {
    const { out } = await istioctl('ps --verbosity 0', { mesh: mesh(response) });
    expect(out).toMatch(/^web-1\.shop {5}west {8}istiod-a {5}1\.28 {8}3 \(CDS,LDS,RDS\)$/m);
  });

  test('for programs as it came', async () => {
    expect(JSON.parse((await istioctl('ps -o json', { mesh: mesh(response) })).out)).toEqual(response);
  });

  test('an unknown form is said to be so', async () => {
    const { status, error } = await istioctl('ps', { mesh: mesh('<html>') });
    expect([status, error]).toEqual([
      1,
      expect.stringContaining('istiod-1 answered /debug/syncz in an unknown form'),
    ]);
  });
});

test('a rejected resource shows the object that caused it', async () => {
  const issues = [
    {
      code: 'PROXY_REJECTED',
      severity: 'error',
      resource: { kind: 'EnvoyFilter', namespace: 'shop', name: 'lua' },
      message: 'web-1.shop rejected the LDS resource 0.0.0.0_80',
    },
    { code: 'IST0101', severity: 'error', message: 'another matter' },
  ];
  const mesh = new FakeMesh({ istiod: { '/debug/syncz': syncz, '/debug/issues': issues } });
  expect((await istioctl('ps', { mesh })).out).toMatch(
    /\n\nRejected:\n {2}EnvoyFilter\/shop\/lua: web-1\.shop rejected the LDS resource 0\.0\.0\.0_80\n$/,
  );
});

describe('with a workload', () => {
  const pods = [{ name: 'web-1', namespace: 'shop', labels: {}, ready: true, deployment: 'web' }];
  const dump = (timeout: string, ...more: readonly string[]) =>
    configDump(
      clustersDump(
        { name: 'same', type: 'EDS' },
        { name: 'changed', connect_timeout: timeout, type: 'EDS' },
        ...more.map((name) => ({ name })),
      ),
      listenersDump({ name: 'l' }),
      routesDump({ name: '80' }),
    );
  const istiod = { '/debug/config_dump?proxyID=web-1.shop': dump('1s'), '/debug/issues': [] };

  test('nothing differs', async () => {
    const mesh = new FakeMesh({ pods, istiod, proxy: { config_dump: dump('1s') } });
    expect(await istioctl('ps deploy/web.shop', { mesh })).toEqual({
      status: 0,
      out: 'Clusters Match\nListeners Match\nRoutes Match\n',
      error: '',
    });
  });

  test('a resource that differs, and one that is only at one side, are shown', async () => {
    const mesh = new FakeMesh({ pods, istiod });
    const files = { 'dump.json': dump('2s', 'old') };
    const { out } = await istioctl('ps web-1 -n shop -f dump.json', { mesh, files });
    expect(out).toBe(
      [
        "Clusters Don't Match",
        '--- Istiod Clusters: changed',
        '+++ Envoy Clusters: changed',
        '@@ -1,4 +1,4 @@',
        '-connectTimeout: 1s',
        '+connectTimeout: 2s',
        ' name: changed',
        ' type: EDS',
        ' ',
        '--- Istiod Clusters: old',
        '+++ Envoy Clusters: old',
        '@@ -1,1 +1,2 @@',
        '+name: old',
        ' ',
        'Listeners Match',
        'Routes Match',
        '',
      ].join('\n'),
    );
  });

  test('a file without a workload has nothing to be compared with', async () => {
    const { status, error } = await istioctl('ps -f dump.json');
    expect([status, error]).toEqual([1, 'Error: --file wants a workload to compare it with\n']);
  });
});
