import {
  appendFileSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rm } from 'node:fs/promises';
import { afterAll, expect, it } from 'vitest';
import { rotateLogs } from './log-bound.js';

const folder = mkdtempSync(join(tmpdir(), 'log-bound-'));
afterAll(() => rm(folder, { recursive: true }));

it('empties a log that is too long, keeps its lines once, and lets its writer go on', async () => {
  const pod = join(folder, 'shop', 'pod-1');
  mkdirSync(pod, { recursive: true });
  const file = join(pod, 'app.log');
  const writer = openSync(file, 'a');
  writeSync(writer, 'old line\n'.repeat(10));
  appendFileSync(join(pod, 'short.log'), 'short\n');

  await rotateLogs(folder, 50);
  writeSync(writer, 'new line\n');
  closeSync(writer);

  expect(readFileSync(file, 'utf8')).toBe('new line\n');
  expect(readFileSync(`${file}.1`, 'utf8')).toBe('old line\n'.repeat(10));
  expect(readFileSync(join(pod, 'short.log'), 'utf8')).toBe('short\n');
});
