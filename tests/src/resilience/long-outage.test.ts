import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LoadedMesh, pause } from './loaded-mesh.js';

/** Outages of a minute take minutes: asked for with `ISTIO_TS_LONG_OUTAGES=1`. */
const wanted = process.env['ISTIO_TS_LONG_OUTAGES'] === '1';
const outageMs = 60_000;

describe.runIf(wanted)('with certificates of one hour, not one call fails', () => {
  let loaded: LoadedMesh;

  beforeAll(async () => {
    loaded = await LoadedMesh.start({ certificateSeconds: 3600, istiods: 1 });
  }, 120_000);

  afterAll(() => loaded.stop(), 30_000);

  it('when no control plane is there for a minute', async () => {
    const { mesh } = loaded;
    await mesh.must('scale', 'deploy/istiod', '-n', 'istio-system', '--replicas', '0');
    await loaded.editRules();
    await pause(outageMs);
    await loaded.goesOn();
    await mesh.must('scale', 'deploy/istiod', '-n', 'istio-system', '--replicas', '1');
    await loaded.allConnected(1);
    await loaded.lastEditInForce();
    await loaded.goesOn();
  }, 180_000);

  it('when the agents of one of two pods and of the gateway are gone for a minute', async () => {
    const { inside } = loaded;
    const [gateway = ''] = await inside.readyPods('istio-system', 'istio-ingressgateway');
    const [back = ''] = await inside.readyPods('shop', 'back');
    const kill = async (): Promise<void> => {
      await inside.kill(gateway, 'istio-system', 'gateway.js');
      await inside.kill(back, 'shop', 'pilot-agent.js');
    };
    const before = await inside.envoyRecord(back, 'shop');
    const endMs = Date.now() + outageMs;
    while (Date.now() < endMs) {
      await kill();
      await pause(200);
    }
    await loaded.goesOn();
    await loaded.allConnected(1);
    await loaded.editRules();
    await loaded.lastEditInForce();
    expect(await inside.envoyRecord(back, 'shop')).toBe(before);
    await loaded.goesOn();
  }, 180_000);
});
