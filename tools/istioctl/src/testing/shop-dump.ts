import { certificatePem } from './certificate.js';
import {
  at,
  clustersDump,
  configDump,
  endpointsDump,
  httpTo,
  listenersDump,
  madeFrom,
  routesDump,
  secretsDump,
  tcpTo,
} from './dumps.js';

const bootstrap = {
  '@type': 'type.googleapis.com/envoy.admin.v3.BootstrapConfigDump',
  bootstrap: {
    node: {
      id: 'sidecar~10.0.0.1~web-1.shop~shop.svc.cluster.local',
      metadata: { ISTIO_VERSION: '1.29.0', ISTIO_PROXY_SHA: 'istio-proxy:abc' },
      user_agent_build_version: {
        version: { major_number: 1, minor_number: 40 },
        metadata: { 'revision.status': 'Clean', 'build.type': 'RELEASE', 'ssl.version': 'BoringSSL' },
      },
    },
  },
};

/** A dump of a sidecar in namespace shop, as taken with `include_eds`. */
export const shopDump = configDump(
  bootstrap,
  clustersDump(
    {
      name: 'outbound|80|v1|web.shop.svc.cluster.local',
      type: 'EDS',
      metadata: madeFrom('destination-rule', 'shop', 'web'),
    },
    { name: 'outbound|80||web.shop.svc.cluster.local', type: 'EDS' },
    { name: 'inbound|8080||', type: 'ORIGINAL_DST' },
    { name: 'agent', type: 'STATIC' },
  ),
  listenersDump(
    {
      name: 'virtualInbound',
      address: at('0.0.0.0', 15006),
      filter_chains: [
        {
          filter_chain_match: { transport_protocol: 'raw_buffer', destination_port: 8080 },
          filters: [
            httpTo({
              route_config: {
                virtual_hosts: [
                  {
                    domains: ['*'],
                    routes: [{ match: { prefix: '/' }, route: { cluster: 'inbound|8080||' } }],
                  },
                ],
              },
            }),
          ],
        },
        {
          filter_chain_match: {
            server_names: ['web'],
            transport_protocol: 'tls',
            application_protocols: ['istio-peer-exchange', 'istio'],
            prefix_ranges: [
              { address_prefix: '10.0.0.0', prefix_len: 8 },
              { address_prefix: '::1', prefix_len: 128 },
            ],
          },
          filters: [tcpTo('InboundPassthroughCluster')],
        },
        { filters: [] },
      ],
    },
    {
      name: '0.0.0.0_80',
      address: at('0.0.0.0', 80),
      additional_addresses: [{ address: at('::', 80) }],
      filter_chains: [{ filters: [httpTo({ rds: { route_config_name: '80' } })] }],
      default_filter_chain: { filters: [tcpTo('PassthroughCluster')] },
    },
    {
      name: 'health',
      address: at('0.0.0.0', 15021),
      filter_chains: [
        {
          filters: [
            httpTo({
              route_config: {
                virtual_hosts: [
                  {
                    domains: ['*'],
                    routes: [{ match: { prefix: '/healthz/ready' }, route: { cluster: 'agent' } }],
                  },
                ],
              },
            }),
          ],
        },
      ],
    },
  ),
  routesDump(
    {
      name: 'http.8080',
      virtual_hosts: [
        { name: 'nothing', domains: ['empty.example'] },
        {
          name: 'web.shop:80',
          domains: [
            'web.shop.svc.cluster.local',
            'web.shop.svc.cluster.local.',
            'web',
            'web:80',
            'web.shop.svc',
            'web.shop',
            '10.96.0.1',
          ],
          routes: [
            { match: { path: '/exact' }, redirect: {}, metadata: madeFrom('virtual-service', 'shop', 'web') },
            { match: { safe_regex: { regex: '/a.*' } }, route: { cluster: 'x' } },
            { match: { path_separated_prefix: '/b' }, route: { cluster: 'x' } },
          ],
        },
        {
          name: 'allow_any',
          domains: ['*'],
          routes: [{ match: { prefix: '/' }, route: { cluster: 'PassthroughCluster' } }],
        },
      ],
    },
    { name: '9080', virtual_hosts: [] },
    { name: '80', virtual_hosts: [{ name: 'v', domains: ['*'], routes: [{ match: { prefix: '/' } }] }] },
  ),
  secretsDump(
    {
      name: 'default',
      tls_certificate: {
        certificate_chain: { inline_bytes: Buffer.from(certificatePem).toString('base64') },
      },
    },
    { name: 'ROOTCA', validation_context: { trusted_ca: { inline_string: 'no certificate' } } },
  ),
  endpointsDump({
    cluster_name: 'outbound|80||web.shop.svc.cluster.local',
    endpoints: [
      {
        locality: { region: 'r1', zone: 'z1' },
        lb_endpoints: [
          { endpoint: { address: at('10.0.0.1', 8080) }, health_status: 'HEALTHY' },
          { endpoint: { address: at('fd00::1', 8080) }, health_status: 'DRAINING' },
        ],
      },
    ],
  }),
);

/** Its answer to `/clusters?format=json`. */
export const clusterStatuses = {
  cluster_statuses: [
    {
      name: 'outbound|80||web.shop.svc.cluster.local',
      host_statuses: [
        {
          address: at('10.0.0.2', 8080),
          health_status: { eds_health_status: 'HEALTHY', failed_outlier_check: true },
        },
        { address: at('10.0.0.1', 8080), health_status: { eds_health_status: 'UNHEALTHY' } },
      ],
    },
    {
      name: 'xds-grpc',
      host_statuses: [
        { address: { pipe: { path: './etc/XDS' } }, health_status: { eds_health_status: 'HEALTHY' } },
      ],
    },
  ],
};
