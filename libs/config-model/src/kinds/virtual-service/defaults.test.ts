import { describe, expect, it } from 'vitest';
import { gatewaysOf, virtualServiceDefaults } from './defaults.js';
import { validateRetries } from './validate-retries.js';
import { Place, type Finding } from '../../place.js';

describe('the defaults of a VirtualService', () => {
  it('carry routes on the mesh’s sidecars where no gateway is named, or a list of none', () => {
    expect(gatewaysOf({})).toEqual(['mesh']);
    expect(gatewaysOf({ gateways: [] })).toEqual(['mesh']);
    expect(gatewaysOf({ gateways: ['public'] })).toEqual(['public']);
  });

  it('are what a person might have written', () => {
    const findings: Finding[] = [];
    validateRetries(virtualServiceDefaults.retries, Place.root(findings));
    expect(findings).toEqual([]);
  });
});
