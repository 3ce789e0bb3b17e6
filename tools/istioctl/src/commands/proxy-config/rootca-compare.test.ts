import { expect, test } from 'vitest';
import { certificatePem } from '../../testing/certificate.js';
import { configDump, secretsDump } from '../../testing/dumps.js';
import { FakeMesh, istioctl } from '../../testing/run-for-test.js';

test('rootca-compare tells whether two proxies trust the same', async () => {
  const roots = secretsDump({
    name: 'ROOTCA',
    validation_context: { trusted_ca: { inline_string: certificatePem } },
  });
  const pods = ['web-1', 'web-2'].map((name) => ({ name, namespace: 'shop', labels: {}, ready: true }));
  const mesh = new FakeMesh({ pods, proxy: { config_dump: configDump(roots) } });
  const { status, out } = await istioctl('pc rc web-1.shop web-2.shop', { mesh });
  expect([status, out]).toEqual([
    0,
    'Both web-1.shop and web-2.shop have the same ROOTCA: mutual TLS between them can work\n',
  ]);
});
