import { memo, type SortedMap } from '@istio-ts/foundation';
import type { NameIr } from '@istio-ts/mesh-ir';
import { encodedResource, nameTable, typeUrls, type EncodedResource } from '@istio-ts/xds-types';

/** NDS: all names as the one resource that there is of this type; it has no name. Memoised on the map. */
export const emitNameTable = memo((names: SortedMap<NameIr>): EncodedResource => {
  const entries = [...names].map(
    ([host, name]) => [host, nameTable.NameTable_NameInfo.create(infoOf(name))] as const,
  );
  const table = nameTable.NameTable.create({ table: Object.fromEntries(entries) });
  return encodedResource(typeUrls.nds, '', nameTable.NameTable.encode(table).finish());
});

function infoOf({ addresses, registry, shortName, namespace }: NameIr): nameTable.NameTable_NameInfo {
  return { ips: addresses, registry, shortname: shortName, namespace };
}
