import { rowNames, type SizeResult } from '../run/results.js';
import { aims, answerAimMs, mainCase, memoryAim, rowTitles, upstream, upstreamMemory } from './aims.js';
import { renderFigures, renderNumber } from './format.js';
import type { Machine } from './machine.js';
import { missedAims } from './missed-aims.js';

const busyLoad = 0.5;
const busy =
  ' Others were at work: the times are longer than on a quiet machine, also those of the floor; CPU seconds are good.';

/** The measured part of the page: machine, a table a size, what was missed. */
export function renderMarkdown(machine: Machine, results: readonly SizeResult[]): string {
  const { date, processor, cores, memoryGiB, kernel, node, loadBefore } = machine;
  const where = `Measured on ${date}: ${processor}, ${cores} cores shared by server and clients, ${memoryGiB} GiB, ${kernel}, Node ${node}.`;
  const load = `Load of the machine in the minute before: ${renderNumber(loadBefore)}.${loadBefore > busyLoad ? busy : ''}`;
  return [where, load, '', ...results.flatMap(renderSize)].join('\n');
}

function renderSize(result: SizeResult): readonly string[] {
  const { services, clients } = result;
  const isMain = services === mainCase.services && clients === mainCase.clients;
  const title = `### ${renderNumber(services)} services, ${renderNumber(clients)} proxies`;
  const head = ['event', 'istio-ts', 'transport floor', ...(isMain ? ["Istio's istiod 1.31", 'aim'] : [])];
  const body = rowNames.map((row) => [
    rowTitles[row],
    renderFigures(result.istiod.rows[row] ?? {}),
    renderFigures(result.floor.rows[row] ?? {}),
    ...(isMain ? [renderFigures(upstream[row] ?? {}), renderFigures(aims[row] ?? {})] : []),
  ]);
  return [
    title,
    '',
    ...table([head, ...body, memoryRow(result, isMain)]),
    '',
    ...answers(result),
    ...missed(result),
  ];
}

function memoryRow({ istiod, floor }: SizeResult, isMain: boolean): readonly string[] {
  const memory = (residentMiB: number, peakMiB: number): string =>
    `${renderNumber(residentMiB)} MiB (${renderNumber(peakMiB)})`;
  return [
    'resident memory after the first sync (peak of all)',
    memory(istiod.residentMiB, istiod.peakMiB),
    memory(floor.residentMiB, floor.peakMiB),
    ...(isMain ? [`${upstreamMemory} MiB`, memory(memoryAim.residentMiB, memoryAim.peakMiB)] : []),
  ];
}

/** Aligned as prettier aligns tables, so that a renewed page is a formatted page. */
function table([head = [], ...body]: readonly (readonly string[])[]): readonly string[] {
  const widths = head.map((_, column) =>
    Math.max(3, ...[head, ...body].map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)];
}

function answers({ istiod }: SizeResult): readonly string[] {
  const rows = istiod.responsiveness.map(({ during, ready, signing }) => [
    rowTitles[during],
    `${renderNumber(ready.p99)} / ${renderNumber(ready.max)}`,
    `${renderNumber(signing.p99)} / ${renderNumber(signing.max)}`,
  ]);
  const head = ['answers meanwhile, ms: p99 / longest', '`/ready`', 'certificate signing'];
  return [
    ...table([head, ...rows]),
    '',
    `Ready ${renderNumber(istiod.startSeconds)} s after the start of the process; aim for answers: ${answerAimMs} ms.`,
    '',
  ];
}

function missed(result: SizeResult): readonly string[] {
  const list = missedAims(result);
  if (list.length === 0) return [];
  return ['Aims that were missed:', '', ...list.map((one) => `- ${one}`), ''];
}
