import type { PodGroup } from './desired-pods.js';
import type { PodTemplate } from './pod-template.js';

/** What stands beside the application in a pod: nothing, a sidecar, or a gateway's proxy in its place. */
export type Injection = 'none' | 'sidecar' | 'gateway';

type Labels = Readonly<Record<string, string>>;

const setting = 'sidecar.istio.io/inject';

/**
 * Whether a pod that is created now gets a proxy. The pod's own word (label, else annotation) counts before the
 * namespace's; a namespace labelled `disabled` allows none at all; a pod on the host's network cannot be captured.
 */
export function decideInjection(template: PodTemplate, namespace: Labels): Injection {
  if (template.hostNetwork) return 'none';
  const namespaceWord = namespace['istio-injection'];
  const podWord = template.labels[setting] ?? template.annotations[setting];
  if (namespaceWord === 'disabled' || podWord === 'false') return 'none';
  const revision = namespace['istio.io/rev'] ?? template.labels['istio.io/rev'];
  const wanted =
    podWord === 'true' ||
    namespaceWord === 'enabled' ||
    (namespaceWord === undefined && revision !== undefined);
  if (!wanted) return 'none';
  return template.annotations['inject.istio.io/templates'] === 'gateway' ? 'gateway' : 'sidecar';
}

/**
 * The labels of a pod as it is created: its template's, the mark of its revision, and for one with a proxy those that
 * others read. Callers speak mutual TLS to what is labelled `tlsMode: istio`; telemetry goes by the canonical names.
 */
export function podLabels({ owner, revision, template }: PodGroup, injection: Injection): Labels {
  const { labels } = template;
  const hash = owner.kind === 'Deployment' ? { 'pod-template-hash': revision } : {};
  if (injection === 'none') return { ...labels, ...hash };
  return {
    'service.istio.io/canonical-name': labels['app.kubernetes.io/name'] ?? labels['app'] ?? owner.name,
    'service.istio.io/canonical-revision':
      labels['app.kubernetes.io/version'] ?? labels['version'] ?? 'latest',
    ...(injection === 'sidecar' && { 'security.istio.io/tlsMode': 'istio' }),
    ...labels,
    ...hash,
  };
}
