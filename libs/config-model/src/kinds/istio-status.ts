import { Type, type Static } from '@sinclair/typebox';
import { intOrText, list, message, openMessage, text, words } from '../schema/builders.js';

const time = Type.Unsafe<string>({ type: 'string', format: 'date-time' });

export type StatusCondition = Static<typeof statusCondition>;
export const statusCondition = message({
  type: text,
  status: text,
  reason: text,
  message: text,
  lastProbeTime: time,
  lastTransitionTime: time,
  observedGeneration: intOrText,
});

export type StatusMessage = Static<typeof statusMessage>;
export const statusMessage = message({
  type: message({ code: text, name: text }),
  level: words('UNKNOWN', 'ERROR', 'WARNING', 'INFO'),
  documentationUrl: text,
});

/** What a status of any of Istio's kinds may hold; kinds may add to it. */
export const istioStatusFields = {
  conditions: list(statusCondition),
  validationMessages: list(statusMessage),
  observedGeneration: intOrText,
} as const;

/** The status that the control plane writes to objects of Istio's kinds; what else stands in it is kept. */
export type IstioStatus = Static<typeof istioStatus>;
export const istioStatus = openMessage(istioStatusFields);
