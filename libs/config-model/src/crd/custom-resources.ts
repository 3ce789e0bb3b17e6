import type { KindName } from '../kinds.js';

/** A column that `kubectl get` shows of a kind. */
export interface Column {
  readonly name: string;
  readonly type: 'string' | 'date';
  readonly jsonPath: string;
  readonly description: string;
}

/** What the CRD of a kind says beside its schema and the table of kinds. */
export interface CustomResource {
  readonly kind: KindName;
  /** The version in which objects are stored; the newest where absent. */
  readonly storage?: string;
  /** None: kubectl shows name and age. */
  readonly columns?: readonly Column[];
}

const age: Column = {
  name: 'Age',
  type: 'date',
  jsonPath: '.metadata.creationTimestamp',
  description: 'Time since the object was created.',
};

function column(name: string, jsonPath: string, description: string): Column {
  return { name, type: 'string', jsonPath, description };
}

/** The kinds that are custom resources of Istio's groups. IstioOperator is a file of the installer's, never an object. */
export const customResources: readonly CustomResource[] = [
  {
    kind: 'VirtualService',
    columns: [
      column('Gateways', '.spec.gateways', 'Gateways, and the mesh, that carry the routes.'),
      column('Hosts', '.spec.hosts', 'Hosts that the routes are for.'),
      age,
    ],
  },
  {
    kind: 'DestinationRule',
    columns: [column('Host', '.spec.host', 'Service that the policies are for.'), age],
  },
  { kind: 'Gateway' },
  {
    kind: 'ServiceEntry',
    columns: [
      column('Hosts', '.spec.hosts', 'Hosts that are added to the mesh.'),
      column('Location', '.spec.location', 'Whether the service is part of the mesh or outside of it.'),
      column('Resolution', '.spec.resolution', 'How the addresses behind the hosts are found.'),
      age,
    ],
  },
  {
    kind: 'WorkloadEntry',
    columns: [age, column('Address', '.spec.address', 'Address at which the workload is reached.')],
  },
  { kind: 'WorkloadGroup', columns: [age] },
  { kind: 'Sidecar' },
  { kind: 'EnvoyFilter' },
  { kind: 'ProxyConfig' },
  {
    kind: 'PeerAuthentication',
    columns: [column('Mode', '.spec.mtls.mode', 'Whether connections need mutual TLS.'), age],
  },
  { kind: 'RequestAuthentication' },
  {
    kind: 'AuthorizationPolicy',
    columns: [column('Action', '.spec.action', 'What is done with requests that match.'), age],
  },
  { kind: 'Telemetry', storage: 'v1alpha1', columns: [age] },
  { kind: 'WasmPlugin', columns: [age] },
  { kind: 'TrafficExtension', columns: [age] },
];
