import { google, structFromJson } from '@istio-ts/xds-types';

/** What the proxy of a pod tells of its workload, as header value: a Struct in base64. */
export function peerMetadata(workload: string, namespace: string): string {
  const struct = structFromJson({
    NAME: `${workload}-6b8c-q7w2d`,
    NAMESPACE: namespace,
    WORKLOAD_NAME: workload,
    CLUSTER_ID: 'Kubernetes',
    LABELS: { app: workload, version: 'v1', 'service.istio.io/canonical-name': workload },
  });
  return Buffer.from(google.Struct.encode(struct).finish()).toString('base64');
}
