/** What grpc-js says, without its own history of the connection. */
export function shortReason(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const details =
    error instanceof Error && 'details' in error && typeof error.details === 'string' ? error.details : text;
  const [, last] = /Last error: (?:Error: )?(.*?)(?:\. Resolution note:.*)?$/.exec(details) ?? [];
  return last ?? details;
}
