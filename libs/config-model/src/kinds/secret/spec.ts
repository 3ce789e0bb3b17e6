import type { Static } from '@sinclair/typebox';
import { bytes, flag, map, openMessage, text, textMap } from '../../schema/builders.js';

/** The rest of a Secret object: it has no `spec`. Values of `data` are base64; `stringData` wins over `data`. */
export type SecretSpec = Static<typeof secretSpec>;
export const secretSpec = openMessage({ type: text, data: map(bytes), stringData: textMap, immutable: flag });
