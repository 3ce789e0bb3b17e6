import type { RetryIr } from '@istio-ts/mesh-ir';
import {
  durationFromMs,
  packAny,
  retryPreviousHosts,
  retryPreviousPriorities,
  route,
} from '@istio-ts/xds-types';

export function retryPolicy(ir: RetryIr): route.RetryPolicy {
  return route.RetryPolicy.create({
    retryOn: ir.conditions,
    numRetries: ir.attempts,
    retriableStatusCodes: ir.statusCodes,
    perTryTimeout: ir.perTryTimeoutMs === undefined ? undefined : durationFromMs(ir.perTryTimeoutMs),
    retryBackOff:
      ir.backoffMs === undefined
        ? undefined
        : route.RetryPolicy_RetryBackOff.create({ baseInterval: durationFromMs(ir.backoffMs) }),
    hostSelectionRetryMaxAttempts: ir.hostSelectionAttempts,
    retryHostPredicate: ir.avoidPreviousHosts ? [previousHosts] : [],
    retryPriority: ir.remoteLocalities ? previousPriorities : undefined,
  });
}

const previousHosts = route.RetryPolicy_RetryHostPredicate.create({
  name: 'envoy.retry_host_predicates.previous_hosts',
  configType: {
    $case: 'typedConfig',
    value: packAny(
      retryPreviousHosts.PreviousHostsPredicate,
      retryPreviousHosts.PreviousHostsPredicate.create(),
    ),
  },
});

/** After every second attempt the next priority, so that a failing locality is left. */
const previousPriorities = route.RetryPolicy_RetryPriority.create({
  name: 'envoy.retry_priorities.previous_priorities',
  configType: {
    $case: 'typedConfig',
    value: packAny(
      retryPreviousPriorities.PreviousPrioritiesConfig,
      retryPreviousPriorities.PreviousPrioritiesConfig.create({ updateFrequency: 2 }),
    ),
  },
});
