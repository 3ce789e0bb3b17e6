import { isPlainObject } from '../schema/plain-object.js';

/** Where a word in a list in brackets ends in "::", as addresses do. */
const address = /::\s*[,\]]/u;

/**
 * YAML 1.2 takes `[fd00::]` for a list with a mapping in it, whose key is `fd00:`; Kubernetes' reader takes it for a list with
 * a text, and manifests are written for that one. Reads such entries as Kubernetes does; everything else stays what it is.
 */
export function withFlowTexts(value: unknown, text: string): unknown {
  return address.test(text) ? restored(value) : value;
}

function restored(value: unknown): unknown {
  if (Array.isArray(value)) return value.map((entry: unknown) => addressOf(entry) ?? restored(entry));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, restored(each)]));
}

function addressOf(entry: unknown): string | undefined {
  if (!isPlainObject(entry)) return undefined;
  const [key, ...others] = Object.keys(entry);
  return key?.endsWith(':') === true && others.length === 0 && entry[key] === null ? `${key}:` : undefined;
}
