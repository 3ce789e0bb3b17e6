import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runIstioctl, type Io } from './index.js';

// example: begin
let printed = '';
const io: Io = {
  writeOut: (text) => void (printed += text),
  writeError: (text) => void (printed += text),
  readStdin: () => Promise.resolve(''),
  readFile: (path) => readFile(path, 'utf8'),
  listFolder: () => Promise.resolve(undefined),
  colors: false,
  now: () => new Date(),
  openMesh: () => {
    throw new Error('this program looks at files only');
  },
};
const status = await runIstioctl(['proxy-config', 'cluster', '-f', 'config_dump.json', '-o', 'json'], io);
// example: end

test('the example of the README is the one above, and runs', async () => {
  const [, example] =
    /example: begin\n([\s\S]*?)\/\/ example: end/.exec(await readFile(import.meta.filename, 'utf8')) ?? [];
  expect(await readFile(join(import.meta.dirname, '../README.md'), 'utf8')).toContain(example);
  // There is no such file here: that is said, in one line.
  expect([status, printed]).toEqual([
    1,
    expect.stringMatching(/^Error: reading the file: .*config_dump\.json.*\n$/),
  ]);
});
