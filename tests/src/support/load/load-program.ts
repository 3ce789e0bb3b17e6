import { Agent, request } from 'node:http';
import { isLoadOrder, type LoadEvent, type LoadOrder } from './load-order.js';

/**
 * Calls a URL at a fixed rate whatever becomes of the calls (open loop), over connections that are kept, and writes what
 * happened as JSON lines. Runs until SIGTERM, or until nobody reads. Bundled into one file, so that it runs in a pod too.
 */
const everyMs = 10;

function run(order: LoadOrder): void {
  const agent = new Agent({ keepAlive: true, maxSockets: order.connections, scheduling: 'fifo' });
  const beganMs = performance.now();
  let asked = 0;
  let answered = 0;
  let failed = 0;
  const fail = (reason: string): void => {
    failed += 1;
    tell({ kind: 'failure', atMs: Date.now(), reason });
  };
  const call = (): void => {
    asked += 1;
    const outgoing = request(
      order.url,
      { agent, headers: order.headers, timeout: order.timeoutMs },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8');
        answer.on('data', (part: string) => (body += part));
        answer.on('error', (error: Error) => fail(`the answer broke off: ${error.message}`));
        answer.on('end', () => {
          if (answer.statusCode === 200) answered += 1;
          else fail(`status ${answer.statusCode ?? 0}: ${body.slice(0, 2000)}`);
        });
      },
    );
    outgoing.on('timeout', () => outgoing.destroy(new Error(`no answer within ${order.timeoutMs} ms`)));
    outgoing.on('error', (error: Error) => fail(error.message));
    outgoing.end();
  };
  setInterval(() => {
    const due = Math.floor(((performance.now() - beganMs) / 1000) * order.perSecond);
    while (asked < due) call();
  }, everyMs);
  setInterval(() => tell({ kind: 'count', asked, answered, failed }), 200);
}

function tell(event: LoadEvent): void {
  process.stdout.write(`${JSON.stringify(event)}\n`);
}

process.stdout.on('error', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
const order: unknown = JSON.parse(process.argv[2] ?? '{}');
if (!isLoadOrder(order)) throw new Error('the order of the load is malformed');
run(order);
