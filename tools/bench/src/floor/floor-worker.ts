import { readFile } from 'node:fs/promises';
import { serveWorker } from '../run/worker-channel.js';
import { FloorServer } from './floor-server.js';
import { decodeRecording } from './recording.js';

export type FloorCommand =
  | { readonly kind: 'listen'; readonly recordingFile: string }
  | { readonly kind: 'replay'; readonly label: string };

export interface FloorReply {
  readonly port: number;
}

/** The process of the transport floor. */
export function runFloorWorker(): void {
  let server: FloorServer | undefined;
  let port = 0;
  serveWorker(async (received): Promise<FloorReply> => {
    const command = received as FloorCommand;
    if (command.kind === 'listen') {
      server = new FloorServer(decodeRecording(await readFile(command.recordingFile)));
      port = await server.listen();
    } else server?.replay(command.label);
    return { port };
  });
}
