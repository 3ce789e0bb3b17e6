import { expect, test } from 'vitest';
import { analyzeText } from '../testing/analyze-text.js';
import { join, namespace, service } from '../testing/manifests.js';
import { multiServiceAnalyzer } from './multi-service.js';

const deployment = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec: { template: { metadata: { labels: { app: web } } } }`;
const port = (name: string, ports: string) =>
  service({ name, namespace: 'shop' }, `{ selector: { app: web }, ports: [${ports}] }`);
const analyze = (labels: string, ...texts: readonly string[]) =>
  analyzeText(multiServiceAnalyzer, join(deployment, namespace('shop', labels), ...texts));
const inMesh = '{ istio-injection: enabled }';

test('Services of one Deployment agree on the protocol of a port', () => {
  const different = [port('a', '{ port: 53 }'), port('b', '{ port: 53, protocol: UDP }')];
  expect(analyze(inMesh, ...different)).toEqual(['IST0116 Deployment/shop/web']);
  expect(analyze('{}', ...different)).toEqual([]);
  expect(analyze(inMesh, port('a', '{ port: 80 }'), port('b', '{ port: 80 }'))).toEqual([]);
});

test('one port of a Deployment is reached by one number', () => {
  const a = port('a', '{ port: 80, targetPort: 8080 }');
  expect(analyze(inMesh, a, port('b', '{ port: 81, targetPort: 8080 }'))).toEqual([
    'IST0137 Deployment/shop/web',
  ]);
  expect(analyze(inMesh, a, port('b', '{ port: 81 }'))).toEqual([]);
  expect(analyze(inMesh, a, port('b', '{ port: 8080 }'))).toEqual(['IST0137 Deployment/shop/web']);
});

test('a waypoint is made by its controller, with Services that nobody wrote', () => {
  const waypoint = deployment.replace(
    'namespace: shop',
    'namespace: shop, labels: { gateway.istio.io/managed: istio.io-mesh-controller }',
  );
  const different = [port('a', '{ port: 53 }'), port('b', '{ port: 53, protocol: UDP }')];
  const text = join(waypoint, namespace('shop', inMesh), ...different);
  expect(analyzeText(multiServiceAnalyzer, text)).toEqual([]);
});
