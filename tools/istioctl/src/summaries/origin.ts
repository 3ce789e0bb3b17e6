import type { core } from '@istio-ts/xds-types';

/**
 * The Istio object that a resource was made from, `NAME.NAMESPACE`; empty where it was made from none. istiod writes it as
 * `/apis/networking.istio.io/v1alpha3/namespaces/NAMESPACE/virtual-service/NAME` into the metadata.
 */
export function renderOrigin(metadata: core.Metadata | undefined): string {
  const config = metadata?.filterMetadata['istio']?.['config'];
  if (typeof config !== 'string') return '';
  const [, namespace, name] = /\/namespaces\/([^/]+)\/[^/]+\/(.+)$/.exec(config) ?? [];
  return namespace === undefined || name === undefined ? '' : `${name}.${namespace}`;
}
