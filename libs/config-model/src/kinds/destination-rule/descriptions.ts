import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import { destinationRuleSpec, subset } from './spec.js';
import * as policy from './traffic-policy.js';

const failover = {
  failover: 'Which region follows when one fails.',
  failoverPriority: 'Labels, in the order in which endpoints that share them with the client are preferred.',
  enabled: 'Turns it on or off, whatever the mesh says.',
} as const;

const portPolicy = {
  loadBalancer: 'How endpoints are chosen.',
  connectionPool: 'How many connections and requests there may be.',
  outlierDetection: 'When endpoints that fail are left out for a while.',
  tls: 'How connections to the service are encrypted.',
} as const;

export const destinationRuleDescriptions: readonly MessageTexts[] = [
  describeMessage(destinationRuleSpec, 'Policies for requests to a service, after routing.', {
    host: 'Name of the service; a short name is completed with the namespace of the object.',
    trafficPolicy: 'Policies for the whole service.',
    subsets: 'Parts of the service that routes can name, such as versions.',
    exportTo: 'Namespaces in which the policies hold: names, "." for the own, "*" for all (the default).',
    workloadSelector: 'Clients for which the policies hold; all where absent.',
  }),
  describeMessage(subset, 'A part of a service.', {
    name: 'Its name, for routes.',
    labels: 'Labels that its endpoints have.',
    trafficPolicy: 'Policies that replace those of the service, field by field.',
  }),
  describeMessage(policy.trafficPolicy, 'Policies for requests to a service.', {
    ...portPolicy,
    portLevelSettings: 'Policies for single ports; what they leave out is not inherited.',
    tunnel: [
      'Sends connections through an HTTP proxy.',
      {
        protocol: 'CONNECT (the default) or POST.',
        targetHost: 'Host that the proxy is asked for.',
        targetPort: 'Port that the proxy is asked for.',
      },
    ],
    proxyProtocol: [
      'Tells the service the client’s address by the PROXY protocol.',
      { version: 'Version of the protocol.' },
    ],
    retryBudget: [
      'Bounds retries by what is under way.',
      {
        percent: 'Retries as a percentage of active requests.',
        minRetryConcurrency: 'Retries that are always allowed.',
        budgetInterval: 'Time over which requests are counted.',
      },
    ],
  }),
  describeMessage(policy.portTrafficPolicy, 'Policies for one port.', { port: 'The port.', ...portPolicy }),
  describeMessage(policy.connectionPoolSettings, 'How many connections and requests there may be.', {
    tcp: 'For TCP, and the connections of HTTP.',
    http: 'For HTTP.',
  }),
  describeMessage(policy.tcpKeepalive, 'Probes on idle connections.', {
    probes: 'Probes without an answer before the connection is dropped.',
    time: 'Idle time before the first probe.',
    interval: 'Time between probes.',
  }),
  describeMessage(policy.tcpSettings, 'Limits of connections.', {
    maxConnections: 'Connections to the service at most.',
    connectTimeout: 'How long connecting may take.',
    tcpKeepalive: 'Probes on idle connections.',
    maxConnectionDuration: 'How long a connection may live.',
    idleTimeout: 'How long a connection may be idle; 0s means for ever.',
  }),
  describeMessage(policy.httpSettings, 'Limits of requests.', {
    http1MaxPendingRequests: 'Requests that may wait for a connection.',
    http2MaxRequests: 'Requests under way at most.',
    maxRequestsPerConnection: 'Requests over one connection; 1 turns keep-alive off.',
    maxRetries: 'Retries under way at most.',
    idleTimeout: 'How long a connection may be without requests.',
    h2UpgradePolicy: 'Whether HTTP/1.1 is sent on as HTTP/2.',
    useClientProtocol: 'Sends requests on in the protocol in which they came.',
    maxConcurrentStreams: 'Requests at the same time over one HTTP/2 connection.',
    http2KeepAlive: [
      'Pings on HTTP/2 connections.',
      { interval: 'Time between pings.', timeout: 'How long an answer may take.' },
    ],
  }),
  describeMessage(
    policy.loadBalancerSettings,
    'How endpoints are chosen; one of simple and consistentHash.',
    {
      simple: 'A way that looks at no request.',
      consistentHash: 'Requests with the same mark go to the same endpoint.',
      backendUtilization: [
        'By the load that endpoints report.',
        {
          weightUpdatePeriod: 'How often weights are computed.',
          weightExpirationPeriod: 'When a report is too old.',
          weightStabilizationPeriod: 'How long an endpoint must report before it counts.',
          errorUtilizationPenaltyPercent: 'How much errors count as load.',
          metricNamesForComputingUtilization: 'Reported metrics that count as load.',
        },
      ],
      localityLbSetting: 'How regions and zones are preferred.',
      zoneAwareLbSetting: [
        'Keeps traffic within its zone in proportion to the endpoints there.',
        { ...failover, minClusterSize: 'Endpoints below which it is not done.' },
      ],
      warmupDurationSecs: 'Old form of warmup.',
      warmup: 'New endpoints get their share little by little.',
    },
  ),
  describeMessage(policy.localityFailover, 'Which region follows when one fails.', {
    from: 'Region that fails.',
    to: 'Region that follows.',
  }),
  describeMessage(policy.localityLbSetting, 'How regions and zones are preferred; distribute or failover.', {
    distribute: [
      'Shares by locality.',
      {
        from: 'Where the client is: region/zone/subzone, "*" at the end.',
        to: 'Shares by locality; they total 100.',
      },
    ],
    ...failover,
  }),
  describeMessage(policy.consistentHash, 'What marks requests that belong together.', {
    httpHeaderName: 'A header.',
    httpCookie: [
      'A cookie, which is set where it is absent.',
      {
        name: 'Its name.',
        path: 'Its path.',
        ttl: 'How long it lives; 0s for the browser’s session.',
        attributes: ['Its other attributes.', { name: 'Name.', value: 'Value.' }],
      },
    ],
    useSourceIp: 'The client’s address.',
    httpQueryParameterName: 'A query parameter.',
    ringHash: ['Hashing on a ring.', { minimumRingSize: 'Points on the ring at least.' }],
    maglev: ['Hashing by Maglev’s table.', { tableSize: 'Its size, a prime number.' }],
    minimumRingSize: 'Old form of ringHash.minimumRingSize.',
  }),
  describeMessage(policy.warmup, 'How new endpoints get their share.', {
    duration: 'For how long.',
    minimumPercent: 'Share at the beginning, in percent of the full one.',
    aggression: 'How fast it grows; 1 is evenly.',
  }),
  describeMessage(policy.outlierDetection, 'When endpoints that fail are left out for a while.', {
    consecutiveErrors: 'Old form of consecutive5xxErrors.',
    splitExternalLocalOriginErrors: 'Counts failures to connect apart from answers.',
    consecutiveLocalOriginFailures: 'Failures to connect in a row, where they are counted apart.',
    consecutiveGatewayErrors: 'Answers 502, 503 or 504 in a row.',
    consecutive5xxErrors: 'Answers 5xx in a row.',
    interval: 'How often it is looked at.',
    baseEjectionTime: 'How long the first time; it grows.',
    maxEjectionPercent: 'Share of endpoints that may be left out.',
    minHealthPercent: 'Share of healthy endpoints below which all are used again.',
    outlierDetectionHttpErrorCodes: 'Statuses that count as failures.',
  }),
  describeMessage(policy.clientTlsSettings, 'How connections to a service are encrypted.', {
    mode: 'None, TLS, mutual TLS with own certificates, or mutual TLS with those of the mesh.',
    clientCertificate: 'File with the certificate for MUTUAL.',
    privateKey: 'File with its key.',
    caCertificates: 'File with the CAs that the server must be of.',
    credentialName: 'Secret with all of these, instead of files.',
    subjectAltNames: 'Names of which the server’s certificate must have one.',
    sni: 'Name that the server is asked for.',
    insecureSkipVerify: 'Takes any certificate: for tests only.',
    caCrl: 'File with revoked certificates.',
  }),
];
