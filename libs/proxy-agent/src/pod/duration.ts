const unitsMs: Readonly<Record<string, number>> = {
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 0.001,
  µs: 0.001,
  ns: 0.000_001,
};

/** Milliseconds of a duration as Go and proto-JSON write it (`45s`, `1h30m`), or undefined where it is not one. */
export function parseDurationMs(text: string): number | undefined {
  if (!/^(\d+(\.\d+)?(h|ms|m|s|us|µs|ns))+$/.test(text)) return undefined;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s|us|µs|ns)/g);
  return Array.from(parts, ([, amount, unit]) => Number(amount) * (unitsMs[unit ?? ''] ?? 0)).reduce(
    (sum, part) => sum + part,
    0,
  );
}
