import type { Static } from '@sinclair/typebox';
import {
  doubleOf,
  duration,
  flag,
  list,
  map,
  message,
  nullable,
  text,
  textOf,
  words,
  type Rule,
} from '../../schema/builders.js';
import { atMostOneOf } from '../at-most-one-of.js';
import { targetReference, targetReferences } from '../target-reference.js';
import { workloadSelector } from '../workload-selector.js';

const notEmpty = textOf({ minLength: 1 });

const mode = words('CLIENT_AND_SERVER', 'CLIENT', 'SERVER');

export type ProviderRef = Static<typeof providerRef>;
/** Names an entry of the mesh's `extensionProviders`. */
export const providerRef = message({ name: notEmpty }, ['name']);

export type CustomTag = Static<typeof customTag>;
export const customTag = message(
  {
    literal: message({ value: notEmpty }, ['value']),
    environment: message({ name: notEmpty, defaultValue: text }, ['name']),
    header: message({ name: notEmpty, defaultValue: text }, ['name']),
    formatter: message({ value: notEmpty }, ['value']),
  },
  [],
  { oneof: [['literal', 'environment', 'header', 'formatter']] },
);

export type TelemetryTracing = Static<typeof telemetryTracing>;
export const telemetryTracing = message({
  match: message({ mode }),
  providers: list(providerRef),
  randomSamplingPercentage: nullable(doubleOf({ minimum: 0, maximum: 100 })),
  disableSpanReporting: nullable(flag),
  disableContextPropagation: nullable(flag),
  customTags: map(customTag),
  enableIstioTags: nullable(flag),
  useRequestIdForTraceSampling: nullable(flag),
});

const tagRules: readonly Rule[] = [
  {
    rule: "!has(self.operation) || self.operation != 'UPSERT' || self.value != ''",
    message: 'UPSERT needs a value',
  },
  {
    rule: "!has(self.operation) || self.operation != 'REMOVE' || !has(self.value)",
    message: 'REMOVE takes no value',
  },
];

export type TagOverride = Static<typeof tagOverride>;
export const tagOverride = message({ operation: words('UPSERT', 'REMOVE'), value: text }, [], {
  rules: tagRules,
});

/** Istio's own metrics, by the words of Telemetry. */
export const standardMetric = words(
  'ALL_METRICS',
  'REQUEST_COUNT',
  'REQUEST_DURATION',
  'REQUEST_SIZE',
  'RESPONSE_SIZE',
  'TCP_OPENED_CONNECTIONS',
  'TCP_CLOSED_CONNECTIONS',
  'TCP_SENT_BYTES',
  'TCP_RECEIVED_BYTES',
  'GRPC_REQUEST_MESSAGES',
  'GRPC_RESPONSE_MESSAGES',
);

export type MetricSelector = Static<typeof metricSelector>;
export const metricSelector = message({ metric: standardMetric, customMetric: notEmpty, mode }, [], {
  oneof: [['metric', 'customMetric']],
});

export type MetricsOverride = Static<typeof metricsOverride>;
export const metricsOverride = message({
  match: metricSelector,
  disabled: nullable(flag),
  tagOverrides: map(tagOverride),
});

export type TelemetryMetrics = Static<typeof telemetryMetrics>;
export const telemetryMetrics = message({
  providers: list(providerRef),
  overrides: list(metricsOverride),
  reportingInterval: duration,
});

export type TelemetryAccessLogging = Static<typeof telemetryAccessLogging>;
export const telemetryAccessLogging = message({
  match: message({ mode }),
  providers: list(providerRef),
  disabled: nullable(flag),
  filter: message({ expression: text }),
});

/** telemetry.istio.io Telemetry, as written. */
export type TelemetrySpec = Static<typeof telemetrySpec>;
export const telemetrySpec = message(
  {
    selector: workloadSelector,
    targetRef: targetReference,
    targetRefs: targetReferences,
    tracing: list(telemetryTracing),
    metrics: list(telemetryMetrics),
    accessLogging: list(telemetryAccessLogging),
  },
  [],
  { rules: [atMostOneOf('selector', 'targetRef', 'targetRefs')] },
);
