import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findFreePorts } from '../run/free-ports.js';
import { applicationBootstrap } from './application.js';
import { createSecretIssuer } from './certificates.js';
import { Envoy, findEnvoy } from './envoy.js';
import { proxyBootstrap } from './proxy-bootstrap.js';
import { catalog, clientAddress, resolveShop, serverAddress, webapp } from './shop.js';
import { staticResources } from './static-proxy.js';

/** What stands where the statistics filter stands. */
export interface Variant {
  readonly name: string;
  /** A proxy-wasm module; undefined where istiod is told of no metrics provider, and there is no filter. */
  readonly module: Uint8Array | undefined;
}

/** A client's proxy and a server's, mutual TLS between them, and an application behind: each an Envoy of its own. */
export interface FilterPair {
  readonly variant: Variant;
  readonly client: Envoy;
  readonly server: Envoy;
  /** Where the client's application calls its proxy, and where the server's proxy takes calls. */
  readonly clientPort: number;
  readonly serverPort: number;
}

/** All that is needed to measure: one pair a variant, and one application for them. */
export interface FilterBed {
  readonly pairs: readonly FilterPair[];
  close(): Promise<void>;
}

/** Starts all Envoys of a measurement; `root` is the repository. */
export async function openFilterBed(root: string, wanted: readonly Variant[]): Promise<FilterBed> {
  const dir = await mkdtemp(join(tmpdir(), 'filter-bench-'));
  const running: Envoy[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(running.map((envoy) => envoy.stop()));
    await rm(dir, { recursive: true, force: true });
  };
  const binary = await findEnvoy(root);
  const start = async (options: Omit<Parameters<typeof Envoy.start>[0], 'binary'>): Promise<Envoy> => {
    const envoy = await Envoy.start({ ...options, binary });
    running.push(envoy);
    return envoy;
  };
  try {
    const [application = 0, adminPort = 0] = await findFreePorts(2);
    const bootstrap = applicationBootstrap(application, adminPort);
    await start({ dir: join(dir, 'application'), bootstrap, adminPort });
    const pairs: FilterPair[] = [];
    for (const variant of wanted) {
      pairs.push(await startPair({ variant, application, dir: join(dir, variant.name), start }));
    }
    return { pairs, close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface PairPlan {
  readonly variant: Variant;
  readonly application: number;
  readonly dir: string;
  readonly start: (options: Omit<Parameters<typeof Envoy.start>[0], 'binary'>) => Promise<Envoy>;
}

async function startPair({ variant, application, dir, start }: PairPlan): Promise<FilterPair> {
  const [clientPort = 0, serverPort = 0, clientAdmin = 0, serverAdmin = 0] = await findFreePorts(4);
  const { module } = variant;
  const issue = await createSecretIssuer();
  const shop = resolveShop({ server: serverPort, application }, module !== undefined);
  const plans = {
    client: {
      pod: webapp,
      adminPort: clientAdmin,
      resources: staticResources(shop.client, {
        listener: '0.0.0.0_80',
        address: clientAddress,
        port: clientPort,
      }),
    },
    server: {
      pod: catalog,
      adminPort: serverAdmin,
      resources: staticResources(shop.server, {
        listener: `${serverAddress}_${serverPort}`,
        address: serverAddress,
        port: serverPort,
      }),
    },
  } as const;
  const launch = async (side: keyof typeof plans): Promise<Envoy> => {
    const { pod, adminPort, resources } = plans[side];
    const bootstrap = proxyBootstrap(pod, { ...resources, secrets: await issue(pod) }, adminPort);
    return start({ dir: join(dir, side), bootstrap, adminPort, ...(module !== undefined && { module }) });
  };
  return { variant, client: await launch('client'), server: await launch('server'), clientPort, serverPort };
}
