import { afterEach, beforeEach, expect, vi, type MockInstance } from 'vitest';

/** A test that writes to the console fails: output is behaviour, and belongs into an assertion or a logger. */
const methods = ['log', 'info', 'warn', 'error', 'debug'] as const;
let spies: readonly MockInstance[] = [];

beforeEach(() => {
  spies = methods.map((method) => vi.spyOn(console, method).mockImplementation(() => undefined));
});

afterEach(() => {
  const written = spies.flatMap((spy) => spy.mock.calls);
  for (const spy of spies) spy.mockRestore();
  expect(written, 'a test must not write to the console').toEqual([]);
});
