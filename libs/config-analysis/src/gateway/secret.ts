import { parseScopedHost, type ServerTlsSettings } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { selectPods } from '../workload/pods.js';
import { readValidity } from './certificate-validity.js';
import { noSuchWorkload, selectorOf, type Gateway } from './selected-pods.js';

/** A Secret holds a certificate and its key under one of these pairs of names, looked for in this order. */
const pairs = [
  ['cert', 'key'],
  ['tls.crt', 'tls.key'],
] as const;

export const secretAnalyzer = defineAnalyzer({
  name: 'gateway.SecretAnalyzer',
  summary: 'the credentials of Gateways are Secrets that hold a certificate and its key',
  each: ['Gateway'],
  reads: ['Pod', 'Secret'],
  needs: ['Pod', 'Secret'],
  analyze: (gateway, world) => {
    // Of a pod whose namespace nobody wrote it is not known where its Secrets are.
    const namespace = selectPods(world, selectorOf(gateway))[0]?.metadata.namespace ?? '';
    if (namespace === '') return [noSuchWorkload(gateway)];
    return (gateway.spec.servers ?? []).flatMap(({ tls }, index) =>
      credentialsOf(tls).flatMap((credential) => judge(gateway, { credential, index, namespace }, world)),
    );
  },
});

interface Reference {
  readonly credential: string;
  /** Of the server. */
  readonly index: number;
  /** Where the gateway runs, and its Secrets are. */
  readonly namespace: string;
}

function judge(
  gateway: Gateway,
  { credential, index, namespace }: Reference,
  world: World,
): readonly Finding[] {
  const path = ['spec', 'servers', index, 'tls', 'credentialName'];
  const { namespace: scope = namespace, host: name } = parseScopedHost(credential);
  const secret = world.get('Secret', scope, name);
  if (secret === undefined) {
    const args = { reftype: 'credentialName', refval: credential };
    return [finding('ReferencedResourceNotFound', gateway, args, path)];
  }
  if (holdsKeyPair(secret, world.settings.nowMs?.())) return [];
  const args = { gatewayName: gateway.metadata.name, gatewayNamespace: namespace };
  return [finding('InvalidGatewayCredential', gateway, args, path)];
}

/** Names with a scheme are not looked up as Secrets of the gateway's namespace. */
function credentialsOf({
  credentialName = '',
  credentialNames = [],
}: ServerTlsSettings = {}): readonly string[] {
  const names = [...new Set([credentialName, ...credentialNames])];
  return names.filter((name) => name !== '' && !name.includes('://'));
}

/** The key is not looked into: a Secret shows it to nobody. */
function holdsKeyPair({ spec }: ObjectOf<'Secret'>, nowMs: number | undefined): boolean {
  const found = pairs.find(([certificate, key]) =>
    [certificate, key].every((name) => valueOf(spec, name) !== ''),
  );
  const validity = found === undefined ? undefined : readValidity(valueOf(spec, found[0]));
  if (validity === undefined) return false;
  return nowMs === undefined || (validity.notBeforeMs <= nowMs && nowMs <= validity.notAfterMs);
}

function valueOf({ data = {}, stringData = {} }: ObjectOf<'Secret'>['spec'], name: string): string {
  const plain = stringData[name];
  if (plain !== undefined) return plain;
  try {
    return atob(data[name] ?? '');
  } catch {
    return '';
  }
}
