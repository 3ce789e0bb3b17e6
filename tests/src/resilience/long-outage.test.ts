import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureNote, captureProblem } from '../support/machine.js';
import { LoadedMesh, pause } from './loaded-mesh.js';

const outageSeconds = 60;

describe.runIf(captureProblem === undefined)(
  `with certificates of one hour, not one call fails${captureNote}`,
  () => {
    let loaded: LoadedMesh;

    beforeAll(async () => {
      loaded = await LoadedMesh.start({ certificateSeconds: 3600, istiods: 1 });
    }, 120_000);

    afterAll(() => loaded.stop(), 60_000);

    it('when for a minute no control plane is there, nor the agents of one of two pods and of the gateway', async () => {
      const { inside, mesh } = loaded;
      const [gateway = ''] = await inside.readyPods('istio-system', 'istio-ingressgateway');
      const [back = ''] = await inside.readyPods('shop', 'back');
      const before = await inside.envoyRecord(back, 'shop');
      await mesh.must('scale', 'deploy/istiod', '-n', 'istio-system', '--replicas', '0');
      const agentsAreAway = Promise.all([
        inside.keepDown(gateway, 'istio-system', 'gateway.js', outageSeconds),
        inside.keepDown(back, 'shop', 'pilot-agent.js', outageSeconds),
      ]);
      await loaded.editRules();
      await Promise.all([agentsAreAway, pause(outageSeconds * 1000)]);
      await loaded.goesOn();
      expect(await inside.agentRestarts(back, 'shop')).toBeGreaterThan(1);
      expect(await inside.agentRestarts(gateway, 'istio-system')).toBeGreaterThan(1);
      await mesh.must('scale', 'deploy/istiod', '-n', 'istio-system', '--replicas', '1');
      await loaded.allConnected(1);
      await loaded.lastEditInForce();
      await loaded.editRules();
      await loaded.lastEditInForce();
      expect(await inside.envoyRecord(back, 'shop')).toBe(before);
      await loaded.goesOn();
    }, 240_000);
  },
);
