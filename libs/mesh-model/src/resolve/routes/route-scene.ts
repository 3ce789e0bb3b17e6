import { renderLabels, resolveShortName, type Destination, type Labels } from '@istio-ts/config-model';
import type { SortedMap } from '@istio-ts/foundation';
import { outboundClusterName } from '@istio-ts/mesh-ir';
import type { HostView } from '../../scope/service-view.js';
import type { MeshSettings } from '../../settings/mesh-settings.js';
import type { PlanContext } from '../cluster-plan.js';
import type { RouteSource } from '../../snapshot/route-index.js';

/** From where a VirtualService is read: the proxy's side, and the port that requests come in on. */
export interface RouteScene {
  readonly source: RouteSource;
  /** `mesh`, or the gateways that the proxy stands for here. */
  readonly gateways: readonly string[];
  readonly namespace: string;
  readonly selectors: readonly string[];
  readonly port: number;
  /** Requests arrive by TLS that is terminated here. */
  readonly tls: boolean;
  readonly services: SortedMap<HostView>;
  readonly plans: PlanContext;
  readonly settings: MeshSettings;
}

interface SourceMatch {
  readonly gateways?: readonly string[];
  readonly sourceNamespace?: string;
  readonly sourceLabels?: Labels;
  readonly port?: number;
}

/** Whether a match can apply to requests of this proxy on this port at all; what it says of the request is not asked. */
export function appliesHere(
  match: SourceMatch,
  scene: Omit<RouteScene, 'services' | 'settings' | 'tls' | 'plans'>,
): boolean {
  const { gateways = [], sourceNamespace = '', sourceLabels = {}, port = 0 } = match;
  const own = scene.source.resource.metadata.namespace;
  if (gateways.length > 0 && !gateways.some((name) => scene.gateways.includes(qualified(name, own))))
    return false;
  if (sourceNamespace !== '' && sourceNamespace !== scene.namespace) return false;
  if (port !== 0 && port !== scene.port) return false;
  return Object.keys(sourceLabels).length === 0 || scene.selectors.includes(renderLabels(sourceLabels));
}

function qualified(gateway: string, namespace: string): string {
  if (gateway === 'mesh' || gateway.includes('/')) return gateway.replace(/^\.\//u, `${namespace}/`);
  return `${namespace}/${gateway}`;
}

/** Host of a destination in full. */
export function destinationHost(
  { host }: Destination,
  { source, settings }: Pick<RouteScene, 'source' | 'settings'>,
): string {
  return resolveShortName(host, source.resource.metadata.namespace, settings.clusterDomain);
}

/** Port of a destination: as written, else the only port of the service, else the port that the request came in on. */
export function destinationPort(destination: Destination, scene: RouteScene): number {
  if (destination.port?.number !== undefined && destination.port.number !== 0) return destination.port.number;
  const ports = scene.services.get(destinationHost(destination, scene))?.facts.service.ports ?? [];
  const [only] = ports;
  return ports.length === 1 && only !== undefined ? only.number : scene.port;
}

export function destinationCluster(destination: Destination, scene: RouteScene): string {
  const host = destinationHost(destination, scene);
  return outboundClusterName(host, destinationPort(destination, scene), destination.subset ?? '');
}
