const separator = '_.';

export interface GeneratedSni {
  readonly direction: 'outbound' | 'inbound';
  readonly port: number;
  /** '' for no subset. */
  readonly subset: string;
  readonly host: string;
}

/** The SNI of mesh traffic through an AUTO_PASSTHROUGH gateway: `outbound_.9080_.v1_.reviews.default.svc.cluster.local`. */
export function renderGeneratedSni({ direction, port, subset, host }: GeneratedSni): string {
  return [direction, port, subset, host].join(separator);
}

/** Reads such an SNI; undefined where it is not of that form. */
export function parseGeneratedSni(text: string): GeneratedSni | undefined {
  const [direction, digits = '', subset = '', ...rest] = text.split(separator);
  const host = rest.join(separator);
  const port = /^\d{1,5}$/u.test(digits) ? Number(digits) : 0;
  if ((direction !== 'outbound' && direction !== 'inbound') || host === '') return undefined;
  return port >= 1 && port <= 65_535 ? { direction, port, subset, host } : undefined;
}
