import type { JsonObject } from '@istio-ts/xds-types';
import { findFreePorts } from '../run/free-ports.js';
import { applicationBootstrap } from './application.js';
import { createSecretIssuer } from './certificates.js';
import type { Envoy } from './envoy.js';
import { EnvoyGroup } from './envoy-group.js';
import { proxyBootstrap } from './proxy-bootstrap.js';
import { catalog, clientAddress, resolveShop, serverAddress, webapp, type Pod } from './shop.js';
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
  const group = await EnvoyGroup.create(root);
  try {
    const [application = 0, adminPort = 0] = await findFreePorts(2);
    await group.start('application', {
      bootstrap: applicationBootstrap(application, adminPort),
      adminPort,
    });
    const pairs: FilterPair[] = [];
    for (const variant of wanted) pairs.push(await startPair(group, variant, application));
    return { pairs, close: () => group.close() };
  } catch (error) {
    await group.close();
    throw error;
  }
}

async function startPair(group: EnvoyGroup, variant: Variant, application: number): Promise<FilterPair> {
  const [clientPort = 0, serverPort = 0, clientAdmin = 0, serverAdmin = 0] = await findFreePorts(4);
  const { module } = variant;
  const shop = resolveShop({ server: serverPort, application }, module !== undefined);
  const issue = await createSecretIssuer();
  const start = async (pod: Pod, resources: JsonObject, adminPort: number): Promise<Envoy> =>
    group.start(`${variant.name}-${pod.workload}`, {
      bootstrap: proxyBootstrap(pod, { ...resources, secrets: await issue(pod) }, adminPort),
      adminPort,
      ...(module !== undefined && { module }),
    });
  const outbound = { listener: '0.0.0.0_80', address: clientAddress, port: clientPort };
  const inbound = {
    listener: `${serverAddress}_${serverPort}`,
    address: serverAddress,
    port: serverPort,
  };
  return {
    variant,
    client: await start(webapp, staticResources(shop.client, outbound), clientAdmin),
    server: await start(catalog, staticResources(shop.server, inbound), serverAdmin),
    clientPort,
    serverPort,
  };
}
