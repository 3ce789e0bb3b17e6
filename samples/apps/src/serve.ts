import type { FastifyInstance } from 'fastify';
import type { ListenAddress } from './settings.js';

/** Writes one line to the application's log, which is standard output. */
export function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Listens, and ends cleanly on SIGTERM and SIGINT: requests under way are answered first. */
export async function serve(app: FastifyInstance, { host, port }: ListenAddress): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => void app.close().then(() => process.exit(0)));
  }
  // A proxy keeps its connections to the application for an hour: who closes idle ones earlier does it, now and then, in the
  // moment in which a call comes, and the call is lost.
  app.server.keepAliveTimeout = 0;
  await app.listen({ host, port });
  log(`listening on ${host}:${port}`);
}
