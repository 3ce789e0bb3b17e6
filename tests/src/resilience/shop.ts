/** Seconds that certificates of proxies live. */
export function meshSettings(certificateSeconds: number): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: istio, namespace: istio-system }
data:
  mesh: |
    defaultConfig:
      proxyMetadata:
        SECRET_TTL: ${certificateSeconds}s
`;
}

function workload(name: string, version: string, more: { replicas?: number; calls?: string } = {}): string {
  const calls = more.calls === undefined ? '' : `, { name: UPSTREAM_URIS, value: '${more.calls}' }`;
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}-${version}, namespace: shop }
spec:
  replicas: ${more.replicas ?? 1}
  selector: { matchLabels: { app: ${name}, version: ${version} } }
  template:
    metadata: { labels: { app: ${name}, version: ${version} } }
    spec:
      containers:
        - name: app
          image: nicholasjackson/fake-service
          env: [{ name: NAME, value: ${name}-${version} }, { name: LISTEN_ADDR, value: '0.0.0.0:9090' }${calls}]
          ports: [{ containerPort: 9090 }]
`;
}

function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: { selector: { app: ${name} }, ports: [{ name: http, port: 80, targetPort: 9090 }] }
`;
}

const namespace = `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
`;

/** A bare Pod: no deployment of an agent replaces it, so that what calls from it stays what it is. */
const client = `apiVersion: v1
kind: Pod
metadata: { name: client, namespace: shop, labels: { app: client } }
spec: { containers: [{ name: app, image: curlimages/curl }] }
`;

/** The way from outside, strict mutual TLS inside, and the rules that tests edit. */
const gateway = `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example] }]
---
apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: edge, namespace: shop }
spec:
  hosts: [shop.example]
  gateways: [edge]
  http: [{ route: [{ destination: { host: front } }] }]
---
apiVersion: security.istio.io/v1
kind: PeerAuthentication
metadata: { name: default, namespace: istio-system }
spec: { mtls: { mode: STRICT } }
`;

/** client → back, and from outside: gateway → front → back; `other` is called by nobody. */
export const shop: Readonly<Record<string, string>> = {
  'namespace.yaml': namespace,
  'client.yaml': client,
  'front.yaml': [workload('front', 'v1', { calls: 'http://back' }), service('front')].join('---\n'),
  'back.yaml': [workload('back', 'v1', { replicas: 2 }), service('back')].join('---\n'),
  'other.yaml': [workload('other', 'v1'), service('other')].join('---\n'),
  'edge.yaml': gateway,
  'back-rule.yaml': destinationRule([0]),
  'back-route.yaml': backRoute(0),
};

/** Subsets by number: all of them are the pods of version v1, so that only the rules differ. */
export function destinationRule(subsets: readonly number[]): string {
  const lines = subsets.map((subset) => `    - { name: s${subset}, labels: { version: v1 } }`);
  return `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: back, namespace: shop }
spec:
  host: back
  subsets:
${lines.join('\n')}
`;
}

/**
 * A route by a pattern that nothing is wrong with, and that comes to more in an Envoy's library for patterns than an Envoy
 * takes. Calls would fail if one took it nevertheless.
 */
export function tooLargeRoute(edit: number): string {
  const colours = '(?:red|green|blue|black|white|yellow|orange|purple|,){1,1000}';
  const match = `match: [{ headers: { x-colours: { regex: '${colours}' } } }, { withoutHeaders: { x-colours: {} } }]`;
  const fail = 'fault: { abort: { httpStatus: 418, percentage: { value: 100 } } }';
  const route = `    - { ${match}, ${fail}, route: [{ destination: { host: back } }] }`;
  return backRoute(edit).replace('  http:\n', `  http:\n${route}\n`);
}

/** Everything to one subset; the answer says which edit routed it. */
export function backRoute(edit: number): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: back, namespace: shop }
spec:
  hosts: [back]
  http:
    - route: [{ destination: { host: back, subset: s${edit} } }]
      headers: { response: { set: { x-edit: '${edit}' } } }
`;
}
