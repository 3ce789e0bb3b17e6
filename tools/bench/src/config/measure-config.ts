import { parseManifests, parseResource } from '@istio-ts/config-model';
import { apiServerRules } from '@istio-ts/config-model/crd';
import type { ConfigRow } from './config-row.js';
import { hostileTexts } from './hostile-texts.js';
import { measureAnalysis } from './measure-analysis.js';
import { slowestOf, timed } from './timed.js';
import { decodedVirtualServices, virtualServiceTexts } from './virtual-services.js';

const services = 10_000;
const routes = 10;
const context = { source: 'bench', cluster: 'Kubernetes' };

/** Reading and checking of many VirtualServices, texts that are made to cost time, and analysis of many objects. */
export function measureConfig(): readonly ConfigRow[] {
  return [measureDecoded(), measureAsApiServer(), measureTexts(), measureHostile(), ...measureAnalysis()];
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
  return slowestOf(rows);
}
