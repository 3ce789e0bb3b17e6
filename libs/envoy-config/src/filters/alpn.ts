import type { HttpAlpnIr } from '@istio-ts/mesh-ir';
import { core, hcm, httpSetFilterState, packAny, setFilterState, type google } from '@istio-ts/xds-types';
import { filterNames } from './filter-names.js';

/** What the filter itself announces; a route says so where its destination wants something else. */
const commonAlpn: HttpAlpnIr = 'http/1.1';

/** The name that Envoy's TLS sockets read in the filter state, ahead of the cluster's own ALPN. */
const applicationProtocols = 'envoy.network.application_protocols';

const http1 = 'istio-http/1.1,istio,http/1.1';
const http2 = 'istio-h2,istio,h2';

/** Lists of protocols, by comma; `downstream` asks the request. */
const announced = {
  'http/1.1': http1,
  h2: http2,
  downstream: `%CEL(request.protocol == 'HTTP/2' ? '${http2}' : '${http1}')%`,
} as const;

const configs: Readonly<Record<HttpAlpnIr, google.Any>> = {
  'http/1.1': config(announced['http/1.1']),
  h2: config(announced.h2),
  downstream: config(announced.downstream),
  own: config(undefined),
};

/**
 * Stands for `istio.alpn`, which a stock Envoy lacks: HTTP calls over the mesh's TLS say that they are HTTP, and which, so
 * that the other side finds the filter chain. See docs/adr/0010.
 */
export const alpnFilter = hcm.HttpFilter.create({
  name: filterNames.alpn,
  configType: { $case: 'typedConfig', value: configs[commonAlpn] },
});

/** The filter's configuration for a route or weighted cluster; undefined where the filter's own will do. */
export function alpnOverride(alpn: HttpAlpnIr | undefined): google.Any | undefined {
  return alpn === undefined || alpn === commonAlpn ? undefined : configs[alpn];
}

/** @param text undefined: nothing is set, the cluster's ALPN stays */
function config(text: string | undefined): google.Any {
  const message = httpSetFilterState.Config.create({
    onRequestHeaders: text === undefined ? [] : [protocolsValue(text)],
  });
  return packAny(httpSetFilterState.Config, message);
}

function protocolsValue(text: string): setFilterState.FilterStateValue {
  return setFilterState.FilterStateValue.create({
    key: { $case: 'objectKey', value: applicationProtocols },
    value: {
      $case: 'formatString',
      value: core.SubstitutionFormatString.create({
        format: {
          $case: 'textFormatSource',
          value: core.DataSource.create({ specifier: { $case: 'inlineString', value: text } }),
        },
      }),
    },
  });
}
