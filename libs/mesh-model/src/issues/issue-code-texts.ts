import type { CodeText } from '@istio-ts/config-model';
import { MeshIssueCode } from './issue-code.js';

/** What a code means to the person who sees it, for `docs/errors.md`. */
export const meshIssueCodeTexts: Readonly<Record<MeshIssueCode, CodeText>> = {
  [MeshIssueCode.ConflictingRules]: {
    cause:
      'Two DestinationRules of a namespace for one host define the same subset, or both have a traffic policy. The older one counts.',
    example: 'two rules for `reviews`, each with a subset `v1`',
    cure: 'Keep one of them; different subsets of one host may stand in different rules.',
  },
  [MeshIssueCode.FieldNotEnforced]: {
    cause:
      'A field that this version reads and checks, and does not carry out: proxies behave as if it were absent. An error where something is less protected or goes elsewhere than is written.',
    example: 'a field of a VirtualService that is listed as absent in [parity](parity.md)',
    cure: 'Remove the field, or do not rely on it.',
  },
  [MeshIssueCode.ListenerConflict]: {
    cause:
      'Two services want the same plain connections: these are told apart by address and port only. The older service gets them. Or two servers of a Gateway claim one host on one port.',
    example: 'two ServiceEntries for port 3306, protocol TCP, neither with addresses',
    cure: 'Give one of them an address of its own, or another port.',
  },
  [MeshIssueCode.ProviderNotFound]: {
    cause:
      'A credential named `sds://NAME` comes from an SDS server of one’s own, and the mesh’s configuration names no such server: TLS cannot be offered there.',
    example: '`credentialName: sds://shop-cert` in a Gateway, without an extension provider of kind `sds`',
    cure: 'Add to `extensionProviders` an entry with `sds` that names service and port of the server.',
  },
};
