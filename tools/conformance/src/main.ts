import { readdirSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { Command } from 'commander';
import { MeshError } from '@istio-ts/foundation';
import { knownDifferences } from './known-differences.js';
import { renderJson, renderTable } from './render-report.js';
import { isExplained, runSuites } from './run-suites.js';
import { suites } from './suites.js';

interface Options {
  readonly dir: string;
  readonly suite?: string;
  readonly output: string;
}

const command = new Command('conformance')
  .description('Runs folders of conformance cases through the libraries.')
  .requiredOption('--dir <dir>', 'folder with one sub-folder a suite')
  .option('--suite <name>', 'only this suite')
  .option('-o, --output <form>', 'table or json', 'table')
  .action(async (options: Options) => {
    process.exitCode = await run(options);
  });

/** Exit status: 0 where every difference has a reason, 1 where one has not, 2 where nothing could be run. */
async function run({ dir, suite, output }: Options): Promise<number> {
  const chosen = suites.filter(({ name }) => suite === undefined || name === suite);
  if (chosen.length === 0)
    return fail(`no suite "${suite ?? ''}"; there are: ${suites.map(({ name }) => name).join(', ')}`);
  const folder = resolve(process.env['INIT_CWD'] ?? '.', dir);
  const names = foldersOf(folder);
  const reports = await runSuites(folder, chosen, knownDifferences);
  if (reports.length === 0)
    return fail(
      `no folder of a wired suite under ${folder}, which must bear the suite’s name\n${unwired(names)}`.trimEnd(),
    );
  process.stdout.write(output === 'json' ? renderJson(reports) : `${renderTable(reports)}\n`);
  if (suite === undefined && !suites.some(({ name }) => name === basename(folder)))
    process.stderr.write(unwired(names));
  return isExplained(reports) ? 0 : 1;
}

/** A line that says which folders are of no suite that is wired; '' where there is none. */
function unwired(names: readonly string[]): string {
  const unknown = names.filter((name) => !suites.some((each) => each.name === name));
  return unknown.length === 0 ? '' : `not wired: ${unknown.join(', ')}\n`;
}

function foldersOf(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? [entry.name] : [],
    );
  } catch (error) {
    throw MeshError.from(error, `reading ${folder}`);
  }
}

function fail(message: string): number {
  process.stderr.write(`${message}\n`);
  return 2;
}

try {
  await command.parseAsync();
} catch (error) {
  process.exitCode = fail(MeshError.from(error).message);
}
