import type { JsonObject } from '@istio-ts/xds-types';

/**
 * Istio's access log as a table: the key of its JSON form, Envoy's operator, and where the text form puts quotes or
 * brackets, the text with `$` for the operator. Log pipelines parse it by position: the order is part of it.
 */
const fields: readonly (readonly [key: string, operator: string, text?: string])[] = [
  ['start_time', '%START_TIME%', '[$]'],
  ['method', '%REQ(:METHOD)%', '"$'],
  ['path', '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%'],
  ['protocol', '%PROTOCOL%', '$"'],
  ['response_code', '%RESPONSE_CODE%'],
  ['response_flags', '%RESPONSE_FLAGS%'],
  ['response_code_details', '%RESPONSE_CODE_DETAILS%'],
  ['connection_termination_details', '%CONNECTION_TERMINATION_DETAILS%'],
  ['upstream_transport_failure_reason', '%UPSTREAM_TRANSPORT_FAILURE_REASON%', '"$"'],
  ['bytes_received', '%BYTES_RECEIVED%'],
  ['bytes_sent', '%BYTES_SENT%'],
  ['duration', '%DURATION%'],
  ['upstream_service_time', '%RESP(X-ENVOY-UPSTREAM-SERVICE-TIME)%'],
  ['x_forwarded_for', '%REQ(X-FORWARDED-FOR)%', '"$"'],
  ['user_agent', '%REQ(USER-AGENT)%', '"$"'],
  ['request_id', '%REQ(X-REQUEST-ID)%', '"$"'],
  ['authority', '%REQ(:AUTHORITY)%', '"$"'],
  ['upstream_host', '%UPSTREAM_HOST%', '"$"'],
  ['upstream_cluster', '%UPSTREAM_CLUSTER_RAW%'],
  ['upstream_local_address', '%UPSTREAM_LOCAL_ADDRESS%'],
  ['downstream_local_address', '%DOWNSTREAM_LOCAL_ADDRESS%'],
  ['downstream_remote_address', '%DOWNSTREAM_REMOTE_ADDRESS%'],
  ['requested_server_name', '%REQUESTED_SERVER_NAME%'],
  ['route_name', '%ROUTE_NAME%'],
];

export const defaultTextFormat = `${fields
  .map(([, operator, text]) => (text === undefined ? operator : text.replace('$', () => operator)))
  .join(' ')}\n`;

export const defaultJsonFormat: JsonObject = Object.fromEntries(
  fields.map(([key, operator]) => [key, operator]),
);
