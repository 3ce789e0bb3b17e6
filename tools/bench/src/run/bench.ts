import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import { measureConfig } from '../config/measure-config.js';
import { measureFilter, standardPlan } from '../filter/measure-filter.js';
import { Fleets } from '../fleet/fleets.js';
import { encodeRecording } from '../floor/recording.js';
import { missedConfigAims, renderConfigTable } from '../report/config-table.js';
import { missedFilterAims, renderFilterTable } from '../report/filter-table.js';
import { readMachine } from '../report/machine.js';
import { renderRow, renderTable } from '../report/terminal-table.js';
import {
  writeConfigDocumentation,
  writeDocumentation,
  writeFilterDocumentation,
} from '../report/write-documentation.js';
import { ManifestFolder } from '../scenario/manifest-folder.js';
import { meshFiles, namespaceNames } from '../scenario/mesh-manifests.js';
import { sizeName, type Size } from '../scenario/sizes.js';
import { usage, type BenchOptions } from './bench-options.js';
import { IstiodProcess } from './istiod-process.js';
import { measureFloor } from './measure-floor.js';
import { IstiodMeasurement } from './measure-istiod.js';
import type { SizeResult } from './results.js';

/** The repository: the bundle lies in `tools/bench/dist`. */
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const outputDir = join(root, '.cache', 'bench');

/** Runs all sizes; prints, keeps and, if asked, documents the figures. */
export async function runBench(options: BenchOptions): Promise<void> {
  if (options.help) {
    say(usage);
    return;
  }
  await mkdir(outputDir, { recursive: true });
  const runs = { proxies: benchProxies, config: benchConfig, filter: benchFilter } as const;
  for (const part of options.parts) await runs[part](options);
}

async function benchProxies(options: BenchOptions): Promise<void> {
  const program = join(root, 'apps/istiod/dist/istiod.js');
  if (!existsSync(program)) {
    throw new MeshError(MeshErrorCode.Usage, `${program} is missing: build it with "npx nx build istiod"`);
  }
  const machine = readMachine();
  const results: SizeResult[] = [];
  for (const size of options.sizes) {
    say(`\n${size.shape.services} services, ${size.clients} proxies\n`);
    const result = await measureSize(size, program, options);
    results.push(result);
    say(`\n${renderTable(result)}\n`);
    await keep(sizeName(size), { machine, result });
  }
  if (options.write) await writeDocumentation(join(root, 'docs'), machine, results);
}

async function benchConfig({ write }: BenchOptions): Promise<void> {
  const machine = readMachine();
  say('\nreading configuration\n');
  const rows = measureConfig();
  say(`\n${renderConfigTable(rows)}\n`);
  for (const missed of missedConfigAims(rows)) say(`missed: ${missed}\n`);
  await keep('config', { machine, rows });
  if (write) await writeConfigDocumentation(join(root, 'docs'), machine, rows);
}

async function benchFilter({ write }: BenchOptions): Promise<void> {
  const machine = readMachine();
  say('\nthe statistics filter\n');
  const figures = await measureFilter(root, standardPlan);
  say(`\n${renderFilterTable(figures)}\n`);
  for (const missed of missedFilterAims(figures)) say(`missed: ${missed}\n`);
  await keep('filter', { machine, ...figures });
  if (write) await writeFilterDocumentation(join(root, 'docs'), machine, figures);
}

async function keep(name: string, figures: object): Promise<void> {
  const file = join(outputDir, `${name}.json`);
  await writeFile(file, `${JSON.stringify(figures, undefined, 2)}\n`);
  say(`kept in ${file}\n`);
}

async function measureSize(size: Size, program: string, { profile }: BenchOptions): Promise<SizeResult> {
  const { shape, clients } = size;
  const folder = await ManifestFolder.create(meshFiles(shape));
  const fleets = await Fleets.start(clients, namespaceNames(shape));
  try {
    const recordingFile = folder.beside('recording');
    const istiod = await measureIstiod({ folder, fleets, size, program, profile }, recordingFile);
    const floor = await measureFloor(fleets, recordingFile, shape);
    return { services: shape.services, clients, istiod, floor };
  } finally {
    fleets.stop();
    await folder.remove();
  }
}

interface IstiodRun {
  readonly folder: ManifestFolder;
  readonly fleets: Fleets;
  readonly size: Size;
  readonly program: string;
  readonly profile: boolean;
}

async function measureIstiod(run: IstiodRun, recordingFile: string): Promise<SizeResult['istiod']> {
  const { folder, fleets, size, program, profile } = run;
  const startedAt = performance.now();
  const istiod = await IstiodProcess.start({
    program,
    folder,
    logFile: join(outputDir, `istiod-${sizeName(size)}.log`),
    profileDir: profile ? join(outputDir, 'profile') : undefined,
  });
  const startSeconds = (performance.now() - startedAt) / 1000;
  try {
    const report = (row: Parameters<typeof renderRow>[0], measured: Parameters<typeof renderRow>[1]): void =>
      say(`  ${renderRow(row, measured)}\n`);
    const measurement = new IstiodMeasurement({ istiod, fleets, folder, shape: size.shape, report });
    const result = await measurement.run(startSeconds);
    await writeFile(recordingFile, encodeRecording(measurement.recording));
    await fleets.disconnect();
    return result;
  } finally {
    await istiod.stop();
  }
}

function say(text: string): void {
  process.stdout.write(text);
}
