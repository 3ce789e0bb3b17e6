import type { Static } from '@sinclair/typebox';
import type { KindEntry } from '../kinds.js';
import type { ObjectMeta, OwnerReference } from '../resource.js';
import type { Place } from '../place.js';
import { parseTimestampMs } from '../naming/timestamp.js';
import { flag, list, openMessage, text, textMap, uint64 } from '../schema/builders.js';
import { isPlainObject } from '../schema/plain-object.js';
import { read } from '../schema/reader.js';

const metadata = openMessage({
  name: text,
  namespace: text,
  labels: textMap,
  annotations: textMap,
  creationTimestamp: text,
  uid: text,
  resourceVersion: text,
  generation: uint64,
  ownerReferences: list(
    openMessage({ apiVersion: text, kind: text, name: text, uid: text, controller: flag }, [
      'apiVersion',
      'kind',
      'name',
    ]),
  ),
});

const none: Readonly<Record<string, string>> = Object.freeze({});
const noOwners: readonly OwnerReference[] = Object.freeze([]);

const subdomain = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/u;
const harmless = /^[-.:\w]+$/u;
const dnsLabel = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/u;

/** Reads `metadata`; undefined where there is no usable name. */
export function parseMetadata(
  value: unknown,
  { entry, defaultNamespace }: { readonly entry: KindEntry; readonly defaultNamespace: string },
  place: Place,
): ObjectMeta | undefined {
  const written = value ?? (entry.defaultName === undefined ? undefined : {});
  if (written === undefined) {
    place.error('is required, with at least a name');
    return undefined;
  }
  const meta = read(metadata, written, place);
  if (meta === undefined) return undefined;
  const name = meta.name ?? entry.defaultName;
  if (name === undefined) {
    if (!isPlainObject(written) || written['name'] === undefined || written['name'] === null)
      place.at('name').error('is required');
    return undefined;
  }
  checkName(name, place.at('name'));
  const namespace = entry.namespaced ? (meta.namespace ?? defaultNamespace) : '';
  if (namespace.length > 63 || (namespace !== '' && !dnsLabel.test(namespace))) {
    place.at('namespace').error(`${JSON.stringify(namespace)} is not a namespace name`);
  }
  return assemble({ ...meta, name }, namespace);
}

/** Names that Kubernetes would refuse are warned of where they do no harm: manifests are also read without Kubernetes. */
function checkName(name: string, place: Place): void {
  if (name.length <= 253 && subdomain.test(name)) return;
  const written = JSON.stringify(name);
  if (name.length > 253 || !harmless.test(name)) place.error(`${written} is not a name`);
  else
    place.warning(
      `Kubernetes refuses the name ${written}: lower-case letters, digits, "-" and "." are allowed`,
    );
}

function assemble(meta: Static<typeof metadata> & { readonly name: string }, namespace: string): ObjectMeta {
  const created = meta.creationTimestamp === undefined ? undefined : parseTimestampMs(meta.creationTimestamp);
  return {
    name: meta.name,
    namespace,
    labels: meta.labels ?? none,
    annotations: meta.annotations ?? none,
    ownerReferences: meta.ownerReferences ?? noOwners,
    ...(created !== undefined && { creationTimestampMs: created }),
    ...(meta.uid !== undefined && { uid: meta.uid }),
    ...(meta.resourceVersion !== undefined && { resourceVersion: meta.resourceVersion }),
    ...(meta.generation !== undefined && { generation: meta.generation }),
  };
}
