import { describe, expect, it } from 'vitest';
import { expositionFault } from './exposition.js';

describe('a body of metrics', () => {
  it.each([
    ['text', ''],
    ['text', '\n# free words\n# HELP a Of a.\n# TYPE a counter\na{b="x\\"y",} 1e3 1700000000\na{} NaN\n'],
    ['openmetrics', '# TYPE a counter\n# HELP a\na_total{b="",c="d"} +Inf\n# EOF\n'],
  ] as const)('of the format %s may be %j', (format, body) => {
    expect(expositionFault(format, body)).toBeUndefined();
  });

  it.each([
    ['text', 'a 1', 'the last line has no end'],
    ['text', 'a one\n', '"a one" is no line'],
    ['text', '# TYPE a counter\na 1\n# TYPE a counter\na 2\n', 'a has its type twice'],
    ['openmetrics', 'a 1\n', 'does not end with "# EOF"'],
    ['openmetrics', 'a 1\n# EOF\nb 1\n# EOF\n', '"# EOF" is no line'],
    ['openmetrics', 'a 1\n\n# EOF\n', '"" is no line'],
  ] as const)('of the format %s is not %j', (format, body, fault) => {
    expect(expositionFault(format, body)).toContain(fault);
  });
});
