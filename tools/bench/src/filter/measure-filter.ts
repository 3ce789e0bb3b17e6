import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshError } from '@istio-ts/foundation';
import { emptyModule } from './empty-module.js';
import { openFilterBed, type Variant } from './filter-bed.js';
import { measureCpu, standardLoad, type LoadPlan, type VariantCpu } from './measure-cpu.js';
import { measureMemory, standardMemory, type MemoryPlan, type MemoryRow } from './measure-memory.js';

/** What the statistics filter costs an Envoy. */
export interface FilterFigures {
  readonly load: LoadPlan;
  /** The first is an Envoy without a filter. */
  readonly cpu: readonly VariantCpu[];
  readonly memory: readonly MemoryRow[];
}

export interface FilterPlan {
  readonly load: LoadPlan;
  readonly memory: MemoryPlan;
}

export const standardPlan: FilterPlan = { load: standardLoad, memory: standardMemory };

/** `root` is the repository, with the module built. Throws a MeshError where there is no Envoy or no module. */
export async function measureFilter(root: string, { load, memory }: FilterPlan): Promise<FilterFigures> {
  const stats: Variant = { name: 'stats', module: await statsModule(root) };
  const bare: Variant = { name: 'none', module: undefined };
  const empty: Variant = { name: 'empty', module: emptyModule() };
  const cpu = await inBed(root, [bare, empty, stats], (bed) => measureCpu(bed, load));
  return { load, cpu, memory: await inBed(root, [stats], (bed) => measureMemory(bed, memory)) };
}

async function inBed<T>(
  root: string,
  variants: readonly Variant[],
  measure: (bed: Awaited<ReturnType<typeof openFilterBed>>) => Promise<T>,
): Promise<T> {
  const bed = await openFilterBed(root, variants);
  try {
    return await measure(bed);
  } finally {
    await bed.close();
  }
}

async function statsModule(root: string): Promise<Uint8Array> {
  try {
    return await readFile(join(root, 'libs/wasm-filters/dist/stats.wasm'));
  } catch (error) {
    throw MeshError.from(error, 'build the filter with "npx nx build wasm-filters"');
  }
}
