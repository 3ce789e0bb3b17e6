import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureNote, captureProblem } from '../support/machine.js';
import { LoadedMesh, pause } from './loaded-mesh.js';
import { RootChange } from './root-change.js';
import { destinationRule } from './shop.js';

interface SyncStatus {
  readonly rejected?: readonly unknown[];
}

/** For machines that are busy with other things: nothing here is about speed. */
const patientMs = 240_000;

describe.runIf(captureProblem === undefined)(`not one call fails${captureNote}`, () => {
  let loaded: LoadedMesh;

  // Certificates of 20 s: whatever is away here is away for less than what is left of one.
  beforeAll(async () => {
    loaded = await LoadedMesh.start({ certificateSeconds: 20, istiods: 2 });
  }, 120_000);

  afterAll(() => loaded.stop(), 60_000);

  it(
    'when two control planes share the proxies and one dies',
    async () => {
      const { inside } = loaded;
      const [first = ''] = await loaded.allConnected(2);
      await inside.kill(first, 'istio-system', 'istiod.js');
      await loaded.goesOn(2);
      await loaded.allConnected(2);
      await loaded.editRules();
      await loaded.lastEditInForce();
      // Every sidecar has the route, whichever of the two it is connected to.
      await loaded.terminalSaysLive((await inside.readyPods('shop', '')).length);
      await loaded.goesOn();
    },
    patientMs,
  );

  it(
    'when the only control plane is killed and comes back, which sends nothing that proxies hold',
    async () => {
      const { inside, mesh } = loaded;
      await mesh.must('scale', 'deploy/istiod', '-n', 'istio-system', '--replicas', '1');
      await inside.kill(await loaded.istiod(), 'istio-system', 'istiod.js');
      await loaded.goesOn(2);
      await loaded.sentOnlyItsOwnEndpoint(await loaded.istiod());
      await loaded.editRules();
      await loaded.lastEditInForce();
      await loaded.goesOn();
    },
    patientMs,
  );

  it(
    'when the control plane is killed in the middle of a push',
    async () => {
      const { inside } = loaded;
      const istiod = await loaded.istiod();
      // An agent that is halted acknowledges nothing: its proxy, which calls all the time, is in a push for certain.
      await inside.kill('client', 'shop', 'pilot-agent.js', 'STOP');
      await loaded.editRules(100);
      await loaded.clientIsInAPush(istiod);
      await inside.kill(istiod, 'istio-system', 'istiod.js');
      await inside.kill('client', 'shop', 'pilot-agent.js', 'CONT');
      await loaded.lastEditInForce();
      await loaded.goesOn();
    },
    patientMs,
  );

  it(
    'when the manifests are away, and then half written, while a control plane starts',
    async () => {
      const { folder } = loaded.mesh;
      await rename(folder, `${folder}-away`);
      const istiod = await loaded.replaceIstiod();
      await loaded.goesOn();
      await loaded.lastEditInForce();
      await loaded.sentOnlyItsOwnEndpoint(istiod);
      await rename(`${folder}-away`, folder);
      await writeFile(join(folder, 'back-rule.yaml'), destinationRule([loaded.subset]).slice(0, 100));
      await loaded.replaceIstiod();
      await loaded.goesOn();
      await loaded.write('back-rule.yaml', destinationRule([loaded.subset]));
      await loaded.editRules();
      await loaded.lastEditInForce();
      await loaded.goesOn();
    },
    patientMs,
  );

  it(
    'when an Envoy is killed that nobody calls, which its agent brings back',
    async () => {
      const { inside } = loaded;
      const [other = ''] = await inside.readyPods('shop', 'other');
      const before = await inside.envoyRecord(other, 'shop');
      await inside.killEnvoy(other, 'shop');
      await loaded.until(async () => {
        expect(await inside.envoyRecord(other, 'shop')).not.toBe(before);
        expect(await inside.call('client', 'shop', 'http://other.shop/', 'server')).toBe('200 envoy');
      });
      await loaded.goesOn();
    },
    patientMs,
  );

  it(
    'when agents are killed, whose Envoys serve on and are taken over',
    async () => {
      const { inside } = loaded;
      const [gateway = ''] = await inside.readyPods('istio-system', 'istio-ingressgateway');
      const [front = ''] = await inside.readyPods('shop', 'front');
      const [back = ''] = await inside.readyPods('shop', 'back');
      const agents = [
        ['istio-system', gateway, 'gateway.js'],
        ['shop', front, 'pilot-agent.js'],
        ['shop', back, 'pilot-agent.js'],
      ] as const;
      const records = (): Promise<readonly string[]> =>
        Promise.all(agents.map(([namespace, pod]) => inside.envoyRecord(pod, namespace)));
      const before = await records();
      for (const [namespace, pod, program] of agents) await inside.kill(pod, namespace, program);
      await loaded.goesOn(3);
      await loaded.allConnected(1);
      await loaded.editRules();
      await loaded.lastEditInForce();
      expect(await records()).toEqual(before);
      await loaded.goesOn();
    },
    patientMs,
  );

  it(
    'when pods are added, removed and scaled',
    async () => {
      const { inside, mesh } = loaded;
      const ready = (prefix: string, count: number): Promise<void> =>
        loaded.until(async () => expect(await inside.readyPods('shop', prefix)).toHaveLength(count));
      await mesh.must('scale', 'deploy/back-v1', '-n', 'shop', '--replicas', '3');
      await mesh.must('scale', 'deploy/front-v1', '-n', 'shop', '--replicas', '2');
      await ready('back', 3);
      await ready('front', 2);
      await loaded.goesOn();
      await mesh.must('scale', 'deploy/back-v1', '-n', 'shop', '--replicas', '1');
      const [front = ''] = await inside.readyPods('shop', 'front');
      await mesh.must('delete', 'pod', front, '-n', 'shop');
      await ready('front', 2);
      // Longer than pods drain.
      await loaded.goesOn(7);
    },
    patientMs,
  );

  it(
    'when rules are edited a hundred times, and the last edit is in force everywhere',
    async () => {
      for (let edit = 0; edit < 100; edit += 1) {
        await loaded.editRules(50);
        await pause(50);
      }
      await loaded.lastEditInForce();
      await loaded.goesOn();
    },
    patientMs,
  );

  it(
    'when every sidecar rejects a rule, which is told in three places, and keeps the last good one',
    async () => {
      const { inside, mesh } = loaded;
      const istiod = await loaded.istiod();
      const sidecars = await inside.readyPods('shop', '');
      await loaded.editWhatEnvoysReject(() =>
        loaded.until(async () => {
          const page = JSON.parse(await inside.istiodPage(istiod, '/debug/syncz')) as readonly SyncStatus[];
          const rejected = page.flatMap((status) => status.rejected ?? []);
          expect(rejected).toHaveLength(sidecars.length);
          for (const each of rejected)
            expect(each).toMatchObject({ type: 'RDS', name: '80', objects: ['VirtualService/shop/back'] });
          for (const pod of sidecars)
            expect(mesh.terminal).toMatch(
              new RegExp(`${pod}\\.shop rejects VirtualService/shop/back: .*RE2 program size`),
            );
          expect(await mesh.istioctl('proxy-status')).toMatch(
            /Rejected:\n {2}VirtualService.*back.*RDS resource 80 is rejected by .*client\.shop.*RE2 program size/,
          );
        }),
      );
      await loaded.goesOn(2);
      // Nor may one that starts anew take away what it names.
      await inside.kill(istiod, 'istio-system', 'istiod.js');
      await loaded.allConnected(1);
      await loaded.goesOn(2);
      await loaded.lastEditInForce();
      await loaded.editRules();
      await loaded.lastEditInForce();
      expect(await inside.istiodPage(istiod, '/debug/syncz')).not.toContain('rejected');
      await loaded.goesOn();
    },
    patientMs,
  );

  it(
    'when a fresh build of each component is deployed',
    async () => {
      for (const [component, program] of [
        ['istiod', 'apps/istiod/dist/istiod.js'],
        ['gateway', 'apps/gateway/dist/gateway.js'],
        ['agent', 'apps/agent/dist/pilot-agent.js'],
      ] as const) {
        const before = await loaded.buildsShown(component);
        await loaded.builds.renew(program);
        await loaded.mesh.must('deploy', component);
        await loaded.goesOn();
        const kept = (await loaded.buildsShown(component)).filter((build) => before.includes(build));
        // The client is a bare Pod, which nobody starts again.
        expect(kept).toHaveLength(component === 'agent' ? 1 : 0);
      }
      await loaded.editRules();
      await loaded.lastEditInForce();
      await loaded.goesOn();
    },
    patientMs,
  );

  it(
    'when the mesh gets a new root, by way of both in the trust bundle',
    async () => {
      const change = await RootChange.prepare(loaded);
      await change.trustBoth();
      await loaded.goesOn();
      await change.signWithNew();
      await loaded.goesOn();
      await change.trustNewAlone();
      await loaded.goesOn();
    },
    patientMs,
  );

  it(
    'when certificates are renewed ten times and more',
    async () => {
      await loaded.until(async () => expect(await loaded.certificatesOfClient()).toBeGreaterThan(10));
      await loaded.goesOn();
    },
    patientMs,
  );
});
