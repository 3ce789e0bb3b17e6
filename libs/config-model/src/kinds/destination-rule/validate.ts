import type { Place } from '../../place.js';
import type { ObjectMeta } from '../../resource.js';
import { checkExportTo } from '../../checks/check-export-to.js';
import { checkWildcardDomain } from '../../checks/check-host.js';
import { checkLabels } from '../../checks/check-labels.js';
import { checkPolicySelector } from '../../checks/check-policy-target.js';
import { checkUnique } from '../../checks/check-names.js';
import type { DestinationRuleSpec, Subset } from './spec.js';
import { validateTrafficPolicy } from './validate-traffic-policy.js';

/** What would make a DestinationRule impossible or meaningless to carry out. */
export function validateDestinationRule(
  spec: DestinationRuleSpec,
  { namespace }: ObjectMeta,
  place: Place,
): void {
  checkWildcardDomain(spec.host, place.at('host'));
  if (spec.trafficPolicy) validateTrafficPolicy(spec.trafficPolicy, place.at('trafficPolicy'));
  validateSubsets(spec.subsets ?? [], place.at('subsets'));
  checkExportTo(spec.exportTo, { namespace }, place.at('exportTo'));
  checkPolicySelector(spec.workloadSelector, place.at('workloadSelector'));
  const elsewhere = (spec.exportTo ?? []).some((target) => target !== '.' && target !== namespace);
  if (spec.workloadSelector && elsewhere) {
    place
      .at('exportTo')
      .error('must be "." alone where workloadSelector selects clients of the own namespace');
  }
}

const subsetName = /^[a-zA-Z0-9](?:[-a-zA-Z0-9]{0,61}[a-zA-Z0-9])?$/u;

export function isSubsetName(name: string): boolean {
  return subsetName.test(name);
}

function validateSubsets(subsets: readonly Subset[], place: Place): void {
  for (const [index, { name, labels, trafficPolicy }] of subsets.entries()) {
    const at = place.at(index);
    if (!isSubsetName(name)) at.at('name').error(`${JSON.stringify(name)} is not a subset name`);
    checkLabels(labels, at.at('labels'));
    if (trafficPolicy) validateTrafficPolicy(trafficPolicy, at.at('trafficPolicy'));
  }
  checkUnique(
    subsets,
    ({ name }) => name,
    (index, name) => {
      place.at(index, 'name').error(`the subset ${JSON.stringify(name)} stands here twice`);
    },
  );
}
