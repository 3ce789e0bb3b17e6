import { findKnownName } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer } from '../analyzer.js';
import { annotatedKinds, isOfIstio } from '../annotations/annotations.js';
import { finding } from '../finding.js';

/** Written by Istio's own parts: nobody decided on them. */
const writtenByIstio: readonly string[] = [
  'sidecar.istio.io/status',
  'gateway.istio.io/controller-version',
  'istio.io/rev',
];

/** Written by injection, too, where the node plugin redirects the traffic. */
const writtenWithNodePlugin: readonly string[] = [
  'sidecar.istio.io/interceptionMode',
  'traffic.sidecar.istio.io/includeInboundPorts',
  'traffic.sidecar.istio.io/excludeInboundPorts',
  'traffic.sidecar.istio.io/includeOutboundIPRanges',
];

export const alphaAnnotationsAnalyzer = defineAnalyzer({
  name: 'annotations.AlphaAnalyzer',
  summary: 'no annotation is used that may change with the next version',
  each: annotatedKinds,
  analyze: (object) =>
    Object.keys(object.metadata.annotations).flatMap((annotation) => {
      if (!isOfIstio(annotation) || !mayChange(annotation)) return [];
      if (isWrittenByIstio(object, annotation)) return [];
      return [finding('AlphaAnnotation', object, { annotation }, ['metadata', 'annotations', annotation])];
    }),
});

/** One whose stage nobody has named is taken for a new one. */
function mayChange(annotation: string): boolean {
  const stage = findKnownName('annotation', annotation)?.stage;
  return stage === 'Alpha' || stage === 'none';
}

function isWrittenByIstio(object: ObjectOf<(typeof annotatedKinds)[number]>, annotation: string): boolean {
  if (writtenByIstio.includes(annotation)) return true;
  return object.kind === 'Pod' && !hasInitContainer(object) && writtenWithNodePlugin.includes(annotation);
}

/** Without it the traffic of a pod is redirected by the node plugin. */
function hasInitContainer({ spec: { initContainers = [] } }: ObjectOf<'Pod'>): boolean {
  return initContainers.some(({ name }) => name === 'istio-init');
}
