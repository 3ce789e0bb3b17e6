import { expect, onTestFinished, test } from 'vitest';
import { encodeDeltaResponse, type ReceivedResource } from '@istio-ts/xds-protocol';
import { cluster, hcm, listener, packAny } from '@istio-ts/xds-types';
import { probeName } from '../client/ads-client.js';
import { typeUrlOf, type DiscoveryType } from '../client/discovery-types.js';
import { Fleet } from '../fleet/fleet.js';
import { FloorServer } from './floor-server.js';
import {
  decodeRecording,
  encodeRecording,
  firstSync,
  type RecordedMessage,
  type Recording,
} from './recording.js';

const waitMs = 10_000;
const edsCluster = cluster.Cluster.fromPartial({
  name: 'reviews',
  clusterDiscoveryType: { $case: 'type', value: cluster.Cluster_DiscoveryType.EDS },
});
const manager = hcm.HttpConnectionManager.fromPartial({
  routeSpecifier: { $case: 'rds', value: { routeConfigName: '8080' } },
});
const httpListener = listener.Listener.fromPartial({
  name: '0.0.0.0_8080',
  filterChains: [
    {
      filters: [
        {
          name: 'manager',
          configType: { $case: 'typedConfig', value: packAny(hcm.HttpConnectionManager, manager) },
        },
      ],
    },
  ],
});

function recorded(type: DiscoveryType, name: string, version: string, bytes: Uint8Array): RecordedMessage {
  const typeUrl = typeUrlOf[type];
  const resource: ReceivedResource = { name, version, typeUrl, bytes };
  const response = { typeUrl, nonce: 'recorded', systemVersion: 's', resources: [resource], removed: [] };
  return { type, bytes: encodeDeltaResponse(response) };
}

const recording: Recording = new Map([
  [
    firstSync,
    [
      recorded('cds', 'reviews', '1', cluster.Cluster.encode(edsCluster).finish()),
      recorded('eds', 'reviews', '1', Buffer.alloc(100_000)),
      recorded('lds', '0.0.0.0_8080', '1', listener.Listener.encode(httpListener).finish()),
      recorded('rds', '8080', '1', Buffer.alloc(500_000)),
    ],
  ],
  ['endpoint-1', [recorded('eds', 'reviews', '2', Buffer.alloc(100))]],
]);

async function startFloor(): Promise<{
  readonly floor: FloorServer;
  readonly fleet: Fleet;
  readonly port: number;
}> {
  const floor = new FloorServer(decodeRecording(encodeRecording(recording)));
  const port = await floor.listen();
  const fleet = new Fleet({ first: 0, size: 3, namespaces: ['bench-00'], record: true });
  onTestFinished(async () => {
    fleet.disconnect();
    await floor.close();
  });
  return { floor, fleet, port };
}

test('three clients come up at the floor, are sent a change, and come back stating what they hold', async () => {
  const { floor, fleet, port } = await startFloor();
  fleet.expect({ kind: 'live' });
  fleet.connect({ host: '127.0.0.1', port });
  expect(await fleet.reached(waitMs)).toHaveLength(3);
  const types = fleet.takeRecorded().map(({ type }) => type);
  expect(types).toEqual(['cds', 'eds', 'lds', 'rds']);
  expect(fleet.counts().responses).toBe(12);

  fleet.expect({ kind: 'changes', changes: [{ type: 'eds', name: 'reviews', mode: 'changed' }] });
  floor.replay('endpoint-1');
  await fleet.reached(waitMs);
  expect(fleet.counts().responses).toBe(15);

  fleet.disconnect();
  fleet.expect({ kind: 'answered', type: 'eds', name: probeName });
  fleet.connect({ host: '127.0.0.1', port });
  await fleet.reached(waitMs);
  expect(fleet.counts().responses).toBe(18);
});

test('clients that are to forget start from nothing', async () => {
  const { fleet, port } = await startFloor();
  for (const responses of [12, 24]) {
    fleet.expect({ kind: 'live' });
    fleet.connect({ host: '127.0.0.1', port });
    await fleet.reached(waitMs);
    expect(fleet.counts().responses).toBe(responses);
    fleet.disconnect();
    fleet.forget();
  }
});

test('a stream that stays lost is told by name instead of waited for', async () => {
  const { floor, fleet, port } = await startFloor();
  fleet.expect({ kind: 'live' });
  fleet.connect({ host: '127.0.0.1', port });
  await fleet.reached(waitMs);
  fleet.expect({ kind: 'changes', changes: [{ type: 'rds', name: '8080', mode: 'changed' }] });
  const outcome = fleet.reached(waitMs).then(
    () => 'reached',
    (error: unknown) => String(error),
  );
  await floor.close();
  expect(await outcome).toContain('a client lost its stream again and again: client-');
});

test('a recording survives its file', () => {
  const read = decodeRecording(encodeRecording(recording));
  expect([...read.keys()]).toEqual([firstSync, 'endpoint-1']);
  for (const [label, messages] of recording) {
    expect(read.get(label)?.map(({ bytes }) => Buffer.from(bytes).toString('base64'))).toEqual(
      messages.map(({ bytes }) => bytes.toString('base64')),
    );
  }
});
