import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { ConfigRow } from '../config/config-row.js';
import type { FilterFigures } from '../filter/measure-filter.js';
import type { SizeResult } from '../run/results.js';
import { renderConfigMarkdown } from './config-table.js';
import { renderFilterMarkdown } from './filter-table.js';
import type { Machine } from './machine.js';
import { renderMarkdown } from './markdown-table.js';
import { renderPicture } from './picture.js';

/** What stands between a pair of marks. */
export type MeasuredPart = 'figures' | 'configuration' | 'filter';

/** Renews what stands between the marks of `benchmarks.md`, and the picture beside it. Words outside stay. */
export async function writeDocumentation(
  docsDir: string,
  machine: Machine,
  results: readonly SizeResult[],
): Promise<void> {
  const page = join(docsDir, 'benchmarks.md');
  await renew(page, 'figures', renderMarkdown(machine, results));
  const pictured = results.at(-1);
  if (pictured !== undefined) await writeFile(join(docsDir, 'benchmarks.svg'), renderPicture(pictured));
}

/** Renews the part about configuration. */
export async function writeConfigDocumentation(
  docsDir: string,
  machine: Machine,
  rows: readonly ConfigRow[],
): Promise<void> {
  await renew(join(docsDir, 'benchmarks.md'), 'configuration', renderConfigMarkdown(machine, rows));
}

/** Renews the part about the statistics filter. */
export async function writeFilterDocumentation(
  docsDir: string,
  machine: Machine,
  figures: FilterFigures,
): Promise<void> {
  await renew(join(docsDir, 'benchmarks.md'), 'filter', renderFilterMarkdown(machine, figures));
}

async function renew(page: string, part: MeasuredPart, measured: string): Promise<void> {
  await writeFile(page, replaceMeasured(await readFile(page, 'utf8'), part, measured));
}

/** Throws a MeshError where the page has lost its marks. */
export function replaceMeasured(page: string, part: MeasuredPart, measured: string): string {
  const begin = `<!-- begin of measured ${part}: written by \`npm run bench -- --write\` -->`;
  const end = `<!-- end of measured ${part} -->`;
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
