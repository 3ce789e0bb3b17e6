import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { MeshError } from '@istio-ts/foundation';
import { checkInvariants } from '@istio-ts/traffic-simulator';
import { stringify } from 'yaml';
import { readFileValue } from '../../read-cases.js';
import { agree, differ, needs, type Case, type CaseOutcome, type Suite } from '../../suite.js';
import { buildSnapshot, parseWorld, worldSettings } from '../../world/build-world.js';
import { proxyXds } from '../../world/proxy-xds.js';
import { checkCalls } from './check-calls.js';
import { checkInboundClusters, checkListenerShapes, checkRouteTables } from './check-resources.js';
import { scenarioNode, unreadScenarioFields, type Scenario } from './scenario.js';

/** What proxies would do with calls, judged on the xDS that we generate for the given configuration. */
export const trafficSimulation: Suite = {
  name: 'traffic-simulation',
  load: (dir) =>
    readdirSync(join(dir, 'scenarios'))
      .filter((file) => /\.ya?ml$/u.test(file))
      .sort()
      .map((file) => scenarioCase(join(dir, 'scenarios', file))),
};

/** A file that cannot be read is a case that differs, under the name of the file. */
function scenarioCase(path: string): Case {
  try {
    const scenario = readFileValue(path) as Scenario;
    return { name: scenario.name, run: () => runScenario(scenario) };
  } catch (error) {
    return { name: basename(path), run: () => differ('a scenario', MeshError.from(error).message) };
  }
}

function runScenario(scenario: Scenario): CaseOutcome {
  const world = parseWorld([scenario.config ?? '', scenario.kubeConfig ?? '']);
  const lacking = missing(scenario, world.issues);
  if (lacking !== undefined) return needs(lacking);
  const refused = world.issues.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  const settings = worldSettings(stringify(scenario.meshConfig ?? {}));
  const xds = proxyXds(buildSnapshot(world.resources, settings), scenarioNode(scenario.node));
  const faults = [
    ...refused.map((message) => `refused: ${message}`),
    ...checkCalls(xds, scenario.calls ?? []),
    ...checkRouteTables(xds, scenario.routeTables ?? []),
    ...(scenario.inboundClusters === undefined ? [] : checkInboundClusters(xds, scenario.inboundClusters)),
    ...checkListenerShapes(xds, scenario.listenerShape ?? []),
    ...(scenario.validate === true ? checkInvariants(xds) : []),
  ];
  return faults.length === 0 ? agree : differ('every check to hold', faults);
}

/** Switches of the control plane that stand here as they are. */
const standing: Readonly<Record<string, string>> = {
  PILOT_ENABLE_HEADLESS_FILTER_CHAIN_LISTENER: 'false',
};

/** What a scenario needs that is not built: kinds that are known and not enforced, and switches of the control plane. */
function missing(scenario: Scenario, issues: ReturnType<typeof parseWorld>['issues']): string | undefined {
  const unread = unreadScenarioFields(scenario);
  if (unread.length > 0) return `the field ${unread.join(', ')} of scenarios`;
  const kinds = issues
    .filter(({ code }) => code === 'KIND_NOT_ENFORCED')
    .map(({ resource }) => resource?.kind ?? '');
  if (kinds.length > 0) return `the kind ${[...new Set(kinds)].sort().join(', ')}`;
  const features = Object.entries(scenario.features ?? {})
    .filter(([name, value]) => standing[name] !== String(value))
    .map(([name]) => name);
  if (features.length > 0) return `the switch ${features.sort().join(', ')}`;
  return scenario.internalAnnotations === true ? 'objects converted from the Gateway API' : undefined;
}
