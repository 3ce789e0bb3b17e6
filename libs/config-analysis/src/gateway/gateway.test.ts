import { expect, test } from 'vitest';
import { readClusterObject } from '../read-cluster-object.js';
import { analyzeText } from '../testing/analyze-text.js';
import { istio, join, pod, service } from '../testing/manifests.js';
import { certificateAnalyzer } from './certificate.js';
import { conflictingGatewayAnalyzer } from './conflicting-gateway.js';
import { crdVersionAnalyzer } from './crd-version.js';
import { ingressGatewayPortAnalyzer } from './ingress-gateway-port.js';
import { policySelectorAnalyzer } from './policy-selector.js';
import { secretAnalyzer } from './secret.js';

interface Server {
  readonly port?: number;
  readonly host?: string;
  readonly credential?: string;
}

function gateway(name: string, selector: string, { port = 80, host = '*', credential }: Server = {}): string {
  const tls = credential === undefined ? '' : `, tls: { mode: SIMPLE, credentialName: ${credential} }`;
  const protocol = credential === undefined ? 'HTTP' : 'HTTPS';
  const server = `{ port: { number: ${port}, name: web, protocol: ${protocol} }, hosts: ["${host}"]${tls} }`;
  return istio('Gateway', { name }, `{ selector: ${selector}, servers: [${server}] }`);
}

const edge = pod({ name: 'edge-1', namespace: 'edge' }, '{ app: edge }');

test('a Gateway needs pods, and its port has to be on their Service, by either number', () => {
  const ports = '{ selector: { app: edge }, ports: [{ port: 80, targetPort: 8080 }] }';
  const inNamespace = (namespace: string) => service({ name: 'edge', namespace }, ports);
  const analyze = (port: number, ...texts: readonly string[]) =>
    analyzeText(ingressGatewayPortAnalyzer, join(gateway('web', '{ app: edge }', { port }), ...texts));
  const notThere = ['IST0162 Gateway/default/web spec.servers[0].port.number'];
  expect(analyze(80)).toEqual(['IST0101 Gateway/default/web spec.selector']);
  expect(analyze(80, edge, inNamespace('edge'))).toEqual([]);
  expect(analyze(8080, edge, inNamespace('edge'))).toEqual([]);
  expect(analyze(443, edge, inNamespace('edge'))).toEqual(notThere);
  expect(analyze(80, edge, inNamespace('other'))).toEqual(notThere);
});

test('of two Gateways with one certificate the one with the wider selector is told', () => {
  const wide = gateway('wide', '{ app: edge }', { port: 443, credential: 'cert' });
  const narrow = gateway('narrow', '{ app: edge, zone: a }', { port: 443, credential: 'cert' });
  const other = gateway('other', '{ app: edge }', { port: 443, credential: 'another' });
  expect(analyzeText(certificateAnalyzer, join(wide, narrow, other))).toEqual([
    'IST0138 Gateway/default/wide spec.servers',
  ]);
});

test('the credential is a Secret beside the pods of the gateway with a certificate and its key', () => {
  const secret = (namespace: string, fields: string) => `
apiVersion: v1
kind: Secret
metadata: { name: cert, namespace: ${namespace} }
stringData: ${fields}`;
  const begin = '-----BEGIN ';
  const pair = `{ tls.crt: "${begin}CERTIFICATE-----", tls.key: "${begin}EC PRIVATE KEY-----" }`;
  const analyze = (...texts: readonly string[]) =>
    analyzeText(
      secretAnalyzer,
      join(gateway('web', '{ app: edge }', { port: 443, credential: 'cert' }), ...texts),
    );
  const place = 'Gateway/default/web spec.servers[0].tls.credentialName';
  expect(analyze(edge)).toEqual([`IST0101 ${place}`]);
  expect(analyze(edge, secret('default', pair))).toEqual([`IST0101 ${place}`]);
  expect(analyze(edge, secret('edge', pair))).toEqual([]);
  expect(analyze(edge, secret('edge', '{ tls.crt: hush, tls.key: hush }'))).toEqual([`IST0161 ${place}`]);
  expect(analyze()).toEqual(['IST0101 Gateway/default/web spec.selector']);
});

test('two Gateways conflict where port, hosts and pods of both meet', () => {
  const analyze = (...texts: readonly string[]) =>
    analyzeText(conflictingGatewayAnalyzer, join(...texts)).map((line) => line.split(' ')[1]);
  const a = gateway('a', '{ app: edge }', { host: 'www.example.com' });
  const both = ['Gateway/default/a', 'Gateway/default/b'];
  expect(analyze(a, gateway('b', '{ app: edge }', { host: '*.example.com' }))).toEqual(both);
  expect(analyze(a, gateway('b', '{ app: edge }', { host: 'api.example.com' }))).toEqual([]);
  expect(analyze(a, gateway('b', '{ app: edge }', { host: '*.example.com', port: 81 }))).toEqual([]);
  expect(analyze(a, gateway('b', '{ app: edge, zone: a }'))).toEqual(both);
  expect(analyze(a, gateway('b', '{ zone: a }'))).toEqual([]);
  expect(analyze(a, gateway('b', '{ zone: a }'), pod({ name: 'both' }, '{ app: edge, zone: a }'))).toEqual(
    both,
  );
});

test('hosts that are offered to different namespaces do not meet', () => {
  const analyze = (a: string, b: string) =>
    analyzeText(
      conflictingGatewayAnalyzer,
      join(gateway('a', '{}', { host: a }), gateway('b', '{}', { host: b })),
    );
  expect(analyze('one/www.example.com', 'two/www.example.com')).toEqual([]);
  expect(analyze('one/www.example.com', '*/www.example.com')).toHaveLength(2);
});

test('a policy that selects the pods of a Kubernetes Gateway by labels is told to use a reference', () => {
  const label = 'gateway.networking.k8s.io/gateway-name';
  const policy = (rest: string) => istio('AuthorizationPolicy', { name: 'policy' }, `{ ${rest} }`);
  const analyze = (rest: string) =>
    analyzeText(
      policySelectorAnalyzer,
      join(policy(rest), pod({ name: 'web-1' }, `{ ${label}: web, app: gw }`)),
    );
  expect(analyze(`selector: { matchLabels: { app: gw } }`)).toEqual([
    'IST0166 AuthorizationPolicy/default/policy spec.selector',
  ]);
  expect(analyze(`targetRefs: [{ kind: Gateway, group: gateway.networking.k8s.io, name: web }]`)).toEqual([]);
  expect(analyze('selector: { matchLabels: { app: other } }')).toEqual([]);
});

test('a kind of the Gateway API is compared with the version from which on it is read', () => {
  const definition = (plural: string, version: string) => {
    const name = `${plural}.gateway.networking.k8s.io`;
    const annotations = { 'gateway.networking.k8s.io/bundle-version': version };
    const value = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name, annotations },
    };
    const object = readClusterObject(value, { source: 'test', cluster: 'Kubernetes' });
    return object === undefined ? [] : [object];
  };
  expect(analyzeText(crdVersionAnalyzer, '', definition('tlsroutes', 'v1.4.1'))).toHaveLength(1);
  expect(analyzeText(crdVersionAnalyzer, '', definition('tlsroutes', 'v1.5.0-rc.1'))).toEqual([]);
  expect(analyzeText(crdVersionAnalyzer, '', definition('httproutes', 'v0.1.0'))).toEqual([]);
});
