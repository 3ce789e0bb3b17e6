import { parseManifests, parseResource } from '@istio-ts/config-model';
import { apiServerRules } from '@istio-ts/config-model/crd';
import { invariant } from '@istio-ts/foundation';
import { hostileTexts } from './hostile-texts.js';
import { decodedVirtualServices, virtualServiceTexts } from './virtual-services.js';

/** One figure about reading configuration. */
export interface ConfigRow {
  readonly name: string;
  readonly ms: number;
  /** Processor time: what is left of `ms` when others work on the machine. */
  readonly cpuMs: number;
  /** What the figure should stay below. */
  readonly aimMs: number;
  readonly heapMb: number;
}

const services = 10_000;
const routes = 10;
const context = { source: 'bench', cluster: 'Kubernetes' };

/** Reading and checking of many VirtualServices, and of texts that are made to cost time. */
export function measureConfig(): readonly ConfigRow[] {
  return [measureDecoded(), measureAsApiServer(), measureTexts(), measureHostile()];
}

function measureDecoded(): ConfigRow {
  const objects = decodedVirtualServices(services, routes);
  return timed(`${services} VirtualServices of ${routes} routes, decoded`, 3_000, () =>
    objects.map((object) => parseResource(object, context).ok),
  );
}

function measureAsApiServer(): ConfigRow {
  const objects = decodedVirtualServices(services, routes);
  return timed('the same, with the rules of the CRDs', 15_000, () =>
    objects.map((object) => parseResource(object, { ...context, apiServer: apiServerRules }).ok),
  );
}

function measureTexts(): ConfigRow {
  const texts = virtualServiceTexts(services, routes);
  return timed('the same, from YAML', 15_000, () =>
    texts.map((text) => parseManifests(text, { ...context, file: 'bench.yaml' }).resources.length === 1),
  );
}

/** The slowest of the hostile texts. */
function measureHostile(): ConfigRow {
  const rows = Object.entries(hostileTexts).map(([name, make]) => {
    const text = make();
    return timed(`${name} (the slowest hostile text)`, 1_000, () => [
      parseManifests(text, { ...context, file: 'hostile.yaml' }).issues.length > 0,
    ]);
  });
  const [slowest] = [...rows].sort((a, b) => b.ms - a.ms);
  invariant(slowest !== undefined, 'there are hostile texts');
  return slowest;
}

/** Every outcome must be true: a figure for work that failed would say nothing. */
function timed(name: string, aimMs: number, work: () => readonly boolean[]): ConfigRow {
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const outcomes = work();
  const ms = performance.now() - begun;
  const { user, system } = process.cpuUsage(cpu);
  invariant(
    outcomes.every((outcome) => outcome),
    `the bench "${name}" did what it measures`,
  );
  const heapMb = process.memoryUsage().heapUsed / 1024 / 1024;
  return { name, ms, cpuMs: (user + system) / 1000, aimMs, heapMb };
}
