import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readCases, strayCases } from '../read-cases.js';
import type { Case, Suite } from '../suite.js';
import { nameTableCases } from './name-tables.js';

/** Names: what the control plane tells a proxy, and what the agent's own DNS server answers. */
export const dns: Suite = {
  name: 'dns',
  load: (dir) => [
    ...nameTableCases(dir),
    ...serverFiles.flatMap((file) => serverCases(dir, file)),
    ...strayCases(dir, ['fixture.json', 'name-tables.json', ...serverFiles.map((file) => `${file}.json`)]),
  ],
};

const serverFiles = ['alternate-hosts', 'queries', 'timeouts'];

function serverCases(dir: string, file: string): readonly Case[] {
  const path = join(dir, `${file}.json`);
  if (!existsSync(path)) return [];
  return (readCases(path) as readonly { readonly name: string }[]).map(({ name }) => ({
    name: `${file}/${name}`,
    run: () => ({ kind: 'unsupported', needs: 'a DNS server in the agent' }),
  }));
}
