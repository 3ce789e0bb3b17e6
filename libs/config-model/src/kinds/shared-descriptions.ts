import { describeMessage, type MessageTexts } from '../schema/describe.js';
import { istioStatus, statusCondition, statusMessage } from './istio-status.js';
import { targetReference } from './target-reference.js';
import { labelsSelector, workloadSelector } from './workload-selector.js';

export const sharedDescriptions: readonly MessageTexts[] = [
  describeMessage(istioStatus, 'What the control plane found out about the object.', {
    conditions: 'What holds of the object now.',
    validationMessages: 'What the analysis of the configuration says of it.',
    observedGeneration: 'The version of the object that this was found for.',
  }),
  describeMessage(statusCondition, 'Something that holds of the object, or does not.', {
    type: 'What the condition is about.',
    status: 'True, False or Unknown.',
    reason: 'Why, in one word.',
    message: 'Why, for a person.',
    lastProbeTime: 'When it was last looked at.',
    lastTransitionTime: 'When its status last changed.',
    observedGeneration: 'The version of the object that it was found for.',
  }),
  describeMessage(statusMessage, 'A message of the analysis.', {
    type: [
      'Which message it is.',
      { code: 'Code of the message, such as IST0101.', name: 'Name of the message.' },
    ],
    level: 'How serious it is.',
    documentationUrl: 'Where the message is explained.',
  }),
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
