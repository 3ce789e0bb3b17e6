import { createServer } from 'node:net';
import { log } from './serve.js';
import { listenAddress, numberSetting } from './settings.js';

/** Speaks first (who and where it is), then sends back every byte it gets. */
const welcome = [
  `Welcome, you are connected to node ${setting('NODE_NAME')}.`,
  `Running on Pod ${setting('POD_NAME')}.`,
  `In namespace ${setting('POD_NAMESPACE')}.`,
  `With IP address ${setting('POD_IP')}.`,
  `Service ${setting('SERVICE_ACCOUNT')}.`,
];

function setting(name: string): string {
  return process.env[name] ?? '';
}

const server = createServer((socket) => {
  socket.on('error', () => socket.destroy());
  socket.write(`${welcome.join('\n')}\n`);
  socket.pipe(socket);
});
const { host, port } = listenAddress(numberSetting('TCP_PORT', 2701));
server.listen(port, host, () => log(`listening on ${host}:${port}`));
process.once('SIGTERM', () => process.exit(0));
