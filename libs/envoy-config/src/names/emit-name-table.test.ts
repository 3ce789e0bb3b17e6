import { SortedMap } from '@istio-ts/foundation';
import type { NameIr } from '@istio-ts/mesh-ir';
import { nameTable } from '@istio-ts/xds-types';
import { expect, it } from 'vitest';
import { emitNameTable } from './emit-name-table.js';

const web: NameIr = {
  addresses: ['10.96.0.7'],
  registry: 'Kubernetes',
  shortName: 'web',
  namespace: 'default',
};

it('encodes all names as one resource, once, with bytes that depend on nothing but the names', () => {
  const external: NameIr = { addresses: ['9.9.9.9'], registry: 'External', shortName: '', namespace: '' };
  const names = SortedMap.from([
    ['web.default.svc.cluster.local', web],
    ['host.example', external],
  ]);
  const resource = emitNameTable(names);
  expect(nameTable.NameTable.decode(resource.bytes).table).toEqual({
    'host.example': { ips: ['9.9.9.9'], registry: 'External', shortname: '', namespace: '' },
    'web.default.svc.cluster.local': {
      ips: ['10.96.0.7'],
      registry: 'Kubernetes',
      shortname: 'web',
      namespace: 'default',
    },
  });
  expect(emitNameTable(names)).toBe(resource);
  const again = SortedMap.from([...names].reverse());
  expect(emitNameTable(again).version).toBe(resource.version);
});
