import type { Place } from '../../place.js';
import { isLabelKey, isLabelValue } from '../../naming/labels.js';
import type {
  LoadBalancerSettings,
  LocalityFailover,
  LocalityLoadBalancerSetting,
} from './traffic-policy.js';

const regionLabel = 'topology.kubernetes.io/region';
/** Labels that say where a workload is, finer than its region. */
const zoneLabels: readonly string[] = ['topology.kubernetes.io/zone', 'topology.istio.io/subzone'];

type ZoneAwareLbSetting = NonNullable<LoadBalancerSettings['zoneAwareLbSetting']>;

export function validateLocalityLb(
  setting: LocalityLoadBalancerSetting,
  outlier: boolean,
  place: Place,
): void {
  const { distribute = [], failover = [], failoverPriority = [] } = setting;
  if (distribute.length > 0 && failover.length > 0)
    place.error('only one of distribute and failover may be set');
  checkOverlaps(
    distribute.map(({ from = '' }) => from),
    place.at('distribute'),
  );
  for (const [index, { to = {} }] of distribute.entries())
    checkWeights(to, place.at('distribute', index, 'to'));
  checkFailover(failover, place.at('failover'));
  checkPriority({ failover, failoverPriority, refused: [] }, place.at('failoverPriority'));
  warnWithoutOutlier(failover.length + failoverPriority.length > 0 && !outlier, place);
}

export function validateZoneAwareLb(setting: ZoneAwareLbSetting, outlier: boolean, place: Place): void {
  const { failover = [], failoverPriority = [] } = setting;
  checkFailover(failover, place.at('failover'));
  checkPriority({ failover, failoverPriority, refused: zoneLabels }, place.at('failoverPriority'));
  warnWithoutOutlier(failover.length + failoverPriority.length > 0 && !outlier, place);
}

function warnWithoutOutlier(missing: boolean, place: Place): void {
  if (missing)
    place.warning('has no effect without outlierDetection: nothing finds out which endpoints fail');
}

function checkWeights(to: Readonly<Record<string, number>>, place: Place): void {
  checkOverlaps(Object.keys(to), place);
  let total = 0;
  for (const [locality, weight] of Object.entries(to)) {
    if (weight === 0)
      place.at(locality).error('the weight must be more than 0; leave the locality out instead');
    total += weight;
  }
  if (total !== 100) place.error(`the weights total ${total}, they must total 100`);
}

function checkOverlaps(localities: readonly string[], place: Place): void {
  const covered: string[][] = [];
  for (const locality of localities) {
    const parts = locality.split('/');
    if (parts.length > 3 || parts.includes('') || parts.slice(0, -1).includes('*')) {
      place.error(
        `${JSON.stringify(locality)} is not region/zone/subzone with a wildcard at most at its end`,
      );
      continue;
    }
    const fixed = parts.at(-1) === '*' ? parts.slice(0, -1) : parts;
    if (covered.some((other) => overlaps(other, fixed))) {
      place.error(`${JSON.stringify(locality)} overlaps another locality of the list`);
    }
    covered.push(fixed);
  }
}

function overlaps(a: readonly string[], b: readonly string[]): boolean {
  return a.slice(0, b.length).every((part, index) => part === b[index]);
}

function checkFailover(failover: readonly LocalityFailover[], place: Place): void {
  for (const [index, { from = '', to = '' }] of failover.entries()) {
    const at = place.at(index);
    if (from === to) at.error(`from and to are the same region ${JSON.stringify(from)}`);
    for (const [side, region] of [['from', from] as const, ['to', to] as const]) {
      if (region.includes('*') || region.includes('/'))
        at.at(side).error('must be one region, without "*" and "/"');
    }
  }
}

interface Priority {
  readonly failover: readonly LocalityFailover[];
  readonly failoverPriority: readonly string[];
  readonly refused: readonly string[];
}

function checkPriority({ failover, failoverPriority, refused }: Priority, place: Place): void {
  for (const [index, entry] of failoverPriority.entries()) {
    const at = place.at(index);
    const [key = '', value = '', ...rest] = entry.split('=');
    if (!isLabelKey(key) || !isLabelValue(value) || rest.length > 0)
      at.error(`${JSON.stringify(entry)} is not a label`);
    if (refused.includes(key))
      at.error(`${JSON.stringify(key)} cannot be used here: zones are balanced, not failed over`);
    if ((key === regionLabel || zoneLabels.includes(key)) && failover.length > 0)
      at.error('where traffic goes is decided by failover already');
  }
}
