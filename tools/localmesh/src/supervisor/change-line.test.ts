import { describe, expect, it } from 'vitest';
import { renderChange, renderChangeIssue } from './change-line.js';

const change = {
  objects: [{ kind: 'VirtualService', namespace: 'shop', name: 'catalog', op: 'changed' }],
  state: 'live',
  proxies: { acked: 6, total: 6, rejected: [], unreachable: [] },
  ms: 37.6,
  issues: [],
};

describe('what the terminal says about a change', () => {
  it('names the object and when it was in force', () => {
    expect(renderChange(change)).toEqual([
      'changed VirtualService shop/catalog: live on 6/6 proxies after 38 ms',
    ]);
  });

  it('names proxies that reject the change or do not answer', () => {
    const proxies = {
      acked: 4,
      total: 6,
      rejected: [{ proxy: 'webapp-1.shop', object: 'VirtualService/shop/catalog', message: 'no such field' }],
      unreachable: ['forum-1.shop'],
    };
    expect(renderChange({ ...change, state: 'partial', proxies }).slice(1)).toEqual([
      '  webapp-1.shop rejects VirtualService/shop/catalog: no such field',
      '  forum-1.shop cannot be reached',
    ]);
  });

  it('says of what is refused that the last good version counts', () => {
    const objects = [{ kind: 'VirtualService', namespace: 'shop', name: 'catalog', op: 'refused' }];
    const issue = { code: 'IST0106', severity: 'error', message: 'no such field', ...objects[0] };
    expect(renderChange({ ...change, objects, state: 'rejected', issues: [issue] })).toEqual([
      'VirtualService shop/catalog: refused; what it said before stays in force',
      '  error IST0106 VirtualService shop/catalog: no such field',
    ]);
  });

  it('never calls in force what is not carried out', () => {
    const objects = [{ kind: 'AuthorizationPolicy', namespace: 'shop', name: 'deny', op: 'created' }];
    const proxies = { acked: 0, total: 0, rejected: [], unreachable: [] };
    expect(renderChange({ ...change, objects, proxies })).toEqual([
      'created AuthorizationPolicy shop/deny: kept, and not carried out by this version',
    ]);
    const deleted = objects.map((object) => ({ ...object, op: 'deleted' }));
    expect(renderChange({ ...change, objects: deleted, proxies })).toEqual([
      'deleted AuthorizationPolicy shop/deny: it was not carried out by this version',
    ]);
  });

  it('keeps quiet about the objects that the platform itself writes', () => {
    const objects = [{ kind: 'EndpointSlice', namespace: 'shop', name: 'catalog-0', op: 'changed' }];
    expect(renderChange({ ...change, objects })).toEqual([]);
  });

  it('says where a mistake stands', () => {
    const issue = {
      code: 'IST0101',
      severity: 'error',
      message: 'no such host',
      resource: { kind: 'VirtualService', namespace: 'shop', name: 'catalog' },
      position: { file: 'catalog.yaml', line: 12 },
    };
    expect(renderChangeIssue(issue)).toBe(
      '  error IST0101 VirtualService shop/catalog (catalog.yaml:12): no such host',
    );
  });
});
