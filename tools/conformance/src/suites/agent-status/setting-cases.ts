import { MeshError } from '@istio-ts/foundation';
import { readAppProbes, readScrapeTargets } from '@istio-ts/proxy-agent/status';
import { compare, type CaseOutcome } from '../../suite.js';

export interface SettingCase {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly targetList?: string;
  readonly port?: string;
  readonly expect: {
    readonly start?: 'ok' | 'error';
    readonly error?: boolean;
    readonly errorContains?: string;
    readonly targets?: readonly { readonly port: string; readonly path: string }[];
    readonly reserved?: boolean;
  };
}

const ports = { admin: 15000, status: 15020, health: 15021, prometheus: 15090 };

/** Probes that the agent is told, and whether it starts with them. */
export function runProbeSettings({ env = {}, expect }: SettingCase): CaseOutcome {
  const fault = faultOf(() => readAppProbes(env['ISTIO_KUBE_APP_PROBERS']));
  if (expect.start === 'ok') return compare(undefined, fault);
  const { errorContains = '' } = expect;
  return fault?.includes(errorContains) === true ? compare(true, true) : compare(errorContains, fault);
}

/** What the agent is told to scrape. */
export function runScrapeSettings(given: SettingCase): CaseOutcome {
  const { env = {}, targetList, port, expect } = given;
  if (port !== undefined) return compare(expect.reserved, isReserved(port));
  const written = targetList === undefined ? undefined : { scrape: 'true', targets: targetList };
  const text = written === undefined ? env['ISTIO_PROMETHEUS_ANNOTATIONS'] : JSON.stringify(written);
  const fault = faultOf(() => readScrapeTargets(text, ports));
  if (expect.start === 'error' || expect.error === true)
    return compare('refused', fault === undefined ? 'accepted' : 'refused');
  if (fault !== undefined) return compare(expect.targets, fault);
  const targets = readScrapeTargets(text, ports).map((target) => ({ ...target, port: String(target.port) }));
  return compare(expect.targets, targets);
}

function isReserved(port: string): boolean {
  const annotation = JSON.stringify({ scrape: 'true', ...(port !== '' && { port }) });
  return faultOf(() => readScrapeTargets(annotation, ports)) !== undefined;
}

function faultOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return MeshError.from(error).message;
  }
}
