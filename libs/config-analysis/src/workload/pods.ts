import { labelsSubsetOf, type Labels } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import type { World } from '../analyzer.js';
import { defineIndex } from '../object-index.js';

export type Pod = ObjectOf<'Pod'>;
type Deployment = ObjectOf<'Deployment'>;

export const podsByNamespace = defineIndex('pods of a namespace', ['Pod'], ({ metadata }) => [
  metadata.namespace,
]);

/** `namespace key=value`, and `* key=value` for selectors that reach every namespace. */
const podsByLabel = defineIndex('pods with a label', ['Pod'], ({ metadata: { namespace, labels } }) =>
  Object.entries(labels).flatMap(([key, value]) => [`${namespace} ${key}=${value}`, `* ${key}=${value}`]),
);

const templatesByNamespace = defineIndex('Deployments of a namespace', ['Deployment'], ({ metadata }) => [
  metadata.namespace,
]);

const templatesByLabel = defineIndex('Deployments whose pods have a label', ['Deployment'], (deployment) =>
  Object.entries(templateLabels(deployment)).flatMap(([key, value]) => [
    `${deployment.metadata.namespace} ${key}=${value}`,
    `* ${key}=${value}`,
  ]),
);

/** The pods that have all these labels, in one namespace or, without one, in all. An empty selector selects every pod. */
export function selectPods(world: World, selector: Labels, namespace?: string): readonly Pod[] {
  const [label] = Object.entries(selector);
  if (label === undefined)
    return namespace === undefined ? world.all('Pod') : world.find(podsByNamespace, namespace);
  const bucket = world.find(podsByLabel, `${namespace ?? '*'} ${label[0]}=${label[1]}`);
  return bucket.filter(({ metadata }) => labelsSubsetOf(selector, metadata.labels));
}

/** The Deployments whose pods have all these labels, as with `selectPods`. */
export function selectTemplates(world: World, selector: Labels, namespace?: string): readonly Deployment[] {
  const [label] = Object.entries(selector);
  if (label === undefined)
    return namespace === undefined ? world.all('Deployment') : world.find(templatesByNamespace, namespace);
  const bucket = world.find(templatesByLabel, `${namespace ?? '*'} ${label[0]}=${label[1]}`);
  return bucket.filter((deployment) => labelsSubsetOf(selector, templateLabels(deployment)));
}

function templateLabels({ spec }: Deployment): Labels {
  return spec.template?.metadata?.labels ?? {};
}
