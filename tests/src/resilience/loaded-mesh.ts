import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually } from '@istio-ts/testkit';
import { expect } from 'vitest';
import { buildLoadProgram, Load } from '../support/load/load.js';
import { LocalMesh } from '../support/local-mesh.js';
import { OwnBuilds } from '../support/own-builds.js';
import { Inside, metricSum } from './inside.js';
import { backRoute, destinationRule, meshSettings, shop, tooLargeRoute } from './shop.js';

/** Of each of the two loads. */
const perSecond = 100;
/** How long something may take that only has to happen. */
const patienceMs = 90_000;
/** The gateway, the client, and a pod each of the others at least. */
const fewestProxies = 6;

/**
 * A mesh under a steady load of 200 calls per second, half through the gateway, half between sidecars, and what tests
 * ask of it.
 */
export class LoadedMesh {
  readonly inside: Inside;
  private edits = 0;

  private constructor(
    readonly mesh: LocalMesh,
    readonly builds: OwnBuilds,
    private readonly loads: readonly Load[],
  ) {
    this.inside = new Inside(mesh);
  }

  static async start(options: {
    readonly certificateSeconds: number;
    readonly istiods: number;
  }): Promise<LoadedMesh> {
    const builds = await OwnBuilds.copy();
    const manifests = { ...shop, 'mesh.yaml': meshSettings(options.certificateSeconds) };
    const args = ['--istiods', String(options.istiods)];
    const mesh = await LocalMesh.start({ manifests, program: builds.localmesh, args });
    const loaded = new LoadedMesh(mesh, builds, await startLoads(mesh, builds));
    await loaded.goesOn();
    return loaded;
  }

  async stop(): Promise<void> {
    for (const load of this.loads) load.stop();
    await this.mesh.stop();
    await this.builds.remove();
  }

  /** The load goes on for a second at least, and no call has failed since the last time that this was asked. */
  async goesOn(seconds = 1): Promise<void> {
    await Promise.all(this.loads.map((load) => load.answersMore(perSecond * seconds)));
    for (const { name, failures } of this.loads) expect(failures.splice(0), name).toEqual([]);
  }

  /** Resolves when so many control planes run and every proxy is connected to one of them; their pods. */
  allConnected(istiods: number): Promise<readonly string[]> {
    return this.until(async () => {
      const pods = await this.inside.readyPods('istio-system', 'istiod');
      expect(pods).toHaveLength(istiods);
      const pages = await Promise.all(pods.map((pod) => this.inside.istiodPage(pod, '/debug/syncz')));
      const proxies = pages.flatMap((page) => JSON.parse(page) as readonly { readonly proxy: string }[]);
      expect(new Set(proxies.map(({ proxy }) => proxy)).size).toBeGreaterThanOrEqual(fewestProxies);
      return pods;
    });
  }

  /** The only control plane. */
  async istiod(): Promise<string> {
    const [pod = ''] = await this.allConnected(1);
    return pod;
  }

  async replaceIstiod(): Promise<string> {
    await this.mesh.must('delete', 'pod', await this.istiod(), '-n', 'istio-system');
    return this.istiod();
  }

  /**
   * A control plane that came back sent nothing that proxies hold. Its own endpoint went and came with it: that is news,
   * of some hundred bytes.
   */
  async sentOnlyItsOwnEndpoint(istiod: string): Promise<void> {
    const metrics = await this.inside.istiodPage(istiod, '/metrics');
    for (const type of ['cds', 'lds', 'rds'])
      expect(metricSum(metrics, 'pilot_xds_pushes', `type="${type}"`), type).toBe(0);
    const pushes = metricSum(metrics, 'pilot_xds_pushes', 'type="eds"');
    const bytes = metricSum(metrics, 'pilot_xds_config_size_bytes_sum', 'type="eds"');
    expect(bytes / Math.max(1, pushes)).toBeLessThan(4000);
  }

  /** Written beside and renamed, as editors do. */
  async write(name: string, text: string): Promise<void> {
    const { folder } = this.mesh;
    await writeFile(join(folder, `.${name}`), text);
    await rename(join(folder, `.${name}`), join(folder, name));
  }

