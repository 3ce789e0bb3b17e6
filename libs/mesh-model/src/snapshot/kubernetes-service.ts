import { parseExportToAnnotation, selectProtocol, type Service } from '@istio-ts/config-model';
import { translatesPorts, type MeshService, type Resolution } from './mesh-service.js';

/** What the mesh reads of a Kubernetes Service. */
export function readKubernetesService(
  { metadata, spec }: Service,
  { clusterDomain, exportTo }: { readonly clusterDomain: string; readonly exportTo: readonly string[] },
): MeshService {
  const { name, namespace, annotations } = metadata;
  const exported = annotations['networking.istio.io/exportTo'];
  return {
    host: `${name}.${namespace}.svc.${clusterDomain}`,
    name,
    namespace,
    provider: 'kubernetes',
    createdMs: metadata.creationTimestampMs ?? 0,
    ports: (spec.ports ?? []).map((port) => ({
      number: port.port,
      name: port.name ?? '',
      protocol: selectProtocol(port),
      targetPort: port.targetPort === '' || port.targetPort === 0 ? undefined : port.targetPort,
    })),
    addresses: clusterAddresses(spec),
    resolution: resolutionOf(spec),
    external: spec.type === 'ExternalName',
    exportTo: exported === undefined ? exportTo : parseExportToAnnotation(exported, namespace),
    selector: Object.keys(spec.selector ?? {}).length > 0 ? spec.selector : undefined,
    subjectAltNames: [],
    translatesPorts: translatesPorts(metadata.labels),
    aliasOf: spec.type === 'ExternalName' ? spec.externalName : undefined,
  };
}

function clusterAddresses({ clusterIP, clusterIPs = [], type }: Service['spec']): readonly string[] {
  if (type === 'ExternalName') return [];
  const all = clusterIPs.length > 0 ? clusterIPs : [clusterIP ?? ''];
  return all.filter((address) => address !== '' && address !== 'None');
}

function resolutionOf({ type, clusterIP }: Service['spec']): Resolution {
  if (type === 'ExternalName') return 'alias';
  return clusterIP === 'None' ? 'headless' : 'static';
}
