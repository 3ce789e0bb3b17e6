import { ScalarType } from '@bufbuild/protobuf';
import type { JsonValue } from '../codec.js';
import { checkScalar } from './check-scalar.js';
import { isObject, type JsonPlace } from './json-fault.js';

type Check = (value: JsonValue, place: JsonPlace) => void;

/** A duration of protobuf's JSON (`1.5s`), or as Go writes it (`1m30s`), which Istio reads too. */
const duration = /^(?:0|[-+]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|ms|s|m|h))+)$/u;

/** Message types whose JSON is not an object with their fields; Any, which holds others, is not among them. */
export const wellKnownTypes: Readonly<Record<string, Check | undefined>> = {
  'google.protobuf.Duration': (value, place) => {
    if (typeof value !== 'string' || !duration.test(value)) place.expected('a duration such as 1.5s', value);
  },
  'google.protobuf.Timestamp': (value, place) => {
    if (typeof value !== 'string' || Number.isNaN(Date.parse(value)))
      place.expected('a time such as 2026-01-31T12:00:00Z', value);
  },
  'google.protobuf.Struct': (value, place) => {
    if (!isObject(value)) place.expected('an object', value);
  },
  'google.protobuf.Value': () => undefined,
  'google.protobuf.ListValue': (value, place) => {
    if (!Array.isArray(value)) place.expected('a list', value);
  },
  'google.protobuf.FieldMask': scalar(ScalarType.STRING),
  'google.protobuf.BoolValue': scalar(ScalarType.BOOL),
  'google.protobuf.StringValue': scalar(ScalarType.STRING),
  'google.protobuf.BytesValue': scalar(ScalarType.BYTES),
  'google.protobuf.DoubleValue': scalar(ScalarType.DOUBLE),
  'google.protobuf.FloatValue': scalar(ScalarType.FLOAT),
  'google.protobuf.Int32Value': scalar(ScalarType.INT32),
  'google.protobuf.UInt32Value': scalar(ScalarType.UINT32),
  'google.protobuf.Int64Value': scalar(ScalarType.INT64),
  'google.protobuf.UInt64Value': scalar(ScalarType.UINT64),
};

function scalar(type: ScalarType): Check {
  return (value, place) => {
    checkScalar(type, value, place);
  };
}
