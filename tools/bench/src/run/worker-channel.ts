import { fork, type ChildProcess } from 'node:child_process';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

interface Call<Command> {
  readonly id: number;
  readonly command: Command;
}

type Answer<Reply> =
  { readonly id: number; readonly reply: Reply } | { readonly id: number; readonly failure: string };

/** A child process of this program that answers commands, one reply a command. */
export class Worker<Command, Reply> {
  private readonly waiting = new Map<number, (answer: Answer<Reply> | undefined) => void>();
  private lastId = 0;

  private constructor(private readonly child: ChildProcess) {
    child.on('message', (answer: Answer<Reply>) => this.settle(answer));
    child.on('exit', () => {
      for (const conclude of this.waiting.values()) conclude(undefined);
      this.waiting.clear();
    });
  }

  /** Starts this program again in `role`. */
  static start<Command, Reply>(role: string, execArgv: readonly string[] = []): Worker<Command, Reply> {
    const program = process.argv[1] ?? '';
    return new Worker(fork(program, [role], { execArgv: [...execArgv], serialization: 'advanced' }));
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Rejects with a MeshError where the child fails at the command or ends. */
  call(command: Command): Promise<Reply> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, (answer) => {
        if (answer === undefined)
          reject(new MeshError(MeshErrorCode.Unavailable, 'a process of the bench ended'));
        else if ('failure' in answer) reject(new MeshError(MeshErrorCode.Unknown, answer.failure));
        else resolve(answer.reply);
      });
      const call: Call<Command> = { id, command };
      this.child.send(call);
    });
  }

  /** The child ends by itself when its parent is gone. */
  stop(): void {
    if (this.child.connected) this.child.disconnect();
  }

  private settle(answer: Answer<Reply>): void {
    const conclude = this.waiting.get(answer.id);
    this.waiting.delete(answer.id);
    conclude?.(answer);
  }
}

/** The other side: answers commands until the parent goes. Commands are those of the `Worker` that started it. */
export function serveWorker(handle: (command: unknown) => Promise<unknown>): void {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (call: Call<unknown>) => {
    const answer = (message: Answer<unknown>): void => void process.send?.(message);
    handle(call.command).then(
      (reply) => answer({ id: call.id, reply }),
      (error: unknown) => answer({ id: call.id, failure: MeshError.from(error).message }),
    );
  });
}
