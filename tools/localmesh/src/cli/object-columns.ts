import { listAt, numberAt, recordAt, textAt, textsAt, valueAt } from '../store/json-record.js';
import type { KubeObject } from '../store/kube-object.js';

/** A column of `get`: its header, and what stands there for an object. */
export interface Column {
  readonly header: string;
  readonly cell: (object: KubeObject) => string;
}

const specLists = (header: string, field: string): Column => ({
  header,
  cell: (object) => jsonList(valueAt(object, 'spec', field)),
});
const specText = (header: string, ...path: readonly string[]): Column => ({
  header,
  cell: (object) => textAt(object, 'spec', ...path) ?? '',
});

/** The columns of each kind between NAME and AGE: those that Istio's and Kubernetes' own definitions print. */
const columns: Readonly<Record<string, readonly Column[]>> = {
  VirtualService: [specLists('GATEWAYS', 'gateways'), specLists('HOSTS', 'hosts')],
  DestinationRule: [specText('HOST', 'host')],
  ServiceEntry: [
    specLists('HOSTS', 'hosts'),
    specText('LOCATION', 'location'),
    specText('RESOLUTION', 'resolution'),
  ],
  WorkloadEntry: [specText('ADDRESS', 'address')],
  PeerAuthentication: [specText('MODE', 'mtls', 'mode')],
  AuthorizationPolicy: [specText('ACTION', 'action')],
  Namespace: [{ header: 'STATUS', cell: () => 'Active' }],
  Node: [{ header: 'STATUS', cell: () => 'Ready' }],
  Secret: [
    { header: 'TYPE', cell: (object) => textAt(object, 'type') ?? 'Opaque' },
    { header: 'DATA', cell: (object) => String(Object.keys(recordAt(object, 'data')).length) },
  ],
  ConfigMap: [{ header: 'DATA', cell: (object) => String(Object.keys(recordAt(object, 'data')).length) }],
  Deployment: [
    {
      header: 'READY',
      cell: (object) =>
        `${String(numberAt(object, 'status', 'readyReplicas') ?? 0)}/${String(numberAt(object, 'spec', 'replicas') ?? 1)}`,
    },
  ],
  Service: [
    { header: 'TYPE', cell: (object) => textAt(object, 'spec', 'type') ?? 'ClusterIP' },
    { header: 'CLUSTER-IP', cell: (object) => textAt(object, 'spec', 'clusterIP') ?? '<none>' },
    {
      header: 'EXTERNAL-IP',
      cell: (object) => (textAt(object, 'spec', 'type') === 'LoadBalancer' ? 'localhost' : '<none>'),
    },
    { header: 'PORT(S)', cell: servicePorts },
  ],
  Pod: [
    { header: 'READY', cell: readyContainers },
    { header: 'STATUS', cell: podStatus },
    { header: 'RESTARTS', cell: restarts },
    { header: 'IP', cell: (object) => textAt(object, 'status', 'podIP') ?? '<none>' },
  ],
};

export function columnsOf(kind: string): readonly Column[] {
  return columns[kind] ?? [];
}

export function labelText(object: KubeObject): string {
  const labels = Object.entries(textsAt(object, 'metadata', 'labels')).map(
    ([key, value]) => `${key}=${value}`,
  );
  return labels.length === 0 ? '<none>' : labels.join(',');
}

/** `["a","b"]` as the API server prints arrays of a printer column; nothing for an absent one. */
function jsonList(value: unknown): string {
  return Array.isArray(value) ? JSON.stringify(value) : '';
}

function servicePorts(object: KubeObject): string {
  const ports = listAt(object, 'spec', 'ports');
  const texts = ports.map(
    (port) => `${String(numberAt(port, 'port') ?? '')}/${textAt(port, 'protocol') ?? 'TCP'}`,
  );
  return texts.length === 0 ? '<none>' : texts.join(',');
}

function containerStatuses(object: KubeObject): readonly unknown[] {
  return listAt(object, 'status', 'containerStatuses');
}

function readyContainers(object: KubeObject): string {
  const statuses = containerStatuses(object);
  const ready = statuses.filter((status) => valueAt(status, 'ready') === true).length;
  return `${String(ready)}/${String(statuses.length)}`;
}

function restarts(object: KubeObject): string {
  const counts = containerStatuses(object).map((status) => numberAt(status, 'restartCount') ?? 0);
  return String(counts.reduce((sum, count) => sum + count, 0));
}

function podStatus(object: KubeObject): string {
  const waiting = containerStatuses(object).map((status) => textAt(status, 'state', 'waiting', 'reason'));
  return waiting.find((reason) => reason !== undefined) ?? textAt(object, 'status', 'phase') ?? 'Pending';
}
