import type { CodeText } from '@istio-ts/config-model';

/** What the codes that istiod raises itself mean to the person who sees them, for `docs/errors.md`. */
export const issueCodeTexts = {
  DUPLICATE_OBJECT: {
    cause:
      'One folder has an object (kind, namespace, name) in two places. One stands, the other one is not looked at.',
    example: '`reviews.yaml` and a copy of it, `reviews-old.yaml`',
    cure: 'Delete one; the message names both places. To replace an object on purpose put it into a later `--config-dir`.',
  },
  FOLDER_UNREADABLE: {
    cause:
      'A folder of configuration went away or cannot be listed. What was read from it before stays in force.',
    example: 'an unmounted volume under `--config-dir`',
    cure: 'Bring the folder back; it is read again by itself. Empty it to take its objects away.',
  },
  PROXY_REJECTED: {
    cause:
      'Envoy refuses a resource that was made for it, and keeps the last good one. Other resources go on.',
    example: 'a regular expression that Envoy does not take',
    cure: 'The message quotes Envoy, and names the object where one is known; mend that object. Without one please report it.',
  },
} as const satisfies Readonly<Record<string, CodeText>>;
