import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedDir } from '@istio-ts/testkit';
import { parseAllDocuments } from 'yaml';
import type { CustomResourceDefinition } from './custom-resource-definition.js';

/** The CRDs that ours are held against; none where the folder with them is not there. */
export function readReference(): readonly CustomResourceDefinition[] {
  if (sharedDir === undefined) return [];
  const path = join(sharedDir, 'conformance/crd-validation/reference/crd-all.gen.yaml');
  const documents = parseAllDocuments(readFileSync(path, 'utf8'));
  const values = [...documents].map((document) => document.toJS() as CustomResourceDefinition | null);
  return values.filter((crd) => crd !== null);
}

/** Descriptions left out. */
export const undescribed = { ofMessage: () => undefined, ofField: () => undefined };
