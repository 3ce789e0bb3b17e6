import type { HeaderOperations } from '@istio-ts/config-model';
import type { HeaderChangesIr, HeaderValueIr } from '@istio-ts/mesh-ir';

const hostHeaders = ['host', ':authority'];

/** Changes of headers; setting the host is a rewrite of the authority instead. */
export function resolveHeaderChanges(written: HeaderOperations | undefined): HeaderChangesIr | undefined {
  const set = valuesOf(written?.set);
  const add = valuesOf(written?.add);
  const remove = (written?.remove ?? []).map((name) => name.toLowerCase());
  if (set.length + add.length + remove.length === 0) return undefined;
  const isHost = ({ name }: HeaderValueIr): boolean => hostHeaders.includes(name);
  return {
    set: set.filter((header) => !isHost(header)),
    add: add.filter((header) => !isHost(header)),
    remove: remove.filter((name) => !hostHeaders.includes(name)),
    host: [...set, ...add].find(isHost)?.value,
  };
}

function valuesOf(written: Readonly<Record<string, string>> | undefined): readonly HeaderValueIr[] {
  return Object.entries(written ?? {})
    .map(([name, value]) => ({ name: name.toLowerCase(), value }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
