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

/** Every operation uses some of these fields. */
interface Case {
  readonly name: string;
  readonly op: string;
  readonly expect: unknown;
  readonly a: string;
  readonly b: string;
  readonly hosts: readonly string[];
  readonly namespace: string;
  readonly needle: string;
  readonly in: string;
  readonly selector: Labels | null;
  readonly labels: Labels | null;
  readonly port: number;
  readonly portName: string;
  readonly protocol: string;
  readonly appProtocol: string | null;
  readonly fromNamespace: string;
  readonly defaultServiceExportTo?: readonly string[];
  readonly service: {
    readonly namespace: string;
    readonly exportTo: readonly string[] | null;
    readonly serviceEntryVisibility?: visibility.ServiceEntryVisibility;
  };
  readonly meshConfig?: { readonly serviceEntryVisibility?: visibility.ServiceEntryVisibilityPolicy };
  readonly namespaceLabels: Labels;
  readonly configOk: boolean;
  readonly exportTo: readonly string[];
  readonly annotation: string;
  readonly host: string;
  readonly domain: string;
  readonly scope: string;
  readonly trustDomain: string;
  readonly serviceAccount: string;
  readonly identities: readonly string[];
  readonly trustDomains: readonly string[];
}

const operations: Readonly<Record<string, (c: Case) => unknown>> = {
  matches: (c) => host.hostMatches(c.a, c.b),
  subsetOf: (c) => host.hostSubsetOf(c.a, c.b),
  intersection: (c) => host.hostIntersection(lists(c.a), lists(c.b)),
  namesForNamespace: (c) => host.hostsForNamespace(c.hosts, c.namespace),
  sort: (c) => host.sortHosts(lists(c.in)),
  moreSpecific: (c) => host.moreSpecificHost(c.a, c.b),
  mostSpecificMatch: (c) => host.mostSpecificHostMatch(c.needle, c.hosts) ?? '',
  selector: (c) => ({
    subsetOf: labelsSubsetOf(c.selector ?? undefined, c.labels ?? {}),
    match: labelsMatch(c.selector ?? undefined, c.labels ?? {}),
  }),
  string: (c) => renderLabels(c.labels ?? undefined),
  validate: (c) => areLabels(c.labels ?? {}),
  parse: (c) => (c.in.includes('/') ? (parseSpiffeId(c.in) ?? null) : word(parseProtocol(c.in))),
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
      policyVisibility: c.meshConfig?.serviceEntryVisibility?.applyToSidecars
        ? c.service.serviceEntryVisibility
        : undefined,
    }),
  serviceEntryVisibility: (c) =>
    visibility.serviceEntryVisibility(c.meshConfig?.serviceEntryVisibility, c.namespaceLabels),
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

function lists(value: unknown): readonly string[] {
  return value as readonly string[];
}

function word(protocol: Protocol): string {
  return protocol === 'Unsupported' ? 'UnsupportedProtocol' : protocol;
}

function wanted({ op, expect: value, configOk }: Case): unknown {
  if (op === 'expandTrustDomains') return [...lists(value)].sort();
  return op === 'serviceEntryVisibility' ? { visibility: value, malformed: !configOk } : value;
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
      const want = wanted(entry);
      expect({ name: entry.name, got: run?.(entry) }).toEqual({ name: entry.name, got: want });
    }
  });
});
