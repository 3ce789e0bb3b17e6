import { memo, SortedMap } from '@istio-ts/foundation';
import type { Resource } from '@istio-ts/config-model';
import type { ProxyNode } from '@istio-ts/mesh-ir';
import { emptySet, TypeUrl } from '@istio-ts/xds-protocol';
import { core, encodedResource, tls, type EncodedResource, type ResourceSet } from '@istio-ts/xds-types';
import type { Caller } from './caller.js';

type Secret = Resource<'Secret'>;

const scheme = 'kubernetes://';
const caSuffix = '-cacert';

/**
 * The secrets that a proxy may ask for: a gateway that has proven who it is, those of its own namespace. Nobody else gets
 * any.
 */
export function secretsFor(
  secrets: SortedMap<Secret>,
  caller: Caller,
  { type, namespace }: Pick<ProxyNode, 'type' | 'namespace'>,
): ResourceSet {
  return caller.kind === 'proven' && type === 'router' ? secretsOfNamespace(secrets, namespace) : emptySet;
}

const secretsOfNamespace = memo((secrets: SortedMap<Secret>, namespace: string): ResourceSet => {
  const own = [...secrets.values()].filter(({ metadata }) => metadata.namespace === namespace);
  // A secret of its own for the CA stands before the CA in the other secret: it is put last.
  const isCa = ({ metadata }: Secret): number => Number(metadata.name.endsWith(caSuffix));
  const ordered = own.sort((a, b) => isCa(a) - isCa(b));
  return SortedMap.from(ordered.flatMap(encodeSecret).map((resource) => [resource.name, resource] as const));
});

/**
 * A Secret as Envoy's secrets, under its short and its long name: `kubernetes://web` and `kubernetes://shop/web` are key
 * and chain, with `-cacert` behind the CA. A Secret whose own name ends in `-cacert` is a CA only: its key is never sent.
 */
const encodeSecret = memo((secret: Secret): readonly EncodedResource[] => {
  const { name, namespace } = secret.metadata;
  const [chain, key] = [entry(secret, 'tls.crt', 'cert'), entry(secret, 'tls.key', 'key')];
  const ca = entry(secret, 'ca.crt', 'cacert');
  const isCa = name.endsWith(caSuffix);
  const origin = `Secret/${namespace}/${name}`;
  const under = (suffix: string, make: (name: string) => tls.Secret): readonly EncodedResource[] =>
    [`${scheme}${name}${suffix}`, `${scheme}${namespace}/${name}${suffix}`].map((full) =>
      encodedResource(TypeUrl.Secret, full, tls.Secret.encode(make(full)).finish(), [origin]),
    );
  return [
    ...(chain !== undefined && key !== undefined && !isCa
      ? under('', (full) => keyPair(full, chain, key))
      : []),
    ...(ca !== undefined && isCa ? under('', (full) => authority(full, ca)) : []),
    ...(ca !== undefined ? under(caSuffix, (full) => authority(full, ca)) : []),
  ];
});

function keyPair(name: string, chain: Uint8Array, key: Uint8Array): tls.Secret {
  const value = tls.TlsCertificate.create({ certificateChain: inline(chain), privateKey: inline(key) });
  return tls.Secret.create({ name, type: { $case: 'tlsCertificate', value } });
}

function authority(name: string, ca: Uint8Array): tls.Secret {
  const value = tls.CertificateValidationContext.create({ trustedCa: inline(ca) });
  return tls.Secret.create({ name, type: { $case: 'validationContext', value } });
}

function inline(value: Uint8Array): core.DataSource {
  return core.DataSource.create({ specifier: { $case: 'inlineBytes', value } });
}

function entry({ spec }: Secret, ...keys: readonly string[]): Uint8Array | undefined {
  for (const key of keys) {
    const text = spec.stringData?.[key];
    if (text !== undefined && text !== '') return Buffer.from(text, 'utf8');
    const base64 = spec.data?.[key];
    if (base64 !== undefined && base64 !== '') return Buffer.from(base64, 'base64');
  }
  return undefined;
}
