import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { proxyConfigSpec } from './spec.js';

export const proxyConfigDescriptions: readonly MessageTexts[] = [
  describeMessage(proxyConfigSpec, 'Settings of proxies, taken when a proxy starts.', {
    selector: 'Workloads that it is for; all of the namespace where absent.',
    concurrency: 'Worker threads of the proxy; 0 for one a core.',
    environmentVariables: 'Environment variables of the proxy.',
    image: ['Image of the proxy.', { imageType: 'Variant: default, debug or distroless.' }],
  }),
];
