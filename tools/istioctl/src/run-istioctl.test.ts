import { expect, test } from 'vitest';
import { istioctl } from './testing/run-for-test.js';
import { shopDump } from './testing/shop-dump.js';

const run = (line: string) => istioctl(line, { files: { 'dump.json': shopDump } });

test.each([
  ['pc c', 'name either a workload'],
  ['pc c web -f dump.json', 'name either a workload'],
  ['pc c -f nothing.json', 'reading the file'],
  ['pc c nobody', 'unable to retrieve Pod: pods "nobody" not found'],
  ['pc c -f dump.json --port eighty', 'invalid argument "eighty" for "--port" flag'],
  ['pc c -f dump.json -o xml', 'Allowed choices are short, json, yaml'],
  ['pc c -f dump.json --color', "unknown option '--color'"],
  ['pc colour', 'unknown command "colour" for "istioctl proxy-config"'],
  ['fly', 'unknown command "fly" for "istioctl"'],
])('%s: exit status 1 and one clear line', async (line, message) => {
  const { status, out, error } = await run(line);
  expect({ status, out }).toEqual({ status: 1, out: '' });
  expect(error).toMatch(/^Error: .*\n/);
  expect(error).toContain(message);
});

test('help comes from the table of commands', async () => {
  const group = await run('proxy-config');
  expect(group.status).toBe(0);
  expect(group.out).toContain('A group of commands used to retrieve information about');
  expect(group.out).toMatch(/^ +endpoint/m);
  expect(group.out).not.toMatch(/^ +eds/m);
  const command = await run('pc listener --help');
  expect(command).toMatchObject({ status: 0, error: '' });
  expect(command.out).toMatch(/Aliases:\n {2}listeners, l\n/);
  expect(command.out).toContain('istioctl pc l deploy/webapp --port 15006 -o yaml');
});
