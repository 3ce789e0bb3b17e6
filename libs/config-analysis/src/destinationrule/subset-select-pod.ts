import { labelsSubsetOf, type Labels } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { findServices, hostKinds } from '../hosts/mesh-services.js';
import { defineIndex } from '../object-index.js';
import { selectPods, type Pod } from '../workload/pods.js';

const deploymentsByNamespace = defineIndex('Deployments of a namespace', ['Deployment'], ({ metadata }) => [
  metadata.namespace,
]);

const topologyPrefix = 'topology.';

export const subsetSelectPodAnalyzer = defineAnalyzer({
  name: 'destinationrule.SubsetSelectPodAnalyzer',
  summary: 'DestinationRules are for hosts that exist, and their subsets have pods',
  each: ['DestinationRule'],
  reads: [...hostKinds, 'Pod', 'Deployment', 'Node'],
  needs: ['Service', 'Pod'],
  analyze: (rule, world) => {
    const { host, subsets = [] } = rule.spec;
    const found = findServices(world, host, rule.metadata.namespace).map(({ object }) => object);
    if (found.length === 0) return [finding('UnknownDestinationRuleHost', rule, { host }, ['spec', 'host'])];
    // Who the endpoints of a ServiceEntry are is not said by pods alone.
    const services = found.flatMap((object) => (object.kind === 'Service' ? [object] : []));
    if (services.length < found.length || subsets.length === 0) return [];
    const selected = services.filter(({ spec }) => Object.keys(spec.selector ?? {}).length > 0);
    if (selected.length === 0) return [];
    const workloads = selected.flatMap((service) => workloadLabels(service, world));
    return subsets.flatMap(({ name, labels }, index) => {
      if (workloads.some((each) => labelsSubsetOf(labels, each))) return [];
      const path = ['spec', 'subsets', index];
      return [finding('DestinationRuleSubsetNotSelectPods', rule, { subset: name }, path)];
    });
  },
});

/** The labels of what a Service leads to: its pods, with the place of their node, and the pods that Deployments would make. */
function workloadLabels({ spec, metadata }: ObjectOf<'Service'>, world: World): readonly Labels[] {
  const { selector = {} } = spec;
  const pods = selectPods(world, selector, metadata.namespace).map((pod) => withTopology(pod, world));
  const templates = world
    .find(deploymentsByNamespace, metadata.namespace)
    .map((deployment) => deployment.spec.template?.metadata?.labels ?? {})
    .filter((labels) => labelsSubsetOf(selector, labels));
  return [...pods, ...templates];
}

function withTopology({ metadata, spec }: Pod, world: World): Labels {
  const node = spec.nodeName === undefined ? undefined : world.get('Node', '', spec.nodeName);
  const places = Object.entries(node?.metadata.labels ?? {}).filter(
    ([key, value]) => key.startsWith(topologyPrefix) && value !== '',
  );
  return { ...Object.fromEntries(places), ...metadata.labels };
}
