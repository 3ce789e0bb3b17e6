import { stringify } from 'yaml';

/** The mesh that is measured. */
export interface MeshShape {
  readonly services: number;
  readonly namespaces: number;
  readonly endpoints: number;
  /** Every so many-th service has a VirtualService of three routes and a DestinationRule of two subsets. */
  readonly routedEvery: number;
}

/** A manifest file: path relative to the folder, and its text. */
export interface ManifestFile {
  readonly path: string;
  readonly text: string;
}

/** What an event writes differently from the beginning. Numbers tell the runs of an event apart. */
export interface ServiceVariant {
  /** Changes the address of the first endpoint. */
  readonly endpointRun?: number;
  /** Changes a timeout of the routes. */
  readonly routesRun?: number;
}

const domain = 'mesh.example';
export const servicePort = 8080;
/** No proxy is in it, and nothing is exported from it. */
const unseenNamespace = 'bench-unseen';

export function namespaceNames({ namespaces }: Pick<MeshShape, 'namespaces'>): readonly string[] {
  return Array.from({ length: namespaces }, (_, index) => `bench-${pad(index, 2)}`);
}

function serviceName(index: number): string {
  return `service-${pad(index, 4)}`;
}

function namespaceOf(shape: MeshShape, index: number): string {
  return `bench-${pad(index % shape.namespaces, 2)}`;
}

export function serviceHost(shape: MeshShape, index: number): string {
  return `${serviceName(index)}.${namespaceOf(shape, index)}.${domain}`;
}

/** The name that cluster and load assignment of a service have on the wire. */
export function serviceCluster(shape: MeshShape, index: number): string {
  return `outbound|${servicePort}||${serviceHost(shape, index)}`;
}

export function isRouted(shape: MeshShape, index: number): boolean {
  return index % shape.routedEvery === 0;
}

/** All files of the mesh, one object a file. The same shape gives the same bytes. */
export function meshFiles(shape: MeshShape): readonly ManifestFile[] {
  const files: ManifestFile[] = [];
  for (let index = 0; index < shape.services; index += 1) {
    files.push(serviceFile(shape, index));
    if (isRouted(shape, index)) files.push(routesFile(shape, index), subsetsFile(shape, index));
  }
  files.push(unseenFile(0));
  return files;
}

export function serviceFile(
  shape: MeshShape,
  index: number,
  { endpointRun }: ServiceVariant = {},
): ManifestFile {
  const endpoints = Array.from({ length: shape.endpoints }, (_, endpoint) => ({
    address: endpointAddress(index, endpoint, endpoint === 0 ? endpointRun : undefined),
    labels: {
      app: serviceName(index),
      version: endpoint * 2 < shape.endpoints ? 'v1' : 'v2',
      'security.istio.io/tlsMode': 'istio',
    },
  }));
  const spec = {
    hosts: [serviceHost(shape, index)],
    location: 'MESH_INTERNAL',
    resolution: 'STATIC',
    ports: [{ number: servicePort, name: 'http', protocol: 'HTTP' }],
    endpoints,
  };
  return manifest({ shape, index, suffix: '', kind: 'ServiceEntry', spec });
}

export function routesFile(
  shape: MeshShape,
  index: number,
  { routesRun = 0 }: ServiceVariant = {},
): ManifestFile {
  const host = serviceHost(shape, index);
  const to = (subset: string): object => ({ destination: { host, subset, port: { number: servicePort } } });
  const spec = {
    hosts: [host],
    http: [
      { name: 'beta', match: [{ headers: { 'x-stage': { exact: 'beta' } } }], route: [to('v2')] },
      { name: 'api', match: [{ uri: { prefix: '/api' } }], route: [to('v1')], timeout: `${5 + routesRun}s` },
      {
        name: 'rest',
        route: [
          { ...to('v1'), weight: 90 },
          { ...to('v2'), weight: 10 },
        ],
      },
    ],
  };
  return manifest({ shape, index, suffix: '-routes', kind: 'VirtualService', spec });
}

function subsetsFile(shape: MeshShape, index: number): ManifestFile {
  const subsets = ['v1', 'v2'].map((version) => ({ name: version, labels: { version } }));
  const spec = { host: serviceHost(shape, index), subsets };
  return manifest({ shape, index, suffix: '-subsets', kind: 'DestinationRule', spec });
}

/** A VirtualService that no proxy can see: exported to its own namespace alone, where none is. */
export function unseenFile(run: number): ManifestFile {
  const host = `unseen.${domain}`;
  const object = {
    apiVersion: 'networking.istio.io/v1',
    kind: 'VirtualService',
    metadata: { name: 'unseen', namespace: unseenNamespace },
    spec: {
      hosts: [host],
      exportTo: ['.'],
      http: [{ route: [{ destination: { host } }], timeout: `${5 + run}s` }],
    },
  };
  return { path: `${unseenNamespace}/unseen-routes.yaml`, text: stringify(object) };
}

interface ObjectOfService {
  readonly shape: MeshShape;
  readonly index: number;
  readonly suffix: string;
  readonly kind: string;
  readonly spec: object;
}

function manifest({ shape, index, suffix, kind, spec }: ObjectOfService): ManifestFile {
  const namespace = namespaceOf(shape, index);
  const name = serviceName(index);
  const object = { apiVersion: 'networking.istio.io/v1', kind, metadata: { name, namespace }, spec };
  return { path: `${namespace}/${name}${suffix}.yaml`, text: stringify(object) };
}

function endpointAddress(service: number, endpoint: number, run: number | undefined): string {
  const last = run === undefined ? endpoint + 1 : 100 + run;
  return `10.${Math.floor(service / 256)}.${service % 256}.${last}`;
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
