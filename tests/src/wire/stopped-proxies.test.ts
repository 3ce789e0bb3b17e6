import { Metadata, type ClientDuplexStream } from '@grpc/grpc-js';
import { connect, nodeBytes, serviceManifest, startIstiod } from '@istio-ts/istiod/testing';
import { eventually } from '@istio-ts/testkit';
import { encodeDeltaRequest, TypeUrl } from '@istio-ts/xds-protocol';
import { expect, onTestFinished, test } from 'vitest';
import { SimulatedProxy } from './simulated-proxy.js';

const method = '/envoy.service.discovery.v3.AggregatedDiscoveryService/DeltaAggregatedResources';
const asIs = (bytes: Buffer): Buffer => bytes;

/** So many that a response is larger than what a stream takes without being read. */
const services = Object.fromEntries(
  Array.from({ length: 150 }, (_, index) => {
    const [third, fourth] = [Math.floor(index / 200), (index % 200) + 1];
    return [`s${index}.yaml`, serviceManifest(`s${index}`, `10.9.${third}.${fourth}`)];
  }),
);

function virtualService(timeoutSeconds: number): string {
  return `apiVersion: networking.istio.io/v1
kind: VirtualService
metadata: { name: s1, namespace: default }
spec:
  hosts: [s1]
  http: [{ timeout: ${timeoutSeconds}s, route: [{ destination: { host: s1 } }] }]
`;
}

/** A proxy that asks for everything and reads nothing of what it is sent: stopped, not gone. */
function stoppedProxy(port: number, name: string): ClientDuplexStream<Buffer, Buffer> {
  const stream = connect(port).makeBidiStreamRequest(method, asIs, asIs, new Metadata());
  stream.on('error', () => undefined);
  onTestFinished(() => stream.cancel());
  stream.write(encodeDeltaRequest({ typeUrl: TypeUrl.Cluster, node: nodeBytes(name) }));
  stream.write(encodeDeltaRequest({ typeUrl: TypeUrl.Listener }));
  stream.write(encodeDeltaRequest({ typeUrl: TypeUrl.Route, subscribe: ['80'] }));
  return stream;
}

test('twenty proxies that are stopped hold up no change of the others', async () => {
  const istiod = await startIstiod({}, services);
  const stopped = Array.from({ length: 20 }, (_, index) => stoppedProxy(istiod.grpcPort, `stopped-${index}`));
  await eventually(async () => {
    const status = JSON.parse(await istiod.page('/debug/syncz')) as readonly { cluster_sent?: string }[];
    expect(status.filter(({ cluster_sent }) => cluster_sent !== undefined)).toHaveLength(stopped.length);
  });
  const healthy = await Promise.all(
    ['a', 'b', 'c'].map((name) => SimulatedProxy.start(istiod.grpcPort, name)),
  );
  for (const seconds of [1, 2, 3]) {
    await istiod.write('rule.yaml', virtualService(seconds));
    const responses = await Promise.all(healthy.map((proxy) => proxy.next()));
    for (const { typeUrl, resources } of responses)
      expect([typeUrl, resources.map(({ name }) => name)]).toEqual([TypeUrl.Route, ['80']]);
  }
});
