import { labelsSubsetOf, type Labels } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { findService, hostKinds } from '../hosts/mesh-services.js';
import { selectPods, selectTemplates, type Pod } from '../workload/pods.js';

export const subsetSelectPodAnalyzer = defineAnalyzer({
  name: 'destinationrule.SubsetSelectPodAnalyzer',
  summary: 'DestinationRules are for hosts that exist, and their subsets have pods',
  each: ['DestinationRule'],
  reads: [...hostKinds, 'Pod', 'Deployment', 'Node'],
  needs: ['Service', 'Pod'],
  analyze: (rule, world) => {
    const { host, subsets = [], exportTo } = rule.spec;
    const service = findService(world, host, { namespace: rule.metadata.namespace, exportTo });
    if (service === undefined)
      return [finding('UnknownDestinationRuleHost', rule, { host }, ['spec', 'host'])];
    return subsets.flatMap(({ name, labels = {} }, index) => {
      if (hasWorkload(world, labels, service.object)) return [];
      const path = ['spec', 'subsets', index];
      return [finding('DestinationRuleSubsetNotSelectPods', rule, { subset: name }, path)];
    });
  },
});

const hostname = 'kubernetes.io/hostname';
const region = 'topology.kubernetes.io/region';
const zone = 'topology.kubernetes.io/zone';
const subzone = 'topology.istio.io/subzone';

/** Labels that an endpoint has from where its pod runs. */
const places: readonly string[] = [hostname, region, zone, subzone];

/**
 * Whether a pod has the labels of a subset, or a Deployment would make one. The pods of a Service are not told apart from
 * others, those that a ServiceEntry selects are. Usually there is one where it belongs, and then nobody has to know of the
 * pods of the whole mesh.
 */
function hasWorkload(world: World, subset: Labels, object: ObjectOf<'Service' | 'ServiceEntry'>): boolean {
  if (object.kind === 'ServiceEntry')
    return isOnSomePod(world, { ...object.spec.workloadSelector?.labels, ...subset });
  const { selector = {} } = object.spec;
  const own = { ...selector, ...subset };
  return isOnSomePod(world, own, object.metadata.namespace) || isOnSomePod(world, subset);
}

/** In one namespace, or in all. The place of a pod is among its labels. */
function isOnSomePod(world: World, wanted: Labels, namespace?: string): boolean {
  const own = Object.fromEntries(Object.entries(wanted).filter(([key]) => !places.includes(key)));
  return (
    selectPods(world, own, namespace).some((pod) => labelsSubsetOf(wanted, withPlace(pod, world))) ||
    selectTemplates(world, wanted, namespace).length > 0
  );
}

function withPlace({ metadata, spec }: Pod, world: World): Labels {
  const { nodeName = '' } = spec;
  if (nodeName === '') return metadata.labels;
  const ofNode = world.get('Node', '', nodeName)?.metadata.labels ?? {};
  const known = [region, zone, ...((ofNode[zone] ?? '') === '' ? [] : [subzone])];
  const said = known.flatMap((key) => {
    const value = ofNode[key] ?? '';
    return value === '' ? [] : [[key, value] as const];
  });
  return { ...metadata.labels, ...Object.fromEntries(said), [hostname]: nodeName };
}
