import type { Place } from '../../place.js';
import type { ObjectMeta } from '../../resource.js';
import type { ValidationOptions } from '../../validation-options.js';
import { checkExportTo } from '../../checks/check-export-to.js';
import { checkWildcardDomainOrIp } from '../../checks/check-host.js';
import { parseGeneratedSni } from '../../naming/generated-sni.js';
import { hostMatches } from '../../naming/host.js';
import { checkGateways } from './check-gateways.js';
import { gatewaysOf, meshGateway } from './defaults.js';
import type { RouteScope } from './route-scope.js';
import type { VirtualServiceSpec } from './spec.js';
import { validateHttpRoute } from './validate-http-route.js';
import { validateTcpRoute, validateTlsRoute } from './validate-l4-route.js';
import { warnRepeated, warnUnreachable } from './warn-unreachable.js';

/** What would make a VirtualService impossible or meaningless to carry out. */
export function validateVirtualService(
  spec: VirtualServiceSpec,
  { metadata, options }: { readonly metadata: ObjectMeta; readonly options: ValidationOptions },
  place: Place,
): void {
  const { hosts = [], http = [], tls = [], tcp = [] } = spec;
  const delegate = hosts.length === 0;
  const gateways = gatewaysOf(spec);
  const inMesh = gateways.includes(meshGateway);
  const atGateway = !inMesh;
  const scope: RouteScope = { ...options, hosts, delegate, atGateway };
  if (delegate) checkDelegate(spec, place);
  else validateHosts(hosts, { inMesh, atGateway }, place.at('hosts'));
  checkGateways(spec.gateways, place.at('gateways'));
  if (http.length + tls.length + tcp.length === 0) place.error('needs http, tls or tcp routes');
  for (const [index, route] of http.entries()) validateHttpRoute(route, scope, place.at('http', index));
  for (const [index, route] of tls.entries()) validateTlsRoute(route, scope, place.at('tls', index));
  for (const [index, route] of tcp.entries()) validateTcpRoute(route, scope, place.at('tcp', index));
  checkExportTo(spec.exportTo, { namespace: metadata.namespace }, place.at('exportTo'));
  warnUnreachable(http, place.at('http'));
  warnRepeated(tls, place.at('tls'), 'connection');
  warnRepeated(tcp, place.at('tcp'), 'connection');
}

/** A delegate is a list of HTTP routes and nothing else: hosts and gateways are those of its root. */
function checkDelegate({ gateways = [], tls = [], tcp = [] }: VirtualServiceSpec, place: Place): void {
  const why = 'is not allowed without hosts: a delegate takes it from its root';
  if (gateways.length > 0) place.at('gateways').error(why);
  if (tls.length > 0) place.at('tls').error(why);
  if (tcp.length > 0) place.at('tcp').error(why);
}

interface Reach {
  readonly inMesh: boolean;
  readonly atGateway: boolean;
}

function validateHosts(hosts: readonly string[], { inMesh, atGateway }: Reach, place: Place): void {
  for (const [index, host] of hosts.entries()) {
    const at = place.at(index);
    if (host === '*' && inMesh) at.error('"*" is for gateways only: sidecars need the hosts that are meant');
    else if (!(atGateway && parseGeneratedSni(host))) checkWildcardDomainOrIp(host, at);
    const earlier = hosts.slice(0, index).find((other) => hostMatches(other, host));
    if (earlier !== undefined)
      at.error(`duplicate host: ${JSON.stringify(host)} overlaps ${JSON.stringify(earlier)}`);
  }
}
