import { createBootstrap } from '@istio-ts/proxy-agent/bootstrap';
import tags from '@istio-ts/wasm-filters/stats-tags.json' with { type: 'json' };
import type { JsonObject } from '@istio-ts/xds-types';
import { nodeId, type Pod } from './shop.js';

/** The bootstrap that the agent writes, with static resources and an admin port in the place of istiod's stream. */
export function proxyBootstrap(pod: Pod, resources: JsonObject, adminPort: number): JsonObject {
  const {
    dynamic_resources: _streams,
    static_resources: _own,
    ...rest
  } = createBootstrap({
    nodeId: nodeId(pod),
    env: {
      POD_NAME: pod.name,
      POD_NAMESPACE: pod.namespace,
      ISTIO_META_CLUSTER_ID: 'Kubernetes',
      ISTIO_META_WORKLOAD_NAME: pod.workload,
      ISTIO_META_MESH_ID: 'cluster.local',
    },
    labels: {
      app: pod.workload,
      version: 'v1',
      'service.istio.io/canonical-name': pod.workload,
      'service.istio.io/canonical-revision': 'v1',
    },
    annotations: {},
    proxyConfig: {},
    instanceIps: [pod.address],
    istioVersion: '1.29.0',
    prometheusPort: 15090,
    statusPort: 15021,
    identitySocket: 'socket',
    pilotSubjectAltNames: [],
    wasmStatsTags: tags,
    bindAddress: pod.address,
    loopback: pod.address,
    exitOnZeroActiveConnections: false,
  });
  return {
    ...rest,
    admin: { address: { socket_address: { address: '127.0.0.1', port_value: adminPort } } },
    static_resources: resources,
  };
}
