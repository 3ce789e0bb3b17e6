import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import * as spec from './spec.js';

export const authorizationPolicyDescriptions: readonly MessageTexts[] = [
  describeMessage(spec.authorizationPolicySpec, 'Who may do what.', {
    selector: 'Workloads that it is for; all of the namespace where absent.',
    targetRef: 'Object that it is for; targetRefs is the newer form.',
    targetRefs: 'Gateways or services that it is for.',
    rules: 'Which requests; one of the list must fit. Without rules it never fits.',
    action: 'What is done with requests that fit.',
    provider: ['Who is asked, for CUSTOM.', { name: 'Name of an extension provider of the mesh.' }],
  }),
  describeMessage(spec.policyRule, 'Which requests; from, to and when must all fit.', {
    from: ['From where; one of the list must fit.', { source: 'A source.' }],
    to: ['To what; one of the list must fit.', { operation: 'An operation.' }],
    when: 'Further conditions; all must hold.',
  }),
  describeMessage(
    spec.policySource,
    'A source; all of the fields must fit. Values may have "*" in front or at the end.',
    {
      principals: 'Identities of the peer, as trust-domain/ns/NAMESPACE/sa/ACCOUNT.',
      notPrincipals: 'Identities that the peer must not have.',
      requestPrincipals: 'Identities of the token, as issuer/subject.',
      notRequestPrincipals: 'Identities that the token must not have.',
      namespaces: 'Namespaces of the peer.',
      notNamespaces: 'Namespaces that the peer must not be of.',
      serviceAccounts: 'Service accounts of the peer, as namespace/name.',
      notServiceAccounts: 'Service accounts that the peer must not have.',
      ipBlocks: 'Addresses and networks of the peer.',
      notIpBlocks: 'Addresses and networks that the peer must not be of.',
      remoteIpBlocks: 'Addresses and networks of the first client, as forwarded.',
      notRemoteIpBlocks: 'Addresses and networks that the first client must not be of.',
      trustDomains: 'Trust domains of the peer.',
      notTrustDomains: 'Trust domains that the peer must not be of.',
    },
  ),
  describeMessage(
    spec.policyOperation,
    'An operation; all of the fields must fit. Values may have "*" in front or at the end.',
    {
      hosts: 'Hosts that are asked for.',
      notHosts: 'Hosts that must not be asked for.',
      ports: 'Ports that are asked at.',
      notPorts: 'Ports that must not be asked at.',
      methods: 'Methods.',
      notMethods: 'Methods that must not be used.',
      paths: 'Paths; {*} stands for a segment, {**} for any number.',
      notPaths: 'Paths that must not be asked for.',
    },
  ),
  describeMessage(spec.policyCondition, 'A condition.', {
    key: 'Attribute, such as request.headers[x-user].',
    values: 'Values of which it must have one.',
    notValues: 'Values that it must not have.',
  }),
];
