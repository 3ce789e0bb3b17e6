const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};
const term = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|ms|s|m|h)/gu;
const whole = /^([-+]?)((?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/u;

/** Milliseconds of a duration as Istio writes it (`2s`, `0.5s`, `1h30m`, `100ms`), fractions kept; undefined where malformed. */
export function parseDurationMs(text: string): number | undefined {
  if (text === '0') return 0;
  const match = whole.exec(text);
  if (match === null) return undefined;
  const [, sign, terms = ''] = match;
  let total = 0;
  for (const [, amount = '', unit = ''] of terms.matchAll(term))
    total += Number(amount) * (unitMs[unit] ?? 0);
  return sign === '-' ? -total : total;
}
