import type { Static } from '@sinclair/typebox';
import { openMessage, texts } from '../../schema/builders.js';

/** A Namespace says what it has to say in its labels and annotations. */
export type NamespaceSpec = Static<typeof namespaceSpec>;
export const namespaceSpec = openMessage({ finalizers: texts });
