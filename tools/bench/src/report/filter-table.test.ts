import { expect, test } from 'vitest';
import type { FilterFigures } from '../filter/measure-filter.js';
import { standardLoad } from '../filter/measure-cpu.js';
import { missedFilterAims, renderFilterTable } from './filter-table.js';

const row = { after: '', requests: 100_000, residentMiB: 100, allocatedMiB: 30, series: 1600 };
const figures: FilterFigures = {
  load: standardLoad,
  cpu: [
    { variant: 'none', microseconds: { client: 160, server: 165 }, more: { client: 0, server: 0 } },
    { variant: 'stats', microseconds: { client: 200, server: 180 }, more: { client: 0.25, server: 0.09 } },
  ],
  memory: [
    { ...row, after: '200 known peers' },
    { ...row, after: 'the same', requests: 500_000, residentMiB: 101 },
    { ...row, after: 'strangers', requests: 600_000, residentMiB: 130, series: 2508 },
    { ...row, after: 'the same', requests: 1_000_000, residentMiB: 140, series: 2508 },
  ],
};

test('each variant stands beside the Envoy without a filter', () => {
  const table = renderFilterTable(figures);
  expect(table).toMatch(/\| no filter +\| 160 µs +\| 165 µs +\|/u);
  expect(table).toMatch(/\| the statistics filter +\| 200 µs \(\+25 %\) \| 180 µs \(\+9 %\) +\|/u);
  expect(table).toContain('| 1,000,000 | 140 MiB  | 30 MiB    | 2,508          |');
});

test('what costs more than it should is named: CPU, and memory for requests that bring nothing new', () => {
  expect(missedFilterAims(figures)).toEqual([
    "CPU of the client's proxy: +25 %, aim +12 %",
    'memory: 10 MiB more after 400,000 more requests, aim 2 MiB',
  ]);
});
