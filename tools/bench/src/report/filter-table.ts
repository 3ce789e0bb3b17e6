import type { VariantCpu } from '../filter/measure-cpu.js';
import type { FilterFigures } from '../filter/measure-filter.js';
import type { MemoryRow } from '../filter/measure-memory.js';
import { renderNumber } from './format.js';
import { renderMachine, type Machine } from './machine.js';
import { markdownRows } from './markdown-rows.js';

const titles: Readonly<Record<string, string>> = {
  none: 'no filter',
  empty: 'a Wasm filter in which nothing happens',
  stats: 'the statistics filter',
};

/** How much more CPU than without a filter, and how much more memory for nine times as many requests. */
export const filterAims = { share: 0.12, growthMiB: 2 } as const;

/** The measured part of the page that is about the statistics filter. */
export function renderFilterMarkdown(machine: Machine, figures: FilterFigures): string {
  const missed = missedFilterAims(figures).map((one) => `- ${one}`);
  const list = missed.length === 0 ? [] : ['Aims that were missed:', '', ...missed, ''];
  return [renderMachine(machine), '', renderFilterTable(figures), '', ...list].join('\n');
}

/** Both tables, for the terminal and for the page. */
export function renderFilterTable({ load, cpu, memory }: FilterFigures): string {
  const head = [
    `CPU of one Envoy for a request, at ${renderNumber(load.perSecond)} a second`,
    "client's proxy",
    "server's proxy",
  ];
  return [
    ...markdownRows([head, ...cpu.map(renderCpu), ['aim', aimText, aimText]]),
    '',
    ...markdownRows([
      ["the server's proxy after …", 'requests', 'resident', 'allocated', 'sets of labels'],
      ...memory.map(renderMemory),
    ]),
  ].join('\n');
}

const aimText = `+${filterAims.share * 100} %`;

function renderCpu({ variant, microseconds, more }: VariantCpu, index: number): readonly string[] {
  const figure = (side: 'client' | 'server'): string => {
    const absolute = `${renderNumber(microseconds[side])} µs`;
    return index === 0 ? absolute : `${absolute} (+${renderNumber(more[side] * 100)} %)`;
  };
  return [titles[variant] ?? variant, figure('client'), figure('server')];
}

function renderMemory({ after, requests, residentMiB, allocatedMiB, series }: MemoryRow): readonly string[] {
  return [
    after,
    requests.toLocaleString('en-US'),
    `${renderNumber(residentMiB)} MiB`,
    `${renderNumber(allocatedMiB)} MiB`,
    series.toLocaleString('en-US'),
  ];
}

/** Every aim that a figure misses, in words. */
export function missedFilterAims({ cpu, memory }: FilterFigures): readonly string[] {
  return [...missedShares(cpu), ...missedGrowth(memory)];
}

function missedShares(cpu: readonly VariantCpu[]): readonly string[] {
  const stats = cpu.find(({ variant }) => variant === 'stats');
  if (stats === undefined) return [];
  return (['client', 'server'] as const)
    .filter((side) => stats.more[side] > filterAims.share)
    .map((side) => `CPU of the ${side}'s proxy: +${renderNumber(stats.more[side] * 100)} %, aim ${aimText}`);
}

/** Requests of a kind that has been seen must not cost memory. */
function missedGrowth(memory: readonly MemoryRow[]): readonly string[] {
  return memory.flatMap((row, index) => {
    const before = memory[index - 1];
    if (before === undefined || row.after !== 'the same') return [];
    const growthMiB = row.residentMiB - before.residentMiB;
    if (growthMiB <= filterAims.growthMiB) return [];
    const requests = (row.requests - before.requests).toLocaleString('en-US');
    return [
      `memory: ${renderNumber(growthMiB)} MiB more after ${requests} more requests, aim ${filterAims.growthMiB} MiB`,
    ];
  });
}
