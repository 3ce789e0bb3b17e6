import { checkDryRun, checkRefusedAnnotations } from './checks/check-annotations.js';
import { validateAuthorizationPolicy } from './kinds/authorization-policy/validate.js';
import { validateDestinationRule } from './kinds/destination-rule/validate.js';
import { validateEnvoyFilter } from './kinds/envoy-filter/validate.js';
import { checkGatewayName, validateGateway } from './kinds/gateway/validate.js';
import { validatePeerAuthentication } from './kinds/peer-authentication/validate.js';
import { validateProxyConfig } from './kinds/proxy-config/validate.js';
import { validateRequestAuthentication } from './kinds/request-authentication/validate.js';
import { validateServiceEntry } from './kinds/service-entry/validate.js';
import { validateService } from './kinds/service/validate.js';
import { validateSidecar } from './kinds/sidecar/validate.js';
import { validateTelemetry } from './kinds/telemetry/validate.js';
import { validateTrafficExtension } from './kinds/traffic-extension/validate.js';
import { validateVirtualService } from './kinds/virtual-service/validate.js';
import { validateWasmPlugin } from './kinds/wasm-plugin/validate.js';
import { validateWorkloadEntry } from './kinds/workload-entry/validate.js';
import { validateWorkloadGroup } from './kinds/workload-group/validate.js';
import { kindEntry, type KindName } from './kinds.js';
import type { Place } from './place.js';
import { isKind, type Resource } from './resource.js';
import type { ValidationOptions } from './validation-options.js';

/** What a check of one kind may use beside the object's content. */
interface Checked<K extends KindName> {
  readonly resource: Resource<K>;
  readonly options: ValidationOptions;
  readonly root: Place;
}

type Validator<K extends KindName> = (spec: Resource<K>['spec'], place: Place, checked: Checked<K>) => void;

type Validators = { readonly [K in KindName]?: Validator<K> };

const validators: Validators = {
  VirtualService: (spec, place, { resource: { metadata }, options }) => {
    validateVirtualService(spec, { metadata, options }, place);
  },
  DestinationRule: (spec, place, { resource }) => {
    validateDestinationRule(spec, resource.metadata, place);
  },
  Gateway: (spec, place, { resource, root }) => {
    checkGatewayName(resource.metadata, root);
    validateGateway(spec, place);
  },
  ServiceEntry: (spec, place, { resource }) => {
    validateServiceEntry(spec, resource.metadata, place);
  },
  WorkloadEntry: validateWorkloadEntry,
  WorkloadGroup: validateWorkloadGroup,
  Sidecar: (spec, place, { resource }) => {
    validateSidecar(spec, resource.metadata, place);
  },
  EnvoyFilter: (spec, place, { options }) => {
    validateEnvoyFilter(spec, options, place);
  },
  ProxyConfig: validateProxyConfig,
  PeerAuthentication: validatePeerAuthentication,
  RequestAuthentication: validateRequestAuthentication,
  AuthorizationPolicy: validateAuthorizationPolicy,
  Telemetry: (spec, place, { options }) => {
    validateTelemetry(spec, options, place);
  },
  WasmPlugin: validateWasmPlugin,
  TrafficExtension: validateTrafficExtension,
  Service: validateService,
};

/** The checks of one object before it is stored, beyond what its schema says; `root` is the object's root. */
export function validateResource<K extends KindName>(
  resource: Resource<K>,
  root: Place,
  options: ValidationOptions,
): void {
  if (kindEntry(resource.kind).fields === 'strict') {
    checkRefusedAnnotations(resource.metadata, root);
    checkDryRun(resource.metadata, canBeTriedOut(resource), root);
  }
  const validate: Validator<K> | undefined = validators[resource.kind];
  validate?.(resource.spec, root.at('spec'), { resource, options, root });
}

/** Only policies that allow or deny can be tried out. */
function canBeTriedOut(resource: Resource): boolean {
  return (
    isKind(resource, 'AuthorizationPolicy') && ['ALLOW', 'DENY'].includes(resource.spec.action ?? 'ALLOW')
  );
}
