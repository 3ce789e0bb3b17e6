import { expect, test } from 'vitest';
import { analyzeSnapshot } from '../analyze-snapshot.js';
import { analyzeText, objectsOf } from '../testing/analyze-text.js';
import { service } from '../testing/manifests.js';
import { multiClusterServiceAnalyzer } from './multi-cluster.js';
import { portNameAnalyzer } from './port-name.js';

test('a port says its protocol by its name or by appProtocol', () => {
  const analyze = (port: string, type = 'ClusterIP', namespace = 'default') =>
    analyzeText(portNameAnalyzer, service({ name: 'web', namespace }, `{ type: ${type}, ports: [${port}] }`));
  const place = 'Service/default/web spec.ports[0].name';
  expect(analyze('{ port: 80, name: http-web }')).toEqual([]);
  expect(analyze('{ port: 80, appProtocol: grpc }')).toEqual([]);
  expect(analyze('{ port: 80, protocol: UDP }')).toEqual([]);
  expect(analyze('{ port: 80, name: web }')).toEqual([`IST0118 ${place}`]);
  expect(analyze('{ port: 80, name: tcp }', 'ExternalName')).toEqual([`IST0150 ${place}`]);
  expect(analyze('{ port: 80, name: web }', 'ClusterIP', 'kube-public')).toEqual([]);
});

test('Services of an installation and of controllers have the names that they have', () => {
  const labelled = (labels: string) =>
    service({ name: 'web' }, '{ ports: [{ port: 80, name: web }] }').replace(
      'namespace: default',
      `namespace: default, labels: ${labels}`,
    );
  const analyze = (labels: string) => analyzeText(portNameAnalyzer, labelled(labels));
  expect(analyze('{ istio: pilot }')).toEqual([]);
  expect(analyze('{ release: istio }')).toEqual([]);
  expect(analyze('{ gateway.istio.io/managed: istio.io-gateway-controller }')).toEqual([]);
  expect(analyze('{ gateway.istio.io/managed: somebody }')).toHaveLength(1);
});

test.each([
  ['{ ports: [{ port: 80 }] }', '{ type: ClusterIP, ports: [{ port: 80, protocol: TCP }] }', 0],
  ['{ ports: [{ port: 80 }] }', '{ ports: [{ port: 81 }] }', 1],
  ['{ clusterIP: None }', '{ clusterIP: 10.0.0.1 }', 1],
  ['{ type: NodePort }', '{}', 1],
  ['{ ports: [{ port: 80, targetPort: 8080 }] }', '{ ports: [{ port: 80, targetPort: 9090 }] }', 1],
])('a Service is the same in every cluster: %s and %s have %i differences', (a, b, count) => {
  const objects = [a, b].flatMap((spec, index) =>
    objectsOf(service({ name: 'web' }, spec), `cluster-${index}`),
  );
  const { issues } = analyzeSnapshot(objects, { analyzers: [multiClusterServiceAnalyzer] });
  expect(issues.map(({ code }) => code)).toEqual(Array.from({ length: count }, () => 'IST0170'));
});
