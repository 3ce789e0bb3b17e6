import type { Labels } from '@istio-ts/config-model';
import { fullName, type ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import {
  dataplaneModeLabel,
  hasProxy,
  injectionLabel,
  namespaceInjects,
  ownInjection,
  revisionLabel,
} from '../workload/in-mesh.js';
import { injectsByDefault } from './injector-settings.js';
import { isSystemNamespace } from './namespaces.js';

export const injectionAnalyzer = defineAnalyzer({
  name: 'injection.Analyzer',
  summary: 'namespaces say once whether they are injected, and pods of those that are have a proxy',
  each: ['Namespace', 'Pod'],
  reads: ['ConfigMap', 'Namespace'],
  analyze: (object, world) =>
    object.kind === 'Namespace' ? judgeNamespace(object, world) : judgePod(object, world),
});

function judgeNamespace(namespace: ObjectOf<'Namespace'>, world: World): readonly Finding[] {
  const { name, labels } = namespace.metadata;
  if (isSystemNamespace(name, world.settings.systemNamespace)) return [];
  const several = competingLabels(labels);
  if (several.length > 1) {
    const path = ['metadata', 'labels'];
    return [finding('NamespaceMultipleInjectionLabels', namespace, { labels: several }, path)];
  }
  if (labels[dataplaneModeLabel] === 'ambient' || !isSilent(labels)) return [];
  if (injectsByDefault(world)) return [finding('NamespaceInjectionEnabledByDefault', namespace, {})];
  return [finding('NamespaceNotInjected', namespace, { namespace: name, namespace2: name })];
}

/** `label=value` of those that ask for something; a namespace that refuses injection is not asked about the others. */
function competingLabels(labels: Labels): readonly string[] {
  const injection = labels[injectionLabel];
  if (injection !== undefined && injection !== 'enabled') return [];
  return [injectionLabel, revisionLabel, dataplaneModeLabel].flatMap((label) => {
    const value = labels[label];
    return value === undefined ? [] : [`${label}=${value}`];
  });
}

function isSilent(labels: Labels): boolean {
  return (labels[injectionLabel] ?? '') === '' && labels[revisionLabel] === undefined;
}

function judgePod(pod: ObjectOf<'Pod'>, world: World): readonly Finding[] {
  const namespace = world.get('Namespace', '', pod.metadata.namespace);
  if (namespace === undefined || !isInjectedNamespace(namespace, world)) return [];
  if (ownInjection(pod.metadata) === 'false' || pod.spec.hostNetwork === true) return [];
  if (hasProxy(pod.spec) || hasEnded(pod)) return [];
  return [finding('PodMissingProxy', pod, { podName: fullName(pod) })];
}

function isInjectedNamespace({ metadata: { name, labels } }: ObjectOf<'Namespace'>, world: World): boolean {
  if (isSystemNamespace(name, world.settings.systemNamespace)) return false;
  return labels[dataplaneModeLabel] !== 'ambient' && namespaceInjects(labels);
}

function hasEnded({ status }: ObjectOf<'Pod'>): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}
