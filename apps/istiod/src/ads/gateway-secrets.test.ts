import { expect, test } from 'vitest';
import { SortedMap } from '@istio-ts/foundation';
import { isKind, parseManifests, resourceKey, type Resource } from '@istio-ts/config-model';
import { tls, type ResourceSet } from '@istio-ts/xds-types';
import { anonymous, type Caller } from './caller.js';
import { secretsFor } from './gateway-secrets.js';

const gateway = { type: 'router', namespace: 'shop' } as const;
const proven: Caller = {
  kind: 'proven',
  by: 'token',
  identities: [{ trustDomain: 'cluster.local', namespace: 'shop', serviceAccount: 'gateway' }],
};

function secrets(...manifests: readonly string[]): SortedMap<Resource<'Secret'>> {
  const { resources } = parseManifests(manifests.join('---\n'), { file: 'f', source: 's', cluster: 'c' });
  return SortedMap.from(
    resources.flatMap((one) => (isKind(one, 'Secret') ? [[resourceKey(one), one] as const] : [])),
  );
}

function secret(name: string, entries: Readonly<Record<string, string>>, namespace = 'shop'): string {
  return `apiVersion: v1\nkind: Secret\nmetadata: { name: ${name}, namespace: ${namespace} }\nstringData: ${JSON.stringify(entries)}\n`;
}

/** Name → which parts of a secret Envoy gets, as text. */
function contents(set: ResourceSet): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    [...set].map(([name, { bytes }]): readonly [string, unknown] => {
      const { type } = tls.Secret.decode(bytes);
      if (type?.$case === 'tlsCertificate') {
        return [name, { chain: text(type.value.certificateChain), key: text(type.value.privateKey) }];
      }
      return [name, type?.$case === 'validationContext' ? { ca: text(type.value.trustedCa) } : {}];
    }),
  );
}

function text(source: { readonly specifier?: { readonly value: unknown } | undefined } | undefined): string {
  return Buffer.from((source?.specifier?.value ?? '') as Uint8Array).toString('utf8');
}

test('a gateway gets key, chain and CA of its namespace, under short and long names', () => {
  const found = secretsFor(
    secrets(
      secret('web', { 'tls.crt': 'C', 'tls.key': 'K', 'ca.crt': 'A' }),
      secret('old', { cert: 'c', key: 'k' }),
      secret('foreign', { cert: 'x', key: 'y' }, 'other'),
    ),
    proven,
    gateway,
  );
  expect(contents(found)).toEqual({
    'kubernetes://web': { chain: 'C', key: 'K' },
    'kubernetes://shop/web': { chain: 'C', key: 'K' },
    'kubernetes://web-cacert': { ca: 'A' },
    'kubernetes://shop/web-cacert': { ca: 'A' },
    'kubernetes://old': { chain: 'c', key: 'k' },
    'kubernetes://shop/old': { chain: 'c', key: 'k' },
  });
});

test('a secret whose own name ends in -cacert never gives its key away, and stands before the CA of the other', () => {
  const found = secretsFor(
    secrets(
      secret('web-cacert', { cert: 'C', key: 'K', cacert: 'own' }),
      secret('web', { cert: 'c', key: 'k', cacert: 'inner' }),
    ),
    proven,
    gateway,
  );
  expect(contents(found)).toMatchObject({
    'kubernetes://web': { chain: 'c', key: 'k' },
    'kubernetes://web-cacert': { ca: 'own' },
    'kubernetes://web-cacert-cacert': { ca: 'own' },
  });
});

test('an unproven caller, a sidecar and another namespace get nothing', () => {
  const all = secrets(secret('web', { cert: 'C', key: 'K' }));
  expect(secretsFor(all, anonymous, gateway).size).toBe(0);
  expect(secretsFor(all, proven, { ...gateway, type: 'sidecar' }).size).toBe(0);
  expect(secretsFor(all, proven, { ...gateway, namespace: 'other' }).size).toBe(0);
});
