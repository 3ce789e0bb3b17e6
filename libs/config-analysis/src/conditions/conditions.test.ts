import { expect, test } from 'vitest';
import { analyzeText } from '../testing/analyze-text.js';
import { conditionAnalyzer } from './conditions.js';

const reported = (head: string, status: string) => `
${head}
metadata: { name: web }
status: ${status}`;

const service = 'apiVersion: v1\nkind: Service';
const policy = 'apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy';
const route = 'apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute';

test('what a controller reports as not working is told, of others than Istio on its own kinds only', () => {
  const analyze = (head: string, condition: string) =>
    analyzeText(conditionAnalyzer, reported(head, `{ conditions: [${condition}] }`));
  const first = 'status.conditions[0]';
  expect(analyze(service, '{ type: istio.io/WaypointBound, status: "False" }')).toEqual([
    `IST0171 Service/default/web ${first}`,
  ]);
  expect(analyze(service, '{ type: istio.io/WaypointBound, status: "True" }')).toEqual([]);
  expect(analyze(service, '{ type: example.com/Synced, status: "False" }')).toEqual([]);
  expect(analyze(policy, '{ type: ZtunnelAccepted, status: "False" }')).toHaveLength(1);
  expect(analyze(policy, '{ type: Reconciled, status: "False" }')).toEqual([]);
  expect(analyze(policy, '{ type: ZtunnelAccepted, status: "True", reason: PartiallyInvalid }')).toEqual([]);
  expect(
    analyze(policy, '{ type: WaypointAccepted, status: "True", reason: PartiallyInvalid }'),
  ).toHaveLength(1);
});

test('a route reports for each of its parents', () => {
  const status = '{ parents: [{}, { conditions: [{ type: Accepted, status: "False" }] }] }';
  expect(analyzeText(conditionAnalyzer, reported(route, status))).toEqual([
    'IST0171 HTTPRoute/default/web status.parents[1].conditions[0]',
  ]);
});

test('what has not the form of a condition is passed over', () => {
  const status = '{ conditions: [3, null, { type: {} }, { status: "False" }], parents: [null, 3] }';
  expect(analyzeText(conditionAnalyzer, reported(policy, status))).toEqual([]);
});
