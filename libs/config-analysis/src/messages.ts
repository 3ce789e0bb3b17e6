import type { Severity } from '@istio-ts/foundation';
import { gatewayMessages } from './messages/gateway.js';
import { generalMessages } from './messages/general.js';
import { installationMessages } from './messages/installation.js';
import { routingMessages } from './messages/routing.js';
import { workloadMessages } from './messages/workload.js';

/** Every message of analysis by its name. Codes, names and severities are Istio's, the words are ours. */
export const messages = {
  ...generalMessages,
  ...routingMessages,
  ...gatewayMessages,
  ...workloadMessages,
  ...installationMessages,
} as const;

export type MessageName = keyof typeof messages;

/** What a message has to be told. */
export type MessageArgs<M extends MessageName> = Parameters<(typeof messages)[M]['render']>[0];

export interface MessageEntry {
  readonly name: MessageName;
  readonly code: string;
  readonly severity: Severity;
  /** What the message is about, without an example. */
  readonly meaning: string;
}

/** The table for lists and documentation, in the order of the codes. */
export function listMessages(): readonly MessageEntry[] {
  return Object.entries(messages)
    .map(([name, { code, severity, meaning }]) => ({ name: name as MessageName, code, severity, meaning }))
    .sort((a, b) => (a.code < b.code ? -1 : 1));
}
