import { describe } from 'vitest';
import { apiServerRules } from '../../crd/index.js';
import { itJudges } from '../verdict.test-support.js';

describe('a Telemetry', () => {
  itJudges(
    'Telemetry',
    {
      valid: [
        { tracing: [{ randomSamplingPercentage: 100 }] },
        { tracing: [{ randomSamplingPercentage: 0 }] },
        { tracing: [{ customTags: { a: {} } }] },
        { tracing: [{ customTags: { a: { header: { name: 'x', defaultValue: 'y' } } } }] },
        { metrics: [{ overrides: [{ match: { customMetric: 'a' } }] }] },
        {
          metrics: [{ overrides: [{ match: { metric: 'REQUEST_COUNT', mode: 'CLIENT' }, disabled: true }] }],
        },
        { metrics: [{ overrides: [{ tagOverrides: { a: { operation: 'REMOVE' } } }] }] },
        { accessLogging: [{ filter: { expression: '' } }] },
      ],
      warning: [
        { metrics: [{ overrides: [{ tagOverrides: { '': { operation: 'REMOVE' } } }] }] },
        { selector: {} },
      ],
      invalid: [
        { tracing: [{ randomSamplingPercentage: -1 }] },
        { tracing: [{ providers: [{ name: '' }] }] },
        { tracing: [{ providers: [{}] }] },
        { tracing: [{ customTags: { a: { literal: { value: '' } } } }] },
        { tracing: [{ customTags: { a: { header: { name: '' } } } }] },
        { tracing: [{ customTags: { a: { environment: { name: '' } } } }] },
        { tracing: [{ customTags: { '': { literal: { value: 'a' } } } }] },
        { metrics: [{ providers: [{ name: '' }] }] },
        { metrics: [{ overrides: [{ match: { customMetric: '' } }] }] },
        { metrics: [{ overrides: [{ tagOverrides: { a: { operation: 'UPSERT' } } }] }] },
        { metrics: [{ overrides: [{ tagOverrides: { a: { operation: 'UPSERT', value: '' } } }] }] },
        { metrics: [{ overrides: [{ tagOverrides: { a: { operation: 'REMOVE', value: 'b' } } }] }] },
        { accessLogging: [{ providers: [{ name: '' }] }] },
        { accessLogging: [{ filter: { expression: 'a ||| b' } }] },
      ],
    },
    (spec) => spec,
    { apiServer: { expressionFault: apiServerRules.expressionFault, check: () => undefined } },
  );
});
