import { eventually } from '@istio-ts/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LocalMesh } from '../support/local-mesh.js';
import { Bookstore, isV2, namespace, shareOfFailures, shareOfV2, webappHost } from './bookstore.js';
import { captureNote, captureProblem } from '../support/machine.js';
import { manifestSets } from './manifest-set.js';

interface RouteDump {
  readonly virtualHosts: readonly {
    readonly name: string;
    readonly routes?: readonly { readonly route?: { readonly retryPolicy?: unknown } }[];
  }[];
}

/** The book's printed form: without `retryOn` a 500 is not among the conditions, so nothing is tried again. */
const attemptsAlone = `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: catalog, namespace: ${namespace} }
spec:
  hosts: [catalog]
  http:
    - route:
        - destination: { host: catalog }
      retries: { attempts: 3, perTryTimeout: 2s }
`;

const item1 = { id: 1, color: 'amber', department: 'Eyewear', name: 'Elinor Glasses', price: '282.00' };

describe.runIf(captureProblem === undefined).each(manifestSets)(
  `first steps, on $name${captureNote}`,
  (manifests) => {
    let mesh: LocalMesh;
    let store: Bookstore;

    beforeAll(async () => {
      mesh = await LocalMesh.start();
      store = new Bookstore(mesh, manifests);
      await store.startSleep();
    }, 180_000);
    afterAll(() => mesh.stop(), 60_000);

    test('S2-B inject and deploy: a plain client and the facade get the item [B2.3-13, B2.3-14, B2.3-15]', async () => {
      await store.clean();
      await store.apply('catalog');
      await mesh.waitForPods(namespace, { catalog: 1 });
      const direct = await store.curlFromSleep('http://catalog.istioinaction/items/1');
      expect(JSON.parse(direct.stdout)).toMatchObject(item1);
      await store.apply('webapp');
      await mesh.waitForPods(namespace, { catalog: 1, webapp: 1 });
      const facade = await store.curlFromSleep('http://webapp.istioinaction/api/catalog/items/1');
      expect(JSON.parse(facade.stdout)).toEqual(JSON.parse(direct.stdout));
      const pods = await mesh.must('get', 'pods', '-n', namespace);
      expect(pods).toMatch(/^webapp-\S+\s+2\/2\s+Running/m);
      const page = await mesh.throughPortForward('deploy/webapp', namespace, 8080, '/');
      expect(page).toContain('Elinor Glasses');
      expect(page).toMatch(/not available/i);
    }, 90_000);

    test('S2-C ingress: any host reaches webapp, and 404 without the rule [B2.4-05, B2.4-08]', async () => {
      await store.apply('edgeAnyHost');
      await store.until(({ status }) => expect(status).toBe(200), '/api/catalog/items/1');
      const answer = await mesh.gateway('/api/catalog/items/1');
      expect(answer.headers['server']).toBe('istio-envoy');
      expect(JSON.parse(answer.body)).toMatchObject(item1);
      const gatewayAddress = await mesh.podAddress('istio-system', 'istio-ingressgateway');
      const direct = await store.curlFromSleep(`http://${gatewayAddress}:8080/api/catalog/items/1`);
      expect(JSON.parse(direct.stdout)).toMatchObject(item1);
      const routes = await mesh.istioctl(
        'proxy-config',
        'routes',
        'deploy/istio-ingressgateway.istio-system',
      );
      expect(routes).toMatch(/http\.8080\s.*\*\s+\/\*\s+webapp-virtualservice\.istioinaction/);
      expect(routes).toMatch(/\*\s+\/healthz\/ready\*/);
      expect(routes).toMatch(/\*\s+\/stats\/prometheus\*/);
      await mesh.must('delete', 'virtualservice', 'webapp-virtualservice', '-n', namespace);
      await store.until(({ status }) => expect(status).toBe(404), '/api/catalog/items/1');
      await eventually(async () => {
        expect(await mesh.istioctl('pc', 'r', 'deploy/istio-ingressgateway.istio-system')).toMatch(
          /http\.8080\s.*404/,
        );
      });
    }, 90_000);

    /** Retry policies of the routes that webapp's sidecar has for port 80. */
    async function retryPolicies(): Promise<readonly unknown[]> {
      const text = await mesh.istioctl(
        'pc',
        'route',
        'deploy/webapp',
        '-n',
        namespace,
        '--name',
        '80',
        '-o',
        'json',
      );
      const [config] = JSON.parse(text) as readonly RouteDump[];
      const hosts = config?.virtualHosts.filter(({ name }) => name.startsWith('catalog.')) ?? [];
      return hosts.flatMap(({ routes = [] }) => routes.map(({ route }) => route?.retryPolicy));
    }

    test('S2-F retries hide most failures of the catalog, but not without retryOn [B2.4-28, B2.4-29, B2.4-30, B2.4-31, B2.4-34]', async () => {
      await store.apply('edgeAnyHost');
      await store.until(({ status }) => expect(status).toBe(200), '/api/catalog');
      await store.blowUp(100);
      const failed = await mesh.gateway('/api/catalog');
      expect(failed.status).toBe(500);
      expect(failed.body).toContain('error calling Catalog service');
      await store.blowUp(50);
      const without = shareOfFailures(await mesh.gatewayMany(200, '/api/catalog'));
      expect(without).toBeGreaterThan(0.35);
      expect(without).toBeLessThan(0.65);
      expect(await retryPolicies()).toContainEqual(
        expect.objectContaining({ numRetries: 2, hostSelectionRetryMaxAttempts: '5' }),
      );
      await mesh.must('apply', '-f', await store.write('retries.yaml', attemptsAlone));
      await eventually(async () =>
        expect(await retryPolicies()).toContainEqual(expect.objectContaining({ numRetries: 3 })),
      );
      const unlisted = shareOfFailures(await mesh.gatewayMany(200, '/api/catalog'));
      expect(unlisted).toBeGreaterThan(0.35);
      await store.apply('meshRetries');
      await eventually(async () => {
        expect(await retryPolicies()).toContainEqual(
          expect.objectContaining({ numRetries: 3, perTryTimeout: '2s', retryOn: '5xx' }),
        );
      });
      expect(shareOfFailures(await mesh.gatewayMany(400, '/api/catalog'))).toBeLessThan(0.15);
      await store.blowUp(0);
      await mesh.must('delete', 'virtualservice', 'catalog', '-n', namespace);
      expect(shareOfFailures(await mesh.gatewayMany(50, '/api/catalog'))).toBe(0);
    }, 90_000);

    test('S2-G versions and dark launch [B2.4-36, B2.4-37]', async () => {
      await store.apply('catalogV2');
      await mesh.waitForPods(namespace, { 'catalog-v2': 1 });
      await eventually(async () => {
        const share = shareOfV2(await mesh.gatewayMany(100, '/api/catalog'));
        expect(share).toBeGreaterThan(0.25);
        expect(share).toBeLessThan(0.75);
      }, 15_000);
      await store.apply('versions');
      await eventually(async () => {
        const clusters = await mesh.istioctl('pc', 'cluster', 'deploy/webapp', '-n', namespace);
        expect(clusters).toMatch(/catalog\.istioinaction\.svc\.cluster\.local\s+80\s+version-v2/);
      });
      expect(shareOfV2(await mesh.gatewayMany(40, '/api/catalog'))).toBeGreaterThan(0);
      await store.apply('meshAllV1');
      await eventually(
        async () => expect(shareOfV2(await mesh.gatewayMany(40, '/api/catalog'))).toBe(0),
        15_000,
      );
      expect(shareOfV2(await mesh.gatewayMany(100, '/api/catalog'))).toBe(0);
      await store.apply('meshDark');
      await store.until((answer) => expect(isV2(answer)).toBe(true), '/api/catalog', {
        'x-dark-launch': 'v2',
      });
      expect(shareOfV2(await mesh.gatewayMany(50, '/api/catalog'))).toBe(0);
      expect(shareOfV2(await mesh.gatewayMany(50, '/api/catalog', { 'x-dark-launch': 'v2' }))).toBe(1);
      expect(shareOfV2(await mesh.gatewayMany(50, '/api/catalog', { 'x-dark-launch': 'v1' }))).toBe(0);
      await mesh.must(
        'delete',
        'deployment,service,virtualservice,destinationrule,gateway',
        '--all',
        '-n',
        namespace,
      );
      await eventually(async () => {
        const served = await mesh.gateway('/api/catalog').then(
          ({ status }) => status,
          () => 'refused',
        );
        expect(served).not.toBe(200);
        const clusters = await mesh.istioctl('pc', 'cluster', 'deploy/istio-ingressgateway.istio-system');
        expect(clusters).not.toContain('catalog.istioinaction');
      }, 20_000);
    }, 120_000);

    test('S4-A plain gateway: listener, blackhole, host, 503 before the service exists [B4.2-06, B4.2-07, B4.2-08]', async () => {
      await store.clean();
      await store.apply('edgeGateway');
      await store.until(({ status }) => expect(status).toBe(404), '/api/catalog', webappHost);
      const listeners = await mesh.istioctl(
        '-n',
        'istio-system',
        'proxy-config',
        'listener',
        'deploy/istio-ingressgateway',
      );
      expect(listeners).toMatch(/^0\.0\.0\.0\s+8080\s+ALL\s+Route: http\.8080$/m);
      expect(listeners).toMatch(/^0\.0\.0\.0\s+15021\s+ALL\s+Inline Route: \/healthz\/ready\*$/m);
      expect(listeners).toMatch(/^0\.0\.0\.0\s+15090\s+ALL\s+Inline Route: \/stats\/prometheus\*$/m);
      const route = [
        'proxy-config',
        'route',
        'deploy/istio-ingressgateway',
        '-o',
        'json',
        '--name',
        'http.8080',
        '-n',
        'istio-system',
      ];
      const [blackhole] = JSON.parse(await mesh.istioctl(...route)) as readonly Record<string, unknown>[];
      expect(blackhole).toMatchObject({
        name: 'http.8080',
        validateClusters: false,
        virtualHosts: [{ name: 'blackhole:80', domains: ['*'] }],
      });
      await store.apply('edgeRoute');
      await store.until(({ status }) => expect(status).toBe(503), '/api/catalog', webappHost);
      expect(await mesh.istioctl(...route)).toMatch(
        /"cluster": "outbound\|80\|\|webapp\.istioinaction\.svc\.cluster\.local",[\s\S]*"timeout": "0s"/,
      );
      await store.apply('catalog', 'webapp');
      await mesh.waitForPods(namespace, { catalog: 1, webapp: 1 });
      await store.until(({ status }) => expect(status).toBe(200), '/api/catalog', webappHost);
      const { body } = await mesh.gateway('/api/catalog', webappHost);
      expect(JSON.parse(body)).toHaveLength(4);
      const unhosted = await mesh.gateway('/api/catalog');
      expect(unhosted).toMatchObject({ status: 404, body: '' });
      expect(await mesh.must('get', 'gateway', '-n', namespace)).toMatch(/^coolstore-gateway/m);
      expect(await mesh.must('get', 'virtualservice', '-n', namespace)).toMatch(
        /webapp-vs-from-gw.*coolstore-gateway.*webapp\.istioinaction\.io/,
      );
    }, 120_000);
  },
);
