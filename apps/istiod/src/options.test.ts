import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { defaultOptions, optionTable, parseOptions } from './options.js';

test('without flags and variables the defaults hold', () => {
  expect(parseOptions([], {}, '0')).toEqual(defaultOptions);
});

test('flags win over variables, repeated flags add up, and addresses are read', () => {
  const env = { PILOT_CONFIG_DIR: 'x', PILOT_DEBOUNCE_AFTER: '1m30s', ENABLE_DEBUG_ON_HTTP: 'false' };
  const argv = ['--config-dir', 'a', '--config-dir', 'b', '--grpc-addr', '[::1]:1', '--http-addr', ':0'];
  expect(parseOptions(argv, env, '0')).toMatchObject({
    configDirs: ['a', 'b'],
    debounceAfterMs: 90_000,
    debugOnHttp: false,
    grpcAddress: { host: '::1', port: 1 },
    httpAddress: { host: '', port: 0 },
  });
  expect(parseOptions([], env, '0').configDirs).toEqual(['x']);
});

test('a wrong value says what is wrong, in a flag and in a variable', () => {
  expect(() => parseOptions(['--grpc-addr', 'here'], {}, '0')).toThrow('write host:port');
  expect(() => parseOptions(['--nonsense'], {}, '0')).toThrow('unknown option');
  expect(() => parseOptions([], { PILOT_DEBOUNCE_MAX: 'soon' }, '0')).toThrow(
    'environment variable PILOT_DEBOUNCE_MAX: "soon" is not a duration',
  );
  expect(() => parseOptions(['--debounce-max=-1s'], {}, '0')).toThrow('is not a duration');
});

test('the README lists every flag and variable', async () => {
  const readme = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');
  for (const { flag, env } of Object.values(optionTable)) {
    expect(readme).toContain(`\`${flag.split(' ')[0] ?? ''}\``);
    expect(readme).toContain(`\`${env}\``);
  }
});
