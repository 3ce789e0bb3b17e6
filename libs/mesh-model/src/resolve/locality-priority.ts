import type { LocalityLoadBalancerSetting } from '@istio-ts/config-model';
import type { LocalityEndpointsIr, LocalityIr } from '@istio-ts/mesh-ir';
import { parseLocality } from '../snapshot/locality.js';

type Localities = readonly LocalityEndpointsIr[];

/** Orders localities for a client: by the distribution that is written for its place, else by nearness and failover. */
export function prioritize(
  localities: Localities,
  setting: LocalityLoadBalancerSetting,
  client: LocalityIr,
): Localities {
  const distribution = (setting.distribute ?? []).find(({ from = '' }) => covers(from, client));
  if (distribution !== undefined) return distribute(localities, distribution.to ?? {});
  if ((setting.distribute ?? []).length > 0) return localities;
  return failOver(localities, setting, client);
}

/** `region/zone/*`: absent tails and `*` stand for anything. */
function covers(pattern: string, { region, zone, subzone }: LocalityIr): boolean {
  const written = parseLocality(pattern);
  return [
    [written.region, region],
    [written.zone, zone],
    [written.subzone, subzone],
  ].every(([want, have]) => want === '' || want === '*' || want === have);
}

/** Weights are shared among the localities of one entry by their endpoints; localities of no entry get nothing. */
function distribute(localities: Localities, to: Readonly<Record<string, number>>): Localities {
  return Object.entries(to).flatMap(([pattern, weight]) => {
    const chosen = localities.filter(({ locality }) => covers(pattern, locality));
    const total = chosen.reduce((sum, group) => sum + group.weight, 0);
    return chosen.map((group) => ({
      ...group,
      weight: Math.max(1, Math.round((weight * group.weight) / total)),
    }));
  });
}

/** Same subzone, zone, region, the region that failover names, all others; priorities without gaps. */
function failOver(
  localities: Localities,
  { failover = [] }: LocalityLoadBalancerSetting,
  client: LocalityIr,
): Localities {
  const target = failover.find(({ from }) => from === client.region)?.to;
  const distances = localities.map(({ locality }) => distance(locality, client, target));
  const used = [...new Set(distances)].sort((a, b) => a - b);
  return localities.map((group, index) => ({ ...group, priority: used.indexOf(distances[index] ?? 0) }));
}

function distance(locality: LocalityIr, client: LocalityIr, failover: string | undefined): number {
  if (locality.region !== client.region)
    return locality.region === failover || failover === undefined ? 3 : 4;
  if (locality.zone !== client.zone) return 2;
  return locality.subzone === client.subzone ? 0 : 1;
}
