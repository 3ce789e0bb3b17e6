import { expect, test } from 'vitest';
import { parseStat, parseStatus, readUsage } from './process-usage.js';

test('CPU time is found behind a command with blanks and brackets', () => {
  const stat = `77 (a (b) c) S ${Array.from({ length: 10 }, () => '0').join(' ')} 250 50 7 7`;
  expect(parseStat(stat)).toEqual({ cpuSeconds: 3 });
});

test('memory is read in MiB', () => {
  expect(parseStatus('Name:\tnode\nVmHWM:\t    2048 kB\nVmRSS:\t  512 kB\n', 'VmHWM')).toBe(2);
});

test('this process has a size, one that is gone an error', async () => {
  expect((await readUsage(process.pid)).residentMiB).toBeGreaterThan(1);
  await expect(readUsage(2 ** 30)).rejects.toThrow('cannot read the usage of process');
});
