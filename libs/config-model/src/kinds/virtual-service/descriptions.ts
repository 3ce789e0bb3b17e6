import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import * as spec from './spec.js';

const percentField = [
  'A share of the requests.',
  { value: 'Percentage, 0 to 100, with fractions.' },
] as const;
const operations = {
  set: 'Headers to set, whatever they were.',
  add: 'Headers to append to.',
  remove: 'Headers to take away.',
} as const;

export const virtualServiceDescriptions: readonly MessageTexts[] = [
  describeMessage(spec.virtualServiceSpec, 'How requests to some hosts are routed.', {
    hosts:
      'Hosts that the routes are for: names, short names, or wildcards. None: a part for others to include.',
    gateways:
      'Gateways that carry the routes, as name or namespace/name; "mesh" means the sidecars, and is the default.',
    http: 'Routes for HTTP, tried in this order.',
    tls: 'Routes for TLS that is passed through, found by the name that the client asks for.',
    tcp: 'Routes for any other TCP.',
    exportTo: 'Namespaces in which the routes hold: names, "." for the own, "*" for all (the default).',
  }),
  describeMessage(spec.stringMatch, 'How a text is matched; one of the fields, case counts.', {
    exact: 'The whole text.',
    prefix: 'How the text begins.',
    regex: 'An RE2 pattern for the whole text.',
  }),
  describeMessage(spec.portSelector, 'A port of a service.', { number: 'The port’s number.' }),
  describeMessage(spec.percent, 'A share of the requests.', {
    value: 'Percentage, 0 to 100, with fractions.',
  }),
  describeMessage(spec.destination, 'Where requests go.', {
    host: 'Name of the service; a short name is completed with the namespace of the object.',
    subset: 'A subset of the service, as a DestinationRule names it.',
    port: 'Port of the service; needed where it has several.',
  }),
  describeMessage(spec.headerOperations, 'Changes to headers.', operations),
  describeMessage(spec.headers, 'Changes to headers.', {
    request: 'Changes to the request’s headers before it is sent on.',
    response: 'Changes to the response’s headers before it goes back.',
  }),
  describeMessage(spec.httpRouteDestination, 'A service that takes a share of the requests.', {
    destination: 'The service.',
    weight: 'Its share, in proportion to the weights of the others.',
    headers: 'Changes to headers of requests that go there.',
  }),
  describeMessage(spec.routeDestination, 'A service that takes a share of the connections.', {
    destination: 'The service.',
    weight: 'Its share, in proportion to the weights of the others.',
  }),
  describeMessage(spec.httpMatchRequest, 'Which requests; all of the fields must fit.', {
    name: 'A name for logs.',
    uri: 'The path, without the query.',
    scheme: 'The scheme: http or https.',
    method: 'The method.',
    authority: 'The authority (host).',
    headers: 'Headers by name, in lower case; an empty match asks for the header to be there.',
    withoutHeaders: 'Headers by name that must not be so.',
    queryParams: 'Query parameters by name.',
    ignoreUriCase: 'Has the path compared without regard to case (exact and prefix).',
    port: 'Port that the request was sent to.',
    sourceLabels: 'Labels of the client’s workload.',
    sourceNamespace: 'Namespace of the client’s workload.',
    gateways: 'Of the gateways of the object, those for which this match holds.',
    statPrefix: 'Name under which the route is counted.',
  }),
  describeMessage(spec.httpRedirect, 'An answer that sends the client elsewhere.', {
    uri: 'The new path.',
    prefixRewrite: 'What takes the place of the path’s matched beginning.',
    authority: 'The new host.',
    scheme: 'The new scheme: http or https.',
    port: 'The new port.',
    derivePort: 'Where the port comes from instead of being given.',
    redirectCode: 'Status of the answer; 301 is the default.',
  }),
  describeMessage(spec.httpDirectResponse, 'A fixed answer.', {
    status: 'Status of the answer.',
    body: ['Content of the answer.', { string: 'Content as text.', bytes: 'Content in base64.' }],
  }),
  describeMessage(spec.httpRewrite, 'Changes to the request’s path and host before it is sent on.', {
    uri: 'The new path; where the match was by prefix, only the prefix is replaced.',
    authority: 'The new host.',
    uriRegexRewrite: [
      'Replaces by a pattern.',
      { match: 'An RE2 pattern.', rewrite: 'What takes its place, with \\1 for its groups.' },
    ],
  }),
  describeMessage(spec.httpRetry, 'How requests that failed are tried again.', {
    attempts: 'How often at most; 0 turns retries off.',
    perTryTimeout: 'How long each try may take, the first included.',
    retryOn: 'Which failures count: Envoy’s words or statuses, separated by commas.',
    retryRemoteLocalities: 'Lets retries go to endpoints elsewhere.',
    retryIgnorePreviousHosts: 'Has retries avoid endpoints that were tried (default), or not.',
    backoff: 'Least time between tries; it grows.',
  }),
  describeMessage(spec.httpFaultInjection, 'Faults made on purpose, to see what clients do.', {
    delay: [
      'Holds requests back.',
      {
        fixedDelay: 'For how long.',
        exponentialDelay: 'Not carried out by Istio.',
        percent: 'Old form of percentage.',
        percentage: percentField,
      },
    ],
    abort: [
      'Answers requests with a failure.',
      {
        httpStatus: 'HTTP status of the answer.',
        grpcStatus: 'gRPC status of the answer, by its word.',
        http2Error: 'Not carried out by Istio.',
        percentage: percentField,
      },
    ],
  }),
  describeMessage(spec.corsPolicy, 'What browsers may do across origins.', {
    allowOrigin: 'Old form of allowOrigins.',
    allowOrigins: 'Origins that may ask.',
    allowMethods: 'Methods that may be used.',
    allowHeaders: 'Request headers that may be used.',
    exposeHeaders: 'Response headers that scripts may see.',
    maxAge: 'How long a browser may remember the answer.',
    allowCredentials: 'Whether requests may carry credentials.',
    unmatchedPreflights: 'What is done with preflight requests of other origins.',
  }),
  describeMessage(spec.httpMirrorPolicy, 'A service that gets copies of requests; its answers are dropped.', {
    destination: 'The service.',
    percentage: 'Share of the requests that is copied; all where absent.',
  }),
  describeMessage(spec.httpRoute, 'One route: which requests, and what is done with them.', {
    name: 'A name for logs and access logs.',
    match: 'Which requests; one of the list must fit. All where absent.',
    route: 'Services that share the requests.',
    redirect: 'Answers with a redirect instead of forwarding.',
    directResponse: 'Answers with a fixed response instead of forwarding.',
    delegate: [
      'Goes on with the routes of another VirtualService.',
      { name: 'Its name.', namespace: 'Its namespace; the own where absent.' },
    ],
    rewrite: 'Changes to path and host.',
    timeout: 'How long the whole may take; unlimited where absent.',
    retries: 'How failures are retried.',
    fault: 'Faults made on purpose.',
    mirror: 'A service that gets copies; mirrors is the newer form.',
    mirrors: 'Services that get copies.',
    mirrorPercentage: 'Share of the requests that mirror gets.',
    mirrorPercent: 'Old form of mirrorPercentage.',
    mirror_percent: 'Old form of mirrorPercentage.',
    corsPolicy: 'What browsers may do across origins.',
    headers: 'Changes to headers.',
  }),
  describeMessage(spec.tlsMatchAttributes, 'Which TLS connections; all of the fields must fit.', {
    sniHosts: 'Names that the client asks for; wildcards in front are allowed.',
    destinationSubnets: 'Addresses that the connection is for.',
    port: 'Port that the connection is for.',
    sourceLabels: 'Labels of the client’s workload.',
    gateways: 'Of the gateways of the object, those for which this match holds.',
    sourceNamespace: 'Namespace of the client’s workload.',
  }),
  describeMessage(spec.tlsRoute, 'One route for TLS that is passed through.', {
    match: 'Which connections; one of the list must fit.',
    route: 'Services that share the connections.',
  }),
  describeMessage(spec.l4MatchAttributes, 'Which TCP connections; all of the fields must fit.', {
    destinationSubnets: 'Addresses that the connection is for.',
    port: 'Port that the connection is for.',
    sourceSubnet: 'Not carried out by Istio.',
    sourceLabels: 'Labels of the client’s workload.',
    gateways: 'Of the gateways of the object, those for which this match holds.',
    sourceNamespace: 'Namespace of the client’s workload.',
  }),
  describeMessage(spec.tcpRoute, 'One route for TCP.', {
    match: 'Which connections; one of the list must fit. All where absent.',
    route: 'Services that share the connections.',
  }),
];
