import { selectorMatches, type Labels, type PodSpec } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding } from '../finding.js';
import { proxyContainer } from '../workload/in-mesh.js';

/** Istio's own webhooks, by the ending of their names. */
const webhookName = /istio\.io$/u;

export const imageAutoAnalyzer = defineAnalyzer({
  name: 'injection.ImageAutoAnalyzer',
  summary: 'what waits for an injected image is injected',
  each: ['Pod', 'Deployment'],
  reads: ['MutatingWebhookConfiguration', 'Namespace'],
  needs: ['MutatingWebhookConfiguration', 'Namespace'],
  analyze: (object, world) => {
    const { name: resourceName, namespace } = object.metadata;
    if (object.kind === 'Pod') {
      // Injection would have put an image in the place of the word: whatever the webhooks select, it did not come.
      if (!waitsForImage(object.spec)) return [];
      return [finding('ImageAutoWithoutInjectionError', object, { resourceType: 'Pod', resourceName })];
    }
    const { metadata, spec } = object.spec.template ?? {};
    if (!waitsForImage(spec ?? {}) || isForWebhook(metadata?.labels ?? {}, namespace, world)) return [];
    const args = { resourceType: 'Deployment', resourceName };
    return [finding('ImageAutoWithoutInjectionWarning', object, args, ['spec', 'template'])];
  },
});

function waitsForImage({ containers = [] }: PodSpec): boolean {
  return containers.some(({ name, image }) => name === proxyContainer && image === 'auto');
}

function isForWebhook(labels: Labels, namespace: string, world: World): boolean {
  const name = namespace === '' ? 'default' : namespace;
  const ofNamespace = namespaceLabels(world.get('Namespace', '', name));
  return world
    .all('MutatingWebhookConfiguration')
    .flatMap(({ spec }) => spec.webhooks ?? [])
    .filter(({ name }) => webhookName.test(name))
    .some(
      ({ namespaceSelector = {}, objectSelector = {} }) =>
        selectorMatches(namespaceSelector, ofNamespace) === true &&
        selectorMatches(objectSelector, labels) === true,
    );
}

function namespaceLabels(namespace: ObjectOf<'Namespace'> | undefined): Labels {
  return namespace?.metadata.labels ?? {};
}
