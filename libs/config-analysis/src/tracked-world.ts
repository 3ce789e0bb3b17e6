import { defaultMeshConfig, type MeshConfig } from '@istio-ts/config-model';
import { invariant } from '@istio-ts/foundation';
import type { AnalyzedKind, ObjectOf } from './analyzed-object.js';
import type { AnalysisSettings, World } from './analyzer.js';
import { everyIndex, nameIndex, type ObjectIndex } from './object-index.js';
import type { Cell, ObjectTables } from './object-tables.js';
import type { Run } from './run.js';

/** The objects, seen by one run: whatever it looks up is written down as something that it depends on. */
export class TrackedWorld implements World {
  constructor(
    private readonly tables: ObjectTables<Run>,
    private readonly run: Run,
    readonly settings: AnalysisSettings,
  ) {}

  meshConfig = (): MeshConfig =>
    this.get('MeshConfig', this.settings.systemNamespace, meshConfigName)?.spec ?? defaultMeshConfig;

  get<K extends AnalyzedKind>(kind: K, namespace: string, name: string): ObjectOf<K> | undefined {
    return this.find(nameIndex(kind), `${namespace}/${name}`)[0];
  }

  all<K extends AnalyzedKind>(kind: K): readonly ObjectOf<K>[] {
    return this.find(everyIndex(kind), '');
  }

  find<K extends AnalyzedKind>(index: ObjectIndex<K>, key: string): readonly ObjectOf<K>[] {
    const { analyzer } = this.run;
    for (const kind of index.kinds) {
      invariant(analyzer.reads.has(kind), `${analyzer.name} declares that it reads ${kind}`);
    }
    const cell = this.tables.cell(index, key);
    this.track(cell);
    // The index is of these kinds, and keeps no others.
    return cell.objects as unknown as readonly ObjectOf<K>[];
  }

  track(cell: Cell<Run>): void {
    cell.readers.add(this.run);
    this.run.reads.add(cell);
  }
}

/** Names under which the settings of the mesh are among the objects, in the namespace of the control plane. */
export const meshConfigName = 'meshconfig';
export const meshNetworksName = 'meshnetworks';
