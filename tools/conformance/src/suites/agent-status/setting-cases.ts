import { MeshError } from '@istio-ts/foundation';
import { readAppProbes, readScrapeTarget } from '@istio-ts/proxy-agent/status';
import { compare, type CaseOutcome } from '../../suite.js';

export interface SettingCase {
  readonly name: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly targetList?: string;
  readonly port?: string;
  readonly expect: {
    readonly start?: 'ok' | 'error';
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
  const text = env['ISTIO_PROMETHEUS_ANNOTATIONS'];
  if (targetList !== undefined || text?.includes('"targets"') === true)
    return { kind: 'unsupported', needs: 'several ports of one pod to scrape' };
  if (port !== undefined) {
    const annotation = JSON.stringify({ scrape: 'true', ...(port !== '' && { port }) });
    return compare(expect.reserved, faultOf(() => readScrapeTarget(annotation, ports)) !== undefined);
  }
  const fault = faultOf(() => readScrapeTarget(text, ports));
  if (expect.start === 'error') return compare('refused', fault === undefined ? 'accepted' : 'refused');
  const target = readScrapeTarget(text, ports);
  return compare(expect.targets, target && [{ port: String(target.port), path: target.path }]);
}

function faultOf(read: () => unknown): string | undefined {
  try {
    read();
    return undefined;
  } catch (error) {
    return MeshError.from(error).message;
  }
}
