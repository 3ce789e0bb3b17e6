import type { HttpRetry, VirtualServiceSpec } from './spec.js';

/** The word in `gateways` that means the sidecars of the mesh. */
export const meshGateway = 'mesh';

/** What is assumed where a field of a VirtualService is absent. */
export const virtualServiceDefaults = {
  gateways: [meshGateway],
  redirectCode: 301,
  /** Percent of requests that a mirror gets. */
  mirrorPercent: 100,
  /** Where neither the route nor `meshConfig.defaultHttpRetryPolicy` says anything. */
  retries: {
    attempts: 2,
    retryOn: 'connect-failure,refused-stream,unavailable,cancelled,retriable-status-codes',
    retryIgnorePreviousHosts: true,
    retryRemoteLocalities: false,
  },
} as const satisfies {
  readonly gateways: readonly string[];
  readonly redirectCode: number;
  readonly mirrorPercent: number;
  readonly retries: HttpRetry;
};

/** The gateways that carry a VirtualService's routes; an empty list is the same as none. */
export function gatewaysOf({ gateways = [] }: VirtualServiceSpec): readonly string[] {
  return gateways.length > 0 ? gateways : virtualServiceDefaults.gateways;
}
