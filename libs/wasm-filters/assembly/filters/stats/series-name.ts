import { Slice, text } from '../../bytes/slice';
import { Writer } from '../../bytes/writer';
import { ownWorkload } from './own';
import { principalText } from './principal';
import { writeResponseFlags } from './response-flags';
import { Protocol, Reporter, SeriesKey } from './series-key';
import { ServicePart, servicePart } from './service';
import { Part, workloadPart } from './workload';

const EQUALS = text('=.=');
const END = text(';.;');
const SEMICOLON: u8 = 59;
const UNDERSCORE: u8 = 95;
const LONGEST_VALUE: usize = 256;

const REPORTER = text('reporter');
const SOURCE = text('source');
const DESTINATION = text('destination');
const WORKLOAD = text('_workload');
const CANONICAL_SERVICE = text('_canonical_service');
const CANONICAL_REVISION = text('_canonical_revision');
const NAMESPACE = text('_workload_namespace');
const PRINCIPAL = text('_principal');
const APP = text('_app');
const VERSION = text('_version');
const CLUSTER = text('_cluster');
const SERVICE = text('destination_service');
const SERVICE_NAME = text('destination_service_name');
const SERVICE_NAMESPACE = text('destination_service_namespace');
const REQUEST_PROTOCOL = text('request_protocol');
const RESPONSE_CODE = text('response_code');
const GRPC_STATUS = text('grpc_response_status');
const RESPONSE_FLAGS = text('response_flags');
const SECURITY = text('connection_security_policy');
const UNKNOWN = text('unknown');
const MUTUAL_TLS = text('mutual_tls');
const NONE = text('none');
const HTTP = text('http');
const GRPC = text('grpc');
const TCP = text('tcp');

const value = new Slice();

/**
 * Writes the labels of a series as the part of a metric's name that stands before Istio's own: `label=.=value;.;`
 * for each, in the form that the tag expressions of the bootstrap (stats-tags.json) take apart again.
 */
export function writeLabels(key: SeriesKey, into: Writer): void {
  const atSource = key.reporter == Reporter.Source;
  label(into, REPORTER, atSource ? SOURCE : DESTINATION);
  writeWorkload(into, SOURCE, atSource ? ownWorkload() : key.peer, key.sourcePrincipal);
  writeWorkload(into, DESTINATION, atSource ? key.peer : ownWorkload(), key.destinationPrincipal);
  writeService(into, key, atSource ? key.peer : ownWorkload());
  label(into, REQUEST_PROTOCOL, protocolName(key.protocol));
  if (key.protocol != Protocol.Tcp) writeResponse(into, key);
  open(into, RESPONSE_FLAGS);
  writeResponseFlags(key.responseFlags, into);
  into.bytes(END);
  label(into, SECURITY, atSource ? UNKNOWN : key.mutualTls != 0 ? MUTUAL_TLS : NONE);
}

function protocolName(protocol: u32): Slice {
  if (protocol == Protocol.Grpc) return GRPC;
  return protocol == Protocol.Tcp ? TCP : HTTP;
}

function writeWorkload(into: Writer, side: Slice, workload: i32, principal: i32): void {
  sideLabel(into, side, WORKLOAD, partOf(workload, Part.Name));
  sideLabel(into, side, CANONICAL_SERVICE, partOf(workload, Part.CanonicalService));
  sideLabel(into, side, CANONICAL_REVISION, partOf(workload, Part.CanonicalRevision));
  sideLabel(into, side, NAMESPACE, partOf(workload, Part.Namespace));
  principalText(principal, value);
  sideLabel(into, side, PRINCIPAL, value);
  sideLabel(into, side, APP, partOf(workload, Part.App));
  sideLabel(into, side, VERSION, partOf(workload, Part.Version));
  sideLabel(into, side, CLUSTER, partOf(workload, Part.Cluster));
}

/** The namespace is the destination workload's, as in Istio; where nobody knows that one, the service's. */
function writeService(into: Writer, key: SeriesKey, destination: i32): void {
  servicePart(key.service, ServicePart.Host, value);
  label(into, SERVICE, value);
  servicePart(key.service, ServicePart.Name, value);
  label(into, SERVICE_NAME, value);
  workloadPart(destination, Part.Namespace, value);
  if (value.size == 0) servicePart(key.service, ServicePart.Namespace, value);
  label(into, SERVICE_NAMESPACE, value);
}

function writeResponse(into: Writer, key: SeriesKey): void {
  open(into, RESPONSE_CODE);
  into.decimal(<u64>max(key.responseCode, 0)).bytes(END);
  open(into, GRPC_STATUS);
  if (key.grpcStatus >= 0) into.decimal(<u64>key.grpcStatus);
  into.bytes(END);
}

function partOf(workload: i32, index: i32): Slice {
  workloadPart(workload, index, value);
  return value;
}

function sideLabel(into: Writer, side: Slice, name: Slice, content: Slice): void {
  into.bytes(side);
  label(into, name, content);
}

function label(into: Writer, name: Slice, content: Slice): void {
  open(into, name);
  writeValue(into, content.size > 0 ? content : UNKNOWN);
  into.bytes(END);
}

function open(into: Writer, name: Slice): void {
  into.bytes(name).bytes(EQUALS);
}

/** Values come from outside: none may contain the separator, control characters, or be of any length. */
function writeValue(into: Writer, content: Slice): void {
  const size = min(content.size, LONGEST_VALUE);
  for (let index: usize = 0; index < size; index++) {
    const byte = content.byte(index);
    into.byte(byte <= 32 || byte >= 127 || byte == SEMICOLON ? UNDERSCORE : byte);
  }
}
