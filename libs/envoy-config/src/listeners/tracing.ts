import { memo } from '@istio-ts/foundation';
import type { HttpSettingsIr } from '@istio-ts/mesh-ir';
import { hcm, tracing, type } from '@istio-ts/xds-types';

/**
 * Who the proxy is, read from Envoy's own environment, which the agent sets: so these tags cost no listener of its own for
 * each workload. Sorted by name.
 */
const environmentTags = [
  { tag: 'istio.canonical_revision', variable: 'CANONICAL_REVISION', missing: 'latest' },
  { tag: 'istio.canonical_service', variable: 'CANONICAL_SERVICE', missing: 'unknown' },
  { tag: 'istio.cluster_id', variable: 'CLUSTER_ID', missing: 'unknown' },
  { tag: 'istio.mesh_id', variable: 'MESH_ID', missing: 'unknown' },
  { tag: 'istio.namespace', variable: 'POD_NAMESPACE', missing: 'default' },
] as const;

const customTags = environmentTags.map(({ tag, variable, missing }) =>
  tracing.CustomTag.create({
    tag,
    type: {
      $case: 'environment',
      value: tracing.CustomTag_Environment.create({ name: variable, defaultValue: missing }),
    },
  }),
);

const all = type.Percent.create({ value: 100 });

/** Names no provider: the tracer of the bootstrap is used, where there is one. */
export const tracingSettings = memo((settings: HttpSettingsIr): hcm.HttpConnectionManager_Tracing =>
  hcm.HttpConnectionManager_Tracing.create({
    clientSampling: all,
    randomSampling: type.Percent.create({ value: settings.traceSampling }),
    overallSampling: all,
    customTags,
  }),
);
