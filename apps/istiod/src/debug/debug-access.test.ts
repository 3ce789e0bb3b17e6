import fastify from 'fastify';
import { expect, test } from 'vitest';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { TokenVerifier } from '@istio-ts/pki';
import { checkDebugAccess } from './debug-access.js';

/** Knows the tokens `token-of-<namespace>`. */
const verifier: TokenVerifier = {
  verify: (token) => {
    const namespace = /^token-of-(.+)$/u.exec(token)?.[1];
    return namespace === undefined
      ? Promise.reject(new MeshError(MeshErrorCode.Unauthenticated, 'the token is forged'))
      : Promise.resolve({ namespace, serviceAccount: 'any', expiresAtMs: 0 });
  },
};

async function ask(remoteAddress: string, token?: string): Promise<{ code: number; body: string }> {
  const server = fastify();
  server.addHook('onRequest', (request, reply) =>
    checkDebugAccess(request, reply, { verifier, namespaces: ['istio-system'] }),
  );
  server.get('/debug/syncz', () => 'page');
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const { statusCode, body } = await server.inject({ url: '/debug/syncz', remoteAddress, headers });
  return { code: statusCode, body };
}

test.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])('%s needs nothing', async (address) => {
  expect(await ask(address)).toEqual({ code: 200, body: 'page' });
});

test('others need a token of the system namespace, and are told so', async () => {
  const without = await ask('10.0.0.7');
  expect(without.code).toBe(401);
  expect(without.body).toContain('need a service-account token of istio-system');
  expect((await ask('10.0.0.7', 'nonsense')).code).toBe(401);
  expect((await ask('10.0.0.7', 'token-of-default')).code).toBe(401);
  expect(await ask('10.0.0.7', 'token-of-istio-system')).toEqual({ code: 200, body: 'page' });
});
