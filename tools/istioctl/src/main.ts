import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { listFolder } from './list-folder.js';
import { LocalMesh } from './mesh/local-mesh.js';
import { runIstioctl } from './run-istioctl.js';

/** The bundle stands in `tools/istioctl/dist` of the repository that the mesh was started from. */
const usualMesh = resolve(import.meta.dirname, '../../../.istio-ts/mesh');

// npm changes the working directory; file names are meant from where the person stands.
const from = process.env['INIT_CWD'] ?? process.cwd();

const chosenMesh = process.env['LOCALMESH_DATA'] ?? usualMesh;

// A reader such as `head` may leave before the end: that is no failure.
process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => process.exit(code === 'EPIPE' ? 0 : 1));

process.exitCode = await runIstioctl(process.argv.slice(2), {
  writeOut: (words) => void process.stdout.write(words),
  writeError: (words) => void process.stderr.write(words),
  readStdin: () => text(process.stdin),
  readFile: (path) => readFile(resolve(from, path), 'utf8'),
  listFolder: (path) => listFolder(resolve(from, path)),
  colors:
    process.env['FORCE_COLOR'] !== undefined ||
    (process.stdout.isTTY && process.env['NO_COLOR'] === undefined),
  now: () => new Date(),
  openMesh: (dir) => new LocalMesh(resolve(from, dir ?? chosenMesh)),
});
