import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
export const repository = join(import.meta.dirname, '../../..');

/** Libraries that other people install, in the order of their layers. */
export const packages = ['foundation', 'config-model', 'xds-types', 'wasm-filters'] as const;
export type PackageName = (typeof packages)[number];

export type Resolution =
  | { readonly module: 'nodenext' }
  | { readonly module: 'preserve'; readonly moduleResolution: 'bundler'; readonly noEmit: true };

/** Somebody else's project: nothing of this repository reaches it but the packed archives. */
export class EmptyProject {
  private constructor(readonly folder: string) {}

  /** Packs the libraries (from Nx's cache where nothing changed) and installs the archives together with npm. */
  static async create(): Promise<EmptyProject> {
    const archives = await packAll();
    const project = new EmptyProject(await mkdtemp(join(tmpdir(), 'istio-ts-packages-')));
    await project.write('package.json', JSON.stringify({ name: 'mine', private: true, type: 'module' }));
    await project.run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', ...archives]);
    return project;
  }

  async write(path: string, text: string): Promise<void> {
    await writeFile(join(this.folder, path), text);
  }

  /** Standard output of a command; rejects with all that it wrote where it fails. */
  async run(command: string, args: readonly string[]): Promise<string> {
    return output(command, args, this.folder);
  }

  /**
   * `tsc` over all files, as strict as it gets and through the declarations of the packages too; '' where all is well.
   *
   * @param resolution how packages are looked up, and what comes out for them
   */
  async typeErrors(resolution: Resolution): Promise<string> {
    const compilerOptions = {
      strict: true,
      ...resolution,
      target: 'es2023',
      skipLibCheck: false,
      types: [],
      outDir: 'out',
    };
    await this.write('tsconfig.json', JSON.stringify({ compilerOptions, include: ['*.ts'] }));
    const tsc = join(repository, 'node_modules/typescript/bin/tsc');
    return this.run(process.execPath, [tsc, '-p', '.', '--pretty', 'false']).catch(String);
  }
}

async function packAll(): Promise<readonly string[]> {
  const nx = join(repository, 'node_modules/nx/dist/bin/nx.js');
  const args = [nx, 'run-many', '-t', 'pack', '-p', packages.join(','), '--outputStyle=static'];
  await output(process.execPath, args, repository);
  const builds = packages.map((name) => join(repository, 'libs', name, 'build'));
  const files = await Promise.all(builds.map((build) => readdir(build)));
  return builds.flatMap((build, index) =>
    (files[index] ?? []).filter((file) => file.endsWith('.tgz')).map((file) => join(build, file)),
  );
}

async function output(command: string, args: readonly string[], cwd: string): Promise<string> {
  // What this workspace tells its own programs must not reach the project: above all the condition of our sources.
  const { NODE_OPTIONS: _conditions, ...env } = process.env;
  const quiet = { NX_DAEMON: 'false', NX_TUI: 'false', NX_NO_CLOUD: 'true' };
  try {
    const { stdout } = await run(command, args, { cwd, env: { ...env, ...quiet }, maxBuffer: 64 << 20 });
    return stdout.trim();
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { readonly stdout?: string; readonly stderr?: string };
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error });
  }
}

/** The first block of a language in a README: its example. */
export async function readmeExample(name: PackageName, language: string): Promise<string> {
  const readme = await readFile(join(repository, 'libs', name, 'README.md'), 'utf8');
  const example = new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``, 'u').exec(readme)?.[1];
  if (example === undefined) throw new Error(`the README of ${name} has no ${language} example`);
  return example;
}
