import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { StartedMesh } from '../support/started-mesh.js';

/** However a mesh ends, nothing of it is left, and nobody is shown a trace. */
let mesh: StartedMesh | undefined;
afterEach(() => mesh?.clear());

/** Links of the machine that a mesh could have left: it makes its own in a network namespace that ends with it. */
function strayLinks(): readonly string[] {
  const links = execFileSync('ip', ['-o', 'link'], { encoding: 'utf8' });
  return links.split('\n').filter((line) => /\b(mesh0|pod\d+|probe\d)\b/.test(line));
}

async function expectNothingLeft(): Promise<void> {
  await expect.poll(() => mesh?.leftovers(), { timeout: 5000 }).toEqual([]);
  expect(strayLinks()).toEqual([]);
  expect(mesh?.terminal).not.toMatch(/^ {4}at |Error: |node:internal/m);
}

describe('a mesh', () => {
  test.each([
    ['SIGINT', 'in full work', /pod istioinaction\/webapp-\S+: ready/],
    ['SIGTERM', 'while its proxies come up', /pod istio-system\/istiod-\S+: ready/],
    ['SIGHUP', 'while its gateway comes up', /pod istio-system\/istiod-\S+: ready/],
  ] as const)(
    'that gets %s %s ends in order',
    async (signal, _when, words) => {
      mesh = StartedMesh.begin({ args: ['--port', '0'] });
      await mesh.shows(words);
      mesh.signal(signal);
      expect(await mesh.status).toBe(0);
      await expectNothingLeft();
    },
    60_000,
  );

  test('that is ended while its control plane comes up says nothing more', async () => {
    mesh = StartedMesh.begin({ args: ['--port', '0'] });
    await mesh.shows(/^mode /m);
    mesh.signal('SIGINT');
    expect([0, 130]).toContain(await mesh.status);
    await expectNothingLeft();
  }, 60_000);

  test('that is killed leaves nothing that stands in the way of the next', async () => {
    mesh = StartedMesh.begin({ args: ['--port', '0'] });
    await mesh.shows(/pod istio-system\/istiod-\S+: ready/);
    mesh.signal('SIGKILL');
    await mesh.status;
    await expectNothingLeft();
    const killed = mesh;
    expect(existsSync(killed.dataDir)).toBe(true);
    mesh = StartedMesh.begin({ args: ['--port', '0'], dataDir: killed.dataDir });
    await mesh.shows(/pod istio-system\/istiod-\S+: ready/);
    mesh.signal('SIGINT');
    expect(await mesh.status).toBe(0);
    await expectNothingLeft();
    await killed.clear();
  }, 60_000);
});
