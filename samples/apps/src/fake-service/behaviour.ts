/** How the stand-in service answers, as its environment says. */
export interface Behaviour {
  readonly name: string;
  readonly message: string;
  readonly delayMs: number;
  /** Spread around the delay in percent; 10 means 90 % to 110 %. */
  readonly variancePercent: number;
  readonly errorCode: number;
  /** Every n-th request fails; 0 means none. */
  readonly errorEvery: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the behaviour. Two readings are those of the image that this app stands in for, because manifests were tuned on
 * them: an error rate becomes "every n-th request" with n = ⌊1 / rate⌋ (so 0.75 fails always), and a variance that is not
 * a whole number, such as `10ms`, counts as none.
 */
export function readBehaviour(environment: Environment): Behaviour {
  const rate = Number(environment['ERROR_RATE'] ?? 0);
  return {
    name: environment['NAME'] ?? 'fake-service',
    message: environment['MESSAGE'] ?? 'Hello World',
    delayMs: parseDurationMs(environment['TIMING_50_PERCENTILE'] ?? '0s'),
    variancePercent: /^\d+$/.test(environment['TIMING_VARIANCE'] ?? '')
      ? Number(environment['TIMING_VARIANCE'])
      : 0,
    errorCode: environment['ERROR_TYPE'] === 'http_error' ? Number(environment['ERROR_CODE'] ?? 500) : 500,
    errorEvery: rate > 0 ? Math.max(1, Math.floor(1 / rate)) : 0,
  };
}

/** Milliseconds of a duration as Go writes it (`1s`, `150ms`, `1m30s`); 0 for what is none. */
export function parseDurationMs(text: string): number {
  const unitMs: Readonly<Record<string, number>> = {
    h: 3_600_000,
    m: 60_000,
    s: 1000,
    ms: 1,
    us: 0.001,
    ns: 0.000_001,
  };
  const parts = [...text.matchAll(/([\d.]+)(ms|us|ns|h|m|s)/g)];
  return parts.reduce((total, [, amount, unit]) => total + Number(amount) * (unitMs[unit ?? ''] ?? 0), 0);
}

/** `160.263ms`, `1.2s`: a duration as Go prints it. */
export function renderDuration(ms: number): string {
  return ms >= 1000 ? `${(ms / 1000).toFixed(6)}s` : `${ms.toFixed(6)}ms`;
}

/** How long the `n`-th request waits; `draw` is even in [0, 1). */
export function delayOf({ delayMs, variancePercent }: Behaviour, draw: number): number {
  const spread = (delayMs * variancePercent) / 100;
  return delayMs - spread + draw * 2 * spread;
}

export function failsOn({ errorEvery }: Behaviour, requestCount: number): boolean {
  return errorEvery > 0 && requestCount % errorEvery === 0;
}
