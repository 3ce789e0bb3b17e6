/** Codes of the issues that objects raise together: Istio's where it has one. */
export const MeshIssueCode = {
  /** A name that leads to nothing: a host, a subset, a gateway. */
  ReferenceNotFound: 'IST0101',
  /** Two VirtualServices for sidecars claim one host. */
  ConflictingMeshHosts: 'IST0109',
  /** A destination with several ports, of which none is named. */
  PortRequired: 'IST0112',
  /** A VirtualService shares no host with a gateway that it is bound to. */
  HostNotInGateway: 'IST0132',
  /** Two gateways, or two servers of one, claim one host on one port of the same proxies. */
  ConflictingGateways: 'IST0145',
  /** A DestinationRule for a host that no service has. */
  UnknownRuleHost: 'IST0174',
  /** Two rules of a namespace for one host say different things about the same. */
  ConflictingRules: 'DESTINATION_RULE_CONFLICT',
  /** A field that is read and not carried out. */
  FieldNotEnforced: 'FIELD_NOT_ENFORCED',
  /** Two services want the same connections. */
  ListenerConflict: 'LISTENER_CONFLICT',
} as const;

export type MeshIssueCode = (typeof MeshIssueCode)[keyof typeof MeshIssueCode];
