import { expect, test } from 'vitest';
import { findIssues } from '../testing/analyze-text.js';
import { localhostListenersAnalyzer, type ListeningSocket } from './localhost-listeners.js';

const pod = (more = '', proxy = 'istio-proxy') => `
apiVersion: v1
kind: Pod
metadata: { name: web-1, namespace: shop, labels: { app: web } }
spec:
  containers:
  - { name: web, ports: [{ name: admin, containerPort: 9000 }] }
  - { name: ${proxy} }
${more}
`;
const service = (ports: string) => `---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web }, ports: [${ports}] }
`;
const local = (port: number): ListeningSocket => ({ port, isLocal: true });
const open = (port: number): ListeningSocket => ({ port, isLocal: false });
const analyze = (text: string, ...sockets: readonly ListeningSocket[]) =>
  findIssues(
    localhostListenersAnalyzer(() => sockets),
    text,
  ).map(({ code, args }) => `${code} ${String(args['port'])}`);

test('an application has to listen on more than localhost for the ports of its Services', () => {
  const text =
    pod() + service('{ name: http, port: 80, targetPort: 8080 }, { name: b, port: 90, targetPort: admin }');
  expect(analyze(text, local(8080), local(9000))).toEqual(['IST0143 8080', 'IST0143 9000']);
  expect(analyze(text, local(8080), open(8080), open(9000), local(80))).toEqual([]);
  expect(analyze(text)).toEqual([]);
  expect(analyze(pod() + service('{ name: http, port: 80 }'), local(80))).toEqual(['IST0143 80']);
  expect(analyze(pod() + service('{ name: dns, port: 53, protocol: UDP }'), local(53))).toEqual([]);
});

test('pods without a proxy, and those without a network of their own, are not judged', () => {
  const ports = service('{ name: http, port: 80 }');
  expect(analyze(pod('', 'other') + ports, local(80))).toEqual([]);
  expect(analyze(pod('status: { podIP: 127.8.0.4 }') + ports, local(80))).toEqual([]);
  expect(analyze(pod('status: { podIP: 10.0.0.4 }') + ports, local(80))).toEqual(['IST0143 80']);
});

test('where a Sidecar has the proxy send requests to localhost, that is right', () => {
  const sidecar = (labels: string) => `---
apiVersion: networking.istio.io/v1
kind: Sidecar
metadata: { name: web, namespace: shop }
spec:
  workloadSelector: { labels: ${labels} }
  ingress: [{ port: { number: 80, name: http, protocol: HTTP }, defaultEndpoint: "127.0.0.1:80" }]
  egress: [{ hosts: ["*/*"] }]
`;
  const text = pod() + service('{ name: http, port: 80 }');
  expect(analyze(text + sidecar('{ app: web }'), local(80))).toEqual([]);
  expect(analyze(text + sidecar('{ app: other }'), local(80))).toHaveLength(1);
});
