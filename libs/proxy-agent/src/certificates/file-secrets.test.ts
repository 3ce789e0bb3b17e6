import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { silentLogger } from '@istio-ts/foundation';
import { HeldClock, tempDir } from '@istio-ts/testkit';
import { tls } from '@istio-ts/xds-types';
import { expect, it } from 'vitest';
import { FileSecrets } from './file-secrets.js';

async function filesIn(clock: HeldClock): Promise<{
  readonly secrets: FileSecrets;
  readonly write: (name: string, text: string) => Promise<void>;
}> {
  const dir = await tempDir();
  const secrets = new FileSecrets({ place: (path) => join(dir, path), clock, logger: silentLogger });
  return { secrets, write: (name, text) => writeFile(join(dir, name), text) };
}

function decoded(bytes: Uint8Array | undefined): unknown {
  return bytes && tls.Secret.decode(bytes);
}

it('gives certificates and roots under the names by which the configuration asks for them', async () => {
  const { secrets, write } = await filesIn(new HeldClock());
  await Promise.all([write('chain.pem', 'CHAIN'), write('key.pem', 'KEY'), write('roots.pem', 'ROOTS')]);
  const inline = (text: string): object => ({
    specifier: { $case: 'inlineBytes', value: new TextEncoder().encode(text) },
  });
  expect(decoded(await secrets.get('file-cert:chain.pem~key.pem'))).toMatchObject({
    name: 'file-cert:chain.pem~key.pem',
    type: {
      $case: 'tlsCertificate',
      value: { certificateChain: inline('CHAIN'), privateKey: inline('KEY') },
    },
  });
  expect(decoded(await secrets.get('file-root:roots.pem'))).toMatchObject({
    type: { $case: 'validationContext', value: { trustedCa: inline('ROOTS') } },
  });
});

it('knows what the machine trusts', async () => {
  const { secrets } = await filesIn(new HeldClock());
  const roots = Buffer.from((await secrets.get('file-root:system')) ?? []).toString('latin1');
  expect(roots).toContain('BEGIN CERTIFICATE');
});

it('has nothing where a file is missing', async () => {
  const { secrets } = await filesIn(new HeldClock());
  expect(await secrets.get('file-root:roots.pem')).toBeUndefined();
});

it('says every five seconds that files may have changed, while somebody listens who asked for one', async () => {
  const clock = new HeldClock();
  const { secrets } = await filesIn(clock);
  let told = 0;
  const stop = secrets.onChange(() => (told += 1));
  clock.advance(10_000);
  expect(told).toBe(0);
  await secrets.get('file-root:roots.pem');
  clock.advance(10_000);
  expect(told).toBe(2);
  stop();
  clock.advance(10_000);
  expect(told).toBe(2);
});
