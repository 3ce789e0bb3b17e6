import { selectorMatches, type Labels } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineGroupAnalyzer, type World } from '../analyzer.js';
import type { Webhook } from '../cluster-objects.js';
import { finding, type Finding } from '../finding.js';
import { defineIndex } from '../object-index.js';
import { injectionLabel, revisionLabel } from '../workload/in-mesh.js';

type Configuration = ObjectOf<'MutatingWebhookConfiguration'>;

const injectors = defineIndex('injection webhooks', ['MutatingWebhookConfiguration'], ({ metadata }) =>
  metadata.labels['app'] === 'sidecar-injector' ? [''] : [],
);

export const webhookAnalyzer = defineGroupAnalyzer({
  name: 'webhook.Analyzer',
  summary: 'injection webhooks do not overlap, and call a control plane that exists',
  reads: ['Service'],
  groups: injectors,
  analyze: (configurations, world) => [
    ...judgeOverlaps(configurations),
    ...configurations.flatMap((configuration) => judgeServices(configuration, world)),
  ],
});

interface OwnedWebhook {
  readonly configuration: Configuration;
  readonly webhook: Webhook;
}

/** Tries every combination of labels that injection looks at; a pod that two webhooks take would be injected twice. */
function judgeOverlaps(configurations: readonly Configuration[]): readonly Finding[] {
  const webhooks = configurations.flatMap((configuration) =>
    (configuration.spec.webhooks ?? []).map((webhook) => ({ configuration, webhook })),
  );
  const overlaps = new Map<OwnedWebhook, Set<OwnedWebhook>>();
  for (const [namespace, object] of labelCombinations(revisionsOf(webhooks))) {
    const matching = webhooks.filter(({ webhook }) => matches(webhook, namespace, object));
    if (matching.length < 2) continue;
    for (const each of matching) {
      const others = overlaps.get(each) ?? new Set();
      for (const other of matching) if (other !== each) others.add(other);
      overlaps.set(each, others);
    }
  }
  return [...overlaps].map(([{ configuration, webhook }, others]) => {
    const names = [...others]
      .map((other) => `${other.configuration.metadata.name}/${other.webhook.name}`)
      .sort();
    const error = `Webhook ${webhook.name} is for the same pods as ${names.join(', ')}: they would be injected twice`;
    return finding('InvalidWebhook', configuration, { error });
  });
}

function judgeServices(configuration: Configuration, world: World): readonly Finding[] {
  return (configuration.spec.webhooks ?? []).flatMap(({ name, clientConfig }, index) => {
    const service = clientConfig?.service;
    if (service === undefined || service === null) return [];
    const { namespace = '', name: called = '' } = service;
    if (world.get('Service', namespace, called) !== undefined) return [];
    const error = `Webhook ${name} calls the Service ${namespace}/${called}, which does not exist`;
    const path = ['webhooks', index, 'clientConfig', 'service'];
    return [finding('InvalidWebhook', configuration, { error }, path)];
  });
}

function matches(
  { namespaceSelector = {}, objectSelector = {} }: Webhook,
  namespace: Labels,
  object: Labels,
): boolean {
  return (
    selectorMatches(namespaceSelector, namespace) === true && selectorMatches(objectSelector, object) === true
  );
}

function revisionsOf(webhooks: readonly OwnedWebhook[]): readonly string[] {
  const selectors = webhooks.flatMap(({ webhook }) => [webhook.namespaceSelector, webhook.objectSelector]);
  const values = selectors.flatMap((selector) => [
    ...Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({ key, values: [value] })),
    ...(selector?.matchExpressions ?? []),
  ]);
  return [...new Set(values.flatMap(({ key, values: each = [] }) => (key === revisionLabel ? each : [])))];
}

function labelCombinations(revisions: readonly string[]): readonly (readonly [Labels, Labels])[] {
  const ofRevision = [{}, ...revisions.map((revision) => ({ [revisionLabel]: revision }))];
  const ofNamespace = combine(
    [{}, { [injectionLabel]: 'enabled' }, { [injectionLabel]: 'disabled' }],
    ofRevision,
  );
  const inject = 'sidecar.istio.io/inject';
  const ofObject = combine([{}, { [inject]: 'true' }, { [inject]: 'false' }], ofRevision);
  return ofNamespace.flatMap((namespace) => ofObject.map((object) => [namespace, object] as const));
}

function combine(left: readonly Labels[], right: readonly Labels[]): readonly Labels[] {
  return left.flatMap((a) => right.map((b) => ({ ...a, ...b })));
}
