import type { Measured } from '../run/meter.js';
import { rowNames, type RowName, type SizeResult } from '../run/results.js';
import { aims, answerAimMs, mainCase, memoryAim, rowTitles, type Figures } from './aims.js';
import { renderNumber } from './format.js';

const units = {
  seconds: 's',
  sentSeconds: 's until it is sent',
  pushedMiB: 'MiB',
  cpuSeconds: 'CPU-s',
} as const satisfies Record<keyof Figures, string>;

/** Every aim of the main case that a result misses, in words; none for other sizes. */
export function missedAims(result: SizeResult): readonly string[] {
  if (result.services !== mainCase.services || result.clients !== mainCase.clients) return [];
  return [
    ...rowNames.flatMap((row) => missedRow(row, result.istiod.rows[row])),
    ...missedMemory(result),
    ...lostStreams(result),
    ...missedAnswers(result),
  ];
}

/** Whether a row of the main case keeps what was aimed at. */
export function missedRow(row: RowName, measured: Measured | undefined): readonly string[] {
  const aim = aims[row];
  if (aim === undefined || measured === undefined) return [];
  return (Object.keys(units) as (keyof Figures)[]).flatMap((figure) => {
    const wanted = aim[figure];
    const found = measured[figure];
    if (wanted === undefined || found === undefined || found <= wanted) return [];
    const unit = units[figure];
    return [`${rowTitles[row]}: ${renderNumber(found)} ${unit}, aim ${renderNumber(wanted)} ${unit}`];
  });
}

function missedMemory({ istiod }: SizeResult): readonly string[] {
  const titles = { residentMiB: 'resident memory', peakMiB: 'peak of resident memory' } as const;
  return (['residentMiB', 'peakMiB'] as const)
    .filter((figure) => istiod[figure] > memoryAim[figure])
    .map((figure) => `${titles[figure]}: ${renderNumber(istiod[figure])} MiB, aim ${memoryAim[figure]} MiB`);
}

function missedAnswers({ istiod }: SizeResult): readonly string[] {
  return istiod.responsiveness.flatMap(({ during, ready, signing }) =>
    [
      { what: '/ready', ...ready },
      { what: 'certificate signing', ...signing },
    ].flatMap(({ what, max, failures, failure }) => {
      const where = `${what} during "${rowTitles[during]}"`;
      if (failure !== undefined) return [`${where}: ${failures} failed, the first with: ${failure}`];
      return max > answerAimMs ? [`${where}: ${renderNumber(max)} ms at most, aim ${answerAimMs} ms`] : [];
    }),
  );
}

function lostStreams({ istiod }: SizeResult): readonly string[] {
  return istiod.lostStreams === 0 ? [] : [`${istiod.lostStreams} streams were lost and opened again`];
}
