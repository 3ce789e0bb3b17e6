import { stringify } from 'yaml';

/** Objects as a decoder gives them: VirtualServices that use what people use. */
export function decodedVirtualServices(count: number, routes: number): readonly object[] {
  return Array.from({ length: count }, (_, index) => virtualService(`service-${index}`, routes));
}

/** The same as one YAML text a service. */
export function virtualServiceTexts(count: number, routes: number): readonly string[] {
  return decodedVirtualServices(count, routes).map((object) =>
    stringify(object, { aliasDuplicateObjects: false }),
  );
}

function virtualService(name: string, routes: number): object {
  return {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name, namespace: 'bench', labels: { app: name } },
    spec: {
      hosts: [`${name}.bench.svc.cluster.local`, `${name}.example.com`],
      gateways: ['mesh', 'istio-ingress/public'],
      http: Array.from({ length: routes }, (_, index) => route(name, index)),
    },
  };
}

function route(name: string, index: number): object {
  const destination = { host: `${name}.bench.svc.cluster.local`, port: { number: 8080 } };
  return {
    name: `route-${index}`,
    match: [{ uri: { prefix: `/part-${index}/` }, headers: { 'x-version': { exact: `v${index}` } } }],
    rewrite: { uri: '/' },
    timeout: '5s',
    retries: { attempts: 3, perTryTimeout: '1s', retryOn: '5xx,connect-failure' },
    headers: { request: { set: { 'x-route': `route-${index}` } } },
    route: [
      { destination: { ...destination, subset: 'v1' }, weight: 90 },
      { destination: { ...destination, subset: 'v2' }, weight: 10 },
    ],
  };
}
