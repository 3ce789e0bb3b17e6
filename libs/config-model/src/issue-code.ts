/** Codes of the issues that reading a file and checking one object raises: Istio's where it has one. */
export const IssueCode = {
  /** The object's content is refused. */
  Schema: 'IST0106',
  /** The object is accepted, and something in it is likely not what was meant. */
  SchemaWarning: 'IST0133',
  /** The file is there and cannot be read. */
  Unreadable: 'FILE_UNREADABLE',
  /** The text is not YAML. */
  Syntax: 'YAML_SYNTAX',
  /** A document is no object of the form apiVersion, kind, metadata. */
  Shape: 'MANIFEST_SHAPE',
  /** The input is larger or deeper than what is read. */
  Limit: 'INPUT_LIMIT',
  /** No such kind. */
  UnknownKind: 'UNKNOWN_KIND',
  /** A Kubernetes kind that means nothing to the mesh. */
  KindNotRead: 'KIND_NOT_READ',
  /** A kind of Istio's that is kept and not carried out yet. */
  KindNotEnforced: 'KIND_NOT_ENFORCED',
} as const;

export type IssueCode = (typeof IssueCode)[keyof typeof IssueCode];
