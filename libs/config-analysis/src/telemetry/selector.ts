import { defineGroupAnalyzer } from '../analyzer.js';
import { finding } from '../finding.js';
import { hasTarget } from '../gateway/policy-selector.js';
import { defineIndex } from '../object-index.js';
import { selectorsOf, selectsNothing, sharedPods } from '../workload/selector-conflicts.js';

const telemetriesByNamespace = defineIndex(
  'Telemetries of a namespace',
  ['Telemetry'],
  ({ metadata, spec }) => (hasTarget(spec) ? [] : [metadata.namespace]),
);

export const telemetrySelectorAnalyzer = defineGroupAnalyzer({
  name: 'telemetry.SelectorAnalyzer',
  summary: 'Telemetries select pods, and no two of them the same',
  groups: telemetriesByNamespace,
  reads: ['Pod'],
  needs: ['Pod'],
  analyze: (telemetries, world, namespace) => {
    const selectors = selectorsOf(telemetries, ({ spec }) => spec.selector?.matchLabels, world);
    const conflicts = sharedPods(selectors).flatMap(({ pod, objects }) => {
      const conflictingTelemetries = objects.map(({ metadata }) => metadata.name);
      const args = { conflictingTelemetries, namespace, workloadPod: pod.metadata.name };
      return objects.map((object) =>
        finding('ConflictingTelemetryWorkloadSelectors', object, args, ['spec', 'selector']),
      );
    });
    return [...selectors.flatMap(selectsNothing), ...conflicts];
  },
});

export const telemetryDefaultSelectorAnalyzer = defineGroupAnalyzer({
  name: 'telemetry.DefaultSelectorAnalyzer',
  summary: 'a namespace has one Telemetry for all of its pods',
  groups: telemetriesByNamespace,
  analyze: (telemetries, _world, namespace) => {
    const defaults = telemetries.filter(({ spec }) => spec.selector?.matchLabels === undefined);
    if (defaults.length < 2) return [];
    const conflictingTelemetries = defaults.map(({ metadata }) => metadata.name);
    return defaults.map((object) =>
      finding('MultipleTelemetriesWithoutWorkloadSelectors', object, { conflictingTelemetries, namespace }),
    );
  },
});
