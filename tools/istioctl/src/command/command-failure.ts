/** Ends a command with a status of its own, after its message was shown as `Error: …`. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';

  constructor(
    message: string,
    readonly status: number,
  ) {
    super(message);
  }
}
