import type { Static } from '@sinclair/typebox';
import { flag, list, openMessage, text } from '../../schema/builders.js';

/** A ServiceAccount is its name. */
export type ServiceAccountSpec = Static<typeof serviceAccountSpec>;
export const serviceAccountSpec = openMessage({
  automountServiceAccountToken: flag,
  imagePullSecrets: list(openMessage({ name: text })),
});
