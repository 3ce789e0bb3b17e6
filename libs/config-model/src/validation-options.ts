import type { ApiServerRules } from './api-server-rules.js';
import type { CheckEnvoyValue } from './envoy-types.js';

/** What the checks of an object depend on besides the object. */
export interface ValidationOptions {
  /** `meshConfig.compatibilityVersion`: under `1.13` weights that do not total 100 are refused. */
  readonly compatibilityVersion?: string | undefined;
  /** Says also what an API server that has our CRDs would refuse; pass `apiServerRules` of `@istio-ts/config-model/crd`. */
  readonly apiServer?: ApiServerRules | undefined;
  /** Holds the values of EnvoyFilters against Envoy's types; pass `checkJson` of `@istio-ts/xds-types/json`. */
  readonly checkEnvoyValue?: CheckEnvoyValue | undefined;
}
