import { describe, expect, it } from 'vitest';
import type { KindName } from '../kinds.js';
import { issuesOf } from './issues-of.js';

/** What is wrong with a spec; that the kind is not carried out is another matter. */
function faults(kind: KindName, spec: object): readonly string[] {
  return issuesOf(kind, spec).filter((issue) => !issue.includes('not carried out'));
}

const wasm = { url: 'oci://registry.example.com/filter:1' };

describe('kinds that are read and checked, and not carried out', () => {
  it.each<readonly [KindName, object]>([
    ['Sidecar', { egress: [{ hosts: ['./*', 'istio-system/*', '~other/x.com'] }] }],
    ['Sidecar', { outboundTrafficPolicy: { mode: 'REGISTRY_ONLY' } }],
    ['Sidecar', { ingress: [{ port: { number: 80, protocol: 'HTTP' }, defaultEndpoint: '[::1]:8080' }] }],
    ['AuthorizationPolicy', {}],
    ['AuthorizationPolicy', { action: 'DENY', rules: [{ from: [{ source: { namespaces: ['dev'] } }] }] }],
    ['AuthorizationPolicy', { rules: [{ to: [{ operation: { paths: ['/a/{*}/b', '/x/{**}'] } }] }] }],
    ['AuthorizationPolicy', { rules: [{ when: [{ key: 'request.auth.claims[a][b]', values: ['c'] }] }] }],
    ['RequestAuthentication', { jwtRules: [{ issuer: 'a', jwks: '{"keys":[{"kty":"RSA"}]}' }] }],
    ['Telemetry', { metrics: [{ overrides: [{ tagOverrides: { a: { operation: 'REMOVE' } } }] }] }],
    ['WasmPlugin', wasm],
    ['TrafficExtension', { wasm, targetRefs: [{ kind: 'Service', name: 'a' }] }],
    ['WorkloadGroup', { template: {}, probe: { tcpSocket: { port: 80 } } }],
    ['ProxyConfig', { concurrency: 2, environmentVariables: { A: 'b' } }],
    ['IstioOperator', { profile: 'default', components: { pilot: { enabled: true } } }],
  ])('%s is accepted with %j', (kind, spec) => {
    expect(faults(kind, spec)).toEqual([]);
  });

  it.each<readonly [KindName, object, string]>([
    [
      'Sidecar',
      {},
      'error spec: says nothing: set ingress, egress, outboundTrafficPolicy or inboundConnectionPool',
    ],
    [
      'Sidecar',
      { egress: [{ hosts: ['x.com'] }] },
      'error spec.egress[0].hosts[0]: "x.com" is not of the form namespace/host',
    ],
    [
      'Sidecar',
      { egress: [{ hosts: ['*/*'] }, { hosts: ['./*'], port: { number: 80, protocol: 'HTTP' } }] },
      'error spec.egress[0]: a listener without port takes everything else; it must be the last',
    ],
    [
      'Sidecar',
      { egress: [{ hosts: ['a/*', 'a/b.com'] }] },
      'warning spec.egress[0].hosts[1]: "a/b.com" overlaps another entry of the list',
    ],
    [
      'AuthorizationPolicy',
      { action: 'DENY' },
      'error spec.rules: is required: without rules, DENY never applies; write "- {}" for every request',
    ],
    [
      'AuthorizationPolicy',
      { rules: [{ from: [{ source: {} }] }] },
      'error spec.rules[0].from[0].source: is empty: say from where',
    ],
    [
      'AuthorizationPolicy',
      { rules: [{ when: [{ key: 'source.ipp', values: ['1'] }] }] },
      'error spec.rules[0].when[0].key: there is no attribute "source.ipp"; did you mean "source.ip"?',
    ],
    [
      'AuthorizationPolicy',
      { action: 'CUSTOM', rules: [{}] },
      'error spec.provider.name: is required for CUSTOM',
    ],
    [
      'RequestAuthentication',
      { jwtRules: [{ issuer: 'a', jwksUri: 'ftp://a' }] },
      'error spec.jwtRules[0].jwksUri: "ftp://a" is not a URL that begins with http:// or https://',
    ],
    [
      'RequestAuthentication',
      { selector: {} },
      'warning spec.selector: has no labels and selects all workloads; leave it out if that is meant',
    ],
    [
      'Telemetry',
      { tracing: [{}, {}] },
      'warning spec.tracing: has multiple tracing entries; only the first has an effect',
    ],
    [
      'Telemetry',
      { targetRef: { kind: 'Pod', name: 'a' } },
      'error spec.targetRef: a policy cannot be for core/Pod; use Service, ServiceEntry, Gateway or GatewayClass',
    ],
    [
      'WasmPlugin',
      { url: 'ftp://a/b' },
      'error spec.url: ftp is not supported; use http, https, file, oci, or the name of an image',
    ],
    ['TrafficExtension', {}, 'error spec: needs one of wasm and lua'],
    [
      'WorkloadGroup',
      { template: {}, probe: {} },
      'error spec.probe: needs one of httpGet, tcpSocket, exec and grpc',
    ],
    [
      'EnvoyFilter',
      { configPatches: [{ applyTo: 'CLUSTER', patch: { operation: 'ADD' } }] },
      'error spec.configPatches[0].patch.value: is required for ADD',
    ],
    [
      'EnvoyFilter',
      { configPatches: [{ applyTo: 'CLUSTER', match: { listener: {} }, patch: { operation: 'REMOVE' } }] },
      'error spec.configPatches[0].match.listener: cannot find objects of CLUSTER; match by cluster',
    ],
    [
      'IstioOperator',
      { component: {} },
      'error spec.component: there is no field "component" here; did you mean "components"?',
    ],
  ])('%s with %j is told: %s', (kind, spec, message) => {
    expect(faults(kind, spec)).toContain(message);
  });
});
