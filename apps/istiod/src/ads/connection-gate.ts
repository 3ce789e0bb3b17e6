import type { Socket } from 'node:net';

/** A connection of a proxy that comes back costs a millisecond or two until it is answered: eight are a slice. */
const connectionsATurn = 8;

/**
 * Lets in what connects, a few connections a turn of the event loop. When a thousand proxies come back together each
 * states at once what it holds; what waits here is not read, so that this stays in the kernel's buffers and not in our
 * memory, and between turns those are served that are in already.
 */
export class ConnectionGate {
  private readonly waiting: Socket[] = [];
  private places = connectionsATurn;
  private scheduled = false;

  /** `letIn` takes a socket that was never read. */
  constructor(private readonly letIn: (socket: Socket) => void) {}

  add(socket: Socket): void {
    this.waiting.push(socket);
    this.open();
  }

  /** Ends what waits. */
  close(): void {
    for (const socket of this.waiting.splice(0)) socket.destroy();
  }

  private open(): void {
    for (; this.places > 0; this.places -= 1) {
      const socket = this.waiting.shift();
      if (socket === undefined) return;
      this.letIn(socket);
      this.nextTurn();
    }
  }

  private nextTurn(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      this.places = connectionsATurn;
      this.open();
    });
  }
}
