import type { AnalyzedObject } from '@istio-ts/config-analysis';
import { parseResource } from '@istio-ts/config-model';
import type { Collected } from './collect-objects.js';

const ports = [80, 443, 31400, 15443];

/**
 * The ingress gateway that an installation brings along: manifests of an application count on it and do not have it. Nothing
 * where they have one of its name, or the mesh takes no traffic in (`ingressControllerMode: OFF`).
 */
export function defaultIngressGateway(
  settings: readonly AnalyzedObject[],
  { objects }: Collected,
): readonly AnalyzedObject[] {
  const meshConfig = settings.find((each) => each.kind === 'MeshConfig');
  if (meshConfig === undefined) return [];
  const { ingressControllerMode, ingressService: name } = (meshConfig as AnalyzedObject<'MeshConfig'>).spec;
  const { namespace } = meshConfig.metadata;
  const isThere = objects.some(
    ({ kind, metadata }) => kind === 'Service' && metadata.name === name && metadata.namespace === namespace,
  );
  if (ingressControllerMode === 'OFF' || isThere) return [];
  const labels = { istio: 'ingressgateway' };
  const manifests = [
    {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels },
      spec: { containers: [{ name: 'istio-proxy' }] },
    },
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace, labels },
      spec: { selector: labels, ports: ports.map((port) => ({ name: `http-${port}`, port })) },
    },
  ];
  return manifests.flatMap((manifest) => {
    const parsed = parseResource(manifest, { source: 'defaults', cluster: 'Kubernetes' });
    return parsed.ok ? [parsed.value] : [];
  });
}
