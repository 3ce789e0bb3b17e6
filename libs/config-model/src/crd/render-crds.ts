import { stringify } from 'yaml';
import { descriptions } from '../descriptions.js';
import { toCustomResourceDefinition } from './custom-resource-definition.js';
import { customResources } from './custom-resources.js';

/** The CRDs of Istio's kinds in YAML, by the name of the resource: `virtualservices.networking.istio.io`. */
export function renderCrds(): ReadonlyMap<string, string> {
  const crds = customResources.map((resource) => toCustomResourceDefinition(resource, descriptions));
  return new Map(
    crds.map((crd) => [crd.metadata.name, stringify(crd, { aliasDuplicateObjects: false, lineWidth: 120 })]),
  );
}
