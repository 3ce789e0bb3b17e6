import type { Measured } from '../run/meter.js';
import { rowNames, type RowName, type SizeResult } from '../run/results.js';
import { aims, mainCase, rowTitles } from './aims.js';
import { renderFigures, renderNumber } from './format.js';
import { missedAims } from './missed-aims.js';

/** One row as it comes in. */
export function renderRow(row: RowName, measured: Measured): string {
  return `${rowTitles[row].padEnd(44)} ${renderFigures(measured)} · peak ${renderNumber(measured.peakMiB)} MiB`;
}

/** The table of one size, with the floor beside it. */
export function renderTable(result: SizeResult): string {
  const isMain = result.services === mainCase.services && result.clients === mainCase.clients;
  const head = ['event', 'istiod', 'transport floor', ...(isMain ? ['aim'] : [])];
  const body = rowNames.map((row) => [
    rowTitles[row],
    renderFigures(result.istiod.rows[row] ?? {}),
    renderFigures(result.floor.rows[row] ?? {}),
    ...(isMain ? [renderFigures(aims[row] ?? {})] : []),
  ]);
  const { istiod, floor } = result;
  const memory = ({ residentMiB, peakMiB }: typeof istiod | typeof floor): string =>
    `${renderNumber(residentMiB)} MiB (peak ${renderNumber(peakMiB)})`;
  body.push(['resident memory', memory(istiod), memory(floor), ...(isMain ? ['400 MiB (500)'] : [])]);
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((row) => row[column]?.length ?? 0)));
  const lines = [head, ...body].map((row) =>
    row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '),
  );
  const missed = missedAims(result).map((one) => `missed: ${one}`);
  return [
    ...lines,
    ...answerLines(result),
    ...missed,
    `ready ${renderNumber(istiod.startSeconds)} s after start`,
  ].join('\n');
}

function answerLines({ istiod }: SizeResult): readonly string[] {
  return istiod.responsiveness.map(
    ({ during, ready, signing }) =>
      `during "${rowTitles[during]}": /ready p99 ${renderNumber(ready.p99)} max ${renderNumber(ready.max)} ms (${ready.count}), ` +
      `signing p99 ${renderNumber(signing.p99)} max ${renderNumber(signing.max)} ms (${signing.count})` +
      (signing.failure === undefined ? '' : `, ${signing.failures} failed: ${signing.failure}`),
  );
}
