import type { CodeText } from '@istio-ts/config-model';

/** What a message's meaning (its cause) leaves open, for `docs/errors.md`. */
export type MessageText = Omit<CodeText, 'cause'>;

/** A text for every row of a table of messages. */
export type MessageTexts<Table> = Readonly<Record<keyof Table, MessageText>>;
