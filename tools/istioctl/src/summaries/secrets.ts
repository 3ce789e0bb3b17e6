import { X509Certificate } from 'node:crypto';
import { admin, tls, unpackAny, type core, type JsonValue } from '@istio-ts/xds-types';
import { printMessage, resourceIn, sectionOf, type ConfigDump } from '../dump/config-dump.js';

/** A certificate that a proxy holds or waits for. */
export interface SecretSummary {
  readonly name: string;
  readonly type: 'Cert Chain' | 'CA' | '';
  readonly state: 'ACTIVE' | 'WARMING';
  /** undefined: nothing readable is there. */
  readonly certificate: X509Certificate | undefined;
  /** Only where the trust domain is pinned to this certificate. */
  readonly trustDomain?: string;
}

/** What a proxy has got by SDS: waiting ones first, then those in use; a bundle for several trust domains is one each. */
export function summarizeSecrets(dump: ConfigDump): readonly SecretSummary[] {
  const { dynamicActiveSecrets, dynamicWarmingSecrets, staticSecrets } = sectionOf(
    dump,
    admin.SecretsConfigDump,
  );
  return [
    ...dynamicWarmingSecrets.flatMap((entry) => summarize(entry, 'WARMING')),
    ...[...dynamicActiveSecrets, ...staticSecrets].flatMap((entry) => summarize(entry, 'ACTIVE')),
  ];
}

type Entry = Pick<admin.SecretsConfigDump_DynamicSecret, 'name' | 'secret'>;

function summarize({ name, secret }: Entry, state: SecretSummary['state']): readonly SecretSummary[] {
  const type = resourceIn(secret, tls.Secret)[0]?.type;
  switch (type?.$case) {
    case 'tlsCertificate':
      return [{ name, state, type: 'Cert Chain', certificate: readCertificate(type.value.certificateChain) }];
    case 'validationContext':
      return summarizeTrust(type.value).map((trust) => ({ name, state, type: 'CA', ...trust }));
    default:
      return [{ name, state, type: '', certificate: undefined }];
  }
}

function summarizeTrust({
  trustedCa,
  customValidatorConfig,
}: tls.CertificateValidationContext): readonly Pick<SecretSummary, 'certificate' | 'trustDomain'>[] {
  const custom = customValidatorConfig?.typedConfig;
  const spiffe = custom === undefined ? undefined : unpackAny(custom, tls.SPIFFECertValidatorConfig);
  if (spiffe === undefined) return [{ certificate: readCertificate(trustedCa) }];
  return spiffe.trustDomains.map(({ name, trustBundle }) => ({
    certificate: readCertificate(trustBundle),
    trustDomain: name,
  }));
}

/** The first certificate of a chain or bundle. */
function readCertificate(source: core.DataSource | undefined): X509Certificate | undefined {
  const pem = textOf(source);
  if (pem === undefined || pem === '') return undefined;
  try {
    return new X509Certificate(pem);
  } catch {
    return undefined;
  }
}

function textOf(source: core.DataSource | undefined): string | undefined {
  switch (source?.specifier?.$case) {
    case 'inlineBytes':
      return Buffer.from(source.specifier.value).toString('utf8');
    case 'inlineString':
      return source.specifier.value;
    default:
      return undefined;
  }
}

const secretHeader = [
  'RESOURCE NAME',
  'TYPE',
  'STATUS',
  'VALID CERT',
  'SERIAL NUMBER',
  'NOT AFTER',
  'NOT BEFORE',
];

/** The whole table; the trust domains are a column where any is pinned. */
export function secretTable(secrets: readonly SecretSummary[], now: Date): readonly (readonly string[])[] {
  const pinned = secrets.some(({ trustDomain }) => trustDomain !== undefined);
  const header = pinned ? [...secretHeader, 'TRUST DOMAIN'] : secretHeader;
  return [
    header,
    ...secrets.map((secret) => [...secretRow(secret, now), ...(pinned ? [trustDomainOf(secret)] : [])]),
  ];
}

function secretRow({ name, type, state, certificate }: SecretSummary, now: Date): readonly string[] {
  const start = [name, type, state];
  if (certificate === undefined) return [...start, 'false', '', '', ''];
  const notBefore = new Date(certificate.validFrom);
  const notAfter = new Date(certificate.validTo);
  const valid = notBefore <= now && now <= notAfter;
  const serial = certificate.serialNumber.toLowerCase();
  return [...start, String(valid), serial, renderTime(notAfter), renderTime(notBefore)];
}

function trustDomainOf({ trustDomain, certificate }: SecretSummary): string {
  return trustDomain ?? /URI:spiffe:\/\/([^/,]+)/.exec(certificate?.subjectAltName ?? '')?.[1] ?? '';
}

/** RFC 3339, in seconds. */
function renderTime(time: Date): string {
  return time.toISOString().replace(/\.\d+Z$/, 'Z');
}

export function printSecrets(dump: ConfigDump): JsonValue {
  return printMessage(admin.SecretsConfigDump, sectionOf(dump, admin.SecretsConfigDump));
}
