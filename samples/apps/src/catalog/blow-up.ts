/** What the fault switch makes of the requests it hits. */
export type BlowUpKind = '500' | 'latency' | 'drop';

export interface BlowUpSetting {
  readonly active: boolean;
  readonly type: BlowUpKind;
  /** Share of the requests that is hit, 0 to 100. */
  readonly percentage: number;
  readonly latencyMs: number;
  /** A volatile latency is drawn evenly from 0 to `latencyMs` for each request; otherwise it is always `latencyMs`. */
  readonly volatile: boolean;
}

export type BlowUpEffect =
  | { readonly kind: 'none' }
  | { readonly kind: 'status'; readonly status: 500 }
  | { readonly kind: 'delay'; readonly delayMs: number }
  | { readonly kind: 'drop' };

const off: BlowUpSetting = { active: false, type: '500', percentage: 100, latencyMs: 1000, volatile: false };

/** A switch in the running service by which tests and demonstrations make it fail. Only paths with `items` are hit. */
export class BlowUp {
  #setting = off;

  constructor(private readonly random: () => number = Math.random) {}

  get setting(): BlowUpSetting {
    return this.#setting;
  }

  /** Takes over what a posted body says; what it leaves out has its default. */
  set(body: unknown): void {
    this.#setting = { ...off, ...readSetting(body) };
  }

  clear(): void {
    this.#setting = off;
  }

  effectOn(path: string): BlowUpEffect {
    const { active, type, percentage, latencyMs, volatile } = this.#setting;
    if (!active || !path.includes('items') || this.random() * 100 >= percentage) return { kind: 'none' };
    switch (type) {
      case '500':
        return { kind: 'status', status: 500 };
      case 'latency':
        return { kind: 'delay', delayMs: volatile ? this.random() * latencyMs : latencyMs };
      case 'drop':
        return { kind: 'drop' };
    }
  }
}

function readSetting(body: unknown): Partial<BlowUpSetting> {
  if (typeof body !== 'object' || body === null) return {};
  const given: Readonly<Record<string, unknown>> = { ...body };
  const { active, type, percentage, latencyMs } = given;
  return {
    ...(typeof active === 'boolean' && { active }),
    ...(isKind(type) && { type }),
    ...(typeof percentage === 'number' && { percentage }),
    ...(typeof latencyMs === 'number' && { latencyMs }),
    ...(typeof given['volatile'] === 'boolean' && { volatile: given['volatile'] }),
  };
}

function isKind(type: unknown): type is BlowUpKind {
  return type === '500' || type === 'latency' || type === 'drop';
}
