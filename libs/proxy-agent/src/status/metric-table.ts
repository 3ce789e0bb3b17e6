interface MetricRow {
  readonly kind: 'counter' | 'gauge';
  readonly help: string;
  readonly labels?: readonly string[];
}

/** Every metric of the agent itself: Istio's names and labels. Envoy's and the application's are passed on beside them. */
export const agentMetricTable = {
  istio_agent_startup_duration_seconds: {
    kind: 'gauge',
    help: 'Seconds from the start of the agent until its proxy was ready.',
  },
  istio_agent_xds_proxy_requests: {
    kind: 'counter',
    help: 'Requests for configuration passed on from the proxy to istiod.',
  },
  istio_agent_xds_proxy_responses: {
    kind: 'counter',
    help: 'Responses with configuration passed on from istiod to the proxy.',
  },
  istio_agent_envoy_connection_terminations: {
    kind: 'counter',
    help: 'Connections of the proxy to the agent that ended.',
    labels: ['type'],
  },
  istio_agent_istiod_connection_failures: {
    kind: 'counter',
    help: 'Connections to istiod that could not be made.',
  },
  istio_agent_istiod_connection_terminations: {
    kind: 'counter',
    help: 'Connections to istiod that ended.',
    labels: ['type'],
  },
  istio_agent_scrapes_total: { kind: 'counter', help: 'Times that the merged metrics were asked for.' },
  istio_agent_scrape_failures_total: {
    kind: 'counter',
    help: 'Parts that the merged metrics had to do without: envoy or application.',
    labels: ['type'],
  },
} as const satisfies Readonly<Record<string, MetricRow>>;

export type AgentMetricName = keyof typeof agentMetricTable;
