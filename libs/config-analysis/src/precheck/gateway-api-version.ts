import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';

const group = 'gateway.networking.k8s.io';

/** Versions that are read, and those that a later release will read alone, by kind. */
const needed: ReadonlyMap<string, { readonly now?: string; readonly later?: string }> = new Map([
  ['Gateway', { now: 'v1beta1', later: 'v1' }],
  ['GatewayClass', { now: 'v1beta1', later: 'v1' }],
  ['HTTPRoute', { now: 'v1beta1', later: 'v1' }],
  ['ReferenceGrant', { now: 'v1beta1' }],
  ['GRPCRoute', { later: 'v1' }],
]);

export const gatewayApiVersionAnalyzer = defineAnalyzer({
  name: 'precheck.GatewayAPIVersionAnalyzer',
  summary: 'the Gateway API is installed in the versions that this release and the next ones need',
  each: ['CustomResourceDefinition'],
  analyze: (definition) => {
    const { group: own, names, versions = [] } = definition.spec;
    if (own !== group) return [];
    const { now, later } = needed.get(names?.kind ?? '') ?? {};
    const served = versions.filter((each) => each.served).map(({ name }) => name);
    const version = served.length === 0 ? 'none' : [...served].sort().join(',');
    const path = ['spec', 'versions'];
    return [
      ...(now === undefined || served.includes(now)
        ? []
        : [finding('UnsupportedGatewayAPIVersion', definition, { version, minimumVersion: now }, path)]),
      ...(later === undefined || served.includes(later)
        ? []
        : [
            finding(
              'FutureUnsupportedGatewayAPIVersion',
              definition,
              { version, minimumVersion: later },
              path,
            ),
          ]),
    ];
  },
});
