import type { FastifyInstance } from 'fastify';
import type { ChangeReport, IssueReport } from '../push/change-record.js';

/** Everyone who reads `/debug/changes` gets each report as one line of JSON, from now on. */
export class ChangeFeed {
  private readonly readers = new Set<(line: string) => void>();

  publish(report: ChangeReport | IssueReport): void {
    const line = `${JSON.stringify(report)}\n`;
    for (const write of this.readers) write(line);
  }

  serve(server: FastifyInstance, path: string): void {
    server.get(path, (request, reply) => {
      reply.hijack();
      const { raw } = reply;
      raw.writeHead(200, { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
      raw.flushHeaders();
      const write = (line: string): void => void raw.write(line);
      this.readers.add(write);
      request.raw.on('close', () => this.readers.delete(write));
    });
  }
}
