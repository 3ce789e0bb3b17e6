import type { TSchema } from '@sinclair/typebox';
import type { Place } from './place.js';

/**
 * What needs an expression language, and is passed in so that only those pay for it who want it: `apiServerRules` of
 * `@istio-ts/config-model/crd`.
 */
export interface ApiServerRules {
  /** Reports what an API server refuses in a value that is otherwise well formed: rules that do not hold, and nulls. */
  readonly check: (schema: TSchema, value: unknown, place: Place) => void;
  /** Why a text is no CEL expression, or undefined where it is one. */
  readonly expressionFault: (expression: string) => string | undefined;
}
