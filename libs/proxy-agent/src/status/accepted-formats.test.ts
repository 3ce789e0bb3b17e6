import { describe, expect, it } from 'vitest';
import { textFormatsOf } from './accepted-formats.js';

describe('the formats asked of an application', () => {
  it.each([
    [undefined, undefined],
    ['text/plain;version=0.0.4;q=0.1', 'text/plain;version=0.0.4;q=0.1'],
    [
      'application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;q=0.6, application/openmetrics-text; version=1.0.0;q=0.5',
      'application/openmetrics-text;version=1.0.0;q=0.5',
    ],
    ['application/*;q=0.3', 'application/openmetrics-text;version=1.0.0;q=0.3'],
    ['*/*', 'text/plain;version=0.0.4'],
    ['application/vnd.google.protobuf', 'text/plain;version=0.0.4'],
    ['/', 'text/plain;version=0.0.4'],
  ])('of those who take %j are %j', (accept, expected) => {
    expect(textFormatsOf(accept)).toBe(expected);
  });
});
