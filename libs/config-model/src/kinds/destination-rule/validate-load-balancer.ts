import type { Place } from '../../place.js';
import { checkUnique } from '../../checks/check-names.js';
import { checkDuration, checkDurationOrZero, checkPercent } from '../../checks/check-number.js';
import type { ConsistentHashLb, LoadBalancerSettings } from './traffic-policy.js';
import { validateLocalityLb, validateZoneAwareLb } from './validate-locality.js';

/** `outlier`: whether the policy has outlier detection, which failover needs. */
export function validateLoadBalancer(balancer: LoadBalancerSettings, outlier: boolean, place: Place): void {
  const { consistentHash, localityLbSetting, zoneAwareLbSetting, warmup, warmupDurationSecs } = balancer;
  if (consistentHash) validateConsistentHash(consistentHash, place.at('consistentHash'));
  if (localityLbSetting && zoneAwareLbSetting) {
    place.error('only one of localityLbSetting and zoneAwareLbSetting may be set');
  }
  if (localityLbSetting) validateLocalityLb(localityLbSetting, outlier, place.at('localityLbSetting'));
  if (zoneAwareLbSetting) validateZoneAwareLb(zoneAwareLbSetting, outlier, place.at('zoneAwareLbSetting'));
  checkDuration(warmupDurationSecs, place.at('warmupDurationSecs'));
  if (warmup) validateWarmup(warmup, place.at('warmup'));
}

function validateWarmup(
  { duration, minimumPercent, aggression = 1 }: NonNullable<LoadBalancerSettings['warmup']>,
  place: Place,
): void {
  checkDuration(duration, place.at('duration'));
  checkPercent(minimumPercent, place.at('minimumPercent'));
  if (aggression < 1) place.at('aggression').error(`${aggression} is less than 1`);
}

const largestTable = 5_000_011;

function validateConsistentHash(
  { httpCookie, maglev, ringHash, minimumRingSize = 0 }: ConsistentHashLb,
  place: Place,
): void {
  if (minimumRingSize !== 0) {
    const at = place.at('minimumRingSize');
    if (maglev ?? ringHash) at.error('contradicts maglev and ringHash, which take its place');
    else at.warning('is deprecated; use ringHash.minimumRingSize');
  }
  if (httpCookie) validateCookie(httpCookie, place.at('httpCookie'));
  if (maglev) validateTable(maglev.tableSize ?? 0, place.at('maglev', 'tableSize'));
}

function validateTable(size: number, place: Place): void {
  if (size >= largestTable) place.error(`${size} is not less than ${largestTable}`);
  else if (!isPrime(size)) place.error(`${size} is not a prime number`);
}

function validateCookie(
  { name, ttl, attributes = [] }: NonNullable<ConsistentHashLb['httpCookie']>,
  place: Place,
): void {
  if (name === '') place.at('name').error('the cookie needs a name');
  checkDurationOrZero(ttl, place.at('ttl'));
  for (const [index, attribute] of attributes.entries()) {
    if (attribute.name === '') place.at('attributes', index, 'name').error('the attribute needs a name');
  }
  checkUnique(
    attributes,
    (attribute) => attribute.name,
    (index, attribute) => {
      place.at('attributes', index).error(`the attribute ${JSON.stringify(attribute)} stands here twice`);
    },
  );
}

/** As Envoy counts: 1 passes for a prime number. */
function isPrime(value: number): boolean {
  if (value < 1) return false;
  for (let divisor = 2; divisor * divisor <= value; divisor += 1) if (value % divisor === 0) return false;
  return true;
}
