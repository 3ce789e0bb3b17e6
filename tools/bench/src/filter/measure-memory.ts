import { readUsage } from '../measure/process-usage.js';
import { applicationCodes } from './application.js';
import type { Envoy } from './envoy.js';
import type { FilterBed } from './filter-bed.js';
import { Load, request } from './load.js';
import { peerMetadata } from './peer-metadata.js';
import { catalogHost, serverAddress } from './shop.js';

export interface MemoryPlan {
  /** Requests in all. */
  readonly requests: number;
  readonly connections: number;
  /** Workloads that call in the first half. */
  readonly peers: number;
}

export const standardMemory: MemoryPlan = { requests: 1_000_000, connections: 16, peers: 200 };

/** The server's proxy after some of the requests. */
export interface MemoryRow {
  readonly after: string;
  readonly requests: number;
  readonly residentMiB: number;
  /** What Envoy says that it has allocated; the memory of its virtual machines is not in it. */
  readonly allocatedMiB: number;
  /** Sets of labels of istio_requests_total. */
  readonly series: number;
}

/**
 * Calls the server's proxy of the last variant: half of the requests from a fixed number of workloads, to which the
 * application answers with all its codes; then half of them each from a workload, to a host and a path of its own, as
 * nobody but an attacker would send them. Without TLS, so that anybody may claim to be anything.
 */
export async function measureMemory({ pairs }: FilterBed, plan: MemoryPlan): Promise<readonly MemoryRow[]> {
  const pair = pairs.at(-1);
  if (pair === undefined) return [];
  const load = await Load.open(serverAddress, pair.serverPort, plan.connections);
  const rows: MemoryRow[] = [];
  let sent = 0;
  const step = async (after: string, share: number, next: () => Buffer): Promise<void> => {
    const count = Math.round(plan.requests * share);
    await load.flood(next, count);
    sent += count;
    // What it takes to answer about its metrics stays with Envoy: the first look is not to show up in a later one.
    await lookAt(pair.server);
    rows.push({ after, requests: sent, ...(await lookAt(pair.server)) });
  };
  try {
    const known = knownCalls(plan.peers);
    const strange = strangeCalls();
    await step(`${plan.peers} known peers`, 0.1, known);
    await step('the same', 0.4, known);
    await step('a peer, host and path of its own each', 0.1, strange);
    await step('the same', 0.4, strange);
  } finally {
    load.close();
  }
  return rows;
}

function knownCalls(peers: number): () => Buffer {
  const calls = Array.from({ length: peers }, (_, peer) => peerMetadata(`client-${peer}`, 'web')).flatMap(
    (metadata) =>
      applicationCodes.map((code) =>
        request(catalogHost, `/${code}/items`, { 'x-envoy-peer-metadata': metadata }),
      ),
  );
  let next = 0;
  return () => calls[next++ % calls.length] ?? Buffer.alloc(0);
}

function strangeCalls(): () => Buffer {
  let next = 0;
  return () => {
    next += 1;
    const code = applicationCodes[next % applicationCodes.length] ?? 200;
    const metadata = peerMetadata(`stranger-${next}`, `namespace-${next % 100}`);
    return request(`${next}.example.com`, `/${code}/${next}`, { 'x-envoy-peer-metadata': metadata });
  };
}

const inMiB = 2 ** 20;
const seriesName = 'istio_requests_total$';

async function lookAt(envoy: Envoy): Promise<Pick<MemoryRow, 'residentMiB' | 'allocatedMiB' | 'series'>> {
  const { residentMiB } = await readUsage(envoy.pid);
  const memory = JSON.parse(await envoy.ask('/memory')) as { readonly allocated: string };
  const series = await envoy.ask(`/stats?filter=${encodeURIComponent(seriesName)}`);
  return {
    residentMiB,
    allocatedMiB: Number(memory.allocated) / inMiB,
    series: series.split('\n').filter((line) => line.includes('istio_requests_total')).length,
  };
}
