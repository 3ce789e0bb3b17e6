import type { Labels } from '@istio-ts/config-model';
import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';
import { selectPods } from '../workload/pods.js';

/** Label of the pods that are made for a Kubernetes Gateway; its value is the name of the Gateway. */
export const gatewayNameLabel = 'gateway.networking.k8s.io/gateway-name';

interface Targeted {
  readonly selector?: { readonly matchLabels?: Labels };
  readonly targetRef?: object;
  readonly targetRefs?: readonly object[];
}

export function hasTarget({ targetRef, targetRefs = [] }: Targeted): boolean {
  return targetRef !== undefined || targetRefs.length > 0;
}

export const policySelectorAnalyzer = defineAnalyzer({
  name: 'k8sgateway.SelectorAnalyzer',
  summary: 'policies name Kubernetes Gateways by reference, not by the labels of their pods',
  each: ['AuthorizationPolicy', 'RequestAuthentication', 'Telemetry', 'WasmPlugin'],
  reads: ['Pod'],
  needs: ['Pod'],
  analyze: (policy, world) => {
    const spec: Targeted = policy.spec;
    if (hasTarget(spec) || spec.selector === undefined) return [];
    const labels = spec.selector.matchLabels ?? {};
    const gateways = selectPods(world, labels, policy.metadata.namespace).flatMap(
      ({ metadata }) => metadata.labels[gatewayNameLabel] ?? [],
    );
    return [...new Set(gateways)].map((gateway) =>
      finding('IneffectiveSelector', policy, { gateway }, ['spec', 'selector']),
    );
  },
});
