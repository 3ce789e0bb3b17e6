const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

interface Step {
  /** Ages below this are told in these units. */
  readonly below: number;
  readonly unit: readonly [number, string];
  /** A smaller unit for the rest, left out where it is 0. */
  readonly rest?: readonly [number, string];
}

/** kubectl's way to tell an age: the older, the coarser. */
const steps: readonly Step[] = [
  { below: 2 * minute, unit: [second, 's'] },
  { below: 10 * minute, unit: [minute, 'm'], rest: [second, 's'] },
  { below: 3 * hour, unit: [minute, 'm'] },
  { below: 8 * hour, unit: [hour, 'h'], rest: [minute, 'm'] },
  { below: 2 * day, unit: [hour, 'h'] },
  { below: 8 * day, unit: [day, 'd'], rest: [hour, 'h'] },
  { below: 2 * year, unit: [day, 'd'] },
  { below: 8 * year, unit: [year, 'y'], rest: [day, 'd'] },
  { below: Infinity, unit: [year, 'y'] },
];

/** `5m10s`, `3h`, `2d4h`; an age in the future counts as `0s`. */
export function renderAge(ageMs: number): string {
  const age = Math.max(0, ageMs);
  const step = steps.find(({ below }) => age < below);
  if (step === undefined) return '';
  const [size, word] = step.unit;
  const whole = `${Math.floor(age / size)}${word}`;
  const [restSize, restWord] = step.rest ?? [size, ''];
  const rest = Math.floor((age % size) / restSize);
  return step.rest === undefined || rest === 0 ? whole : `${whole}${rest}${restWord}`;
}
