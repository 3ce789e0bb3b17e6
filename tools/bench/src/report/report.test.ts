import { expect, test } from 'vitest';
import type { Measured } from '../run/meter.js';
import type { SizeResult } from '../run/results.js';
import { renderConfigMarkdown } from './config-table.js';
import { renderFigures, renderNumber } from './format.js';
import { renderMarkdown } from './markdown-table.js';
import { missedAims } from './missed-aims.js';
import { renderPicture } from './picture.js';
import { replaceMeasured } from './write-documentation.js';

const measured: Measured = {
  seconds: 12.34,
  medianSeconds: 6,
  pushedMiB: 3276.4,
  cpuSeconds: 7.5,
  peakMiB: 420,
};
const latency = { count: 5, p50: 1, p99: 20, max: 350, failures: 0 };
const result: SizeResult = {
  services: 1000,
  clients: 1000,
  istiod: {
    rows: { 'first-sync': measured },
    responsiveness: [{ during: 'first-sync', ready: latency, signing: { ...latency, max: 20 } }],
    startSeconds: 2,
    residentMiB: 399,
    peakMiB: 501,
    lostStreams: 0,
  },
  floor: { rows: { 'first-sync': { ...measured, seconds: 5 } }, residentMiB: 100, peakMiB: 150 },
};
const machine = {
  date: '2026-01-02',
  processor: 'A processor',
  cores: 2,
  memoryGiB: 24,
  kernel: 'linux 6',
  node: '20.20.2',
  loadBefore: 3,
};

test('numbers have three significant digits', () => {
  expect([0, 0.0123, 0.5, 12.34, 3276.4].map(renderNumber)).toEqual(['0', '0.012', '0.5', '12.3', '3,276']);
  expect(renderFigures({ seconds: 1, cpuSeconds: undefined })).toBe('1 s');
  expect(renderFigures({})).toBe('–');
});

test('each missed aim of the main case is named, and no other', () => {
  expect(missedAims(result)).toEqual([
    'first sync of all: 12.3 s, aim 10 s',
    'peak of resident memory: 501 MiB, aim 500 MiB',
    '/ready during "first sync of all": 350 ms at most, aim 300 ms',
  ]);
  expect(missedAims({ ...result, clients: 100 })).toEqual([]);
});

test('the page keeps its words and renews its figures', () => {
  const begin = '<!-- begin of measured figures: written by `npm run bench -- --write` -->';
  const end = '<!-- end of measured figures -->';
  const page = `before\n${begin}\nlast year's\n${end}\nafter\n`;
  const renewed = replaceMeasured(page, 'figures', renderMarkdown(machine, [result]));
  expect(renewed).toMatch(/^before\n/u);
  expect(renewed).toMatch(/\nafter\n$/u);
  expect(renewed).toContain('| 12.3 s · 3,276 MiB · 7.5 CPU-s |');
  expect(renewed).toContain('Others were at work');
  expect(renewed).not.toContain("last year's");
  expect(() => replaceMeasured(page, 'configuration', '')).toThrow('must contain');
});

test('figures about configuration are told in seconds, beside their aims', () => {
  const rows = [{ name: 'many objects', ms: 4321, cpuMs: 1234, aimMs: 3000, heapMb: 1 }];
  expect(renderConfigMarkdown(machine, rows)).toContain(
    '| many objects          | 4.32 s | 1.23 s   | 3 s |',
  );
  const small = { name: 'one', ms: 1.5, cpuMs: 1.5, aimMs: 20, heapMb: 1 };
  const page = renderConfigMarkdown(machine, [...rows, small]);
  expect(page).toContain('- many objects: 4.32 s, aim 3 s; 1.23 s of it CPU time\n');
  expect(page).toMatch(/^\| one .* \| 1\.5 ms \| .* \| 20 ms \|$/mu);
});

test('the picture shows a bar for each that has a time', () => {
  const picture = renderPicture(result);
  expect(picture.match(/first sync of all/gu)).toHaveLength(1);
  expect(picture).toContain('>12.3</text>');
  expect(picture).toContain('>64</text>');
  expect(picture).not.toContain('NaN');
});
