import type { DestinationRule, Gateway, PathKey, Resource, VirtualService } from '@istio-ts/config-model';
import { memo, type Issue, type Severity, type SortedMap } from '@istio-ts/foundation';
import { projectMap, type Slot } from '../derive/index.js';
import type { ResourceStore } from '../snapshot/resource-store.js';
import { MeshIssueCode } from './issue-code.js';
import { raiseIssue } from './raise-issue.js';

interface Field {
  /** Path below `spec`; `*` stands for every item of a list, a last `=VALUE` asks for that value. */
  readonly path: string;
  /** An error where leaving it out makes traffic less safe than the object says. */
  readonly severity: Severity;
}

const trafficPolicy = (place: string): readonly Field[] =>
  [
    'tunnel',
    'retryBudget',
    'loadBalancer.zoneAwareLbSetting',
    'loadBalancer.backendUtilization',
    'loadBalancer.localityLbSetting.failoverPriority',
    'connectionPool.http.http2KeepAlive',
    'outlierDetection.outlierDetectionHttpErrorCodes',
  ].map((path) => ({ path: `${place}.${path}`, severity: 'warning' }));

const tables = {
  Gateway: [
    { path: 'servers.*.tls.mode=AUTO_PASSTHROUGH', severity: 'error' },
    { path: 'servers.*.tls.caCrl', severity: 'error' },
  ],
  DestinationRule: [
    ...['trafficPolicy', 'trafficPolicy.portLevelSettings.*', 'subsets.*.trafficPolicy'].flatMap(
      trafficPolicy,
    ),
    { path: 'trafficPolicy.tls.caCrl', severity: 'error' },
    { path: 'subsets.*.trafficPolicy.tls.caCrl', severity: 'error' },
  ],
  VirtualService: [
    { path: 'http.*.fault.delay.exponentialDelay', severity: 'warning' },
    { path: 'http.*.fault.abort.http2Error', severity: 'warning' },
    { path: 'tcp.*.match.*.sourceSubnet', severity: 'warning' },
  ],
} as const satisfies Readonly<Record<string, readonly Field[]>>;

type Told = VirtualService | DestinationRule | Gateway;

const fieldIssues = projectMap((resource: Told) => {
  const issues = tables[resource.kind].flatMap((field: Field) =>
    places(resource.spec, field.path.split('.')).map((path) => issueOf(resource, ['spec', ...path], field)),
  );
  return issues.length === 0 ? undefined : issues;
});

const kindSlot = memo((_mesh: Slot, _kind: string): Slot => ({}));

/** Fields that are read and not carried out: never silence. */
export function unenforcedFields(slot: Slot, store: ResourceStore): readonly SortedMap<readonly Issue[]>[] {
  const kinds = ['Gateway', 'DestinationRule', 'VirtualService'] as const;
  return kinds.map((kind) => fieldIssues(kindSlot(slot, kind), store[kind], undefined));
}

/** The paths at which a pattern finds something. */
function places(value: unknown, [first, ...rest]: readonly string[]): readonly (readonly PathKey[])[] {
  if (first === undefined) return value === undefined ? [] : [[]];
  if (typeof value !== 'object' || value === null) return [];
  if (first === '*') {
    const items: readonly unknown[] = Array.isArray(value) ? value : [];
    return items.flatMap((item, index) => places(item, rest).map((path) => [index, ...path]));
  }
  const [key = '', wanted] = first.split('=');
  const found: unknown = (value as Readonly<Record<string, unknown>>)[key];
  if (wanted !== undefined && found !== wanted) return [];
  return places(found, rest).map((path) => [key, ...path]);
}

function issueOf(resource: Resource, path: readonly PathKey[], { severity }: Field): Issue {
  return raiseIssue(resource, {
    code: MeshIssueCode.FieldNotEnforced,
    severity,
    path,
    message:
      'this field is read and not carried out yet: proxies behave as if it were absent. Remove it, or do not rely on it',
  });
}
