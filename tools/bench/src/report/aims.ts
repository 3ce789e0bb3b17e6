import type { RowName } from '../run/results.js';

/** Figures of one event; undefined where there is none. */
export interface Figures {
  /** Until the last client has it. */
  readonly seconds?: number;
  /** Until the server has sent it to the last client that may be sent it. */
  readonly sentSeconds?: number;
  readonly pushedMiB?: number;
  readonly cpuSeconds?: number;
}

/** What is expected of the main case, 1,000 services and 1,000 proxies. */
export const mainCase = { services: 1000, clients: 1000 } as const;

export const aims: Readonly<Partial<Record<RowName, Figures>>> = {
  'first-sync': { seconds: 10, pushedMiB: 3520, cpuSeconds: 8 },
  endpoint: { seconds: 0.2, cpuSeconds: 0.2 },
  'virtual-service': { seconds: 1, cpuSeconds: 1.2 },
  'new-service': { seconds: 1.2, cpuSeconds: 1.5 },
  unseen: { pushedMiB: 0, cpuSeconds: 0.05 },
  'behind-routes': { sentSeconds: 0.3 },
  reconnect: { seconds: 3.5, pushedMiB: 35, cpuSeconds: 3 },
};

/** Istio's own istiod 1.31 on the main case, measured once on a quiet two-core machine. */
export const upstream: Readonly<Partial<Record<RowName, Figures>>> = {
  'first-sync': { seconds: 64, pushedMiB: 3517, cpuSeconds: 93 },
  endpoint: { seconds: 1.47, pushedMiB: 1.1, cpuSeconds: 1.8 },
  'virtual-service': { seconds: 6.5, pushedMiB: 686, cpuSeconds: 10.5 },
  'new-service': { seconds: 7.1, pushedMiB: 689, cpuSeconds: 11.4 },
  unseen: { pushedMiB: 0, cpuSeconds: 1.4 },
  reconnect: { seconds: 69, pushedMiB: 3520, cpuSeconds: 96 },
};

/** Resident memory in MiB, and its peak. */
export const memoryAim = { residentMiB: 400, peakMiB: 500 } as const;
export const upstreamMemory = '760–1,360 (2,395)';

/** Longest answer of `/ready` and of certificate signing, in milliseconds. */
export const answerAimMs = 300;

export const rowTitles: Readonly<Record<RowName, string>> = {
  'first-sync': 'first sync of all',
  endpoint: 'one endpoint',
  'virtual-service': 'one VirtualService',
  'new-service': 'one new service',
  unseen: 'a change nobody can see',
  'behind-routes': 'one endpoint, 0.1 s after a VirtualService',
  reconnect: 'reconnect of all, holding everything',
};
