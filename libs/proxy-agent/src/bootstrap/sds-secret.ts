import type { JsonObject } from '@istio-ts/xds-types';

/** Names of secrets that the agent serves: the workload's own, and files that the configuration names. */
export const secretNames = {
  workload: 'default',
  meshRoots: 'ROOTCA',
  fileCertificate: (certificate: string, privateKey: string): string =>
    `file-cert:${certificate}~${privateKey}`,
  /** What the machine trusts: Envoy would believe every certificate where it is told no roots. */
  systemRoots: 'file-root:system',
  fileRoots: (path: string): string => `file-root:${path}`,
} as const;

/** A secret by its name, fetched from the agent. */
export function sdsSecret(name: string): JsonObject {
  const source = {
    api_type: 'GRPC',
    grpc_services: [{ envoy_grpc: { cluster_name: 'sds-grpc' } }],
    set_node_on_first_message_only: true,
    transport_api_version: 'V3',
  };
  return { name, sds_config: { api_config_source: source, resource_api_version: 'V3' } };
}

/** Which certificates of a peer are trusted: those under the named roots, and only with one of the names if there are any. */
export function trustedRoots(secretName: string, subjectAltNames: readonly string[] = []): JsonObject {
  return {
    combined_validation_context: {
      default_validation_context: subjectNames(subjectAltNames),
      validation_context_sds_secret_config: sdsSecret(secretName),
    },
  };
}

/** A certificate states names of servers as DNS names and identities of workloads as URIs. */
function subjectNames(names: readonly string[]): JsonObject {
  if (names.length === 0) return {};
  const matchers = names.flatMap((exact) =>
    ['DNS', 'URI'].map((san_type) => ({ san_type, matcher: { exact } })),
  );
  return { match_typed_subject_alt_names: matchers };
}
