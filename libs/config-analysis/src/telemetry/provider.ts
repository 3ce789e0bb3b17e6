import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { defineIndex } from '../object-index.js';

type Telemetry = ObjectOf<'Telemetry'>;

const withLogProviders = defineIndex('Telemetries that name log providers', ['Telemetry'], (object) =>
  namesLogProvider(object) ? [object.metadata.namespace] : [],
);

export const telemetryProviderAnalyzer = defineAnalyzer({
  name: 'telemetry.ProviderAnalyzer',
  summary: 'Telemetries for access logs name a provider, or there is one by default',
  each: ['Telemetry'],
  analyze: (telemetry, world) => {
    const { name, namespace } = telemetry.metadata;
    const index = (telemetry.spec.accessLogging ?? []).findIndex(
      ({ providers = [], disabled }) => providers.length === 0 && disabled !== true,
    );
    if (index === -1 || hasDefaultProvider(telemetry, world)) return [];
    const path = ['spec', 'accessLogging', index];
    return [finding('InvalidTelemetryProvider', telemetry, { name, namespace }, path)];
  },
});

/** From the settings of the mesh, or from the Telemetry of the mesh, which those of namespaces refine. */
function hasDefaultProvider(telemetry: Telemetry, world: World): boolean {
  const { defaultProviders, rootNamespace } = world.meshConfig();
  if ((defaultProviders.accessLogging ?? []).length > 0) return true;
  return world.find(withLogProviders, rootNamespace).some((parent) => parent !== telemetry);
}

function namesLogProvider({ spec }: Telemetry): boolean {
  return (spec.accessLogging ?? []).some(({ providers = [] }) => providers.length > 0);
}
