import { defineAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';

export const lightstepAnalyzer = defineAnalyzer({
  name: 'telemetry.LightstepAnalyzer',
  summary: 'no Telemetry traces through the lightstep provider, which is gone',
  each: ['Telemetry'],
  analyze: (telemetry, world) => {
    const lightstep = world
      .meshConfig()
      .extensionProviders.flatMap(({ name, lightstep: settings }) =>
        settings === undefined ? [] : (name ?? []),
      );
    return (telemetry.spec.tracing ?? []).flatMap(({ providers = [] }, index) =>
      providers.flatMap(({ name }, position) => {
        if (!lightstep.includes(name)) return [];
        const detail = `provider ${name} is of type lightstep; use an opentelemetry provider`;
        const path = ['spec', 'tracing', index, 'providers', position];
        return [finding('Deprecated', telemetry, { detail }, path)];
      }),
    );
  },
});