  /** Routes to a new subset: its DestinationRule first, then the route to it, then the old subset goes. */
  async editRules(pauseMs = 300): Promise<void> {
    const [from, to] = [this.edits, this.edits + 1];
    this.edits = to;
    await this.write('back-rule.yaml', destinationRule([from, to]));
    await pause(pauseMs);
    await this.write('back-route.yaml', backRoute(to));
    await pause(pauseMs);
    await this.write('back-rule.yaml', destinationRule([to]));
  }

  /** Routes to a new subset by a rule that Envoys reject. The old subset goes nevertheless, as soon as `meanwhile` is over. */
  async editWhatEnvoysReject(meanwhile: () => Promise<void>): Promise<void> {
    const [from, to] = [this.edits, this.edits + 1];
    await this.write('back-rule.yaml', destinationRule([from, to]));
    await this.write('back-route.yaml', tooLargeRoute(to));
    await meanwhile();
    await this.write('back-rule.yaml', destinationRule([to]));
  }

  /** The subset that the last edit routes to. */
  get subset(): number {
    return this.edits;
  }

  /** The last edit is in force: seen by both pods that call, and in every sidecar's Envoy. */
  async lastEditInForce(): Promise<void> {
    const { inside } = this;
    await this.until(async () => {
      for (const pod of ['client', 'deploy/front-v1'])
        expect(await inside.call(pod, 'shop', 'http://back.shop/', 'x-edit')).toBe(`200 ${this.edits}`);
      const routes = 'config_dump?resource=dynamic_route_configs&name_regex=^80$';
      for (const pod of await inside.readyPods('shop', '')) {
        const [, edit] = /"x-edit",\s*"value": "(\d+)"/u.exec(await inside.admin(pod, 'shop', routes)) ?? [];
        expect(edit, pod).toBe(String(this.edits));
      }
    });
  }

  /** The terminal has said of the last edit that it is live, on so many proxies. */
  async terminalSaysLive(proxies: number): Promise<void> {
    await this.until(async () => {
      const lines = this.mesh.terminal
        .split('\n')
        .filter((line) => line.includes('VirtualService shop/back'));
      expect(lines.at(-1)).toContain(`live on ${proxies}/${proxies} proxies`);
      return Promise.resolve();
    });
  }

  /** What an istiod knows of the client's proxy, once it has sent clusters that were not acknowledged. */
  async clientIsInAPush(istiod: string): Promise<void> {
    await this.until(async () => {
      const page = JSON.parse(await this.inside.istiodPage(istiod, '/debug/syncz')) as readonly SyncStatus[];
      const client = page.find(({ proxy }) => proxy === 'client.shop');
      expect(client?.cluster_sent).not.toBe(client?.cluster_acked);
    });
  }

  /** The builds of a component that `ps` shows, in order of the pods. */
  async buildsShown(component: string): Promise<readonly string[]> {
    const table = await this.mesh.must('ps');
    return [...table.matchAll(new RegExp(`  ${component} (\\S+)  `, 'g'))].map(([, build = '']) => build);
  }

  /** How many certificates the client's agent was given since it started. */
  async certificatesOfClient(): Promise<number> {
    const log = await readFile(join(this.mesh.dataDir, 'logs/shop/client/istio-proxy.log'), 'utf8');
    return log.split('certificate issued').length - 1;
  }

  until<T>(attempt: () => Promise<T>): Promise<T> {
    return eventually(attempt, patienceMs, 200);
  }
}

interface SyncStatus {
  readonly proxy: string;
  readonly cluster_sent?: string;
  readonly cluster_acked?: string;
}

async function startLoads(mesh: LocalMesh, { localmesh }: OwnBuilds): Promise<readonly Load[]> {
  const program = await buildLoadProgram(mesh.dataDir);
  const order = { perSecond, connections: 16, timeoutMs: 10_000, headers: {} };
  const edge = { url: `http://127.0.0.1:${mesh.gatewayPort}/`, headers: { host: 'shop.example' } };
  const inClient = ['exec', 'client', '-n', 'shop', '-c', 'app', '--data-dir', mesh.dataDir, '--', 'node'];
  return [
    Load.start('through the gateway', [process.execPath], program, { ...order, ...edge }),
    Load.start('between sidecars', [process.execPath, localmesh, ...inClient], program, {
      ...order,
      url: 'http://back.shop/',
    }),
  ];
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
