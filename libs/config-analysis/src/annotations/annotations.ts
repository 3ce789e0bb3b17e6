import { appliesTo, findKnownName } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { annotationFault } from './annotation-value.js';

type Annotated = ObjectOf<'Namespace' | 'Service' | 'Pod' | 'Deployment'>;

/** What to use instead of a deprecated annotation. */
const replacements: ReadonlyMap<string, string> = new Map([
  ['sidecar.istio.io/inject', ', use the label sidecar.istio.io/inject'],
]);

export const annotationsAnalyzer = defineAnalyzer({
  name: 'annotations.K8sAnalyzer',
  summary: 'annotations of Istio on Kubernetes objects exist, are in their place and can be read',
  each: ['Namespace', 'Service', 'Pod', 'Deployment'],
  analyze: (object) =>
    Object.entries(object.metadata.annotations)
      .filter(([annotation]) => isOfIstio(annotation))
      .flatMap(([annotation, value]) => judge(object, annotation, value)),
});

/** `kubernetes.io/ingress.class` is one of those that Istio reads. */
function isOfIstio(annotation: string): boolean {
  const [prefix = '', name] = annotation.split('/');
  return annotation === 'kubernetes.io/ingress.class' || (name !== undefined && prefix.endsWith('istio.io'));
}

function judge(object: Annotated, annotation: string, value: string): readonly Finding[] {
  const path = ['metadata', 'annotations', annotation];
  const known = findKnownName('annotation', annotation);
  if (known === undefined) return [finding('UnknownAnnotation', object, { annotation }, path)];
  if (known.scope.includes('Any')) return [];
  const findings: Finding[] = [];
  if (!appliesTo(known, object.kind)) {
    findings.push(finding('MisplacedAnnotation', object, { annotation, kind: known.scope.join(', ') }, path));
  }
  if (known.deprecated) {
    const extra = replacements.get(annotation) ?? '';
    findings.push(finding('DeprecatedAnnotation', object, { annotation, extra }, path));
  }
  const problem = annotationFault(annotation, value);
  if (problem !== undefined)
    findings.push(finding('InvalidAnnotation', object, { annotation, problem }, path));
  return findings;
}
