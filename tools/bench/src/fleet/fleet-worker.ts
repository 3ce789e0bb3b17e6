import { invariant } from '@istio-ts/foundation';
import type { Target } from '../client/ads-connection.js';
import type { Goal } from '../client/goal.js';
import type { RecordedMessage } from '../floor/recording.js';
import { serveWorker } from '../run/worker-channel.js';
import { Fleet, type FleetCounts, type FleetOptions, type MonotonicNs } from './fleet.js';

export type FleetCommand =
  | { readonly kind: 'create'; readonly options: FleetOptions }
  | { readonly kind: 'expect'; readonly goal: Goal }
  | { readonly kind: 'connect'; readonly target: Target }
  | { readonly kind: 'disconnect' | 'forget' | 'counts' | 'recorded' }
  | { readonly kind: 'reached'; readonly timeoutMs: number };

export interface FleetReply {
  readonly reachedAt?: readonly MonotonicNs[];
  readonly counts?: FleetCounts;
  readonly recorded?: readonly RecordedMessage[];
}

/** The process of a fleet. */
export function runFleetWorker(): void {
  let created: Fleet | undefined;
  serveWorker(async (received): Promise<FleetReply> => {
    const command = received as FleetCommand;
    if (command.kind === 'create') {
      created = new Fleet(command.options);
      return {};
    }
    invariant(created, 'a fleet is created before it is used');
    return obey(created, command);
  });
}

async function obey(fleet: Fleet, command: Exclude<FleetCommand, { kind: 'create' }>): Promise<FleetReply> {
  switch (command.kind) {
    case 'expect':
      fleet.expect(command.goal);
      return {};
    case 'connect':
      fleet.connect(command.target);
      return {};
    case 'disconnect':
      fleet.disconnect();
      return {};
    case 'forget':
      fleet.forget();
      return {};
    case 'counts':
      return { counts: fleet.counts() };
    case 'recorded':
      return { recorded: fleet.takeRecorded().map(({ type, bytes }) => ({ type, bytes })) };
    case 'reached':
      return { reachedAt: await fleet.reached(command.timeoutMs) };
  }
}
