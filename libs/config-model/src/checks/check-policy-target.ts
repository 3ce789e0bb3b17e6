import type { Place } from '../place.js';
import type { PolicyTargetReference } from '../kinds/target-reference.js';
import type { WorkloadSelector } from '../kinds/workload-selector.js';
import { checkSelector } from './check-labels.js';

/** What a policy is for: workloads by labels, or objects by reference; neither means its whole namespace. */
export interface PolicyTarget {
  readonly selector?: WorkloadSelector;
  readonly targetRef?: PolicyTargetReference;
  readonly targetRefs?: readonly PolicyTargetReference[];
}

const targets = [
  '/Service',
  'networking.istio.io/ServiceEntry',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/GatewayClass',
];

export function checkPolicyTarget(
  { selector, targetRef, targetRefs = [] }: PolicyTarget,
  place: Place,
): void {
  checkPolicySelector(selector, place.at('selector'));
  const given = [selector && 'selector', targetRef && 'targetRef', targetRefs.length > 0 && 'targetRefs'];
  const set = given.filter((field) => typeof field === 'string');
  if (set.length > 1) place.error(`only one of selector, targetRef and targetRefs may be set`);
  if (targetRef) checkReference(targetRef, place.at('targetRef'));
  for (const [index, reference] of targetRefs.entries())
    checkReference(reference, place.at('targetRefs', index));
}

/** A selector that is there selects by labels; without any it looks like a mistake. */
export function checkPolicySelector(selector: WorkloadSelector | undefined, place: Place): void {
  if (selector === undefined) return;
  if (Object.keys(selector.matchLabels ?? {}).length === 0)
    place.warning('has no labels and selects all workloads; leave it out if that is meant');
  checkSelector(selector.matchLabels, place.at('matchLabels'));
}

function checkReference(
  { group = '', kind, name, namespace = '' }: PolicyTargetReference,
  place: Place,
): void {
  if (name === '') place.at('name').error('is required');
  if (namespace !== '')
    place.at('namespace').error('must not be set: a policy is for objects of its namespace');
  const canonical = group === 'core' ? '' : group;
  if (targets.includes(`${canonical}/${kind}`)) return;
  const written = `${group === '' ? 'core' : group}/${kind}`;
  place.error(`a policy cannot be for ${written}; use Service, ServiceEntry, Gateway or GatewayClass`);
}
