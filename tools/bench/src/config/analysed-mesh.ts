import { parseResource, type Resource } from '@istio-ts/config-model';
import { invariant } from '@istio-ts/foundation';

const services = 1_200;
const namespaces = 50;
/** Objects of each service: Service, Deployment, three Pods, VirtualService, DestinationRule, AuthorizationPolicy. */
const perService = 8;
/** Objects of each namespace: Namespace, Gateway, Secret, PeerAuthentication, Sidecar, and ServiceEntries. */
const entriesPerNamespace = 3;

export const meshSize = services * perService + namespaces * (5 + entriesPerNamespace);

type Written = Readonly<Record<string, unknown>>;

/** A mesh as people have it, of 10,000 objects. What is wrong: the Secrets are empty, and a route in a hundred leads nowhere. */
export function analysedMesh(): readonly Resource[] {
  const written = [
    ...Array.from({ length: namespaces }, (_, index) => namespaceObjects(index)),
    ...Array.from({ length: services }, (_, index) => serviceObjects(index)),
  ].flat();
  return written.map((value) => {
    const parsed = parseResource(value, { source: 'bench', cluster: 'Kubernetes' });
    invariant(parsed.ok, `the mesh of the bench is well written: ${JSON.stringify(value)}`);
    return parsed.value;
  });
}

const namespaceOf = (index: number): string => `team-${index % namespaces}`;

const istio = (group: string, kind: string, place: Written, spec: Written): Written => ({
  apiVersion: `${group}.istio.io/v1`,
  kind,
  metadata: place,
  spec,
});

function namespaceObjects(index: number): readonly Written[] {
  const namespace = namespaceOf(index);
  const labels = { 'istio-injection': 'enabled' };
  const server = {
    port: { number: 8081, name: 'https', protocol: 'HTTPS' },
    hosts: [`*.${namespace}.example.com`],
    tls: { mode: 'SIMPLE', credentialName: 'site' },
  };
  return [
    { apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace, labels } },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 'site', namespace },
      type: 'kubernetes.io/tls',
      data: {},
    },
    istio(
      'networking',
      'Gateway',
      { name: 'site', namespace },
      { selector: { app: `service-${index}` }, servers: [server] },
    ),
    istio('security', 'PeerAuthentication', { name: 'default', namespace }, { mtls: { mode: 'STRICT' } }),
    istio('networking', 'Sidecar', { name: 'default', namespace }, { egress: [{ hosts: ['./*'] }] }),
    ...Array.from({ length: entriesPerNamespace }, (_, entry) => {
      const name = `partner-${index}-${entry}`;
      const ports = [{ number: 443, name: 'tls', protocol: 'TLS' }];
      const spec = { hosts: [`${name}.example.org`], ports, resolution: 'DNS' };
      return istio('networking', 'ServiceEntry', { name, namespace }, spec);
    }),
  ];
}

function serviceObjects(index: number): readonly Written[] {
  const name = `service-${index}`;
  const namespace = namespaceOf(index);
  const [labels, place] = [{ app: name }, { name, namespace }];
  const versions = ['v1', 'v1', 'v2'];
  const container = { name: 'app', image: 'app:1', ports: [{ containerPort: 8080 }] };
  const template = { metadata: { labels }, spec: { containers: [container] } };
  return [
    { apiVersion: 'v1', kind: 'Service', metadata: place, spec: { selector: labels, ports: servicePorts } },
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { ...place, labels },
      spec: { selector: { matchLabels: labels }, template },
    },
    ...versions.map((version, pod) => ({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name: `${name}-${pod}`, namespace, labels: { ...labels, version } },
      spec: { containers: [container, { name: 'istio-proxy', image: 'proxy:1' }] },
    })),
    istio('networking', 'VirtualService', place, routes(index)),
    istio('networking', 'DestinationRule', place, {
      host: name,
      subsets: ['v1', 'v2'].map((version) => ({ name: version, labels: { version } })),
    }),
    istio('security', 'AuthorizationPolicy', place, {
      selector: { matchLabels: labels },
      rules: [{ from: [{ source: { namespaces: [namespace] } }] }],
    }),
  ];
}

const servicePorts = [
  { name: 'http', port: 80, targetPort: 8080 },
  { name: 'http-status', port: 8081 },
];

function routes(index: number): Written {
  const [name, namespace] = [`service-${index}`, namespaceOf(index)];
  const subset = index % 100 === 0 ? 'v9' : 'v2';
  const to = (version: string): Written => ({
    destination: { host: name, subset: version, port: { number: 80 } },
  });
  return {
    hosts: [name, `${name}.${namespace}.example.com`],
    gateways: ['mesh', 'site'],
    http: [{ match: [{ uri: { prefix: '/new/' } }], route: [to(subset)] }, { route: [to('v1')] }],
  };
}
