import type { Place } from '../place.js';

const dnsLabel = /^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/u;

export interface ExportRules {
  /** The object's own namespace, which `.` means. */
  readonly namespace: string;
  /** `~`, nowhere: for services only. */
  readonly noneAllowed?: boolean;
}

export function isNamespaceName(name: string): boolean {
  return dnsLabel.test(name);
}

export function checkExportTo(
  exportTo: readonly string[] | undefined,
  rules: ExportRules,
  place: Place,
): void {
  const seen = new Set<string>();
  for (const [index, target] of (exportTo ?? []).entries()) {
    const at = place.at(index);
    const meant = target === '.' ? rules.namespace : target;
    if (seen.has(meant)) at.error(`${JSON.stringify(target)} stands here twice`);
    seen.add(meant);
    checkTarget(target, rules, at);
  }
  if (seen.size < 2) return;
  for (const word of ['*', '~']) {
    if (seen.has(word)) place.error(`${JSON.stringify(word)} cannot be combined with other namespaces`);
  }
}

function checkTarget(target: string, { noneAllowed = false }: ExportRules, place: Place): void {
  if (target === '~' && !noneAllowed) place.error('"~" (nowhere) is for ServiceEntry only');
  else if (!['*', '.', '~'].includes(target) && !isNamespaceName(target)) {
    place.error(`${JSON.stringify(target)} is not a namespace; use a name, "." (own) or "*" (all)`);
  }
}
