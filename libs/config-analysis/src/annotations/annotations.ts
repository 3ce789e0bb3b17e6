import { appliesTo, findKnownName, type KnownName } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { annotationFault } from './annotation-value.js';

/** Kinds on which Istio looks for annotations. */
export const annotatedKinds = ['Namespace', 'Service', 'Pod', 'Deployment'] as const;

type Annotated = ObjectOf<(typeof annotatedKinds)[number]>;

/** Written as a label and as an annotation it is for readers old and new: whoever does that knows that one is deprecated. */
const injectName = 'sidecar.istio.io/inject';

/** What to use instead of a deprecated annotation. */
const replacements: ReadonlyMap<string, string> = new Map([[injectName, `, use the label ${injectName}`]]);

export const annotationsAnalyzer = defineAnalyzer({
  name: 'annotations.K8sAnalyzer',
  summary: 'annotations of Istio on Kubernetes objects exist, are in their place and can be read',
  each: annotatedKinds,
  analyze: (object) =>
    Object.entries(object.metadata.annotations)
      .filter(([annotation]) => isOfIstio(annotation))
      .flatMap(([annotation, value]) => judge(object, annotation, value)),
});

/** `kubernetes.io/ingress.class` is one of those that Istio reads. */
export function isOfIstio(annotation: string): boolean {
  const [prefix = ''] = annotation.split('/');
  return annotation === 'kubernetes.io/ingress.class' || prefix.endsWith('istio.io');
}

function judge(object: Annotated, annotation: string, value: string): readonly Finding[] {
  const path = ['metadata', 'annotations', annotation];
  const known = findKnownName('annotation', annotation);
  if (known === undefined) return [finding('UnknownAnnotation', object, { annotation }, path)];
  const deprecations = isDeprecated(object, known)
    ? [
        finding(
          'DeprecatedAnnotation',
          object,
          { annotation, extra: replacements.get(annotation) ?? '' },
          path,
        ),
      ]
    : [];
  if (known.scope.includes('Any')) return deprecations;
  if (!appliesTo(known, object.kind)) {
    const args = { annotation, kind: known.scope.join(', ') };
    return [...deprecations, finding('MisplacedAnnotation', object, args, path)];
  }
  const problem = annotationFault(annotation, value);
  if (problem === undefined) return deprecations;
  return [...deprecations, finding('InvalidAnnotation', object, { annotation, problem }, path)];
}

function isDeprecated({ metadata }: Annotated, { key, deprecated }: KnownName): boolean {
  return deprecated && !(key === injectName && metadata.labels[injectName] !== undefined);
}
