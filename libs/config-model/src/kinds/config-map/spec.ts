import type { Static } from '@sinclair/typebox';
import { bytes, flag, map, openMessage, textMap } from '../../schema/builders.js';

/** The rest of a ConfigMap object: it has no `spec`. */
export type ConfigMapSpec = Static<typeof configMapSpec>;
export const configMapSpec = openMessage({ data: textMap, binaryData: map(bytes), immutable: flag });
