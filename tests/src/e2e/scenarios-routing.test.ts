import { eventually } from '@istio-ts/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalMesh } from '../support/local-mesh.js';
import { Bookstore, catalogHost, isV2, namespace, shareOfV2, webappHost } from './bookstore.js';
import { captureNote, captureProblem } from '../support/machine.js';
import { manifestSets } from './manifest-set.js';

const illegalSplit = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: catalog, namespace: ${namespace} }
spec:
  hosts: [catalog]
  gateways: [mesh]
  http:
    - route:
        - destination: { host: catalog, subset: version-v1 }
          weight: 60
        - destination: { host: catalog, subset: version-v2 }
          weight: 60
`;

const release113 = `apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    compatibilityVersion: "1.13"
`;

describe.runIf(captureProblem === undefined).each(manifestSets)(
  `routing, on $name${captureNote}`,
  (manifests) => {
    let mesh: LocalMesh;
    let store: Bookstore;

    /** Weights that must total 100 are behaviour of Istio 1.13, which the scenario asks for. */
    beforeAll(async () => {
      mesh = await LocalMesh.start({ manifests: { 'mesh-config.yaml': release113 } });
      store = new Bookstore(mesh, manifests);
      await store.startSleep();
    }, 180_000);
    afterAll(() => mesh.stop(), 60_000);

    test('S5-1 routing at the edge: host, subset, exact header [B5.2-14]', async () => {
      await store.clean();
      await store.apply('catalog');
      await mesh.waitForPods(namespace, { catalog: 1 });
      const direct = await store.curlFromSleep('http://catalog.istioinaction/items');
      expect(JSON.parse(direct.stdout)).toHaveLength(4);
      expect(direct.stdout).not.toContain('imageUrl');
      await store.apply('edgeCatalogGateway');
      await store.until(({ status }) => expect(status).toBe(404), '/items', catalogHost);
      await store.apply('edgeCatalogRoute');
      await store.until(
        ({ status, body }) => expect([status, body]).toEqual([200, direct.stdout]),
        '/items',
        catalogHost,
      );
      await store.apply('catalogV2');
      await mesh.waitForPods(namespace, { 'catalog-v2': 1 });
      await eventually(async () => {
        const share = shareOfV2(await mesh.gatewayMany(40, '/items', catalogHost));
        expect(share).toBeGreaterThan(0.1);
        expect(share).toBeLessThan(0.9);
      }, 15_000);
      await store.apply('versionsFqdn');
      const mixed = shareOfV2(await mesh.gatewayMany(40, '/items', catalogHost));
      expect(mixed).toBeGreaterThan(0);
      expect(await store.apply('edgeCatalogV1')).toContain('configured');
      await eventually(
        async () => expect(shareOfV2(await mesh.gatewayMany(30, '/items', catalogHost))).toBe(0),
        15_000,
      );
      expect(shareOfV2(await mesh.gatewayMany(300, '/items', catalogHost))).toBe(0);
      await store.apply('edgeCatalogCohort');
      const internal = { ...catalogHost, 'x-istio-cohort': 'internal' };
      await store.until((answer) => expect(isV2(answer)).toBe(true), '/items', internal);
      expect(shareOfV2(await mesh.gatewayMany(200, '/items', catalogHost))).toBe(0);
      expect(shareOfV2(await mesh.gatewayMany(200, '/items', internal))).toBe(1);
      expect(
        shareOfV2(await mesh.gatewayMany(200, '/items', { ...catalogHost, 'x-istio-cohort': 'external' })),
      ).toBe(0);
    }, 120_000);

    test('S5-2 routing deep in the call graph: the rule lives in the sidecar [B5.2-18, B5.2-21]', async () => {
      await mesh.must('delete', 'gateway,virtualservice,destinationrule', '--all', '-n', namespace);
      await store.apply('webapp', 'edgeWebapp');
      await mesh.waitForPods(namespace, { catalog: 2, webapp: 1 });
      await eventually(async () => {
        const share = shareOfV2(await mesh.gatewayMany(30, '/api/catalog', webappHost));
        expect(share).toBeGreaterThan(0);
        expect(share).toBeLessThan(1);
      }, 15_000);
      await store.apply('versionsFqdn', 'meshV1');
      await eventually(
        async () => expect(shareOfV2(await mesh.gatewayMany(30, '/api/catalog', webappHost))).toBe(0),
        15_000,
      );
      expect(shareOfV2(await mesh.gatewayMany(300, '/api/catalog', webappHost))).toBe(0);
      await store.apply('meshCohort');
      const internal = { ...webappHost, 'x-istio-cohort': 'internal' };
      await store.until((answer) => expect(isV2(answer)).toBe(true), '/api/catalog', internal);
      expect(shareOfV2(await mesh.gatewayMany(100, '/api/catalog', webappHost))).toBe(0);
      expect(shareOfV2(await mesh.gatewayMany(100, '/api/catalog', internal))).toBe(1);
      const inWebapp = await mesh.istioctl('pc', 'route', 'deploy/webapp', '-n', namespace, '-o', 'json');
      const atTheEdge = await mesh.istioctl(
        'pc',
        'route',
        'deploy/istio-ingressgateway.istio-system',
        '-o',
        'json',
      );
      expect(inWebapp).toContain('x-istio-cohort');
      expect(atTheEdge).not.toContain('x-istio-cohort');
    }, 120_000);

    test('S5-3 traffic shifting: shares within bounds, an illegal total refused, back without errors [B5.3-01, B5.3-02, B5.3-03]', async () => {
      await store.apply('meshV1');
      await eventually(
        async () => expect(shareOfV2(await mesh.gatewayMany(100, '/api/catalog', webappHost))).toBe(0),
        15_000,
      );
      await store.apply('mesh9010');
      await store.until((answer) => expect(isV2(answer)).toBe(true), '/api/catalog', webappHost);
      expect(
        Math.abs(shareOfV2(await mesh.gatewayMany(2_000, '/api/catalog', webappHost)) - 0.1),
      ).toBeLessThan(0.03);
      await store.apply('mesh5050');
      await eventually(
        async () =>
          expect(shareOfV2(await mesh.gatewayMany(100, '/api/catalog', webappHost))).toBeGreaterThan(0.3),
        15_000,
      );
      expect(
        Math.abs(shareOfV2(await mesh.gatewayMany(2_000, '/api/catalog', webappHost)) - 0.5),
      ).toBeLessThan(0.045);
      const refused = await mesh.cli('apply', '-f', await store.write('illegal.yaml', illegalSplit));
      expect(refused.status).not.toBe(0);
      expect(refused.stdout + refused.stderr).toMatch(/100/);
      expect(Math.abs(shareOfV2(await mesh.gatewayMany(300, '/api/catalog', webappHost)) - 0.5)).toBeLessThan(
        0.15,
      );
      const underLoad = mesh.gatewayMany(1_000, '/api/catalog', webappHost);
      await store.apply('meshV1');
      for (const { status } of await underLoad) expect(status).toBe(200);
      await eventually(
        async () => expect(shareOfV2(await mesh.gatewayMany(50, '/api/catalog', webappHost))).toBe(0),
        15_000,
      );
    }, 180_000);
  },
);
