import { createServer } from 'node:http';
import { parseArgs } from 'node:util';
import { log } from './serve.js';
import { listenAddress } from './settings.js';

/** Answers every request with the text of `-text=…`. One dash is enough, as in the program that this stands in for. */
const { values } = parseArgs({
  args: process.argv.slice(2).map((argument) => argument.replace(/^-(?=[a-z]{2})/, '--')),
  options: { text: { type: 'string', default: '' }, listen: { type: 'string', default: ':5678' } },
});
const { host, port } = listenAddress(Number(values.listen.split(':').at(-1)));
const server = createServer((request, response) => {
  log(`${request.method ?? ''} ${request.url ?? ''}`);
  response.end(`${values.text}\n`);
});
server.listen(port, host, () => log(`listening on ${host}:${port}`));
process.once('SIGTERM', () => server.close(() => process.exit(0)));
