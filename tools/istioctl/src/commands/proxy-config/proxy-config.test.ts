import { describe, expect, test } from 'vitest';
import { FakeMesh, istioctl } from '../../testing/run-for-test.js';
import { clusterStatuses, shopDump } from '../../testing/shop-dump.js';

const lines = (...text: readonly string[]): string => text.map((line) => `${line}\n`).join('');

const files = { 'dump.json': shopDump, 'clusters.json': clusterStatuses, '-': shopDump };
const run = (line: string) => istioctl(line, { files });

describe('cluster', () => {
  const table = lines(
    'SERVICE FQDN                   PORT     SUBSET     DIRECTION     TYPE             DESTINATION RULE',
    '                               8080     -          inbound       ORIGINAL_DST     ',
    'agent                          -        -          -             STATIC           ',
    'web.shop.svc.cluster.local     80       -          outbound      EDS              ',
    'web.shop.svc.cluster.local     80       v1         outbound      EDS              web.shop',
  );

  test.each(['proxy-config cluster', 'pc clusters', 'pc c'])(
    '%s prints the clusters by service',
    async (name) => {
      expect(await run(`${name} -f dump.json`)).toEqual({ status: 0, out: table, error: '' });
    },
  );

  test('filters leave the header, and what passes them all', async () => {
    const { out } = await run(
      'pc c -f dump.json --fqdn web.shop.svc.cluster.local --port 80 --subset v1 --direction outbound',
    );
    expect(out.split('\n')).toHaveLength(3);
    const none = await run('pc c -f dump.json --subset v2');
    expect(none).toMatchObject({
      status: 0,
      out: 'SERVICE FQDN     PORT     SUBSET     DIRECTION     TYPE     DESTINATION RULE\n',
    });
  });

  test('JSON has the whole clusters in the same order', async () => {
    const { out } = await run('pc c -f - -o json');
    expect(JSON.parse(out)).toMatchObject([
      { name: 'inbound|8080||', type: 'ORIGINAL_DST' },
      { name: 'agent' },
      { name: 'outbound|80||web.shop.svc.cluster.local' },
      { name: 'outbound|80|v1|web.shop.svc.cluster.local' },
    ]);
  });
});

describe('listener', () => {
  test('a row a filter chain, sorted by port', async () => {
    expect((await run('pc listener -f dump.json')).out).toBe(
      lines(
        'ADDRESSES  PORT  MATCH                                                    DESTINATION',
        '0.0.0.0,:: 80    ALL                                                      Route: 80',
        '0.0.0.0,:: 80    ALL                                                      PassthroughCluster',
        '0.0.0.0    15006 ALL                                                      Non-HTTP/Non-TCP',
        '0.0.0.0    15006 SNI: web; Trans: tls; App: TCP TLS; Addr: 10.0.0.0/8,::1 InboundPassthroughCluster',
        '0.0.0.0    15006 Trans: raw_buffer; Addr: *:8080                          Cluster: inbound|8080||',
        '0.0.0.0    15021 ALL                                                      Inline Route: /healthz/ready*',
      ),
    );
  });

  test('a row a listener on request', async () => {
    expect((await run('pc l -f dump.json --verbose=false')).out).toBe(
      lines(
        'ADDRESSES  PORT  TYPE',
        '0.0.0.0,:: 80    HTTP+TCP',
        '0.0.0.0    15006 HTTP+TCP',
        '0.0.0.0    15021 HTTP',
      ),
    );
  });

  test('filters by address, port and type', async () => {
    expect((await run('pc l -f dump.json --address :: --verbose=false')).out).toBe(
      'ADDRESSES  PORT TYPE\n0.0.0.0,:: 80   HTTP+TCP\n',
    );
    expect((await run('pc l -f dump.json --port 15021 --type http -o yaml')).out).toMatch(
      /^- address:\n {4}socketAddress:/,
    );
    expect((await run('pc l -f dump.json --type TCP')).out).toBe('ADDRESSES PORT MATCH DESTINATION\n');
  });
});

describe('route', () => {
  test('names that are ports first; domains in short; passthrough left out; hosts without routes answer 404', async () => {
    expect((await run('pc routes -f dump.json')).out).toBe(
      lines(
        'NAME          VHOST NAME      DOMAINS                       MATCH             VIRTUAL SERVICE',
        '80            v               *                             /*                ',
        'http.8080     nothing         empty.example                 /*                404',
        'http.8080     web.shop:80     web, web.shop + 1 more...     /exact            web.shop',
        'http.8080     web.shop:80     web, web.shop + 1 more...     regex /a.*        ',
        'http.8080     web.shop:80     web, web.shop + 1 more...     PathPrefix:/b     ',
      ),
    );
  });

  test('one by name', async () => {
    const { out } = await run('pc r -f dump.json --name 80 -o json');
    expect(JSON.parse(out)).toHaveLength(1);
  });
});

