import { isHttp2, type LocalityLoadBalancerSetting, type Labels, type Subset } from '@istio-ts/config-model';
import { memo } from '@istio-ts/foundation';
import {
  outboundClusterName,
  type OutboundClusterIr,
  type ServiceRefIr,
  type UpstreamProtocolIr,
} from '@istio-ts/mesh-ir';
import type { ClusterClass } from '../scope/proxy-class.js';
import type { HostView } from '../scope/service-view.js';
import type { MeshSettings } from '../settings/mesh-settings.js';
import type { MeshPort, MeshService } from '../snapshot/mesh-service.js';
import { resolveClientTls } from './client-tls.js';
import { mergePolicies, resolveTrafficPolicy, type PolicyParts } from './traffic-policy.js';

type Proxy = ClusterClass['proxy'];

/** A cluster, and which endpoints of which service fill it. */
export interface ClusterPlan {
  readonly cluster: Omit<OutboundClusterIr, 'discovery'>;
  readonly discovery: OutboundClusterIr['discovery']['kind'];
  readonly service: string;
  readonly portName: string;
  /** Labels that endpoints must have. */
  readonly labels: Labels;
  /** How localities are preferred; undefined where they are not. */
  readonly locality: LocalityLoadBalancerSetting | undefined;
}

const noLabels: Labels = {};

/** What planning reads besides the service: which kind of proxy calls, in which mesh. */
export interface PlanContext {
  readonly proxy: ClusterClass['proxy'];
  readonly settings: MeshSettings;
}

export const planContextOf = memo((settings: MeshSettings, proxy: Proxy): PlanContext => ({
  settings,
  proxy,
}));

/**
 * All clusters of a service by name: each port whole, and each subset of it. UDP ports have none. Remembered by service
 * view, so that all classes which see a service alike share its clusters.
 */
export const plansOf = memo(
  (view: HostView, { proxy, settings }: PlanContext): readonly (readonly [string, ClusterPlan])[] => {
    const subsets = view.rule?.subsets ?? [];
    return view.facts.service.ports
      .filter(({ protocol }) => protocol !== 'UDP')
      .flatMap((port) =>
        [undefined, ...subsets].map((subset) => planCluster({ view, proxy, settings }, port, subset)),
      )
      .map((plan) => [planName(plan), plan] as const);
  },
);

interface Scene {
  readonly view: HostView;
  readonly proxy: Proxy;
  readonly settings: MeshSettings;
}

function planCluster(scene: Scene, port: MeshPort, subset: Subset | undefined): ClusterPlan {
  const { view, proxy, settings } = scene;
  const { facts, rule } = view;
  const parts = mergePolicies(rule?.trafficPolicy, subset?.trafficPolicy, port.number);
  const discovery = discoveryOf(facts.service, proxy, parts);
  const name = subset?.name ?? '';
  return {
    cluster: {
      kind: 'outbound',
      host: facts.service.host,
      port: port.number,
      subset: name,
      protocol: protocolOf(port, proxy, parts),
      services: serviceRefs(facts.service),
      origin: rule?.origin,
      external: facts.service.external,
      policy: resolveTrafficPolicy(parts, settings),
      tls: resolveClientTls(
        parts.tls,
        {
          facts,
          port: port.number,
          subset: name,
          passthrough: discovery === 'original-dst' || discovery === 'dynamic-dns',
          mayFetch: proxy === 'router' || rule?.selecting === true,
        },
        settings,
      ),
    },
    discovery,
    service: facts.key,
    portName: port.name,
    labels: subset?.labels ?? noLabels,
    locality: localityOf(parts, settings),
  };
}

export const serviceRefs = memo(({ host, name, namespace }: MeshService): readonly ServiceRefIr[] => [
  { host, name, namespace },
]);

function discoveryOf(
  { resolution }: MeshService,
  proxy: Proxy,
  { loadBalancer }: PolicyParts,
): ClusterPlan['discovery'] {
  switch (resolution) {
    case 'dns':
      return 'strict-dns';
    case 'dns-round-robin':
      return 'logical-dns';
    case 'dynamic-dns':
      return 'dynamic-dns';
    case 'none':
      return proxy === 'router' ? 'eds' : 'original-dst';
    case 'headless':
      return proxy === 'router' ? 'eds' : 'original-dst';
    case 'static':
    case 'alias':
      return loadBalancer?.simple === 'PASSTHROUGH' ? 'original-dst' : 'eds';
  }
}

/** A port that says nothing follows its caller on sidecars; a gateway speaks HTTP/1.1 then. */
function protocolOf(
  { protocol }: MeshPort,
  proxy: Proxy,
  { connectionPool }: PolicyParts,
): UpstreamProtocolIr {
  const upgrade = connectionPool?.http?.h2UpgradePolicy;
  if (isHttp2(protocol)) return 'http2';
  if (upgrade === 'UPGRADE' && protocol === 'HTTP') return 'http2';
  return protocol === 'Unsupported' && proxy === 'sidecar' ? 'downstream' : 'default';
}

/** Localities are preferred only where failures are detected, or where a distribution is set. */
function localityOf(
  { loadBalancer, outlierDetection }: PolicyParts,
  { localityLb }: MeshSettings,
): LocalityLoadBalancerSetting | undefined {
  const setting = loadBalancer?.localityLbSetting ?? localityLb;
  const off = setting.enabled === false;
  const distributed = (setting.distribute ?? []).length > 0;
  return off || (outlierDetection === undefined && !distributed) ? undefined : setting;
}

export function planName({ cluster: { host, port, subset } }: ClusterPlan): string {
  return outboundClusterName(host, port, subset);
}
