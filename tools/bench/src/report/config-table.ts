import type { ConfigRow } from '../config/config-row.js';
import { renderNumber } from './format.js';
import { renderMachine, type Machine } from './machine.js';
import { markdownRows } from './markdown-rows.js';

const head = ['reading configuration', 'time', 'CPU time', 'aim'];

/** The measured part of the page that is about configuration. */
export function renderConfigMarkdown(machine: Machine, rows: readonly ConfigRow[]): string {
  const missed = missedConfigAims(rows).map((one) => `- ${one}`);
  const list = missed.length === 0 ? [] : ['Aims that were missed:', '', ...missed, ''];
  return [renderMachine(machine), '', renderConfigTable(rows), '', ...list].join('\n');
}

/** A row a figure, for the terminal and for the page. */
export function renderConfigTable(rows: readonly ConfigRow[]): string {
  const body = rows.map(({ name, ...figures }) => [
    name,
    ...[figures.ms, figures.cpuMs, figures.aimMs].map(renderTime),
  ]);
  return markdownRows([head, ...body]).join('\n');
}

/** Every aim that a figure misses, in words. */
export function missedConfigAims(rows: readonly ConfigRow[]): readonly string[] {
  return rows
    .filter(({ ms, aimMs }) => ms > aimMs)
    .map(
      ({ name, ms, cpuMs, aimMs }) =>
        `${name}: ${renderTime(ms)}, aim ${renderTime(aimMs)}; ${renderTime(cpuMs)} of it CPU time`,
    );
}

function renderTime(ms: number): string {
  return ms < 100 ? `${renderNumber(ms)} ms` : `${renderNumber(ms / 1000)} s`;
}
