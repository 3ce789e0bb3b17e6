import { SubjectAlternativeNameExtension, type JsonGeneralName } from './x509.js';

/** The names a certificate or a request is for. A workload has one URI, a server DNS names and addresses. */
export interface SubjectNames {
  readonly uris: readonly string[];
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
}

export const noSubjectNames: SubjectNames = { uris: [], dnsNames: [], ipAddresses: [] };

/** RFC 5280, 4.2.1.6: the extension is critical where the subject is empty. */
export function encodeSubjectNames(names: SubjectNames, critical: boolean): SubjectAlternativeNameExtension {
  const of = (type: JsonGeneralName['type'], values: readonly string[]): JsonGeneralName[] =>
    values.map((value) => ({ type, value }));
  return new SubjectAlternativeNameExtension(
    [...of('url', names.uris), ...of('dns', names.dnsNames), ...of('ip', names.ipAddresses)],
    critical,
  );
}

export function readSubjectNames(
  extension: SubjectAlternativeNameExtension | null | undefined,
): SubjectNames {
  const items = extension?.names.items ?? [];
  const of = (type: string): readonly string[] =>
    items.filter((item) => item.type === type).map((item) => item.value);
  return { uris: of('url'), dnsNames: of('dns'), ipAddresses: of('ip') };
}
