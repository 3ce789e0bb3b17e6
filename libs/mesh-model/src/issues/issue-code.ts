/** Codes of what is wrong in this mesh and stands in no catalogue of Istio's; the rest is said by `config-analysis`. */
export const MeshIssueCode = {
  /** Two rules of a namespace for one host say different things about the same. */
  ConflictingRules: 'DESTINATION_RULE_CONFLICT',
  /** A field that is read and not carried out. */
  FieldNotEnforced: 'FIELD_NOT_ENFORCED',
  /** Two services, or two servers of a Gateway, want the same connections. */
  ListenerConflict: 'LISTENER_CONFLICT',
  /** Something refers to a provider that the mesh's configuration does not have. */
  ProviderNotFound: 'PROVIDER_NOT_FOUND',
} as const;

export type MeshIssueCode = (typeof MeshIssueCode)[keyof typeof MeshIssueCode];
