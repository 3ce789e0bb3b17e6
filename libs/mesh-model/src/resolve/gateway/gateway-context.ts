import { memo } from '@istio-ts/foundation';
import type { GatewayClass } from '../../scope/gateway-class.js';
import type { PlanContext } from '../cluster-plan.js';

/** What everything that a class of gateways is told is made with; the identical object for the identical two. */
export interface GatewayContext {
  readonly proxyClass: GatewayClass;
  readonly plans: PlanContext;
}

export const gatewayContextOf = memo((proxyClass: GatewayClass, plans: PlanContext): GatewayContext => ({
  proxyClass,
  plans,
}));
