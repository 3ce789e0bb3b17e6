import type { CodeText } from '@istio-ts/config-model';

/** What the codes that localmesh raises itself mean to the person who sees them, for `docs/errors.md`. */
export const issueCodeTexts = {
  UNREADABLE: {
    cause: 'A manifest in a watched folder cannot be read. What it said before stays in force.',
    example: 'a file without permission to read, or a dangling link',
    cure: 'Look at the path and its permissions; it is read again when it changes.',
  },
  SYNTAX: {
    cause: 'A document that is no YAML. Nothing of its file is applied; what it said before stays in force.',
    example: '`containers: [{ image: web`',
    cure: 'Go to the line and column of the message.',
  },
  SHAPE: {
    cause:
      'A document without `apiVersion`, `kind` or `metadata.name`. Nothing of its file is applied; what it said before stays in force.',
    example: 'a Deployment without a name',
    cure: 'Add what the message names.',
  },
} as const satisfies Readonly<Record<string, CodeText>>;
