import type { EnvoyFilterSpec, PathKey } from '@istio-ts/config-model';
import type { ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';

type EnvoyFilter = ObjectOf<'EnvoyFilter'>;
type Patch = NonNullable<EnvoyFilterSpec['configPatches']>[number];

const replaceable: readonly string[] = ['HTTP_FILTER', 'NETWORK_FILTER', 'VIRTUAL_HOST'];
const wholeRoutes: readonly string[] = ['ROUTE_CONFIGURATION', 'HTTP_ROUTE'];
const relativeInserts: readonly string[] = ['INSERT_BEFORE', 'INSERT_AFTER'];

export const envoyPatchAnalyzer = defineAnalyzer({
  name: 'envoyfilter.EnvoyPatchAnalyzer',
  summary: 'the operations of EnvoyFilter patches do something, whatever came before',
  each: ['EnvoyFilter'],
  analyze: (filter) => {
    const patches = filter.spec.configPatches ?? [];
    const versioned = new Set(patches.filter(isForVersion).map(subjectOf));
    return patches.flatMap((patch, index) => {
      const path = ['spec', 'configPatches', index, 'patch', 'operation'];
      const isVersioned = isForVersion(patch) || (subjectOf(patch) !== '' && versioned.has(subjectOf(patch)));
      return judge(filter, patch, { path, isVersioned });
    });
  },
});

interface Place {
  readonly path: readonly PathKey[];
  /** Whether this patch, or another for the same filter, is for some versions of the proxy only. */
  readonly isVersioned: boolean;
}

function judge(filter: EnvoyFilter, { applyTo = 'INVALID', patch }: Patch, place: Place): readonly Finding[] {
  const operation = patch?.operation ?? '';
  const { path } = place;
  if (operation === 'REPLACE') {
    if (replaceable.includes(applyTo)) return relative(filter, place);
    return [finding('EnvoyFilterUsesReplaceOperationIncorrectly', filter, {}, path)];
  }
  if (operation === 'ADD' && wholeRoutes.includes(applyTo))
    return [finding('EnvoyFilterUsesAddOperationIncorrectly', filter, {}, path)];
  if (operation === 'REMOVE' && wholeRoutes.includes(applyTo))
    return [finding('EnvoyFilterUsesRemoveOperationIncorrectly', filter, {}, path)];
  return relativeInserts.includes(operation) ? relative(filter, place) : [];
}

function relative(filter: EnvoyFilter, { path, isVersioned }: Place): readonly Finding[] {
  if ((filter.spec.priority ?? 0) !== 0) return [];
  const always = finding('EnvoyFilterUsesRelativeOperation', filter, {}, path);
  if (!isVersioned) return [always];
  return [always, finding('EnvoyFilterUsesRelativeOperationWithProxyVersion', filter, {}, path)];
}

function isForVersion({ match }: Patch): boolean {
  return (match?.proxy?.proxyVersion ?? '') !== '';
}

/** The filter that a patch is about. */
function subjectOf({ match }: Patch): string {
  const { filter } = match?.listener?.filterChain ?? {};
  return [filter?.name, filter?.subFilter?.name].filter((name) => name !== undefined).join(' ');
}
