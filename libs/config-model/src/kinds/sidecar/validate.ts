import type { Place } from '../../place.js';
import type { ObjectMeta } from '../../resource.js';
import { checkDomain } from '../../checks/check-host.js';
import { checkSelector } from '../../checks/check-labels.js';
import { validateConnectionPool } from '../destination-rule/validate-traffic-policy.js';
import { validateDestination } from '../virtual-service/validate-destination.js';
import type { OutboundTrafficPolicy, SidecarSpec } from './spec.js';
import { validateEgress } from './validate-egress.js';
import { validateIngress } from './validate-ingress.js';

/** What would make a Sidecar impossible or meaningless to carry out. */
export function validateSidecar(spec: SidecarSpec, { namespace }: ObjectMeta, place: Place): void {
  const { workloadSelector, ingress = [], egress = [], inboundConnectionPool, outboundTrafficPolicy } = spec;
  if (workloadSelector) {
    const { labels = {} } = workloadSelector;
    if (Object.keys(labels).length === 0)
      place.at('workloadSelector').warning('has no labels and selects all workloads of the namespace');
    checkSelector(labels, place.at('workloadSelector', 'labels'));
  }
  if (ingress.length + egress.length === 0 && !inboundConnectionPool && !outboundTrafficPolicy)
    place.error('says nothing: set ingress, egress, outboundTrafficPolicy or inboundConnectionPool');
  validateIngress(ingress, place.at('ingress'));
  validateEgress(egress, namespace, place.at('egress'));
  if (inboundConnectionPool) validateConnectionPool(inboundConnectionPool, place.at('inboundConnectionPool'));
  if (outboundTrafficPolicy) validateOutbound(outboundTrafficPolicy, place.at('outboundTrafficPolicy'));
}

function validateOutbound(
  { mode = 'REGISTRY_ONLY', egressProxy }: OutboundTrafficPolicy,
  place: Place,
): void {
  if (egressProxy === undefined) return;
  const at = place.at('egressProxy');
  if (mode !== 'ALLOW_ANY') at.error('is for mode ALLOW_ANY: otherwise nothing unknown leaves the workload');
  checkDomain(egressProxy.host, at.at('host'));
  if (egressProxy.port === undefined) at.at('port').error('is required');
  else validateDestination(egressProxy, at);
}
