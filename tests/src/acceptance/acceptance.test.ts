import { envoyComplaint, hasStatsModule } from '@istio-ts/envoy-config/testing';
import { checkInvariants } from '@istio-ts/traffic-simulator';
import { describe, expect, it } from 'vitest';
import { coolstoreStates, goldenStates, universeStates } from './generated-states.js';
import { staticConfig, type NamedState } from './static-config.js';

/**
 * Everything generated is shown to the pinned Envoy. Sidecars load the statistics module, so it must be built
 * (`nx build wasm-filters`, which `npm test` does).
 */
describe.each([
  ['the coolstore', coolstoreStates],
  ['the golden cases', goldenStates],
  ['states of the equality proof', universeStates],
] as const)('what is generated for %s', (_what, read) => {
  const states = read();

  it('holds to what must always hold', () => {
    const faults = states.flatMap(({ name, state }) =>
      checkInvariants(state).map((sentence) => `${name}: ${sentence}`),
    );
    expect(faults).toEqual([]);
  });

  it('is accepted by Envoy', async () => {
    expect(hasStatsModule, 'libs/wasm-filters/dist/stats.wasm is built').toBe(true);
    expect(await complaints(states)).toEqual([]);
  }, 120_000);
});

describe('the check itself', () => {
  it('names the one proxy whose configuration is refused', async () => {
    const [sound, broken] = coolstoreStates();
    if (sound === undefined || broken === undefined) throw new Error('the coolstore has proxies');
    const listeners = broken.state.listeners.map((each) => ({ ...each, statPrefix: '', filterChains: [] }));
    const found = await complaints([sound, { name: 'broken', state: { ...broken.state, listeners } }]);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^broken: /);
  }, 120_000);
});

/** One Envoy is shown all of them; where it complains, halves of them, until it is clear whose it is. */
async function complaints(states: readonly NamedState[]): Promise<readonly string[]> {
  const complaint = await envoyComplaint(staticConfig(states));
  const [first] = states;
  if (complaint === '' || first === undefined) return [];
  if (states.length === 1) return [`${first.name}: ${complaint}`];
  const middle = Math.ceil(states.length / 2);
  return [...(await complaints(states.slice(0, middle))), ...(await complaints(states.slice(middle)))];
}
