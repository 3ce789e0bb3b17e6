import { createCall, simulate, type Call, type Outcome, type ProxyXds } from '@istio-ts/traffic-simulator';
import { normaliseCluster, normaliseVirtualHost } from './normalise.js';
import type { ScenarioCall, Wanted } from './scenario.js';

const fields = ['listener', 'chain', 'routeConfig', 'vhost', 'route', 'cluster'] as const;

/** One sentence for each call that goes elsewhere than it should. */
export function checkCalls(xds: ProxyXds, calls: readonly ScenarioCall[]): readonly string[] {
  return calls.flatMap((call, index) => {
    const outcome = simulate(xds, callOf(call));
    const faults = [...differences(call.want, outcome), ...chainFaults(call, outcome)];
    return faults.length === 0 ? [] : [`call ${call.name ?? String(index + 1)}: ${faults.join(', ')}`];
  });
}

function callOf({ want: _want, chainTLS: _chainTls, name: _name, ...given }: ScenarioCall): Call {
  return createCall(given);
}

function differences(want: Wanted, outcome: Outcome): string[] {
  const checked = fields.filter((field) => want.strict === true || want[field] !== undefined);
  return [
    ...pair('error', want.error ?? '', outcome.error ?? ''),
    ...checked.flatMap((field) =>
      pair(field, normalise(field, want[field] ?? ''), normalise(field, outcome[field])),
    ),
  ];
}

function pair(field: string, want: string, got: string): string[] {
  return want === got ? [] : [`${field} "${got}" instead of "${want}"`];
}

function normalise(field: (typeof fields)[number], value: string): string {
  if (field === 'cluster') return normaliseCluster(value);
  return field === 'vhost' ? normaliseVirtualHost(value) : value;
}

function chainFaults({ chainTLS }: ScenarioCall, { chainTls }: Outcome): string[] {
  if (chainTLS === undefined) return [];
  const named = chainTLS.secretName ?? chainTLS.certificate;
  const secret = named === undefined ? [] : pair('secret', named, chainTls?.secret ?? '');
  const wantsClient = chainTls?.requireClientCertificate === true;
  const mayWant = chainTLS.requireClientCertificate !== false;
  return wantsClient && !mayWant ? [...secret, 'a client certificate is required'] : secret;
}
