import type { AttributeMap } from './attributes.js';
import { builtModule } from './built-module.js';
import { Plugin, type PluginSettings } from './plugin.js';
import { WasmHost } from './wasm-host.js';

/** A small mesh for tests: webapp in namespace web calls catalog in namespace shop. */

export const WEBAPP = { workload: 'webapp', namespace: 'web', app: 'webapp', version: 'v1' };
export const CATALOG = { workload: 'catalog-v2', namespace: 'shop', app: 'catalog', version: 'v2' };
export const WEBAPP_URI = 'spiffe://cluster.local/ns/web/sa/webapp';
export const CATALOG_URI = 'spiffe://cluster.local/ns/shop/sa/catalog';

type Workload = typeof WEBAPP;

export function nodeOf({ workload, namespace, app, version }: Workload): AttributeMap {
  return {
    xds: {
      node: {
        id: `sidecar~10.0.0.1~${workload}-x1.${namespace}~${namespace}.svc.cluster.local`,
        metadata: {
          NAME: `${workload}-x1`,
          NAMESPACE: namespace,
          WORKLOAD_NAME: workload,
          CLUSTER_ID: 'Kubernetes',
          MESH_ID: 'cluster.local',
          ISTIO_VERSION: '1.13.0',
          LABELS: {
            app,
            version,
            'service.istio.io/canonical-name': app,
            'service.istio.io/canonical-revision': version,
          },
        },
      },
    },
  };
}

const CATALOG_SERVICE = { host: 'catalog.shop.svc.cluster.local', name: 'catalog', namespace: 'shop' };

/** The cluster of the catalog service, as istiod marks it. */
export function catalogCluster(more: AttributeMap = {}, upstream: AttributeMap = {}): AttributeMap {
  const istio = { services: [CATALOG_SERVICE], ...more };
  return {
    xds: { cluster_name: 'outbound|80||x', cluster_metadata: { filter_metadata: { istio } }, ...upstream },
  };
}

export function endpointOf(workload: string): AttributeMap {
  return { upstream_host_metadata: { filter_metadata: { istio: { workload } } } };
}

/** How a stream ended, in Envoy's attributes. */
export function ended(code: number, more: AttributeMap = {}): AttributeMap {
  return {
    request: { duration: 25_000_000, total_size: 300 },
    response: { code, flags: 0, total_size: 1200, ...more },
  };
}

export const MUTUAL_TLS_IN: AttributeMap = {
  connection: {
    mtls: true,
    uri_san_peer_certificate: WEBAPP_URI,
    uri_san_local_certificate: CATALOG_URI,
  },
};

export const MUTUAL_TLS_OUT: AttributeMap = {
  upstream: { uri_san_peer_certificate: CATALOG_URI, uri_san_local_certificate: WEBAPP_URI },
};

export interface Started {
  readonly host: WasmHost;
  readonly plugin: Plugin;
}

export async function startPlugin(node: AttributeMap, settings: PluginSettings): Promise<Started> {
  const host = await startHost(node);
  const plugin = Plugin.configure(host, settings);
  if (plugin === undefined) throw new Error(`refused: ${host.logLines.join('; ')}`);
  return { host, plugin };
}

export function startHost(node: AttributeMap = nodeOf(CATALOG)): Promise<WasmHost> {
  return WasmHost.start(builtModule('stats'), node);
}

export function startServer(configuration = '{"disable_host_header_fallback":true}'): Promise<Started> {
  return startPlugin(nodeOf(CATALOG), { rootId: 'stats_inbound', configuration });
}

export function startClient(configuration = ''): Promise<Started> {
  return startPlugin(nodeOf(WEBAPP), { rootId: 'stats_outbound', configuration });
}

/** The exchange headers with which the client's proxy of the fixture calls, made by the module itself. */
export async function headersOf(workload: Workload): Promise<Readonly<Record<string, string>>> {
  const { plugin } = await startPlugin(nodeOf(workload), { rootId: 'stats_outbound' });
  return plugin.call({ attributes: catalogCluster() }).requestHeaders;
}
