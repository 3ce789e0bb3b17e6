import { bytesField } from '../wire/protobuf.js';

/** Who a simulated proxy says it is. */
export interface ProxyIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly address: string;
}

/** The `index`-th proxy: spread over the namespaces, each with an address of its own. */
export function proxyIdentity(index: number, namespaces: readonly string[]): ProxyIdentity {
  const namespace = namespaces[index % namespaces.length] ?? 'default';
  const address = `10.${200 + Math.floor(index / 65_536)}.${Math.floor(index / 256) % 256}.${index % 256}`;
  return { name: `client-${index}`, namespace, address };
}

/** `envoy.config.core.v3.Node` of a sidecar, as Istio's agent states it. */
export function encodeNode({ name, namespace, address }: ProxyIdentity): Buffer {
  const metadata = {
    NAME: name,
    NAMESPACE: namespace,
    CLUSTER_ID: 'Kubernetes',
    ISTIO_VERSION: '1.31.0',
    INSTANCE_IPS: address,
    INTERCEPTION_MODE: 'REDIRECT',
    MESH_ID: 'cluster.local',
    SERVICE_ACCOUNT: 'default',
    WORKLOAD_NAME: 'client',
    LABELS: { app: 'client', version: 'v1' },
  };
  return Buffer.concat([
    bytesField(1, `sidecar~${address}~${name}.${namespace}~${namespace}.svc.cluster.local`),
    bytesField(2, `client.${namespace}`),
    bytesField(3, encodeStruct(metadata)),
    bytesField(6, 'envoy'),
  ]);
}

interface StructContent {
  readonly [key: string]: string | StructContent;
}

/** `google.protobuf.Struct` of texts and structs. */
function encodeStruct(content: StructContent): Buffer {
  const entries = Object.entries(content).map(([key, value]) => {
    const encoded = typeof value === 'string' ? bytesField(3, value) : bytesField(5, encodeStruct(value));
    return bytesField(1, Buffer.concat([bytesField(1, key), bytesField(2, encoded)]));
  });
  return Buffer.concat(entries);
}
