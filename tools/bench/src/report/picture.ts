import { rowNames, type RowName, type SizeResult } from '../run/results.js';
import { mainCase, rowTitles, upstream } from './aims.js';
import { renderNumber } from './format.js';

interface Bar {
  readonly label: string;
  readonly seconds: number;
  readonly color: string;
}

const width = 760;
const labelWidth = 280;
const barHeight = 14;
const groupGap = 16;
const top = 64;
const shortest = 0.01;
const longest = 100;

/** Time until the last proxy has a change, as bars on a logarithmic scale. */
export function renderPicture(result: SizeResult): string {
  const groups = rowNames
    .map((row) => ({ row, bars: barsOf(row, result) }))
    .filter(({ bars }) => bars.length > 0);
  let y = top;
  const drawn = groups.map(({ row, bars }) => {
    const text = renderGroup(row, bars, y);
    y += bars.length * barHeight + groupGap;
    return text;
  });
  const title = `Seconds until the last of ${renderNumber(result.clients)} proxies has it (${renderNumber(result.services)} services, logarithmic)`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${y + 8}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${y + 8}" fill="#ffffff"/>`,
    `<text x="12" y="22" font-size="14" font-weight="bold">${title}</text>`,
    renderLegend(groups.flatMap(({ bars }) => bars)),
    ...drawn,
    '</svg>',
    '',
  ].join('\n');
}

function barsOf(row: RowName, { istiod, floor, services, clients }: SizeResult): readonly Bar[] {
  const isMain = services === mainCase.services && clients === mainCase.clients;
  const all = [
    { label: 'istio-ts', seconds: istiod.rows[row]?.seconds, color: '#2b6cb0' },
    { label: 'transport floor', seconds: floor.rows[row]?.seconds, color: '#a0aec0' },
    { label: "Istio's istiod 1.31", seconds: isMain ? upstream[row]?.seconds : undefined, color: '#dd6b20' },
  ];
  return all.flatMap(({ label, seconds, color }) =>
    seconds === undefined ? [] : [{ label, seconds, color }],
  );
}

function renderGroup(row: RowName, bars: readonly Bar[], y: number): string {
  const title = `<text x="${labelWidth - 8}" y="${y + (bars.length * barHeight) / 2 + 4}" text-anchor="end">${rowTitles[row]}</text>`;
  const lines = bars.map(({ seconds, color }, index) => {
    const length = barLength(seconds);
    const at = y + index * barHeight;
    return (
      `<rect x="${labelWidth}" y="${at}" width="${length.toFixed(1)}" height="${barHeight - 2}" fill="${color}"/>` +
      `<text x="${(labelWidth + length + 5).toFixed(1)}" y="${at + barHeight - 4}" font-size="11">${renderNumber(seconds)}</text>`
    );
  });
  return [title, ...lines].join('\n');
}

function barLength(seconds: number): number {
  const bounded = Math.min(longest, Math.max(shortest * 1.1, seconds));
  return (Math.log10(bounded / shortest) / Math.log10(longest / shortest)) * (width - labelWidth - 60);
}

function renderLegend(bars: readonly Bar[]): string {
  const kinds = [...new Map(bars.map(({ label, color }) => [label, color])).entries()];
  return kinds
    .map(
      ([label, color], index) =>
        `<rect x="${labelWidth + index * 150}" y="36" width="10" height="10" fill="${color}"/>` +
        `<text x="${labelWidth + index * 150 + 15}" y="45">${label}</text>`,
    )
    .join('\n');
}
