import type { PathKey } from '@istio-ts/config-model';
import type { AnalyzedKind, ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';

const ofRoutes: readonly string[] = ['Accepted', 'Programmed', 'ResolvedRefs'];

/** Conditions that tell of a fault when they do not hold. Others write into these statuses too, and mean something else. */
const watched = {
  Service: ['istio.io/WaypointBound'],
  ServiceEntry: ['istio.io/WaypointBound'],
  AuthorizationPolicy: ['ZtunnelAccepted', 'WaypointAccepted'],
  KubernetesGateway: ofRoutes,
  HTTPRoute: ofRoutes,
  GRPCRoute: ofRoutes,
  TLSRoute: ofRoutes,
  TCPRoute: ofRoutes,
} as const satisfies Partial<Record<AnalyzedKind, readonly string[]>>;

type ReportedKind = keyof typeof watched;
type Reported = ObjectOf<ReportedKind>;

export const conditionAnalyzer = defineAnalyzer({
  name: 'conditions.ConditionAnalyzer',
  summary: 'no controller reports in a status that something does not work',
  each: Object.keys(watched) as readonly ReportedKind[],
  analyze: (object) =>
    conditionsOf(object)
      .filter(({ condition }) => isNegative(object, condition))
      .map(({ condition: { type, reason, message }, path }) =>
        finding('NegativeConditionStatus', object, { conditionType: type, reason, message }, path),
      ),
});

interface Condition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
}

function isNegative({ kind }: Reported, { type, status, reason }: Condition): boolean {
  const types: readonly string[] = watched[kind];
  if (types.includes(type) && status === 'False') return true;
  // A waypoint that takes a part of a policy says that it accepted it.
  return kind === 'AuthorizationPolicy' && type === 'WaypointAccepted' && reason === 'PartiallyInvalid';
}

interface Placed {
  readonly condition: Condition;
  readonly path: readonly PathKey[];
}

/** Conditions of the object itself, and of routes those that each parent has. */
function conditionsOf({ status }: Reported): readonly Placed[] {
  const own = readConditions(status, ['status']);
  const parents = fieldOf(status, 'parents');
  if (!Array.isArray(parents)) return own;
  return [
    ...own,
    ...parents.flatMap((parent: unknown, index) => readConditions(parent, ['status', 'parents', index])),
  ];
}

/** A status is written by programs of every sort: what has not the form of a condition is passed over. */
function readConditions(holder: unknown, path: readonly PathKey[]): readonly Placed[] {
  const conditions = fieldOf(holder, 'conditions');
  if (!Array.isArray(conditions)) return [];
  return conditions.flatMap((each: unknown, index) => {
    const [type, status] = [fieldOf(each, 'type'), fieldOf(each, 'status')];
    if (typeof type !== 'string' || typeof status !== 'string') return [];
    const [reason, message] = [textOf(fieldOf(each, 'reason')), textOf(fieldOf(each, 'message'))];
    const condition = { type, status, reason, message };
    return [{ condition, path: [...path, 'conditions', index] }];
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name];
}
