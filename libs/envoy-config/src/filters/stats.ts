import { core, google, hcm, httpWasm, listener, networkWasm, packAny, wasm } from '@istio-ts/xds-types';
import type { Direction } from '../direction.js';
import { filterNames } from './filter-names.js';

/** Where the agent puts the module, relative to Envoy's working directory. */
const modulePath = 'etc/istio/extensions/stats.wasm';

/**
 * What the module is told, constant per direction: a pod that comes or goes changes no listener. Whom a call was for is
 * known from the host header only where the caller is the own application.
 */
const roles: Readonly<Record<Direction, { readonly rootId: string; readonly configuration: string }>> = {
  inbound: { rootId: 'stats_inbound', configuration: '{"disable_host_header_fallback":true}' },
  outbound: { rootId: 'stats_outbound', configuration: '{}' },
  gateway: { rootId: 'stats_outbound', configuration: '{"disable_host_header_fallback":true}' },
};

/** One virtual machine a worker for all filters of the module. */
const vmConfig = wasm.VmConfig.create({
  vmId: filterNames.stats,
  runtime: 'envoy.wasm.runtime.v8',
  code: core.AsyncDataSource.create({
    specifier: {
      $case: 'local',
      value: core.DataSource.create({ specifier: { $case: 'filename', value: modulePath } }),
    },
  }),
});

const plugins = perDirection(({ rootId, configuration }) =>
  wasm.PluginConfig.create({
    name: filterNames.stats,
    rootId,
    vm: { $case: 'vmConfig', value: vmConfig },
    configuration: packAny(google.StringValue, google.StringValue.create({ value: configuration })),
    // A module that breaks must not take the traffic with it; reloading would refuse calls while it waits.
    failurePolicy: wasm.FailurePolicy.FAIL_OPEN,
  }),
);

const onHttp = perDirection((_, direction) =>
  hcm.HttpFilter.create({
    name: filterNames.stats,
    configType: {
      $case: 'typedConfig',
      value: packAny(httpWasm.Wasm, httpWasm.Wasm.create({ config: plugins[direction] })),
    },
  }),
);

const onTcp = perDirection((_, direction) =>
  listener.Filter.create({
    name: filterNames.stats,
    configType: {
      $case: 'typedConfig',
      value: packAny(networkWasm.Wasm, networkWasm.Wasm.create({ config: plugins[direction] })),
    },
  }),
);

/**
 * Peer metadata and Istio's metrics by our Wasm module, in place of `istio.metadata_exchange` and `istio.stats`, which a
 * stock Envoy lacks. See docs/adr/0011.
 */
export function statsHttpFilter(direction: Direction): hcm.HttpFilter {
  return onHttp[direction];
}

/** The same module, counting connections and bytes. */
export function statsNetworkFilter(direction: Direction): listener.Filter {
  return onTcp[direction];
}

function perDirection<T>(
  create: (role: (typeof roles)[Direction], direction: Direction) => T,
): Readonly<Record<Direction, T>> {
  return {
    inbound: create(roles.inbound, 'inbound'),
    outbound: create(roles.outbound, 'outbound'),
    gateway: create(roles.gateway, 'gateway'),
  };
}
