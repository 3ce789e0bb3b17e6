import { expect, it } from 'vitest';
import { parseSpiffeId, renderSpiffeId } from './spiffe-id.js';

it('an identity is read as it was written', () => {
  const id = { trustDomain: 'cluster.local', namespace: 'shop', serviceAccount: 'catalog' };
  expect(renderSpiffeId(id)).toBe('spiffe://cluster.local/ns/shop/sa/catalog');
  expect(parseSpiffeId(renderSpiffeId(id))).toEqual(id);
});

it('a trust domain with an @, which has no place in a URI there, has a dot instead', () => {
  const id = { trustDomain: 'pool@project.example', namespace: 'shop', serviceAccount: 'catalog' };
  expect(renderSpiffeId(id)).toBe('spiffe://pool.project.example/ns/shop/sa/catalog');
});

it.each(['td/ns/a/sa/b', 'spiffe://td/ns/a/sa', 'spiffe://td/ns/a/sa/b/', 'spiffe://td/ns//sa/b'])(
  '%s is no identity of a workload',
  (text) => {
    expect(parseSpiffeId(text)).toBeUndefined();
  },
);
