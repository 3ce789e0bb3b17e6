import { analyzeSnapshot, type Analysis } from '@istio-ts/config-analysis';
import type { Resource } from '@istio-ts/config-model';
import { invariant } from '@istio-ts/foundation';
import { analysedMesh, meshSize } from './analysed-mesh.js';
import type { ConfigRow } from './config-row.js';
import { slowestOf, timed } from './timed.js';

/** Analysis of a whole mesh, and of the changes of single objects in it. */
export function measureAnalysis(): readonly ConfigRow[] {
  const objects = analysedMesh();
  invariant(objects.length === meshSize, 'the mesh has the size that its row names');
  let analysis: Analysis | undefined;
  const whole = timed(`analysis of ${meshSize} objects of 12 kinds`, 2_000, () => {
    analysis = analyzeSnapshot(objects);
    return [analysis.issues.length > 0];
  });
  return [whole, ...(analysis === undefined ? [] : measureChanges(analysis, objects))];
}

/** One object of each kind is taken away and comes back, some of them with much that looked at them. */
function measureChanges(analysis: Analysis, objects: readonly Resource[]): readonly ConfigRow[] {
  const kinds = new Map(objects.map((object) => [object.kind, object]));
  const rows = [...kinds].map(([kind, object]) => {
    const change = (name: string): ConfigRow =>
      timed(name, 20, () => {
        analysis.apply([{ before: object }]);
        analysis.apply([{ after: object }]);
        return [true];
      });
    // The first is slow for the compiler's sake.
    change(kind);
    const { ms, cpuMs, ...row } = change(`one change in them: a ${kind} (the slowest)`);
    return { ...row, ms: ms / 2, cpuMs: cpuMs / 2 };
  });
  return [slowestOf(rows)];
}
