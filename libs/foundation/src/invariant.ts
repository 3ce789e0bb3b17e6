/** A bug of this program. Ends a test; in istiod it costs one resource or one connection, and is counted. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/** States what must hold whatever the user wrote. */
export function invariant(condition: unknown, reason: string): asserts condition {
  if (condition === false || condition === undefined || condition === null) throw new InvariantError(reason);
}

/** The branch that a closed union leaves; a new member stops the build here. */
export function unreachable(value: never): never {
  throw new InvariantError(`unexpected ${JSON.stringify(value)}`);
}
