import type { EnvoyFilterSpec, PathKey } from '@istio-ts/config-model';
import { objectKey, type ObjectOf } from '../analyzed-object.js';
import { defineAnalyzer, type World } from '../analyzer.js';
import { finding, type Finding } from '../finding.js';
import { defineIndex } from '../object-index.js';

type EnvoyFilter = ObjectOf<'EnvoyFilter'>;
type Patch = NonNullable<EnvoyFilterSpec['configPatches']>[number];

const replaceable: readonly string[] = ['HTTP_FILTER', 'NETWORK_FILTER', 'VIRTUAL_HOST'];
const wholeRoutes: readonly string[] = ['ROUTE_CONFIGURATION', 'HTTP_ROUTE'];
const relativeOperations: readonly string[] = ['INSERT_BEFORE', 'INSERT_AFTER', 'REPLACE', 'REMOVE'];

const byVersionedSubject = defineIndex(
  'EnvoyFilters with a patch for some versions, by what it patches',
  ['EnvoyFilter'],
  ({ spec }) => [...new Set((spec.configPatches ?? []).filter(isForVersion).map(subjectOf))],
);

export const envoyPatchAnalyzer = defineAnalyzer({
  name: 'envoyfilter.EnvoyPatchAnalyzer',
  summary: 'the operations of EnvoyFilter patches do something, whatever came before',
  each: ['EnvoyFilter'],
  analyze: (filter, world) => {
    const patches = filter.spec.configPatches ?? [];
    // A patch without an operation ends what Istio looks at.
    const end = patches.findIndex(({ patch }) => patch === undefined);
    return patches.slice(0, end === -1 ? undefined : end).flatMap((patch, index) => {
      const path = ['spec', 'configPatches', index, 'patch', 'operation'];
      const fault = misuse(filter, patch, path);
      if (fault !== undefined) return [fault];
      if (!relativeOperations.includes(patch.patch?.operation ?? '')) return [];
      return relative(filter, { path, isVersioned: followsVersioned(filter, index, world) });
    });
  },
});

function misuse(
  filter: EnvoyFilter,
  { applyTo = 'INVALID', patch }: Patch,
  path: readonly PathKey[],
): Finding | undefined {
  const operation = patch?.operation ?? '';
  if (operation === 'REPLACE' && !replaceable.includes(applyTo))
    return finding('EnvoyFilterUsesReplaceOperationIncorrectly', filter, {}, path);
  if (operation === 'ADD' && wholeRoutes.includes(applyTo))
    return finding('EnvoyFilterUsesAddOperationIncorrectly', filter, {}, path);
  if (operation === 'REMOVE' && wholeRoutes.includes(applyTo))
    return finding('EnvoyFilterUsesRemoveOperationIncorrectly', filter, {}, path);
  return undefined;
}

interface Place {
  readonly path: readonly PathKey[];
  readonly isVersioned: boolean;
}

/** The one that knows more is said instead of the other. */
function relative(filter: EnvoyFilter, { path, isVersioned }: Place): readonly Finding[] {
  if ((filter.spec.priority ?? 0) !== 0) return [];
  return [
    isVersioned
      ? finding('EnvoyFilterUsesRelativeOperationWithProxyVersion', filter, {}, path)
      : finding('EnvoyFilterUsesRelativeOperation', filter, {}, path),
  ];
}

/** Whether a patch before this one, here or in an EnvoyFilter with an earlier name, is for the same and for some versions only. */
function followsVersioned(filter: EnvoyFilter, index: number, world: World): boolean {
  const patches = filter.spec.configPatches ?? [];
  const subject = subjectOf(patches[index]);
  if (patches.slice(0, index).some((each) => isForVersion(each) && subjectOf(each) === subject)) return true;
  return world.find(byVersionedSubject, subject).some((other) => objectKey(other) < objectKey(filter));
}

function isForVersion({ match }: Patch): boolean {
  return (match?.proxy?.proxyVersion ?? '') !== '';
}

/** What a patch is about: the name that it gives, else the filter that it looks for. */
function subjectOf({ match, patch }: Patch = {}): string {
  const { value } = patch ?? {};
  if (value === undefined) return '';
  const { name } = value;
  return typeof name === 'string' ? name : (match?.listener?.filterChain?.filter?.name ?? '');
}
