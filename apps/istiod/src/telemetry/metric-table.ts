interface MetricRow {
  readonly kind: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels?: readonly string[];
  readonly buckets?: readonly number[];
}

const seconds = [0.1, 0.5, 1, 3, 5, 10, 20, 30];
const pushSeconds = [0.01, 0.1, 1, 3, 5, 10, 20, 30];

/** Every metric of istiod: Istio's names, labels, units and buckets. Only what is really counted is in the table. */
export const metricTable = {
  pilot_xds: { kind: 'gauge', help: 'Endpoints connected to this pilot over XDS.', labels: ['version'] },
  pilot_xds_pushes: { kind: 'counter', help: 'Responses sent, by type.', labels: ['type'] },
  pilot_proxy_convergence_time: {
    kind: 'histogram',
    help: 'Seconds from a change of configuration until a proxy acknowledged all of it.',
    buckets: seconds,
  },
  pilot_proxy_queue_time: {
    kind: 'histogram',
    help: 'Seconds that a proxy waited for its configuration to be made after a change.',
    buckets: seconds,
  },
  pilot_xds_send_time: {
    kind: 'histogram',
    help: 'Seconds to hand a response to the network.',
    buckets: pushSeconds,
  },
  pilot_pushcontext_init_seconds: {
    kind: 'histogram',
    help: 'Seconds to make a snapshot of the mesh.',
    buckets: [0.01, 0.1, 0.5, 1, 3, 5],
  },
  pilot_xds_config_size_bytes: {
    kind: 'histogram',
    help: 'Size of responses in bytes.',
    labels: ['type'],
    buckets: [1, 10_000, 1_000_000, 4_000_000, 10_000_000, 40_000_000],
  },
  pilot_services: { kind: 'gauge', help: 'Services known.' },
  pilot_virt_services: { kind: 'gauge', help: 'VirtualServices known.' },
  pilot_push_triggers: { kind: 'counter', help: 'Pushes, by their reason.', labels: ['type'] },
  pilot_inbound_updates: { kind: 'counter', help: 'Updates received, by kind.', labels: ['type'] },
  pilot_k8s_cfg_events: {
    kind: 'counter',
    help: 'Events of configuration objects.',
    labels: ['type', 'event'],
  },
  pilot_total_xds_rejects: { kind: 'counter', help: 'Responses that proxies rejected.', labels: ['type'] },
  pilot_xds_cds_reject: reject('clusters'),
  pilot_xds_eds_reject: reject('load assignments'),
  pilot_xds_lds_reject: reject('listeners'),
  pilot_xds_rds_reject: reject('routes'),
  pilot_total_xds_internal_errors: { kind: 'counter', help: 'Internal errors while making configuration.' },
  pilot_total_rejected_configs: { kind: 'counter', help: 'Configuration objects that were refused.' },
  pilot_xds_expired_nonce: { kind: 'counter', help: 'Requests with an expired nonce.', labels: ['type'] },
  pilot_info: { kind: 'gauge', help: 'Version of this pilot.', labels: ['version'] },
  istio_build: { kind: 'gauge', help: 'Build of this component.', labels: ['component', 'tag'] },
  istiod_uptime_seconds: { kind: 'gauge', help: 'Seconds since the start.' },
  citadel_server_csr_count: { kind: 'counter', help: 'Certificate requests received.' },
  citadel_server_success_cert_issuance_count: { kind: 'counter', help: 'Certificates issued.' },
  citadel_server_authentication_failure_count: {
    kind: 'counter',
    help: 'Callers that could not prove who they are.',
  },
  citadel_server_csr_parsing_err_count: {
    kind: 'counter',
    help: 'Certificate requests that could not be read.',
  },
  citadel_server_id_extraction_err_count: {
    kind: 'counter',
    help: 'Certificate requests for a foreign identity.',
  },
  citadel_server_csr_sign_err_count: { kind: 'counter', help: 'Failures to sign.', labels: ['error'] },
  citadel_server_root_cert_expiry_timestamp: {
    kind: 'gauge',
    help: 'When the root certificate expires, unix seconds.',
  },
  citadel_server_cert_chain_expiry_timestamp: {
    kind: 'gauge',
    help: 'When the certificate that signs expires, unix seconds.',
  },
} as const satisfies Readonly<Record<string, MetricRow>>;

/** A gauge that only rises, as Istio's. */
function reject(what: string): { kind: 'gauge'; help: string; labels: readonly string[] } {
  return { kind: 'gauge', help: `Rejections of ${what}, by proxy and status.`, labels: ['node', 'err'] };
}

export type MetricName = keyof typeof metricTable;
