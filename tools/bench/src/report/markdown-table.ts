import { rowNames, type SizeResult } from '../run/results.js';
import { aims, answerAimMs, mainCase, memoryAim, rowTitles, upstream, upstreamMemory } from './aims.js';
import { renderFigures, renderNumber } from './format.js';
import { renderMachine, type Machine } from './machine.js';
import { markdownRows } from './markdown-rows.js';
import { missedAims } from './missed-aims.js';

/** The measured part of the page: machine, a table a size, what was missed. */
export function renderMarkdown(machine: Machine, results: readonly SizeResult[]): string {
  return [renderMachine(machine), '', ...results.flatMap(renderSize)].join('\n');
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
    ...markdownRows([head, ...body, memoryRow(result, isMain)]),
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

function answers({ istiod }: SizeResult): readonly string[] {
  const rows = istiod.responsiveness.map(({ during, ready, signing }) => [
    rowTitles[during],
    `${renderNumber(ready.p99)} / ${renderNumber(ready.max)}`,
    `${renderNumber(signing.p99)} / ${renderNumber(signing.max)}`,
  ]);
  const head = ['answers meanwhile, ms: p99 / longest', '`/ready`', 'certificate signing'];
  return [
    ...markdownRows([head, ...rows]),
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
