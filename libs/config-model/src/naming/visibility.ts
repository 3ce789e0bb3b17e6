import { parseScopedHost } from './host.js';
import { selectorMatches, type ExpressionSelector, type Labels } from './labels.js';
import { serviceOfHost } from './short-names.js';

/**
 * `exportTo`: from which namespaces a service, route or policy is seen. `*` everywhere, `.` the own namespace, `~` nowhere
 * (services only), else a namespace's name. An empty list means the default of the mesh, else everywhere.
 */
export interface ExportOptions {
  /** Namespace of the exporting object. */
  readonly namespace: string;
  readonly exportTo: readonly string[] | undefined;
  /** The mesh's default for this kind (`defaultServiceExportTo`, …); absent counts as `['*']`. */
  readonly defaultExportTo?: readonly string[] | undefined;
}

export function isVisibleFrom(
  from: string,
  { namespace, exportTo, defaultExportTo }: ExportOptions,
): boolean {
  const targets = exportTo && exportTo.length > 0 ? exportTo : (defaultExportTo ?? ['*']);
  if (targets.length === 0) return true;
  if (targets.includes('~')) return false;
  return targets.includes('*') || targets.includes(from) || (targets.includes('.') && from === namespace);
}

/** Whether an `exportTo` list reaches every namespace. */
export function exportsToAll(exportTo: readonly string[]): boolean {
  return exportTo.length === 0 || exportTo.includes('*');
}

/** Reads the annotation `networking.istio.io/exportTo` of a Kubernetes Service: absolute names, `*` where it is empty. */
export function parseExportToAnnotation(annotation: string, namespace: string): readonly string[] {
  if (annotation.trim() === '') return ['*'];
  return annotation
    .split(',')
    .map((target) => target.trim())
    .map((target) => (target === '.' ? namespace : target));
}

/** Whether a `namespace/host` is about services seen from a namespace; `.` is the namespace of the host itself. */
export function isScopedHostVisible(scopedHost: string, from: string): boolean {
  const { namespace: scope = '*', host } = parseScopedHost(scopedHost);
  if (scope === '.') return serviceOfHost(host, from).namespace === from;
  return scope === '*' || scope === from;
}

/** How far the mesh lets ServiceEntries of a namespace be seen (`meshConfig.serviceEntryVisibility`). */
export type ServiceEntryVisibility = 'PUBLIC' | 'NAMESPACE' | 'NONE';

export interface ServiceEntryVisibilityPolicy {
  readonly applyToSidecars?: boolean;
  readonly defaultVisibility?: string;
  readonly policies?: readonly {
    readonly visibility?: string;
    readonly matchingRules?: readonly { readonly namespaceSelector?: ExpressionSelector }[];
  }[];
}

/** The first policy with a matching rule decides. `malformed`: some selector cannot be read, and its rule never matches. */
export function serviceEntryVisibility(
  policy: ServiceEntryVisibilityPolicy | undefined,
  namespaceLabels: Labels,
): { readonly visibility: ServiceEntryVisibility; readonly malformed: boolean } {
  let malformed = false;
  let found: string | undefined;
  for (const { visibility, matchingRules = [] } of policy?.policies ?? []) {
    for (const { namespaceSelector = {} } of matchingRules) {
      const outcome = selectorMatches(namespaceSelector, namespaceLabels);
      malformed ||= outcome === undefined;
      if (outcome === true) found ??= visibility ?? 'UNSET';
    }
  }
  return { visibility: visibilityWord(found ?? policy?.defaultVisibility), malformed };
}

/** A service is seen where its `exportTo` and the mesh's policy for its namespace both let it be seen. */
export function isServiceVisible(
  from: string,
  service: ExportOptions & { readonly policyVisibility?: ServiceEntryVisibility | undefined },
): boolean {
  if (service.policyVisibility === 'NONE') return false;
  if (service.policyVisibility === 'NAMESPACE' && from !== service.namespace) return false;
  return isVisibleFrom(from, service);
}

function visibilityWord(word: string | undefined): ServiceEntryVisibility {
  return word === 'NAMESPACE' || word === 'NONE' ? word : 'PUBLIC';
}
