import type { AgentSettings } from '../agent-settings.js';
import type { Environment } from '../pod/pod-environment.js';

/** Envoy's environment: the agent's own, and what tracing tags read who they are from. */
export function createEnvoyEnvironment(settings: AgentSettings, env: Environment): Environment {
  const { labels, pod, clusterId } = settings;
  return {
    ...env,
    CANONICAL_SERVICE: canonicalService(labels) ?? env['ISTIO_META_WORKLOAD_NAME'] ?? 'unknown',
    CANONICAL_REVISION: canonicalRevision(labels),
    MESH_ID: env['ISTIO_META_MESH_ID'] ?? pod.trustDomain,
    POD_NAMESPACE: pod.namespace,
    CLUSTER_ID: clusterId,
  };
}

type Labels = Readonly<Record<string, string>>;

function canonicalService(labels: Labels): string | undefined {
  return labels['service.istio.io/canonical-name'] ?? labels['app.kubernetes.io/name'] ?? labels['app'];
}

function canonicalRevision(labels: Labels): string {
  return (
    labels['service.istio.io/canonical-revision'] ??
    labels['app.kubernetes.io/version'] ??
    labels['version'] ??
    'latest'
  );
}
