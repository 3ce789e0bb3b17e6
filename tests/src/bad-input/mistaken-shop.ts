/** A shop in whose manifests much is wrong; the names say what. By file. */
export const mistakenShop: Readonly<Record<string, string>> = {
  'services.yaml': `apiVersion: v1
kind: Namespace
metadata: { name: shop, labels: { istio-injection: enabled } }
---
apiVersion: v1
kind: Service
metadata: { name: catalog, namespace: shop }
spec: { ports: [{ name: http, port: 80 }] }
---
apiVersion: v1
kind: Service
metadata: { name: two-ports, namespace: shop }
spec: { ports: [{ name: http, port: 80 }, { name: http-admin, port: 8080 }] }
`,
  'routes.yaml': [
    route('unknown-host', '{ route: [{ destination: { host: nobody } }] }'),
    route('unknown-subset', '{ route: [{ destination: { host: catalog, subset: v9 } }] }'),
    route('no-port', '{ route: [{ destination: { host: two-ports } }] }'),
    route(
      'too-late',
      '{ route: [{ destination: { host: catalog } }] }, { route: [{ destination: { host: catalog } }] }',
    ),
    route(
      'odd-weights',
      '{ route: [{ destination: { host: catalog }, weight: 40 }, { destination: { host: catalog }, weight: 41 }] }',
    ),
    route('claims', '{ route: [{ destination: { host: catalog } }] }', 'hosts: [twice.example.com]'),
    route('claims-too', '{ route: [{ destination: { host: catalog } }] }', 'hosts: [twice.example.com]'),
  ].join('---\n'),
  'gateways.yaml': [
    gateway('front'),
    gateway('front-again'),
    route(
      'not-served',
      '{ route: [{ destination: { host: catalog } }] }',
      'hosts: [other.example.com], gateways: [front]',
    ),
    route(
      'no-gateway',
      '{ route: [{ destination: { host: catalog } }] }',
      'hosts: [shop.example.com], gateways: [frnot]',
    ),
  ].join('---\n'),
  'database.yaml': `apiVersion: networking.istio.io/v1
kind: ServiceEntry
metadata: { name: database, namespace: shop }
spec: { hosts: [db.example.com], resolution: DNS, ports: [{ number: 5432, name: tcp, protocol: TCP }] }
`,
  'rule.yaml': `apiVersion: networking.istio.io/v1
kind: DestinationRule
metadata: { name: ghost, namespace: shop }
spec: { host: ghost }
`,
  'field.yaml': route('wrong-field', '{ route: [{ destination: { host: catalog, subnet: v1 } }] }'),
  'kind.yaml': route('wrong-kind', '{}').replace('VirtualService', 'VirtualServce'),
  'syntax.yaml': 'kind: [',
};

/** A VirtualService of these HTTP rules. */
export function route(name: string, http: string, spec = `hosts: [${name}.example.com]`): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: ${name}, namespace: shop }
spec: { ${spec}, http: [${http}] }
`;
}

function gateway(name: string): string {
  return `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec:
  selector: { istio: ingressgateway }
  servers: [{ port: { number: 80, name: http, protocol: HTTP }, hosts: [shop.example.com] }]
`;
}
