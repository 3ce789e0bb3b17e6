import { selectorMatches, type Labels } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineGroupAnalyzer, type World } from '../analyzer.js';
import type { Webhook } from '../cluster-objects.js';
import { finding, type Finding } from '../finding.js';
import { defineIndex } from '../object-index.js';
import { injectionLabel, revisionLabel } from '../workload/in-mesh.js';

type Configuration = ObjectOf<'MutatingWebhookConfiguration'>;

/** Istio's own: a revision stands in them, or one of their webhooks has a name of Istio. */
const injectors = defineIndex('injection webhooks', ['MutatingWebhookConfiguration'], (configuration) => {
  const { webhooks = [] } = configuration.spec;
  const isOwn =
    revisionsOf(configuration).length > 0 || webhooks.some(({ name }) => name.endsWith('istio.io'));
  return isOwn ? [''] : [];
});

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
  /** `configuration/webhook`. */
  readonly name: string;
  readonly configuration: Configuration;
  readonly webhook: Webhook;
  readonly index: number;
}

/**
 * Tries every combination of labels that injection looks at: a pod that two webhooks take would be injected twice. A
 * configuration is told once of each set of others that one of its webhooks meets.
 */
function judgeOverlaps(configurations: readonly Configuration[]): readonly Finding[] {
  const webhooks = configurations.flatMap((configuration) =>
    (configuration.spec.webhooks ?? []).map((webhook, index) => {
      return { name: `${configuration.metadata.name}/${webhook.name}`, configuration, webhook, index };
    }),
  );
  const meetings = labelCombinations(configurations.flatMap(revisionsOf)).map(([namespace, object]) =>
    webhooks.filter(({ webhook }) => matches(webhook, namespace, object)),
  );
  return meetings.flatMap((meeting) => meeting.flatMap((each) => overlapOf(each, meeting)));
}

function overlapOf(
  { name, configuration, index }: OwnedWebhook,
  meeting: readonly OwnedWebhook[],
): readonly Finding[] {
  const others = [...new Set(meeting.map((other) => other.name))].filter((other) => other !== name).sort();
  if (others.length === 0) return [];
  const error = `A webhook here is for the same pods as ${others.join(', ')}: they would be injected twice`;
  return [finding('InvalidWebhook', configuration, { error }, ['webhooks', index])];
}

function judgeServices(configuration: Configuration, world: World): readonly Finding[] {
  return (configuration.spec.webhooks ?? []).flatMap(({ clientConfig }, index) => {
    const service = clientConfig?.service;
    if (service === undefined || service === null) return [];
    const { namespace = '', name = '' } = service;
    if (world.get('Service', namespace, name) !== undefined) return [];
    const error = `Injection calls the Service ${namespace}/${name} of the control plane, which does not exist`;
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

function revisionsOf({ metadata, spec: { webhooks = [] } }: Configuration): readonly string[] {
  const own = metadata.labels[revisionLabel];
  const selectors = webhooks.flatMap(({ namespaceSelector, objectSelector }) => [
    namespaceSelector,
    objectSelector,
  ]);
  const values = selectors.flatMap((selector) => [
    ...Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => ({ key, values: [value] })),
    ...(selector?.matchExpressions ?? []),
  ]);
  const named = values.flatMap(({ key, values: each = [] }) => (key === revisionLabel ? each : []));
  return [...(own === undefined ? [] : [own]), ...named];
}

function labelCombinations(revisions: readonly string[]): readonly (readonly [Labels, Labels])[] {
  const ofRevision = [{}, ...[...new Set(revisions)].map((revision) => ({ [revisionLabel]: revision }))];
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
