import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { SizeResult } from '../run/results.js';
import type { Machine } from './machine.js';
import { renderMarkdown } from './markdown-table.js';
import { renderPicture } from './picture.js';

const begin = '<!-- begin of measured figures: written by `npm run bench -- --write` -->';
const end = '<!-- end of measured figures -->';

/** Renews what stands between the marks of `benchmarks.md`, and the picture beside it. Words outside stay. */
export async function writeDocumentation(
  docsDir: string,
  machine: Machine,
  results: readonly SizeResult[],
): Promise<void> {
  const page = join(docsDir, 'benchmarks.md');
  const renewed = replaceMeasured(await readFile(page, 'utf8'), renderMarkdown(machine, results));
  await writeFile(page, renewed);
  const pictured = results.at(-1);
  if (pictured !== undefined) await writeFile(join(docsDir, 'benchmarks.svg'), renderPicture(pictured));
}

/** Throws a MeshError where the page has lost its marks. */
export function replaceMeasured(page: string, measured: string): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) {
    throw new MeshError(
      MeshErrorCode.Usage,
      `docs/benchmarks.md must contain the lines "${begin}" and "${end}"`,
    );
  }
  return `${page.slice(0, from)}${begin}\n\n${measured}\n${page.slice(to)}`;
}
