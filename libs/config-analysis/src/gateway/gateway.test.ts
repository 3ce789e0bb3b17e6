import { expect, test } from 'vitest';
import { readClusterObject } from '../read-cluster-object.js';
import { analyzeSnapshot } from '../analyze-snapshot.js';
import { analyzeText, findIssues, objectsOf } from '../testing/analyze-text.js';
import { shortCertificate } from '../testing/certificates.js';
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

test('a Gateway is told of each other that has its certificate', () => {
  const named = (name: string) => gateway(name, '{ app: edge }', { port: 443, credential: 'cert' });
  const issues = findIssues(certificateAnalyzer, join(named('a'), named('b'), named('c')));
  expect(issues.map(({ args }) => args['gateways'])).toEqual([
    ['default/a', 'default/b'],
    ['default/a', 'default/c'],
    ['default/b', 'default/a'],
    ['default/b', 'default/c'],
    ['default/c', 'default/a'],
    ['default/c', 'default/b'],
  ]);
});

test('the credential is a Secret beside the pods of the gateway with a certificate and its key', () => {
  const secret = (namespace: string, fields: string) => `
apiVersion: v1
kind: Secret
metadata: { name: cert, namespace: ${namespace} }
${fields}`;
  const encoded = btoa(shortCertificate);
  const pair = `data: { tls.crt: ${encoded}, tls.key: aHVzaA== }`;
  const analyze = (...texts: readonly string[]) =>
    analyzeText(
      secretAnalyzer,
      join(gateway('web', '{ app: edge }', { port: 443, credential: 'cert' }), ...texts),
    );
  const place = 'Gateway/default/web spec.servers[0].tls.credentialName';
  expect(analyze(edge)).toEqual([`IST0101 ${place}`]);
  expect(analyze(edge, secret('default', pair))).toEqual([`IST0101 ${place}`]);
  expect(analyze(edge, secret('edge', pair))).toEqual([]);
  expect(analyze(edge, secret('edge', `data: { cert: ${encoded}, key: aHVzaA== }`))).toEqual([]);
  const invalid = [`IST0161 ${place}`];
  expect(analyze(edge, secret('edge', 'stringData: { tls.crt: hush, tls.key: hush }'))).toEqual(invalid);
  expect(analyze(edge, secret('edge', `data: { tls.crt: ${encoded} }`))).toEqual(invalid);
  expect(analyze(edge, secret('edge', `data: { tls.crt: ${encoded}, tls.key: "" }`))).toEqual(invalid);
  expect(analyze(edge, secret('edge', `data: { certificate: ${encoded}, key: aHVzaA== }`))).toEqual(invalid);
  expect(analyze()).toEqual(['IST0101 Gateway/default/web spec.selector']);
});

test('a certificate is valid at the time that it is', () => {
  const secret = `
apiVersion: v1
kind: Secret
metadata: { name: cert, namespace: edge }
data: { tls.crt: ${btoa(shortCertificate)}, tls.key: aHVzaA== }`;
  const web = gateway('web', '{ app: edge }', { port: 443, credential: 'cert' });
  const at = (nowMs: number) =>
    analyzeSnapshot(objectsOf(join(web, edge, secret)), {
      analyzers: [secretAnalyzer],
      settings: { nowMs: () => nowMs },
    }).issues.map(({ code, args }) => [code, args]);
  const invalid = [['IST0161', { gatewayName: 'web', gatewayNamespace: 'edge' }]];
  expect(at(Date.UTC(2027, 0))).toEqual([]);
  expect(at(Date.UTC(2026, 0))).toEqual(invalid);
  expect(at(Date.UTC(2028, 0))).toEqual(invalid);
});

test('two Gateways conflict where they claim the same host and port of the same pods', () => {
  const analyze = (...texts: readonly string[]) =>
    analyzeText(conflictingGatewayAnalyzer, join(...texts)).map((line) => line.split(' ')[1]);
  const a = gateway('a', '{ app: edge }', { host: 'www.example.com' });
  const both = ['Gateway/default/a', 'Gateway/default/b'];
  const b = (selector: string, server: Server = {}) =>
    gateway('b', selector, { host: 'www.example.com', ...server });
  expect(analyze(a, b('{ app: edge }'))).toEqual(both);
  expect(analyze(a, b('{ app: edge }', { host: '*.example.com' }))).toEqual([]);
  expect(analyze(a, b('{ app: edge }', { host: 'api.example.com' }))).toEqual([]);
  expect(analyze(a, b('{ app: edge }', { port: 81 }))).toEqual([]);
  const shared = pod({ name: 'both' }, '{ app: edge, zone: a }');
  expect(analyze(a, b('{ app: edge, zone: a }'))).toEqual([]);
  expect(analyze(a, b('{ app: edge, zone: a }'), shared)).toEqual(both);
  expect(analyze(a, b('{ zone: a }'), shared)).toEqual([]);
});

test('hosts for different namespaces, or on different addresses, do not meet', () => {
  const analyze = (a: string, b: string) =>
    analyzeText(
      conflictingGatewayAnalyzer,
      join(gateway('a', '{}', { host: a }), gateway('b', '{}', { host: b })),
    );
  expect(analyze('one/www.example.com', 'two/www.example.com')).toEqual([]);
  expect(analyze('one/www.example.com', 'one/www.example.com')).toHaveLength(2);
  const bound = (name: string, bind: string) =>
    istio(
      'Gateway',
      { name },
      `{ servers: [{ port: { number: 80, name: web, protocol: HTTP }, hosts: ["*"], bind: ${bind} }] }`,
    );
  const claiming = (a: string, b: string) =>
    analyzeText(conflictingGatewayAnalyzer, join(bound('a', a), bound('b', b)));
  expect(claiming('10.0.0.1', '10.0.0.2')).toEqual([]);
  expect(claiming('10.0.0.1', '10.0.0.1')).toHaveLength(2);
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
  const [old] = findIssues(crdVersionAnalyzer, '', definition('tlsroutes', 'v1.4'));
  expect(old?.args).toMatchObject({ installedVersion: '1.4.0', minimumVersion: '1.5.0' });
  expect(analyzeText(crdVersionAnalyzer, '', definition('tlsroutes', 'v1.4.1'))).toHaveLength(1);
  expect(analyzeText(crdVersionAnalyzer, '', definition('tlsroutes', 'recent'))).toEqual([]);
  expect(analyzeText(crdVersionAnalyzer, '', definition('tlsroutes', 'v1.5.0-rc.1'))).toEqual([]);
  expect(analyzeText(crdVersionAnalyzer, '', definition('httproutes', 'v0.1.0'))).toEqual([]);
});
