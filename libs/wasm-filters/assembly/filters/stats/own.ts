import { defineMetric, record } from '../../abi/metric';
import { property, readProperty } from '../../abi/property';
import { Metric } from '../../abi/status';
import { Slice, text } from '../../bytes/slice';
import { Writer } from '../../bytes/writer';
import { LABELS, StructWriter } from './peer-metadata';
import { draft, Part, UNKNOWN_WORKLOAD } from './workload';

/** Who we are: read once from the node of Envoy's bootstrap, the same for every plugin of this machine. */

const NODE = 'xds.node.metadata';
const NODE_LABELS = 'xds.node.metadata.LABELS';
const NODE_ID = property('xds.node.id');
const ISTIO_VERSION = property('xds.node.metadata.ISTIO_VERSION');
/** Told to peers, and in no label of ours. */
const NO_PART: i32 = -1;
const UNKNOWN = text('unknown');
const BUILD = text('istio_build');
const COMPONENT = text('component=.=proxy;.;tag=.=');
const END = text(';.;');

/** The values of the two exchange headers. */
export const ownMetadata = new Slice();
export const ownId = new Slice();

let workload: i32 = UNKNOWN_WORKLOAD;
let known: bool = false;
const value = new Slice();

export function ownWorkload(): i32 {
  return workload;
}

/** To be called when a plugin is configured; does its work the first time. */
export function readOwnIdentity(): void {
  if (known) return;
  known = true;
  const fields = new StructWriter();
  const labels = new StructWriter();
  draft.clear();
  take(labels, NODE_LABELS, 'app', Part.App);
  take(labels, NODE_LABELS, 'version', Part.Version);
  take(labels, NODE_LABELS, 'service.istio.io/canonical-name', Part.CanonicalService);
  take(labels, NODE_LABELS, 'service.istio.io/canonical-revision', Part.CanonicalRevision);
  take(fields, NODE, 'WORKLOAD_NAME', Part.Name);
  take(fields, NODE, 'NAMESPACE', Part.Namespace);
  take(fields, NODE, 'CLUSTER_ID', Part.Cluster);
  take(fields, NODE, 'NAME', NO_PART);
  take(fields, NODE, 'OWNER', NO_PART);
  take(fields, NODE, 'MESH_ID', NO_PART);
  take(fields, NODE, 'ISTIO_VERSION', NO_PART);
  fields.struct(LABELS, labels);
  workload = draft.intern();
  const encoded = new Writer();
  fields.encode(encoded);
  encoded.keep(ownMetadata);
  readProperty(NODE_ID, value);
  encoded
    .reset()
    .bytes(value.size > 0 ? value : UNKNOWN)
    .keep(ownId);
  recordBuild(encoded);
}

/** Copies one text of the node into the exchanged metadata, and into the workload where `part` names a part of it. */
function take(into: StructWriter, under: string, name: string, part: i32): void {
  if (!readProperty(property(under, name), value)) return;
  into.text(text(name), value);
  if (part != NO_PART) draft.set(part, value.at, value.size);
}

function recordBuild(name: Writer): void {
  if (!readProperty(ISTIO_VERSION, value)) value.take(UNKNOWN);
  name.reset().bytes(COMPONENT).bytes(value).bytes(END).bytes(BUILD);
  record(defineMetric(Metric.Gauge, name), 1);
}
