import { join } from 'node:path';
import { eventually } from '@istio-ts/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalMesh, repository } from '../support/local-mesh.js';
import { Bookstore, namespace, webappHost } from './bookstore.js';
import { captureNote, captureProblem } from '../support/machine.js';
import { manifestSets } from './manifest-set.js';

/** Inherits the mode of the whole mesh. */
const unsetNamespace = `apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: ${namespace} }
spec:
  mtls: { mode: UNSET }
`;

const receiveFailure = '56';
const ownManifest = (name: string): string => join(repository, 'samples/scenarios', name);

describe.runIf(captureProblem === undefined).each(manifestSets)(
  `mutual TLS and metrics, on $name${captureNote}`,
  (manifests) => {
    let mesh: LocalMesh;
    let store: Bookstore;

    beforeAll(async () => {
      mesh = await LocalMesh.start();
      store = new Bookstore(mesh, manifests);
      await store.startSleep();
      await store.clean();
      await store.apply('catalog', 'webapp', 'edgeWebapp');
      await mesh.waitForPods(namespace, { catalog: 1, webapp: 1 });
      await store.until(({ status }) => expect(status).toBe(200), '/api/catalog', webappHost);
    }, 240_000);
    afterAll(() => mesh.stop(), 60_000);

    /** curl's exit status and, of an answered call, the HTTP status. */
    async function plainCall(url: string): Promise<string> {
      const { status, stdout } = await store.curlFromSleep('-o', '/dev/null', '-w', '%{http_code}', url);
      return status === 0 ? stdout : String(status);
    }

    test('S7-1 proxy statistics: the standard metrics with every label [B7.2-01, B7.2-02, B7.2-03, B7.2-04, B7.2-07, B7.2-08, B7.2-09, B7.2-10]', async () => {
      const inProxy = (...command: string[]) => mesh.exec('deploy/webapp', namespace, command, 'istio-proxy');
      const scrape = async () => (await inProxy('pilot-agent', 'request', 'GET', 'stats/prometheus')).stdout;
      const counter = async (reporter: string): Promise<number> => {
        const line = (await scrape())
          .split('\n')
          .find(
            (each) => each.startsWith('istio_requests_total{') && each.includes(`reporter="${reporter}"`),
          );
        return Number(line?.split(' ').at(-1) ?? 0);
      };
      const before = await counter('destination');
      for (const _ of [1, 2]) expect((await mesh.gateway('/api/catalog', webappHost)).status).toBe(200);
      await eventually(async () => expect((await counter('destination')) - before).toBe(2), 10_000);
      const text = await scrape();
      const series =
        text
          .split('\n')
          .find(
            (each) => each.startsWith('istio_requests_total{') && each.includes('reporter="destination"'),
          ) ?? '';
      for (const label of [
        'source_workload="istio-ingressgateway"',
        'source_workload_namespace="istio-system"',
        'source_canonical_service="istio-ingressgateway"',
        'source_canonical_revision="latest"',
        'destination_workload="webapp"',
        'destination_workload_namespace="istioinaction"',
        'destination_principal="spiffe://cluster.local/ns/istioinaction/sa/webapp"',
        'destination_app="webapp"',
        'destination_version="unknown"',
        'destination_service="webapp.istioinaction.svc.cluster.local"',
        'destination_service_name="webapp"',
        'destination_service_namespace="istioinaction"',
        'request_protocol="http"',
        'response_code="200"',
        'response_flags="-"',
        'connection_security_policy="mutual_tls"',
      ]) {
        expect(series).toContain(label);
      }
      expect(series).toMatch(
        /source_principal="spiffe:\/\/cluster\.local\/ns\/istio-system\/sa\/istio-ingressgateway[^"]*"/,
      );
      expect(text).toMatch(/^# TYPE istio_requests_total counter$/m);
      for (const family of [
        'istio_request_bytes',
        'istio_response_bytes',
        'istio_request_duration_milliseconds',
      ]) {
        expect(text).toMatch(new RegExp(`^# TYPE ${family} histogram$`, 'm'));
      }
      expect(text).toMatch(
        /istio_requests_total\{[^}]*reporter="source"[^}]*destination_service_name="catalog"/,
      );
      const stats = (await inProxy('pilot-agent', 'request', 'GET', 'stats')).stdout;
      const byCurl = (await inProxy('curl', '-s', 'localhost:15000/stats')).stdout;
      const names = (listing: string) => listing.split('\n').map((line) => line.split(': ')[0]);
      expect(names(byCurl)).toEqual(names(stats));
      const webapp = await mesh.podAddress(namespace, 'webapp');
      // Captured, and the admin interface listens on loopback alone.
      expect(await plainCall(`http://${webapp}:15000/stats`)).not.toBe('200');
      expect(stats).toMatch(/reporter=\.=destination;\.;.*istio_requests_total: \d+/);
      expect(stats).toMatch(/cluster_manager\.cds\.update_success: /);
      expect(stats).toMatch(/cluster\.xds-grpc;?\.upstream_cx_active: /);
      expect(stats).not.toContain('cluster.outbound|80||catalog');
      expect((await inProxy('pilot-agent', 'request', 'GET', 'help')).stdout).toContain('/config_dump');
    }, 90_000);

    test('S9.1 from permissive to strict: modes, scopes, no failed mutual TLS call [B9.2-08, B9.2-10, B9.2-11, B9.2-12, B9.2-14]', async () => {
      expect(await plainCall('http://webapp.istioinaction/api/catalog')).toBe('200');
      const traffic = { running: true };
      const meshTraffic = (async () => {
        const failures: string[] = [];
        while (traffic.running) {
          const { status, body } = await mesh.gateway('/api/catalog', webappHost);
          if (status !== 200) failures.push(`${status} ${body}`);
          await new Promise((done) => setTimeout(done, 20));
        }
        return failures;
      })();
      await store.apply('strictMesh');
      await eventually(
        async () => expect(await plainCall('http://webapp.istioinaction/api/catalog')).toBe(receiveFailure),
        15_000,
      );
      expect(await plainCall('http://catalog.istioinaction/items')).toBe(receiveFailure);
      expect((await mesh.gateway('/api/catalog', webappHost)).status).toBe(200);
      await store.apply('permissiveWebapp');
      await eventually(
        async () => expect(await plainCall('http://webapp.istioinaction/api/catalog')).toBe('200'),
        15_000,
      );
      const list = await store.curlFromSleep('http://webapp.istioinaction/api/catalog');
      expect((JSON.parse(list.stdout) as readonly unknown[])[0]).toMatchObject({
        id: 1,
        name: 'Elinor Glasses',
      });
      expect(await plainCall('http://catalog.istioinaction/items')).toBe(receiveFailure);
      await mesh.must('apply', '-f', ownManifest('permissive-namespace.yaml'));
      await eventually(
        async () => expect(await plainCall('http://catalog.istioinaction/items')).toBe('200'),
        15_000,
      );
      await mesh.must('apply', '-f', await store.write('unset.yaml', unsetNamespace));
      await eventually(
        async () => expect(await plainCall('http://catalog.istioinaction/items')).toBe(receiveFailure),
        15_000,
      );
      traffic.running = false;
      expect(await meshTraffic).toEqual([]);
    }, 120_000);
  },
);
