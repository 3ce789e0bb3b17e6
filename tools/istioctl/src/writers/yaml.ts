import { stringify } from 'yaml';
import type { JsonValue } from '@istio-ts/xds-types';

/** Keys sorted and lists not indented, as Kubernetes' tools print; long texts stay on their line. */
export function renderYaml(value: JsonValue): string {
  return stringify(value, {
    sortMapEntries: true,
    indentSeq: false,
    lineWidth: 0,
    aliasDuplicateObjects: false,
  });
}
