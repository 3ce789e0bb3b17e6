import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  areLabels,
  expandTrustDomains,
  exportsToAll,
  hostIntersection,
  hostMatches,
  hostsForNamespace,
  hostSubsetOf,
  isHttp,
  isScopedHostVisible,
  isServiceVisible,
  labelsMatch,
  labelsSubsetOf,
  moreSpecificHost,
  mostSpecificHostMatch,
  parseExportToAnnotation,
  parseGeneratedSni,
  parseProtocol,
  renderLabels,
  renderScopedHost,
  resolveShortName,
  selectProtocol,
  serviceEntryVisibility,
  serviceOfHost,
  sortHosts,
  type Labels,
  type Protocol,
  type ServiceEntryVisibility,
  type ServiceEntryVisibilityPolicy,
} from '@istio-ts/config-model';
import { parseSpiffeId, renderSpiffeId } from '@istio-ts/foundation';
import { readCases, strayCases } from '../read-cases.js';
import { compare, type CaseOutcome, type Suite } from '../suite.js';

/** The fields of all operations; each uses some. */
interface NamingCase {
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
    readonly serviceEntryVisibility?: ServiceEntryVisibility;
  };
  readonly meshConfig?: { readonly serviceEntryVisibility?: ServiceEntryVisibilityPolicy };
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

type Operation = (given: NamingCase) => unknown;

const hostOperations: Readonly<Record<string, Operation>> = {
  matches: ({ a, b }) => hostMatches(a, b),
  subsetOf: ({ a, b }) => hostSubsetOf(a, b),
  intersection: ({ a, b }) => hostIntersection(asList(a), asList(b)),
  namesForNamespace: ({ hosts, namespace }) => hostsForNamespace(hosts, namespace),
  sort: (given) => sortHosts(asList(given.in)),
  moreSpecific: ({ a, b }) => moreSpecificHost(a, b),
  mostSpecificMatch: ({ needle, hosts }) => mostSpecificHostMatch(needle, hosts) ?? '',
};

const labelOperations: Readonly<Record<string, Operation>> = {
  selector: ({ selector, labels }) => ({
    subsetOf: labelsSubsetOf(selector ?? undefined, labels ?? {}),
    match: labelsMatch(selector ?? undefined, labels ?? {}),
  }),
  string: ({ labels }) => renderLabels(labels ?? undefined),
  validate: ({ labels }) => areLabels(labels ?? {}),
};

const protocolOperations: Readonly<Record<string, Operation>> = {
  parse: (given) => protocolWord(parseProtocol(given.in)),
  isHTTP: (given) => isHttp(parseProtocol(given.in)),
  servicePort: ({ port, portName: name, protocol, appProtocol }) =>
    protocolWord(selectProtocol({ port, name, protocol, appProtocol: appProtocol ?? undefined })),
};

const visibilityOperations: Readonly<Record<string, Operation>> = {
  isVisible: ({ fromNamespace, service, defaultServiceExportTo, meshConfig }) =>
    isServiceVisible(fromNamespace, {
      namespace: service.namespace,
      exportTo: service.exportTo ?? undefined,
      defaultExportTo: defaultServiceExportTo,
      policyVisibility: meshConfig?.serviceEntryVisibility?.applyToSidecars
        ? service.serviceEntryVisibility
        : undefined,
    }),
  serviceEntryVisibility: ({ meshConfig, namespaceLabels }) => {
    const { visibility, malformed } = serviceEntryVisibility(
      meshConfig?.serviceEntryVisibility,
      namespaceLabels,
    );
    return { visibility, configOk: !malformed };
  },
  exportsToAll: ({ exportTo }) => exportsToAll(exportTo),
  exportToAnnotation: ({ annotation, namespace }) => parseExportToAnnotation(annotation, namespace),
  scopedHostVisible: ({ host, namespace }) => isScopedHostVisible(host, namespace),
};

const shortNameOperations: Readonly<Record<string, Operation>> = {
  shortNameToFQDN: ({ host, namespace, domain }) => resolveShortName(host, namespace, domain),
  parseGeneratedSNI: (given) => parseGeneratedSni(given.in) ?? null,
  hostToResource: ({ host, namespace }) => serviceOfHost(host, namespace),
  scopedHost: ({ scope, host, namespace }) =>
    renderScopedHost(scope, { host, namespace, domain: 'cluster.local' }),
};

const spiffeOperations: Readonly<Record<string, Operation>> = {
  build: (given) => (given.namespace === '' || given.serviceAccount === '' ? null : renderSpiffeId(given)),
  buildLenient: (given) => renderSpiffeId(given),
  parse: (given) => parseSpiffeId(given.in) ?? null,
  expandTrustDomains: ({ identities, trustDomains }) =>
    [...expandTrustDomains(identities, trustDomains)].sort(),
};

/** Operations have one name in two files (`parse`), so each file has its own table. */
const files: Readonly<Record<string, Readonly<Record<string, Operation>>>> = {
  'hosts.json': hostOperations,
  'labels.json': labelOperations,
  'protocols.json': protocolOperations,
  'short-names.json': shortNameOperations,
  'spiffe.json': spiffeOperations,
  'visibility.json': visibilityOperations,
};

export const hostAndNaming: Suite = {
  name: 'host-and-naming',
  load: (dir) => [
    ...Object.entries(files)
      .filter(([file]) => existsSync(join(dir, file)))
      .flatMap(([file, operations]) =>
        (readCases(join(dir, file)) as readonly NamingCase[]).map((given) => ({
          name: `${file.replace('.json', '')}/${given.name}`,
          run: () => runCase(given, operations[given.op]),
        })),
      ),
    ...strayCases(dir, Object.keys(files)),
  ],
};

function runCase(given: NamingCase, operation: Operation | undefined): CaseOutcome {
  if (operation === undefined) return { kind: 'unsupported', needs: `the operation ${given.op}` };
  return compare(wanted(given), operation(given));
}

/** Sets are compared sorted; a visibility outcome together with whether its rule is well formed. */
function wanted({ op, expect, configOk }: NamingCase): unknown {
  if (op === 'expandTrustDomains') return [...asList(expect)].sort();
  return op === 'serviceEntryVisibility' ? { visibility: expect, configOk } : expect;
}

/** The cases give lists under names that are texts in other operations. */
function asList(value: unknown): readonly string[] {
  return value as readonly string[];
}

function protocolWord(protocol: Protocol): string {
  return protocol === 'Unsupported' ? 'UnsupportedProtocol' : protocol;
}
