import type { LocalMesh } from '../support/local-mesh.js';

interface PodObject {
  readonly metadata: { readonly name: string; readonly namespace: string };
  readonly status?: {
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly { readonly name: string; readonly restartCount: number }[];
  };
}

/** What a test does to a mesh from inside its pods. Processes are ended by number, in the pod's own process namespace. */
export class Inside {
  constructor(private readonly mesh: LocalMesh) {}

  /** The names of the pods of a namespace that begin so and are ready. */
  async readyPods(namespace: string, prefix: string): Promise<readonly string[]> {
    const items = await this.pods(namespace);
    const isReady = ({ status }: PodObject): boolean =>
      status?.conditions?.some(({ type, status: is }) => type === 'Ready' && is === 'True') === true;
    return items
      .filter(isReady)
      .map(({ metadata }) => metadata.name)
      .filter((name) => name.startsWith(prefix));
  }

  /** How often the agent of a pod was started again. */
  async agentRestarts(pod: string, namespace: string): Promise<number> {
    const found = (await this.pods(namespace)).find(({ metadata }) => metadata.name === pod);
    const status = found?.status?.containerStatuses?.find(({ name }) => name === 'istio-proxy');
    return status?.restartCount ?? 0;
  }

  private async pods(namespace: string): Promise<readonly PodObject[]> {
    const list: unknown = JSON.parse(await this.mesh.must('get', 'pods', '-n', namespace, '-o', 'json'));
    return (list as { readonly items: readonly PodObject[] }).items;
  }

  /** Ends the program of a pod's container at once, as a crash does; `STOP` halts it, `CONT` lets it go on. */
  async kill(
    pod: string,
    namespace: string,
    program: Program,
    signal: 'KILL' | 'STOP' | 'CONT' = 'KILL',
  ): Promise<void> {
    await this.run(pod, namespace, ['sh', '-c', toAll(program, signal)], containerOf(program));
  }

  /** Ends it whenever it is started again, for so many seconds. */
  async keepDown(pod: string, namespace: string, program: Program, seconds: number): Promise<void> {
    const again = `end=$(($(date +%s) + ${seconds})); while [ $(date +%s) -lt $end ]; do ${toAll(program, 'KILL')}; sleep 0.1; done`;
    await this.run(pod, namespace, ['sh', '-c', again], containerOf(program));
  }

  async killEnvoy(pod: string, namespace: string): Promise<void> {
    await this.run(
      pod,
      namespace,
      ['sh', '-c', 'kill -9 $(cut -d" " -f1 etc/istio/proxy/envoy.pid)'],
      'istio-proxy',
    );
  }

  /** Envoy's process number and start time, as its agent noted them. */
  async envoyRecord(pod: string, namespace: string): Promise<string> {
    const text = await this.run(pod, namespace, ['cat', 'etc/istio/proxy/envoy.pid'], 'istio-proxy');
    return text.split(' ').slice(0, 2).join(' ');
  }

  /** A page of Envoy's admin interface. */
  admin(pod: string, namespace: string, path: string): Promise<string> {
    return this.run(pod, namespace, ['pilot-agent', 'request', 'GET', path], 'istio-proxy');
  }

  /** A page of an istiod's monitoring port. */
  istiodPage(pod: string, path: string): Promise<string> {
    const fetchIt = `fetch('http://127.0.0.1:15014${path}').then((a) => a.text()).then((t) => process.stdout.write(t))`;
    return this.run(pod, 'istio-system', ['node', '-e', fetchIt]);
  }

  /** A call from an application to a service: its status and one of its answer's headers. */
  async call(from: string, namespace: string, url: string, header: string): Promise<string> {
    const script = `require('node:http').get('${url}', (a) => { console.log(a.statusCode, a.headers['${header}']); process.exit(); })`;
    return (await this.run(from, namespace, ['node', '-e', script], 'app')).trim();
  }

  private async run(
    pod: string,
    namespace: string,
    command: readonly string[],
    container?: string,
  ): Promise<string> {
    const { stdout, stderr, status } = await this.mesh.exec(pod, namespace, command, container);
    if (status !== 0)
      throw new Error(`${command.join(' ')} in ${pod} ended with ${status}: ${stdout}${stderr}`);
    return stdout;
  }
}

type Program = 'istiod.js' | 'pilot-agent.js' | 'gateway.js';

/** A shell command that signals every process of the pod that runs the program. */
function toAll(program: Program, signal: string): string {
  return `for d in /proc/[0-9]*; do case "$(readlink $d/exe)" in */node) if tr '\\0' ' ' < $d/cmdline | grep -q '/${program} \\|/${program}$'; then kill -${signal} "\${d#/proc/}"; fi;; esac; done`;
}

function containerOf(program: Program): string | undefined {
  return program === 'istiod.js' ? undefined : 'istio-proxy';
}

/** The sum of a metric over its labels, in the text form of Prometheus; 0 where it is not there yet. */
export function metricSum(text: string, name: string, label = ''): number {
  const lines = text.split('\n').filter((line) => line.startsWith(`${name}{`) || line.startsWith(`${name} `));
  return lines
    .filter((line) => line.includes(label))
    .reduce((sum, line) => sum + Number(line.slice(line.lastIndexOf(' ') + 1)), 0);
}
