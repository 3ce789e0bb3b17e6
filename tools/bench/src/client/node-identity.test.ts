import { expect, test } from 'vitest';
import { core } from '@istio-ts/xds-types';
import { encodeNode, proxyIdentity } from './node-identity.js';

test('a simulated proxy states itself as a sidecar does', () => {
  const node = core.Node.decode(encodeNode(proxyIdentity(301, ['bench-00', 'bench-01'])));
  expect(node).toMatchObject({
    id: 'sidecar~10.200.1.45~client-301.bench-01~bench-01.svc.cluster.local',
    cluster: 'client.bench-01',
    metadata: { NAMESPACE: 'bench-01', LABELS: { app: 'client', version: 'v1' } },
  });
});
