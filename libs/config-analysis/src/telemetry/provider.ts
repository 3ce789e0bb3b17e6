import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';

export const telemetryProviderAnalyzer = defineAnalyzer({
  name: 'telemetry.ProviderAnalyzer',
  summary: 'Telemetries for access logs name a provider, or the mesh has one by default',
  each: ['Telemetry'],
  analyze: (telemetry, world) => {
    if ((world.meshConfig().defaultProviders.accessLogging ?? []).length > 0) return [];
    const { name, namespace } = telemetry.metadata;
    return (telemetry.spec.accessLogging ?? []).flatMap(({ providers = [], disabled }, index) => {
      if (providers.length > 0 || disabled === true) return [];
      const path = ['spec', 'accessLogging', index];
      return [finding('InvalidTelemetryProvider', telemetry, { name, namespace }, path)];
    });
  },
});
