import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSpiffeId, renderSpiffeId } from '@istio-ts/foundation';
import { sharedDir } from '@istio-ts/testkit';
import { describe, expect, it } from 'vitest';
import * as host from './host.js';
import { areLabels, labelsMatch, labelsSubsetOf, renderLabels, type Labels } from './labels.js';
import { isHttp, parseProtocol, selectProtocol, type Protocol } from './port-protocol.js';
import { parseGeneratedSni } from './generated-sni.js';
import { renderScopedHost, resolveShortName, serviceOfHost } from './short-names.js';
import { expandTrustDomains } from './trust-domains.js';
import * as visibility from './visibility.js';

interface Case {
  readonly name: string;
  readonly op: string;
  readonly expect: unknown;
  readonly [field: string]: unknown;
}

/* eslint-disable @typescript-eslint/no-explicit-any -- the cases are plain JSON, each operation with fields of its own */
const operations: Readonly<Record<string, (c: any) => unknown>> = {
  matches: (c) => host.hostMatches(c.a, c.b),
  subsetOf: (c) => host.hostSubsetOf(c.a, c.b),
  intersection: (c) => host.hostIntersection(c.a, c.b),
  namesForNamespace: (c) => host.hostsForNamespace(c.hosts, c.namespace),
  sort: (c) => host.sortHosts(c.in),
  moreSpecific: (c) => host.moreSpecificHost(c.a, c.b),
  mostSpecificMatch: (c) => host.mostSpecificHostMatch(c.needle, c.hosts) ?? '',
  selector: (c) => ({
    subsetOf: labelsSubsetOf(c.selector ?? undefined, (c.labels ?? {}) as Labels),
    match: labelsMatch(c.selector ?? undefined, (c.labels ?? {}) as Labels),
  }),
  string: (c) => renderLabels(c.labels ?? undefined),
  validate: (c) => areLabels(c.labels ?? {}),
  parse: (c) =>
    'in' in c && (c.in as string).includes('/') ? (parseSpiffeId(c.in) ?? null) : word(parseProtocol(c.in)),
  isHTTP: (c) => isHttp(parseProtocol(c.in)),
  servicePort: (c) =>
    word(
      selectProtocol({
        port: c.port,
        name: c.portName,
        protocol: c.protocol,
        appProtocol: c.appProtocol ?? undefined,
      }),
    ),
  isVisible: (c) =>
    visibility.isServiceVisible(c.fromNamespace, {
      namespace: c.service.namespace,
      exportTo: c.service.exportTo ?? undefined,
      defaultExportTo: c.defaultServiceExportTo,
      policyVisibility: c.meshConfig?.serviceEntryVisibility.applyToSidecars
        ? c.service.serviceEntryVisibility
        : undefined,
    }),
  serviceEntryVisibility: (c) =>
    visibility.serviceEntryVisibility(c.meshConfig.serviceEntryVisibility, c.namespaceLabels).visibility,
  exportsToAll: (c) => visibility.exportsToAll(c.exportTo),
  exportToAnnotation: (c) => visibility.parseExportToAnnotation(c.annotation, c.namespace),
  scopedHostVisible: (c) => visibility.isScopedHostVisible(c.host, c.namespace),
  shortNameToFQDN: (c) => resolveShortName(c.host, c.namespace, c.domain),
  hostToResource: (c) => serviceOfHost(c.host, c.namespace),
  scopedHost: (c) =>
    renderScopedHost(c.scope, { host: c.host, namespace: c.namespace, domain: 'cluster.local' }),
  parseGeneratedSNI: (c) => parseGeneratedSni(c.in) ?? null,
  build: (c) => (c.namespace === '' || c.serviceAccount === '' ? null : renderSpiffeId(c)),
  buildLenient: (c) => renderSpiffeId(c),
  expandTrustDomains: (c) => [...expandTrustDomains(c.identities, c.trustDomains)].sort(),
};
/* eslint-enable @typescript-eslint/no-explicit-any */

function word(protocol: Protocol): string {
  return protocol === 'Unsupported' ? 'UnsupportedProtocol' : protocol;
}

function readCases(file: string): readonly Case[] {
  const path = join(sharedDir ?? '', 'conformance/host-and-naming', `${file}.json`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { readonly cases: readonly Case[] }).cases;
}

describe.runIf(sharedDir)('the suite host-and-naming', () => {
  const files = ['hosts', 'labels', 'protocols', 'visibility', 'short-names', 'spiffe'];
  it.each(files)('agrees on every case of %s', (file) => {
    for (const entry of readCases(file)) {
      const run = operations[entry.op];
      const want = entry.op === 'expandTrustDomains' ? [...(entry.expect as string[])].sort() : entry.expect;
      expect({ name: entry.name, got: run?.(entry) }).toEqual({ name: entry.name, got: want });
    }
  });
});
