import type { Figures } from './aims.js';

/** Three significant digits, thousands with a comma. */
export function renderNumber(value: number): string {
  if (value === 0) return '0';
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value))));
  const rounded = Number(value.toFixed(Math.min(digits, 3)));
  return rounded.toLocaleString('en-US', { maximumFractionDigits: 3 });
}

/** `1.2 s · sent after 0.1 s · 34 MiB · 0.5 CPU-s`, without what is not known. */
export function renderFigures({
  seconds,
  sentSeconds,
  pushedMiB,
  cpuSeconds,
}: Partial<Record<keyof Figures, number | undefined>>): string {
  const parts = [
    seconds === undefined ? undefined : `${renderNumber(seconds)} s`,
    sentSeconds === undefined ? undefined : `sent after ${renderNumber(sentSeconds)} s`,
    pushedMiB === undefined ? undefined : `${renderNumber(pushedMiB)} MiB`,
    cpuSeconds === undefined ? undefined : `${renderNumber(cpuSeconds)} CPU-s`,
  ];
  return parts.filter((part) => part !== undefined).join(' · ') || '–';
}
