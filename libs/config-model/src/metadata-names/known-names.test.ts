import { describe, expect, it } from 'vitest';
import { appliesTo, findKnownName } from './find-known-name.js';
import { knownAnnotations } from './known-annotations.js';
import { knownLabels } from './known-labels.js';

describe('the names that Istio gives a meaning to', () => {
  it('are found by kind and key', () => {
    expect(findKnownName('label', 'sidecar.istio.io/inject')).toMatchObject({ deprecated: false });
    expect(findKnownName('annotation', 'sidecar.istio.io/inject')).toMatchObject({ deprecated: true });
    expect(findKnownName('annotation', 'topology.istio.io/network')).toBeUndefined();
  });

  it('mean something on the kinds of their scope', () => {
    const exportTo = findKnownName('annotation', 'networking.istio.io/exportTo');
    expect(exportTo && appliesTo(exportTo, 'Service')).toBe(true);
    expect(exportTo && appliesTo(exportTo, 'Pod')).toBe(false);
    const suppress = findKnownName('annotation', 'galley.istio.io/analyze-suppress');
    expect(suppress && appliesTo(suppress, 'VirtualService')).toBe(true);
  });

  it.each([knownAnnotations, knownLabels])('stand in their table once, in order', (...table) => {
    const keys = table.map(({ key }) => key);
    expect(keys).toEqual([...new Set(keys)].sort());
  });
});
