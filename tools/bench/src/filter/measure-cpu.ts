import { median } from '../measure/quantile.js';
import { readCpuSeconds } from '../measure/process-usage.js';
import type { Envoy } from './envoy.js';
import type { FilterBed, FilterPair, Variant } from './filter-bed.js';
import { Load, request } from './load.js';
import { catalogHost, clientAddress } from './shop.js';

export interface LoadPlan {
  readonly perSecond: number;
  readonly connections: number;
  readonly rounds: number;
  /** Of each variant in each round. */
  readonly seconds: number;
}

export const standardLoad: LoadPlan = { perSecond: 1000, connections: 16, rounds: 9, seconds: 4 };

export const sides = ['client', 'server'] as const;
export type Side = (typeof sides)[number];

/** Microseconds of an Envoy's CPU for one request: the median of all rounds. */
export interface VariantCpu {
  readonly variant: string;
  readonly microseconds: Readonly<Record<Side, number>>;
  /** How much more than without a filter, as a share: the median of the rounds' own shares. */
  readonly more: Readonly<Record<Side, number>>;
}

type RoundCost = Readonly<Record<Side, number>>;

/**
 * Puts the same steady load on each pair of Envoys in turn, round after round, so that what else happens on the machine
 * falls on all alike. The first variant is the one that the others are held against.
 */
export async function measureCpu(
  { pairs }: FilterBed,
  { perSecond, connections, rounds, seconds }: LoadPlan,
): Promise<readonly VariantCpu[]> {
  const costs = new Map<Variant, RoundCost[]>(pairs.map(({ variant }) => [variant, []]));
  const loads = await Promise.all(
    pairs.map(async (pair) => ({ pair, load: await Load.open(clientAddress, pair.clientPort, connections) })),
  );
  try {
    for (let round = -1; round < rounds; round++) {
      for (const { pair, load } of loads) {
        const cost = await costOf(pair, () => load.steadily(() => call, perSecond, seconds));
        // The round before the first one is for warming up.
        if (round >= 0) costs.get(pair.variant)?.push(cost);
      }
    }
  } finally {
    for (const { load } of loads) load.close();
  }
  const [[, bare = []] = []] = costs;
  return [...costs].map(([{ name }, measured]) => summary(name, measured, bare));
}

const call = request(catalogHost, '/items');

async function costOf(pair: FilterPair, act: () => Promise<number>): Promise<RoundCost> {
  const used = async (envoy: Envoy): Promise<number> => readCpuSeconds(envoy.pid);
  const before = { client: await used(pair.client), server: await used(pair.server) };
  const requests = await act();
  const perRequest = (seconds: number): number => (seconds / requests) * 1e6;
  return {
    client: perRequest((await used(pair.client)) - before.client),
    server: perRequest((await used(pair.server)) - before.server),
  };
}

function summary(variant: string, costs: readonly RoundCost[], bare: readonly RoundCost[]): VariantCpu {
  const share = (side: Side): number =>
    median(costs.map((cost, round) => cost[side] / (bare[round]?.[side] ?? cost[side]) - 1));
  return {
    variant,
    microseconds: {
      client: median(costs.map(({ client }) => client)),
      server: median(costs.map(({ server }) => server)),
    },
    more: { client: share('client'), server: share('server') },
  };
}
