import { callHttp, type HttpEndpoint } from '../envoy/envoy-admin.js';

/** The outcome of a readiness check; `reason` says what is still missing. */
export type Readiness = { readonly ready: true } | { readonly ready: false; readonly reason: string };

export interface ReadinessOptions {
  readonly admin: HttpEndpoint;
  /** Whether the workload's certificate is in. */
  readonly hasCertificate: () => boolean;
  /** Called when it becomes ready. */
  readonly onReady: () => void;
}

const filter =
  '^(server\\.state|listener_manager\\.workers_started|cluster_manager\\.cds\\.update_(success|rejected)|listener_manager\\.lds\\.update_(success|rejected))$';
const live = 0;

/** Ready means: configuration and certificate are in, and Envoy's workers run. Once ready, it stays so until the drain. */
export class ReadinessCheck {
  private wasReady = false;
  private draining = false;

  constructor(private readonly options: ReadinessOptions) {}

  /** From now on nobody shall send new connections here. */
  startDraining(): void {
    this.draining = true;
  }

  async check(): Promise<Readiness> {
    if (this.draining) return notReady('the proxy is draining');
    if (this.wasReady) return { ready: true };
    const readiness = this.options.hasCertificate()
      ? await this.checkEnvoy()
      : notReady(
          'the workload has no certificate yet (is the certificate service running, and the token valid?)',
        );
    if (readiness.ready) this.options.onReady();
    this.wasReady = readiness.ready;
    return readiness;
  }

  private async checkEnvoy(): Promise<Readiness> {
    try {
      const path = `/stats?usedonly&filter=${encodeURIComponent(filter)}`;
      const { body } = await callHttp(this.options.admin, { method: 'GET', path, timeoutMs: 1000 });
      return judge(parseStats(body.toString('utf8')));
    } catch (error) {
      return notReady(`Envoy does not answer: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
}

/** The numbers of Envoy's text statistics, by name. */
export function parseStats(text: string): ReadonlyMap<string, number> {
  const lines = text.split('\n').map((line) => /^([^:]+): (\d+)$/.exec(line.trim()));
  return new Map(lines.flatMap((match) => (match?.[1] === undefined ? [] : [[match[1], Number(match[2])]])));
}

function judge(stats: ReadonlyMap<string, number>): Readiness {
  const count = (name: string): number => stats.get(name) ?? 0;
  const cds = count('cluster_manager.cds.update_success');
  const lds = count('listener_manager.lds.update_success');
  if (cds === 0 || lds === 0) {
    const missing = cds === 0 && lds === 0 ? 'not received' : 'not fully received';
    const hint = cds === 0 && lds === 0 ? ' (is Istiod running?)' : '';
    return notReady(
      `config ${missing} from XDS server${hint}: ` +
        `cds updates: ${cds} successful, ${count('cluster_manager.cds.update_rejected')} rejected; ` +
        `lds updates: ${lds} successful, ${count('listener_manager.lds.update_rejected')} rejected`,
    );
  }
  const state = stats.get('server.state');
  if (state !== live) return notReady(`Envoy is not live yet (server.state ${state ?? 'unknown'})`);
  return count('listener_manager.workers_started') === 0
    ? notReady('workers have not yet started')
    : { ready: true };
}

function notReady(reason: string): Readiness {
  return { ready: false, reason };
}
