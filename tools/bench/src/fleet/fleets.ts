import type { Target } from '../client/ads-connection.js';
import type { Goal } from '../client/goal.js';
import type { RecordedMessage } from '../floor/recording.js';
import { Worker } from '../run/worker-channel.js';
import type { FleetCommand, FleetReply } from './fleet-worker.js';
import type { FleetCounts, FleetOptions, MonotonicNs } from './fleet.js';

const clientsPerProcess = 500;

/** All simulated proxies, over as many processes as they need. */
export class Fleets {
  private constructor(private readonly workers: readonly Worker<FleetCommand, FleetReply>[]) {}

  static async start(clients: number, namespaces: readonly string[]): Promise<Fleets> {
    const processes = Math.ceil(clients / clientsPerProcess);
    const workers = Array.from({ length: processes }, () => Worker.start<FleetCommand, FleetReply>('fleet'));
    await Promise.all(
      workers.map((worker, index) => {
        const first = Math.floor((clients * index) / processes);
        const size = Math.floor((clients * (index + 1)) / processes) - first;
        const options: FleetOptions = { first, size, namespaces, record: index === 0 };
        return worker.call({ kind: 'create', options });
      }),
    );
    return new Fleets(workers);
  }

  async expect(goal: Goal): Promise<void> {
    await this.all({ kind: 'expect', goal });
  }

  async connect(target: Target): Promise<void> {
    await this.all({ kind: 'connect', target });
  }

  async disconnect(): Promise<void> {
    await this.all({ kind: 'disconnect' });
  }

  async forget(): Promise<void> {
    await this.all({ kind: 'forget' });
  }

  /** When each client reached its goal, in no order. */
  async reached(timeoutMs: number): Promise<readonly MonotonicNs[]> {
    const replies = await this.all({ kind: 'reached', timeoutMs });
    return replies.flatMap(({ reachedAt }) => reachedAt ?? []);
  }

  async counts(): Promise<FleetCounts> {
    const replies = await this.all({ kind: 'counts' });
    return replies.reduce<FleetCounts>(
      (sum, { counts }) => ({
        bytes: sum.bytes + (counts?.bytes ?? 0),
        responses: sum.responses + (counts?.responses ?? 0),
        lost: sum.lost + (counts?.lost ?? 0),
      }),
      { bytes: 0, responses: 0, lost: 0 },
    );
  }

  /** What the recorded client received since this was asked last. */
  async takeRecorded(): Promise<readonly RecordedMessage[]> {
    const replies = await this.all({ kind: 'recorded' });
    return replies.flatMap(({ recorded }) => recorded ?? []);
  }

  stop(): void {
    for (const worker of this.workers) worker.stop();
  }

  private all(command: FleetCommand): Promise<readonly FleetReply[]> {
    return Promise.all(this.workers.map((worker) => worker.call(command)));
  }
}
