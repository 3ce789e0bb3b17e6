import type { MessageTexts } from './message-text.js';
import type { routingMessages } from './routing.js';

export const routingTexts: MessageTexts<typeof routingMessages> = {
  ConflictingMeshGatewayVirtualServiceHosts: {
    example: 'two VirtualServices with `hosts: [reviews]` and no `gateways`',
    cure: 'Merge their routes into one, or narrow one of them with `exportTo` or `gateways`.',
  },
  VirtualServiceDestinationPortSelectorRequired: {
    example: '`destination: { host: reviews }` where reviews has the ports 80 and 9090',
    cure: 'Add `port: { number: … }` to the destination.',
  },
  NoServerCertificateVerificationDestinationLevel: {
    example: '`tls: { mode: SIMPLE }` without `caCertificates`',
    cure: 'Set `caCertificates` (or `credentialName`), and `subjectAltNames` for the names that are expected.',
  },
  NoServerCertificateVerificationPortLevel: {
    example: '`portLevelSettings` with `tls: { mode: SIMPLE }` without `caCertificates`',
    cure: 'Set `caCertificates` in the settings of that port: it takes nothing over from the ones above it.',
  },
  VirtualServiceUnreachableRule: {
    example: 'a rule behind one without `match`',
    cure: 'Move the rule before the one that takes everything, or delete it.',
  },
  VirtualServiceIneffectiveMatch: {
    example: 'the same `uri: { prefix: /api }` in two rules',
    cure: 'Delete the later match, or make it say what sets it apart and move it forward.',
  },
  ServiceEntryAddressesRequired: {
    example: 'a ServiceEntry for `db.example.com` with `protocol: TCP` and no `addresses`',
    cure: 'Give it addresses, or let them be allocated; or say the protocol (TLS is told apart by its server name).',
  },
  IngressRouteRulesNotAffected: {
    example:
      'a route bound to `mesh` with subset `v2`, and a gateway whose own VirtualService names no subset',
    cure: 'Name the subset in the VirtualService that is bound to the gateway.',
  },
  JwtClaimBasedRoutingWithoutRequestAuthN: {
    example: 'a match on `@request.auth.claims.group` at the ingress gateway',
    cure: "Add a RequestAuthentication that selects the gateway's pods.",
  },
  DestinationRuleSubsetNotSelectPods: {
    example: 'subset `v3` with `version: v3` while only v1 and v2 run',
    cure: 'Correct the labels of the subset, deploy its pods, or route nothing to it.',
  },
  UnknownDestinationRuleHost: {
    example: '`host: revews`, or a short name in another namespace than the service',
    cure: 'Correct the host; write it in full where the rule is in another namespace.',
  },
  ConflictingServiceEntryProtocol: {
    example: 'two ServiceEntries for `api.example.com`, port 443 as HTTPS and as TCP',
    cure: 'Agree on one protocol, or keep one of the two.',
  },
  EnvoyFilterUsesRelativeOperation: {
    example: '`operation: INSERT_BEFORE` without `priority`',
    cure: 'Use INSERT_FIRST or ADD, or set `priority` so that the order is yours.',
  },
  EnvoyFilterUsesReplaceOperationIncorrectly: {
    example: '`applyTo: CLUSTER` with `operation: REPLACE`',
    cure: 'Use MERGE, or REMOVE and ADD.',
  },
  EnvoyFilterUsesAddOperationIncorrectly: {
    example: '`applyTo: HTTP_ROUTE` with `operation: ADD`',
    cure: 'Use INSERT_FIRST, INSERT_BEFORE or INSERT_AFTER for routes, and MERGE for a route configuration.',
  },
  EnvoyFilterUsesRemoveOperationIncorrectly: {
    example: '`applyTo: ROUTE_CONFIGURATION` with `operation: REMOVE`',
    cure: 'Remove a virtual host or a route of a VirtualService instead.',
  },
  EnvoyFilterUsesRelativeOperationWithProxyVersion: {
    example: '`operation: INSERT_AFTER` with `match.proxy.proxyVersion: ^1\\.30.*`',
    cure: 'Use INSERT_FIRST or ADD, or set `priority`; and try it with both versions.',
  },
};
