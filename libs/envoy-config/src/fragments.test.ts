import { route } from '@istio-ts/xds-types';
import { describe, expect, it } from 'vitest';
import { appendFragments } from './fragments.js';

const encode = (host: route.VirtualHost) => route.VirtualHost.encode(host).finish();

describe('a shell followed by its fragments', () => {
  it('decodes to the whole message, fragments in their order', () => {
    // The second is longer than one byte of length can say, the third longer than two.
    const hosts = ['a', 'b'.repeat(200), 'c'.repeat(20_000)].map((name) =>
      route.VirtualHost.create({ name }),
    );
    const shell = route.RouteConfiguration.create({ name: '80', validateClusters: false });
    const bytes = appendFragments(route.RouteConfiguration.encode(shell).finish(), 2, hosts.map(encode));
    expect(route.RouteConfiguration.decode(bytes)).toEqual(
      route.RouteConfiguration.create({ name: '80', validateClusters: false, virtualHosts: hosts }),
    );
  });

  it('reaches field numbers whose tag takes two bytes', () => {
    const fragment = encode(route.VirtualHost.create({ name: 'x' }));
    expect([...appendFragments(new Uint8Array(), 25, [fragment]).subarray(0, 3)]).toEqual([0xca, 0x01, 3]);
  });

  it('is the shell alone where there are no fragments', () => {
    expect(appendFragments(Uint8Array.of(1, 2), 2, [])).toEqual(Uint8Array.of(1, 2));
  });
});
