import { describe, expect, it } from 'vitest';
import { extensionProviderFault } from './validate-extension-provider.js';

describe('an extension provider', () => {
  const at = { service: 'shop/authz.example.com', port: 9000 };

  it('has a name and is of one kind', () => {
    expect(extensionProviderFault({ name: 'a', envoyExtAuthzGrpc: at })).toBeUndefined();
    expect(extensionProviderFault({ name: '', envoyExtAuthzGrpc: at })).toMatch(/name/u);
    expect(extensionProviderFault({ name: 'a', envoyExtAuthzGrpc: at, zipkin: at })).toMatch(/exactly one/u);
  });

  it('that authorizes asks by a path and answers by a status that there can be', () => {
    const http = (fields: object): string | undefined =>
      extensionProviderFault({ name: 'a', envoyExtAuthzHttp: { ...at, ...fields } });
    expect(http({ pathPrefix: '/check', statusOnError: '503' })).toBeUndefined();
    expect(http({ pathPrefix: 'check' })).toMatch(/must begin with "\/"/u);
    expect(http({ statusOnError: 'no' })).toMatch(/no HTTP status/u);
    expect(extensionProviderFault({ name: 'a', envoyExtAuthzGrpc: { ...at, statusOnError: '999' } })).toMatch(
      /no HTTP status/u,
    );
  });
});
