import type { KindName } from '../kinds.js';
import type { Resource } from '../resource.js';
import { renderAge } from './age.js';
import { podReady, podRestarts, podStatus } from './pod-columns.js';
import {
  endpointAddresses,
  externalIp,
  none,
  servicePorts,
  sliceAddresses,
  slicePorts,
} from './service-columns.js';

/** One column of `kubectl get`: its header, and the text for a resource at a time. */
export interface PrinterColumn<K extends KindName = KindName> {
  readonly header: string;
  readonly value: (resource: Resource<K>, nowMs: number) => string;
}

const name: PrinterColumn = { header: 'NAME', value: ({ metadata }) => metadata.name };
const age: PrinterColumn = {
  header: 'AGE',
  value: ({ metadata: { creationTimestampMs } }, nowMs) =>
    creationTimestampMs === undefined ? '<unknown>' : renderAge(nowMs - creationTimestampMs),
};

type Table = { readonly [K in KindName]?: readonly PrinterColumn<K>[] };

/** The columns between NAME and AGE, or all where AGE is not the last. Istio's are those of its CRDs. */
const columns: Table = {
  VirtualService: [
    name,
    { header: 'GATEWAYS', value: ({ spec }) => list(spec.gateways) },
    { header: 'HOSTS', value: ({ spec }) => list(spec.hosts) },
    age,
  ],
  DestinationRule: [name, { header: 'HOST', value: ({ spec }) => spec.host }, age],
  ServiceEntry: [
    name,
    { header: 'HOSTS', value: ({ spec }) => list(spec.hosts) },
    { header: 'LOCATION', value: ({ spec }) => spec.location ?? '' },
    { header: 'RESOLUTION', value: ({ spec }) => spec.resolution ?? '' },
    age,
  ],
  WorkloadEntry: [name, age, { header: 'ADDRESS', value: ({ spec }) => spec.address ?? '' }],
  PeerAuthentication: [name, { header: 'MODE', value: ({ spec }) => spec.mtls?.mode ?? '' }, age],
  AuthorizationPolicy: [name, { header: 'ACTION', value: ({ spec }) => spec.action ?? '' }, age],
  Namespace: [name, { header: 'STATUS', value: () => 'Active' }, age],
  Service: [
    name,
    { header: 'TYPE', value: ({ spec }) => spec.type ?? 'ClusterIP' },
    { header: 'CLUSTER-IP', value: ({ spec }) => spec.clusterIP ?? none },
    { header: 'EXTERNAL-IP', value: externalIp },
    { header: 'PORT(S)', value: servicePorts },
    age,
  ],
  Endpoints: [name, { header: 'ENDPOINTS', value: endpointAddresses }, age],
  EndpointSlice: [
    name,
    { header: 'ADDRESSTYPE', value: ({ spec }) => spec.addressType ?? '' },
    { header: 'PORTS', value: slicePorts },
    { header: 'ENDPOINTS', value: sliceAddresses },
    age,
  ],
  Pod: [
    name,
    { header: 'READY', value: podReady },
    { header: 'STATUS', value: podStatus },
    { header: 'RESTARTS', value: podRestarts },
    age,
  ],
  Deployment: [
    name,
    {
      header: 'READY',
      value: ({ spec, status }) => `${status?.readyReplicas ?? 0}/${spec.replicas ?? 1}`,
    },
    { header: 'UP-TO-DATE', value: ({ status }) => String(status?.updatedReplicas ?? 0) },
    { header: 'AVAILABLE', value: ({ status }) => String(status?.availableReplicas ?? 0) },
    age,
  ],
  ConfigMap: [
    name,
    { header: 'DATA', value: ({ spec }) => String(count(spec.data) + count(spec.binaryData)) },
    age,
  ],
  Secret: [
    name,
    { header: 'TYPE', value: ({ spec }) => spec.type ?? 'Opaque' },
    {
      header: 'DATA',
      value: ({ spec }) => String(new Set([...keys(spec.data), ...keys(spec.stringData)]).size),
    },
    age,
  ],
};

const plain: readonly PrinterColumn[] = [name, age];

/** The columns in which `kubectl get` shows a kind. */
export function printerColumns<K extends KindName>(kind: K): readonly PrinterColumn<K>[] {
  return columns[kind] ?? plain;
}

/** A list as kubectl prints one. */
function list(items: readonly string[] | undefined): string {
  return items === undefined ? '' : JSON.stringify(items);
}

function keys(map: Readonly<Record<string, string>> | undefined): readonly string[] {
  return Object.keys(map ?? {});
}

function count(map: Readonly<Record<string, string>> | undefined): number {
  return keys(map).length;
}
