import { renderPath, type PathKey } from '@istio-ts/config-model';
import type { Issue } from '@istio-ts/foundation';
import { referenceTo, type AnalyzedObject } from './analyzed-object.js';
import { messages, type MessageArgs, type MessageName } from './messages.js';
import type { Message } from './messages/message.js';

/** An issue of analysis: its words are `message`, what they were made of is `args`. */
export interface AnalysisIssue extends Issue {
  readonly name: MessageName;
  readonly args: Readonly<Record<string, unknown>>;
  /** `path` as keys, for whoever looks for it in a text. */
  readonly place?: readonly PathKey[];
}

/** What an analyzer found at an object. */
export interface Finding {
  readonly object: AnalyzedObject;
  readonly issue: AnalysisIssue;
}

/** @param path of what is wrong within the object; absent where the whole object is meant */
export function finding<M extends MessageName>(
  name: M,
  object: AnalyzedObject,
  args: MessageArgs<M>,
  path?: readonly PathKey[],
): Finding {
  // The row of the table that `name` picks, seen as what it is.
  const row = messages[name] as unknown as Message<MessageArgs<M>>;
  const { position } = object.origin;
  return {
    object,
    issue: {
      name,
      args,
      code: row.code,
      severity: row.severity,
      message: row.render(args),
      resource: referenceTo(object),
      ...(path && { path: renderPath(path), place: path }),
      ...(position && { position }),
    },
  };
}
