import { median } from '../measure/quantile.js';
import { readCpuSeconds } from '../measure/process-usage.js';
import type { FilterBed, FilterPair } from './filter-bed.js';
import { Load, request } from './load.js';
import { catalogHost, clientAddress } from './shop.js';

export interface LoadPlan {
  readonly perSecond: number;
  readonly connections: number;
  readonly rounds: number;
  /** Of each variant in each round. */
  readonly seconds: number;
}

export const standardLoad: LoadPlan = { perSecond: 1000, connections: 16, rounds: 30, seconds: 1 };

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

interface LoadedPair {
  readonly pair: FilterPair;
  readonly load: Load;
  readonly costs: RoundCost[];
}

/**
 * Puts the same steady load on each pair of Envoys in turn, round after round, so that what else happens on the machine
 * falls on all alike. The first variant is the one that the others are held against.
 */
export async function measureCpu({ pairs }: FilterBed, plan: LoadPlan): Promise<readonly VariantCpu[]> {
  const loaded = await Promise.all(pairs.map((pair) => loadPair(pair, plan)));
  try {
    // What the first round finds is not counted: it warms up.
    for (let round = 0; round <= plan.rounds; round++) {
      for (const each of loaded) {
        const cost = await costOfRound(each, plan);
        if (round > 0) each.costs.push(cost);
      }
    }
  } finally {
    for (const { load } of loaded) load.close();
  }
  const bare = loaded[0]?.costs ?? [];
  return loaded.map(({ pair, costs }) => summary(pair.variant.name, costs, bare));
}

async function loadPair(pair: FilterPair, { connections }: LoadPlan): Promise<LoadedPair> {
  return { pair, load: await Load.open(clientAddress, pair.clientPort, connections), costs: [] };
}

const call = request(catalogHost, '/items');

async function costOfRound({ pair, load }: LoadedPair, { perSecond, seconds }: LoadPlan): Promise<RoundCost> {
  const used = async (): Promise<RoundCost> => ({
    client: await readCpuSeconds(pair.client.pid),
    server: await readCpuSeconds(pair.server.pid),
  });
  const before = await used();
  const requests = await load.steadily(() => call, perSecond, seconds);
  const after = await used();
  const perRequest = (side: Side): number => ((after[side] - before[side]) / requests) * 1e6;
  return { client: perRequest('client'), server: perRequest('server') };
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
