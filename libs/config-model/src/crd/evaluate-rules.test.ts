import { describe, expect, it } from 'vitest';
import { parseResource } from '../manifest/parse-resource.js';
import { apiServerRules, validateAsApiServer } from './index.js';

const entry = {
  apiVersion: 'networking.istio.io/v1',
  kind: 'WorkloadEntry',
  metadata: { name: 'vm' },
  spec: { address: 'unix:///run/app.sock', ports: { http: 80 } } as object | null,
};

function messages(object: object): readonly string[] {
  return (validateAsApiServer(object) ?? []).map(({ path = '', message }) => `${path}: ${message}`);
}

describe('what an API server with our CRDs says', () => {
  it('names the rule that does not hold', () => {
    expect(messages(entry)).toEqual(['spec: a socket has no ports']);
    expect(messages({ ...entry, spec: { address: '10.0.0.1' } })).toEqual([]);
  });

  it('refuses nulls where the schema does not allow them, and a content that is missing', () => {
    expect(messages({ ...entry, spec: { address: '10.0.0.1', network: null } })).toEqual([
      'spec.network: is null; leave it out',
    ]);
    expect(messages({ ...entry, spec: null })).toEqual(['spec: is null; leave it out']);
  });

  it('refuses the names of the proto, which Istio itself reads', () => {
    const object = { ...entry, spec: { address: '10.0.0.1', service_account: 'a' } };
    expect(messages(object)).toEqual([
      'spec.service_account: an API server knows this field as serviceAccount',
    ]);
    const read = parseResource(object, { source: 'test', cluster: 'test' });
    expect(read).toMatchObject({ ok: true, issues: [], value: { spec: { serviceAccount: 'a' } } });
  });

  it('is nobody’s matter for kinds that are not Istio’s', () => {
    expect(validateAsApiServer({ apiVersion: 'v1', kind: 'Service' })).toBeUndefined();
  });

  it('is said by the reader where its rules are passed in, and only there', () => {
    const route = { route: [{ destination: { host: 'a' } }], timeout: '0s' };
    const object = { ...entry, kind: 'VirtualService', spec: { hosts: ['a'], http: [route] } };
    const context = { source: 'test', cluster: 'test' };
    expect(parseResource(object, context)).toMatchObject({ ok: true, issues: [] });
    expect(parseResource(object, { ...context, apiServer: apiServerRules })).toMatchObject({
      ok: false,
      error: [{ path: 'spec.http[0].timeout', message: 'must be at least 1ms' }],
    });
  });

  it('judges expressions', () => {
    expect(apiServerRules.expressionFault('response.code >= 400')).toBeUndefined();
    expect(apiServerRules.expressionFault('response.code >=')).toMatch(/./u);
  });
});
