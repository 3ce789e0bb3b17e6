import { isWildcard, type TrafficPolicy } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type Analyzer, type World } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';

const kinds = ['DestinationRule', 'VirtualService', 'ServiceEntry', 'Service', 'Deployment'] as const;

type Object = ObjectOf<(typeof kinds)[number]>;
type TlsSettings = NonNullable<TrafficPolicy['tls']>;

/** A setting of Istio whose default became another, and who notices. */
interface Change {
  readonly field: string;
  readonly release: string;
  readonly info: string;
  /** What an installation sets to keep the old default; upgrades from later minor versions do not meet the change. */
  readonly compatVersion: `1.${number}`;
  readonly matters: (object: Object, world: World) => boolean;
}

const changes: readonly Change[] = [
  {
    field: 'VERIFY_CERTIFICATE_AT_CLIENT',
    release: '1.20',
    info: 'the certificate of the server is verified now; set insecureSkipVerify where that is not wanted',
    compatVersion: '1.20',
    matters: (object) => someTls(object, isNotVerified),
  },
  {
    field: 'ENABLE_AUTO_SNI',
    release: '1.20',
    info: 'a server name (SNI) is sent now where none is set',
    compatVersion: '1.20',
    matters: (object) => someTls(object, ({ sni = '', mode }) => sni === '' && mode !== 'ISTIO_MUTUAL'),
  },
  {
    field: 'ENABLE_EXTERNAL_NAME_ALIAS',
    release: '1.20',
    info: 'a Service of type ExternalName is another name of its target now, with the configuration of the target',
    compatVersion: '1.20',
    matters: (object) => object.kind === 'Service' && object.spec.type === 'ExternalName',
  },
  {
    field: 'PERSIST_OLDEST_FIRST_HEURISTIC_FOR_VIRTUAL_SERVICE_HOST_MATCHING',
    release: '1.20',
    info: 'of VirtualServices with overlapping wildcards the most specific one counts now, not the oldest',
    compatVersion: '1.20',
    matters: (object) => object.kind === 'VirtualService' && (object.spec.hosts ?? []).some(isWildcard),
  },
  {
    field: 'ENABLE_RESOLUTION_NONE_TARGET_PORT',
    release: '1.21',
    info: 'the targetPort of a ServiceEntry with resolution NONE counts now',
    compatVersion: '1.21',
    matters: hasNewTargetPort,
  },
  {
    field: 'meshConfig.defaultConfig.tracer',
    release: '1.21',
    info: 'traces are not sent to zipkin.istio-system by default any more; name a provider in a Telemetry',
    compatVersion: '1.21',
    matters: ({ kind, metadata }) =>
      kind === 'Service' && metadata.name === 'zipkin' && metadata.namespace === 'istio-system',
  },
  {
    field: 'ENHANCED_RESOURCE_SCOPING',
    release: '1.22',
    info: 'objects of Istio in namespaces that discoverySelectors leave out are not read any more',
    compatVersion: '1.21',
    matters: isNewlyScoped,
  },
];

/** What an upgrade from an older release changes for some objects. @param fromMinor 20 for 1.20 */
export function upgradeAnalyzer(fromMinor: number): Analyzer {
  const met = changes.filter(({ compatVersion }) => fromMinor <= Number(compatVersion.slice(2)));
  return defineAnalyzer({
    name: 'precheck.UpgradeAnalyzer',
    summary: 'nothing relies on a default that changed since the version of before',
    each: kinds,
    analyze: (object, world) => met.flatMap((change) => judge(object, change, world)),
  });
}

function judge(object: Object, { matters, ...args }: Change, world: World): readonly Finding[] {
  return matters(object, world) ? [finding('UpdateIncompatibility', object, args)] : [];
}

function someTls(object: Object, matters: (tls: TlsSettings) => boolean): boolean {
  if (object.kind !== 'DestinationRule') return false;
  const { trafficPolicy, subsets = [] } = object.spec;
  const policies = [trafficPolicy, ...subsets.map((subset) => subset.trafficPolicy)];
  const settings = policies.flatMap((policy) => [
    policy?.tls,
    ...(policy?.portLevelSettings ?? []).map(({ tls }) => tls),
  ]);
  return settings.some((tls) => tls !== undefined && matters(tls));
}

function isNotVerified({
  caCertificates = '',
  credentialName = '',
  mode,
  insecureSkipVerify,
}: TlsSettings): boolean {
  if (mode === 'ISTIO_MUTUAL' || insecureSkipVerify === true) return false;
  return caCertificates === '' && credentialName === '';
}

function hasNewTargetPort(object: Object): boolean {
  if (object.kind !== 'ServiceEntry' || (object.spec.resolution ?? 'NONE') !== 'NONE') return false;
  return (object.spec.ports ?? []).some(
    ({ number, targetPort = 0 }) => targetPort !== 0 && targetPort !== number,
  );
}

function isNewlyScoped(object: Object, world: World): boolean {
  if (object.kind !== 'Deployment' || object.metadata.labels['app'] !== 'istiod') return false;
  if (object.metadata.namespace !== world.settings.systemNamespace) return false;
  const containers = object.spec.template?.spec?.containers ?? [];
  const environment = containers.flatMap(({ name, env = [] }) => (name === 'discovery' ? env : []));
  const isScoped = environment.some(
    ({ name, value }) => name === 'ENHANCED_RESOURCE_SCOPING' && value === 'true',
  );
  return !isScoped && (world.meshConfig().discoverySelectors ?? []).length > 0;
}
