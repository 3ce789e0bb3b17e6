import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { decode, encode, streamDecode, streamEncode } from 'dns-packet';
import { answerDns } from './dns-answer.js';
import type { DnsZone } from './zone.js';

export interface DnsServerOptions {
  readonly address: string;
  readonly port: number;
  /** The names as they are when a question comes. */
  readonly zone: () => DnsZone;
}

/** Serves the names of the mesh over UDP and TCP until the signal aborts. Answers the port that it listens on. */
export async function runDnsServer(
  { address, port, zone }: DnsServerOptions,
  signal: AbortSignal,
): Promise<number> {
  const udp = createSocket({ type: 'udp4', signal });
  udp.on('message', (message, peer) => {
    const answer = safely(() => encode(answerDns(decode(message), zone())));
    if (answer !== undefined) udp.send(answer, peer.port, peer.address);
  });
  udp.on('error', () => undefined);
  udp.bind(port, address);
  await once(udp, 'listening');
  const bound = udp.address().port;
  const tcp = createServer((socket) => {
    socket.on('error', () => socket.destroy());
    let received = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < received.readUInt16BE(0) + 2) return;
      const answer = safely(() => streamEncode(answerDns(streamDecode(received), zone())));
      if (answer === undefined) socket.destroy();
      else socket.end(answer);
    });
  });
  tcp.listen({ port: bound, host: address, signal });
  await once(tcp, 'listening');
  return bound;
}

/** A packet that cannot be read gets no answer. */
function safely(work: () => Buffer): Buffer | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}
