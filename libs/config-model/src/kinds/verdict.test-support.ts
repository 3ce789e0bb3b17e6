import { expect, it } from 'vitest';
import { IssueCode } from '../issue-code.js';
import { kindEntry, type KindName } from '../kinds.js';
import { parseResource } from '../manifest/parse-resource.js';
import { defaultMeshConfig } from '../mesh-config/defaults.js';
import { mergeMeshConfig } from '../mesh-config/parse.js';
import { parseMeshNetworks } from '../mesh-networks/parse.js';
import type { ValidationOptions } from '../validation-options.js';

type Judged = KindName | 'MeshConfig' | 'MeshNetworks';

/** Contents by what Istio's webhook says of them: taken, taken with a warning, refused. */
export interface Verdicts {
  readonly valid?: readonly unknown[];
  readonly warning?: readonly unknown[];
  readonly invalid?: readonly unknown[];
}

const sentences = {
  valid: 'is taken without a word',
  warning: 'is taken with a warning',
  invalid: 'is refused',
} as const satisfies Record<keyof Verdicts, string>;

/**
 * For tests: one for each verdict, which names the contents of which something else is said. `whole` makes an object's
 * content out of a part of it.
 */
export function itJudges(
  kind: Judged,
  verdicts: Verdicts,
  whole: (part: never) => unknown = (part) => part,
  options: ValidationOptions = {},
): void {
  for (const verdict of ['valid', 'warning', 'invalid'] as const) {
    const parts = verdicts[verdict] ?? [];
    if (parts.length === 0) continue;
    it(`${sentences[verdict]} where it should be`, () => {
      const others = parts.filter((part) => judge(kind, whole(part as never), options) !== verdict);
      expect(others).toEqual([]);
    });
  }
}

function judge(kind: Judged, content: unknown, options: ValidationOptions): keyof Verdicts {
  const result = read(kind, content, options);
  if (!result.ok) return 'invalid';
  return result.issues.some(({ code }) => code !== IssueCode.KindNotEnforced) ? 'warning' : 'valid';
}

function read(kind: Judged, content: unknown, options: ValidationOptions) {
  if (kind === 'MeshConfig') return mergeMeshConfig(defaultMeshConfig, JSON.stringify(content));
  if (kind === 'MeshNetworks') return parseMeshNetworks(JSON.stringify(content));
  const { group, versions } = kindEntry(kind);
  const metadata = { name: 'test', namespace: 'default' };
  return parseResource(
    { apiVersion: `${group}/${versions[0]}`, kind, metadata, spec: content },
    { source: 'test', cluster: 'test', ...options },
  );
}
