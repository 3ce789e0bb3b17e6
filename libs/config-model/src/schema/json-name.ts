/** The name in JSON of a field that a proto names `retry_on`: `retryOn`. Names without `_` are what they are. */
export function jsonName(protoName: string): string {
  if (!protoName.includes('_')) return protoName;
  return protoName.replaceAll(/_+([^_]?)/gu, (_, next: string) => next.toUpperCase());
}
