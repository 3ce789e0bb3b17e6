import type { StructuralSchema } from './structural-schema.js';

const text = { type: 'string' } as const;
const time = { type: 'string', format: 'date-time' } as const;
const generation = {
  anyOf: [{ type: 'integer' }, { type: 'string' }],
  'x-kubernetes-int-or-string': true,
} as const;

const condition = {
  type: 'object',
  properties: {
    type: { ...text, description: 'What the condition is about.' },
    status: { ...text, description: 'True, False or Unknown.' },
    reason: { ...text, description: 'Why, in one word.' },
    message: { ...text, description: 'Why, for a person.' },
    lastProbeTime: { ...time, description: 'When it was last looked at.' },
    lastTransitionTime: { ...time, description: 'When its status last changed.' },
    observedGeneration: { ...generation, description: 'The version of the object that it was found for.' },
  },
} as const;

const validationMessage = {
  type: 'object',
  properties: {
    type: {
      type: 'object',
      properties: {
        code: { ...text, description: 'Code of the message, such as IST0101.' },
        name: { ...text, description: 'Name of the message.' },
      },
    },
    level: {
      ...text,
      enum: ['UNKNOWN', 'ERROR', 'WARNING', 'INFO'],
      description: 'How serious it is.',
    },
    documentationUrl: { ...text, description: 'Where the message is explained.' },
  },
} as const;

/** The status that the control plane writes to objects of every kind; a ServiceEntry's allocated addresses go beside. */
export const istioStatus: StructuralSchema = {
  type: 'object',
  'x-kubernetes-preserve-unknown-fields': true,
  properties: {
    conditions: { type: 'array', items: condition },
    validationMessages: { type: 'array', items: validationMessage },
    observedGeneration: generation,
  },
};
