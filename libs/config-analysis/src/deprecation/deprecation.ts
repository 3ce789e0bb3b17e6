import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';

/** Kinds that Istio had once, all of one group; AuthorizationPolicy does their work now. */
const goneGroup = 'rbac.istio.io';
const goneKinds: readonly string[] = ['ClusterRbacConfig', 'RbacConfig', 'ServiceRole', 'ServiceRoleBinding'];

export const deprecationAnalyzer = defineAnalyzer({
  name: 'deprecation.DeprecationAnalyzer',
  summary: 'nothing is used that will go away',
  each: ['VirtualService', 'Sidecar', 'CustomResourceDefinition'],
  analyze: (object) => {
    switch (object.kind) {
      case 'VirtualService':
        return judgeVirtualService(object);
      case 'Sidecar':
        return judgeSidecar(object);
      case 'CustomResourceDefinition':
        return judgeDefinition(object);
    }
  },
});

function judgeVirtualService(object: ObjectOf<'VirtualService'>): readonly Finding[] {
  return (object.spec.http ?? []).flatMap(({ fault }, rule) => {
    if ((fault?.delay?.percent ?? 0) <= 0) return [];
    const detail = 'fault.delay.percent; use fault.delay.percentage, which takes fractions too';
    const path = ['spec', 'http', rule, 'fault', 'delay', 'percent'];
    return [finding('Deprecated', object, { detail }, path)];
  });
}

function judgeSidecar(object: ObjectOf<'Sidecar'>): readonly Finding[] {
  if (object.spec.outboundTrafficPolicy?.egressProxy === undefined) return [];
  const detail =
    'outboundTrafficPolicy.egressProxy; it is experimental and may go away without a replacement';
  return [finding('Deprecated', object, { detail }, ['spec', 'outboundTrafficPolicy', 'egressProxy'])];
}

function judgeDefinition(object: ObjectOf<'CustomResourceDefinition'>): readonly Finding[] {
  const { group, names } = object.spec;
  const kind = names?.kind ?? '';
  if (group !== goneGroup || !goneKinds.includes(kind)) return [];
  const detail = `${kind} of ${group} does nothing any more; use AuthorizationPolicy`;
  return [finding('Deprecated', object, { detail }, ['spec', 'group'])];
}
