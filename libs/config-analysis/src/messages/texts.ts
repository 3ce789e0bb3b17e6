import type { MessageName } from '../messages.js';
import { gatewayTexts } from './gateway-texts.js';
import { generalTexts } from './general-texts.js';
import { installationTexts } from './installation-texts.js';
import type { MessageText } from './message-text.js';
import { routingTexts } from './routing-texts.js';
import { workloadTexts } from './workload-texts.js';

/** An example and a cure for every message of analysis. */
export const messageTexts: Readonly<Record<MessageName, MessageText>> = {
  ...generalTexts,
  ...routingTexts,
  ...gatewayTexts,
  ...workloadTexts,
  ...installationTexts,
};
