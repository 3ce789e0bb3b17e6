import { describeMessage, type MessageTexts } from '../../schema/describe.js';
import * as spec from './spec.js';

const match = ['Which direction; both where absent.', { mode: 'Client, server, or both.' }] as const;
const providers = 'Extension providers of the mesh; its default ones where absent.';

export const telemetryDescriptions: readonly MessageTexts[] = [
  describeMessage(spec.telemetrySpec, 'Traces, metrics and access logs of workloads.', {
    selector: 'Workloads that it is for; all of the namespace where absent.',
    targetRef: 'Object that it is for; targetRefs is the newer form.',
    targetRefs: 'Gateways or services that it is for.',
    tracing: 'Traces.',
    metrics: 'Metrics.',
    accessLogging: 'Access logs.',
  }),
  describeMessage(spec.providerRef, 'An extension provider.', { name: 'Its name in the mesh’s settings.' }),
  describeMessage(spec.telemetryTracing, 'How traces are made.', {
    match,
    providers,
    randomSamplingPercentage: 'Share of the requests that is traced where nobody decided before.',
    disableSpanReporting: 'Reports nothing, and passes the context on.',
    disableContextPropagation: 'Does not pass the context on.',
    customTags: 'Further tags of spans, by name.',
    enableIstioTags: 'Tags of Istio’s own on spans.',
    useRequestIdForTraceSampling: 'Decides by the request’s id, so that all proxies decide alike.',
  }),
  describeMessage(spec.customTag, 'Where a tag’s value comes from; one of the fields.', {
    literal: ['A fixed text.', { value: 'The text.' }],
    environment: [
      'The proxy’s environment.',
      { name: 'Name of the variable.', defaultValue: 'Value where it is absent.' },
    ],
    header: [
      'A header of the request.',
      { name: 'Name of the header.', defaultValue: 'Value where it is absent.' },
    ],
    formatter: ['Envoy’s access log format.', { value: 'The format.' }],
  }),
  describeMessage(spec.telemetryMetrics, 'How metrics are made.', {
    providers,
    overrides: 'Changes to single metrics, in this order.',
    reportingInterval: 'Time between reports of long connections.',
  }),
  describeMessage(spec.metricsOverride, 'A change to metrics.', {
    match: 'Which metrics; all where absent.',
    disabled: 'Turns them off, or on again.',
    tagOverrides: 'Changes to tags, by name.',
  }),
  describeMessage(spec.metricSelector, 'Which metrics.', {
    metric: 'One of Istio’s own.',
    customMetric: 'Another, by name.',
    mode: 'Client, server, or both.',
  }),
  describeMessage(spec.tagOverride, 'A change to a tag.', {
    operation: 'Sets the tag, or takes it away.',
    value: 'A CEL expression for its value.',
  }),
  describeMessage(spec.telemetryAccessLogging, 'How access logs are written.', {
    match,
    providers,
    disabled: 'Turns them off, or on again.',
    filter: ['Which requests are logged.', { expression: 'A CEL expression that is true for them.' }],
  }),
];
