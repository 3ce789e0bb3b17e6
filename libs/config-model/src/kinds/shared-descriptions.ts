import { describeMessage, type MessageTexts } from '../schema/describe.js';
import { targetReference } from './target-reference.js';
import { labelsSelector, workloadSelector } from './workload-selector.js';

export const sharedDescriptions: readonly MessageTexts[] = [
  describeMessage(workloadSelector, 'Workloads by their labels.', {
    matchLabels: 'Labels that a workload must have, all of them.',
  }),
  describeMessage(labelsSelector, 'Workloads by their labels.', {
    labels: 'Labels that a workload must have, all of them.',
  }),
  describeMessage(targetReference, 'The object that a policy is for, in its own namespace.', {
    group: 'Its API group; empty for Service.',
    kind: 'Its kind: Service, ServiceEntry, Gateway or GatewayClass.',
    name: 'Its name.',
    namespace: 'Must be absent or empty.',
  }),
];
