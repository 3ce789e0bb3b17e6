import type { Place } from './place.js';
import type { Resource } from './resource.js';

/** What the checks of an object depend on besides the object. */
export interface ValidationOptions {
  /** `meshConfig.compatibilityVersion`: under `1.13` weights that do not total 100 are refused. */
  readonly compatibilityVersion?: string | undefined;
}

export function validateResource(_resource: Resource, _place: Place, _options: ValidationOptions): void {}
