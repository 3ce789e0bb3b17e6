import type { Static } from '@sinclair/typebox';
import { openMessage } from '../../schema/builders.js';

/** A ServiceAccount is its name. */
export type ServiceAccountSpec = Static<typeof serviceAccountSpec>;
export const serviceAccountSpec = openMessage({});
