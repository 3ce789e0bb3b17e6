import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { mutualTls, peerAuthenticationSpec } from './spec.js';

export const peerAuthenticationDescriptions: readonly MessageTexts[] = [
  describeMessage(peerAuthenticationSpec, 'Whether connections to workloads need mutual TLS.', {
    selector: 'Workloads that it is for; all of the namespace where absent.',
    mtls: 'For all ports.',
    portLevelMtls: 'For single ports of the workload, by number.',
  }),
  describeMessage(mutualTls, 'Whether connections need mutual TLS.', {
    mode: 'STRICT needs it, PERMISSIVE takes both, DISABLE takes plain text, UNSET inherits.',
  }),
];
