import { isKind, type Resource } from './resource.js';
import type { Place } from './place.js';
import { validateDestinationRule } from './kinds/destination-rule/validate.js';
import { validateGateway } from './kinds/gateway/validate.js';
import { validatePeerAuthentication } from './kinds/peer-authentication/validate.js';
import { validateServiceEntry } from './kinds/service-entry/validate.js';
import { validateService } from './kinds/service/validate.js';
import { validateVirtualService } from './kinds/virtual-service/validate.js';
import { validateWorkloadEntry } from './kinds/workload-entry/validate.js';

/** What the checks of an object depend on besides the object. */
export interface ValidationOptions {
  /** `meshConfig.compatibilityVersion`: under `1.13` weights that do not total 100 are refused. */
  readonly compatibilityVersion?: string | undefined;
}

/** The checks of one object before it is stored, beyond what its schema says; `place` is the object's root. */
export function validateResource(resource: Resource, place: Place, options: ValidationOptions): void {
  const spec = place.at('spec');
  const { metadata } = resource;
  if (isKind(resource, 'VirtualService')) validateVirtualService(resource.spec, { metadata, options }, spec);
  else if (isKind(resource, 'DestinationRule')) validateDestinationRule(resource.spec, metadata, spec);
  else if (isKind(resource, 'Gateway')) validateGateway(resource.spec, spec);
  else if (isKind(resource, 'ServiceEntry')) validateServiceEntry(resource.spec, metadata, spec);
  else if (isKind(resource, 'WorkloadEntry')) validateWorkloadEntry(resource.spec, spec);
  else if (isKind(resource, 'PeerAuthentication')) validatePeerAuthentication(resource.spec, spec);
  else if (isKind(resource, 'Service')) validateService(resource.spec, spec);
}
