import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Who the pod is, from the downward API. */
export interface PodIdentity {
  readonly name: string;
  readonly namespace: string;
  readonly ip: string;
  readonly serviceAccount: string;
  readonly trustDomain: string;
}

/** Reads the identity; throws a MeshError that names every missing variable at once. */
export function readPodIdentity(env: Environment): PodIdentity {
  const missing = ['POD_NAME', 'POD_NAMESPACE', 'INSTANCE_IP'].filter((name) => !env[name]);
  if (missing.length > 0) {
    throw new MeshError(
      MeshErrorCode.Usage,
      `the environment lacks ${missing.join(', ')}: the platform sets them from the pod (downward API)`,
    );
  }
  return {
    name: env['POD_NAME'] ?? '',
    namespace: env['POD_NAMESPACE'] ?? '',
    ip: env['INSTANCE_IP'] ?? '',
    serviceAccount: env['SERVICE_ACCOUNT'] ?? 'default',
    trustDomain: env['TRUST_DOMAIN'] ?? 'cluster.local',
  };
}
