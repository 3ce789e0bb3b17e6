import { buildSnapshot, parseWorld, proxyXds, scenarioNode, worldSettings } from '@istio-ts/conformance';
import { analyzeSnapshot, selectForControlPlane, withoutRestated } from '@istio-ts/config-analysis';
import { emitEndpoints } from '@istio-ts/envoy-config';
import type { Issue } from '@istio-ts/foundation';
import { resolveProxy, snapshotIssues } from '@istio-ts/mesh-model';
import type { ProxyXds } from '@istio-ts/traffic-simulator';
import { endpoint } from '@istio-ts/xds-types';
import { stringify } from 'yaml';
import type { GoldenCase } from './golden-case.js';

/** What one proxy is sent, decoded from its bytes. */
export interface ProxyState extends ProxyXds {
  readonly loadAssignments: readonly endpoint.ClusterLoadAssignment[];
}

/** What the control plane makes of a case. */
export interface GoldenWorld {
  readonly state: ProxyState;
  /** Of reading, of the objects together, and of this proxy. */
  readonly issues: readonly Issue[];
}

export function buildWorld({ manifests, proxy }: GoldenCase): GoldenWorld {
  const { compatibilityVersion } = proxy.mesh;
  const parsed = parseWorld([manifests], compatibilityVersion);
  const snapshot = buildSnapshot(parsed.resources, worldSettings(stringify(proxy.mesh)));
  const node = { ...scenarioNode(proxy.node), locality: proxy.locality };
  const ir = resolveProxy(snapshot, node);
  const loadAssignments = [...emitEndpoints(ir.endpoints).values()].map(({ bytes }) =>
    endpoint.ClusterLoadAssignment.decode(bytes),
  );
  const { issues: together } = analyzeSnapshot(parsed.resources, { select: selectForControlPlane });
  return {
    state: { ...proxyXds(snapshot, node), loadAssignments },
    issues: [
      ...withoutRestated(parsed.issues, together),
      ...together,
      ...snapshotIssues(snapshot),
      ...ir.issues,
    ],
  };
}