describe('endpoint', () => {
  test('the state of this moment, sorted by address', async () => {
    expect((await run('pc endpoints -f clusters.json')).out).toBe(
      lines(
        'ENDPOINT             STATUS        OUTLIER CHECK     CLUSTER',
        'unix://./etc/XDS     HEALTHY       OK                xds-grpc',
        '10.0.0.1:8080        UNHEALTHY     OK                outbound|80||web.shop.svc.cluster.local',
        '10.0.0.2:8080        HEALTHY       FAILED            outbound|80||web.shop.svc.cluster.local',
      ),
    );
  });

  test.each([
    ['--status healthy', ['10.0.0.2', './etc/XDS']],
    ['--cluster xds-grpc', ['./etc/XDS']],
    ['--port 8080 --address 10.0.0.1', ['10.0.0.1']],
  ])('%s leaves %j', async (flags, hosts) => {
    const { out } = await run(`pc ep -f clusters.json ${flags}`);
    expect(out.split('\n')).toHaveLength(hosts.length + 2);
    for (const host of hosts) expect(out).toContain(host);
  });

  test('of a configuration dump it is what the proxy was told', async () => {
    const table = lines(
      'NAME               STATUS       LOCALITY     CLUSTER',
      '10.0.0.1:8080      HEALTHY      r1/z1        outbound|80||web.shop.svc.cluster.local',
      '[fd00::1]:8080     DRAINING     r1/z1        outbound|80||web.shop.svc.cluster.local',
    );
    expect((await run('pc ep -f dump.json')).out).toBe(table);
    expect((await run('pc eds -f dump.json')).out).toBe(table);
  });
});

test('secret: state, validity and serial number; what cannot be read is not valid', async () => {
  const rows = (await run('pc s -f dump.json')).out.split('\n').map((row) => row.split(/ {2,}/));
  expect(rows.slice(0, 3)).toEqual([
    ['RESOURCE NAME', 'TYPE', 'STATUS', 'VALID CERT', 'SERIAL NUMBER', 'NOT AFTER', 'NOT BEFORE'],
    [
      'default',
      'Cert Chain',
      'ACTIVE',
      'true',
      '0abc12',
      expect.stringMatching(/^20\d\d-.*Z$/),
      expect.stringMatching(/Z$/),
    ],
    ['ROOTCA', 'CA', 'ACTIVE', 'false', ''],
  ]);
});

test('bootstrap: JSON unless told otherwise, versions in short', async () => {
  expect(JSON.parse((await run('pc b -f dump.json')).out)).toMatchObject({
    bootstrap: { node: { userAgentBuildVersion: {} } },
  });
  expect((await run('pc bootstrap -f dump.json -o short')).out).toBe(
    lines(
      'Istio Version:       1.29.0',
      'Istio Proxy Version: abc',
      'Envoy Version:       1.40.0/Clean/RELEASE/BoringSSL',
    ),
  );
});

test('all: every part that the dump has, with titles on request', async () => {
  const { out } = await run('pc all -f dump.json --with-headers');
  const titles = out.split('\n').filter((line) => line.startsWith('---'));
  expect(titles).toEqual(
    ['BOOTSTRAP', 'CLUSTER', 'LISTENER', 'ROUTE', 'SECRET', 'ENDPOINTS'].map(
      (title) => `------ ${title} INFO ------`,
    ),
  );
  expect(out).toMatch(/^cluster\/agent +cluster\/agent +- /m);
  expect(out).toMatch(/^listener\/virtualInbound +0\.0\.0\.0/m);
  expect(out).toMatch(/^endpoint\/10\.0\.0\.1:8080 /m);
  expect(JSON.parse((await run('pc a -f dump.json -o json')).out)).toMatchObject({
    configs: [{ bootstrap: {} }, {}, {}, {}, {}, {}],
  });
});

test('a running proxy is asked for no more than is needed', async () => {
  const pods = [{ name: 'web-1', namespace: 'shop', labels: {}, ready: true }];
  const mesh = new FakeMesh({
    pods,
    proxy: { config_dump: shopDump, 'clusters?format=json': clusterStatuses },
  });
  expect(await istioctl('pc c web-1.shop', { mesh })).toMatchObject({ status: 0 });
  expect(await istioctl('pc ep web-1 -n shop', { mesh })).toMatchObject({ status: 0 });
  expect(mesh.asked).toEqual(['GET config_dump', 'GET clusters?format=json']);
});
