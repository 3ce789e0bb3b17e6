import type { JsonObject } from '@istio-ts/xds-types';
import { createNodeMetadata, readLabels, type NodeInput } from '../pod/node-metadata.js';
import { stringField } from '../pod/proxy-config.js';
import { present } from './protobuf-json.js';

/** `sidecar~10.1.2.3~webapp-1.default~default.svc.cluster.local` */
export function renderNodeId(node: {
  readonly type: string;
  readonly ip: string;
  readonly pod: string;
  readonly namespace: string;
  readonly domain: string;
}): string {
  return [node.type, node.ip, `${node.pod}.${node.namespace}`, node.domain].join('~');
}

export function createNode(id: string, input: NodeInput): JsonObject {
  const labels = readLabels(input);
  return {
    id,
    cluster: serviceCluster(input, labels),
    locality: locality(labels),
    metadata: createNodeMetadata(input),
  };
}

/** Istio's default name: `<label app, else workload>.<namespace>`, unless the configuration names another one. */
function serviceCluster({ env, proxyConfig }: NodeInput, labels: JsonObject): string {
  const configured = stringField(proxyConfig, 'serviceCluster') ?? 'istio-proxy';
  const namespace = env['POD_NAMESPACE'];
  if (configured !== 'istio-proxy' || namespace === undefined) return configured;
  const app = stringField(labels, 'app') ?? env['ISTIO_META_WORKLOAD_NAME'] ?? configured;
  return `${app}.${namespace}`;
}

function locality(labels: JsonObject): JsonObject {
  const [region, zone, subZone] = (stringField(labels, 'istio-locality') ?? '').split('/');
  const known = (part: string | undefined): string | undefined => (part === '' ? undefined : part);
  return present({ region: known(region), zone: known(zone), sub_zone: known(subZone) });
}
