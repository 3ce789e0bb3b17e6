import { parseManifests, resourceKey } from '@istio-ts/config-model';
import { invariant, hasErrors, renderIssue } from '@istio-ts/foundation';
import type { ProxyIr, ProxyNode } from '@istio-ts/mesh-ir';
import { defaultMeshSettings, nextSnapshot, resolveProxy, type MeshSettings } from '@istio-ts/mesh-model';

/** Addresses on the loopback: the pod of the server needs one of its own. */
export const clientAddress = '127.0.0.1';
export const serverAddress = '127.0.0.2';
export const trustDomain = 'cluster.local';

/** A pod of the mesh, as far as its proxy says who it is. */
export interface Pod {
  readonly name: string;
  readonly namespace: string;
  readonly workload: string;
  readonly address: string;
}

export const webapp: Pod = {
  name: 'webapp-6b8c-q7w2d',
  namespace: 'web',
  workload: 'webapp',
  address: clientAddress,
};
export const catalog: Pod = {
  name: 'catalog-5d9c-x2x7p',
  namespace: 'shop',
  workload: 'catalog',
  address: serverAddress,
};

/** The host that the client calls. */
export const catalogHost = 'catalog.shop.svc.cluster.local';

export interface ShopPorts {
  /** Where the server's proxy takes calls: the port of its pod. */
  readonly server: number;
  /** Where the application behind it answers. */
  readonly application: number;
}

/** What istiod says to both proxies; without a metrics provider it says nothing of statistics. */
export function resolveShop(
  ports: ShopPorts,
  stats: boolean,
): { readonly client: ProxyIr; readonly server: ProxyIr } {
  const { resources, issues } = parseManifests(manifests(ports), {
    file: 'shop.yaml',
    source: 'bench',
    cluster: 'Kubernetes',
  });
  invariant(!hasErrors(issues), issues.map(renderIssue).join('\n'));
  const changes = resources.map((after) => ({ key: resourceKey(after), after }));
  const settings: MeshSettings = {
    ...defaultMeshSettings,
    http: { ...defaultMeshSettings.http, stats },
  };
  const snapshot = nextSnapshot(undefined, { changes, reasons: ['start'] }, settings);
  return {
    client: resolveProxy(snapshot, nodeOf(webapp)),
    server: resolveProxy(snapshot, {
      ...nodeOf(catalog),
      interception: 'none',
      bindAddress: serverAddress,
      applicationPorts: { [ports.server]: ports.application },
    }),
  };
}

export function nodeId({ name, namespace, address }: Pod): string {
  return `sidecar~${address}~${name}.${namespace}~${namespace}.svc.cluster.local`;
}

function nodeOf(pod: Pod): ProxyNode {
  return {
    id: nodeId(pod),
    type: 'sidecar',
    ipAddresses: [pod.address],
    name: pod.name,
    namespace: pod.namespace,
    serviceAccount: pod.workload,
    labels: { app: pod.workload },
    dnsDomain: `${pod.namespace}.svc.cluster.local`,
    clusterId: 'Kubernetes',
    network: '',
    locality: { region: '', zone: '', subzone: '' },
    istioVersion: '1.29.0',
    interception: 'redirect',
    httpProxyPort: undefined,
    bindAddress: '0.0.0.0',
    applicationPorts: {},
    unprivileged: false,
  };
}

/** A service with one pod. */
function manifests({ server }: ShopPorts): string {
  return `
apiVersion: v1
kind: Service
metadata: { name: catalog, namespace: shop }
spec:
  clusterIP: 10.96.0.10
  selector: { app: catalog }
  ports: [{ name: http, port: 80, targetPort: ${server} }]
---
apiVersion: v1
kind: Pod
metadata:
  name: ${catalog.name}
  namespace: shop
  labels: { app: catalog, security.istio.io/tlsMode: istio }
spec: { serviceAccountName: catalog, containers: [{ name: catalog }] }
status: { phase: Running, podIP: ${serverAddress} }
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: catalog, namespace: shop, labels: { kubernetes.io/service-name: catalog } }
addressType: IPv4
ports: [{ name: http, port: ${server} }]
endpoints: [{ addresses: [${serverAddress}], targetRef: { kind: Pod, name: ${catalog.name} } }]
`;
}
