import { IssueCode } from './issue-code.js';

/** What a code means to the person who sees it, for `docs/errors.md`. */
export interface CodeText {
  readonly cause: string;
  readonly example: string;
  readonly cure: string;
}

export const issueCodeTexts: Readonly<Record<IssueCode, CodeText>> = {
  [IssueCode.Schema]: {
    cause:
      'A field that the kind does not have, a value of the wrong type or out of its bounds, or fields that contradict each other. The object is refused; an earlier version of it stays in force.',
    example: '`subsett: v1` in a destination',
    cure: 'The message names the path and the place in the file, and the nearest name where there is one.',
  },
  [IssueCode.SchemaWarning]: {
    cause: 'The object is accepted, and something in it is most likely not what was meant, or is deprecated.',
    example: 'a match after one that takes every request',
    cure: 'Follow the message, or leave it: the object is in force as it is.',
  },
  [IssueCode.Unreadable]: {
    cause: 'A manifest is there and cannot be read. What it said before stays in force.',
    example: 'a file that another user wrote with mode 0600',
    cure: 'Look at the permissions of the file; it is read again by itself.',
  },
  [IssueCode.Syntax]: {
    cause: 'A document that is no YAML, or has a key twice. Other documents of the file are read.',
    example: '`hosts: [a`',
    cure: 'Go to the line and column of the message; tabs, an open quote and a second ": " are the usual mistakes.',
  },
  [IssueCode.Shape]: {
    cause: 'A document that is no object with `apiVersion`, `kind` and `metadata`.',
    example: 'a file of Helm values among manifests',
    cure: 'Add what the message names, or keep such files elsewhere.',
  },
  [IssueCode.Limit]: {
    cause: 'A text that is larger, deeper or more multiplied by aliases than what is read.',
    example: 'a document of 10 MB',
    cure: 'Split the file, or write aliases out.',
  },
  [IssueCode.UnknownKind]: {
    cause: 'A kind that neither Istio nor Kubernetes has, or not in this group.',
    example: '`kind: VirtualServices`',
    cure: 'The message names the nearest kind, or the group that has it.',
  },
  [IssueCode.KindNotRead]: {
    cause: 'A kind of Kubernetes’ that means nothing to the mesh. A note, nothing more.',
    example: 'a `PodDisruptionBudget`',
    cure: 'None is needed.',
  },
  [IssueCode.KindNotEnforced]: {
    cause: 'A kind of Istio’s that this version reads, checks and keeps, and does not carry out.',
    example: 'an `AuthorizationPolicy`: requests that it denies go through',
    cure: 'Do not rely on the object; [parity](parity.md) says what is carried out.',
  },
};
