import type { ConfigRow } from '../config/measure-config.js';
import { renderNumber } from './format.js';
import { renderMachine, type Machine } from './machine.js';
import { markdownRows } from './markdown-rows.js';

const head = ['reading configuration', 'time', 'CPU time', 'aim'];

/** The measured part of the page that is about configuration. */
export function renderConfigMarkdown(machine: Machine, rows: readonly ConfigRow[]): string {
  return [renderMachine(machine), '', renderConfigTable(rows), ''].join('\n');
}

/** A row a figure, for the terminal and for the page. */
export function renderConfigTable(rows: readonly ConfigRow[]): string {
  const body = rows.map(({ name, ...figures }) => [
    name,
    ...[figures.ms, figures.cpuMs, figures.aimMs].map((ms) => `${renderNumber(ms / 1000)} s`),
  ]);
  return markdownRows([head, ...body]).join('\n');
}
