import type { FastifyReply, FastifyRequest } from 'fastify';
import { isLoopback } from './loopback.js';
import { MeshError } from '@istio-ts/foundation';
import type { TokenVerifier } from '@istio-ts/pki';

export interface DebugAccess {
  readonly verifier: TokenVerifier | undefined;
  /** Namespaces whose service accounts may read the debug pages. */
  readonly namespaces: readonly string[];
}

/** Debug pages are for callers on this machine, and for service accounts of the system namespace (or allowed ones). */
export async function checkDebugAccess(
  request: FastifyRequest,
  reply: FastifyReply,
  { verifier, namespaces }: DebugAccess,
): Promise<void> {
  if (isLoopback(request.ip)) return;
  const token = /^Bearer\s+(\S+)$/iu.exec(request.headers.authorization ?? '')?.[1];
  const hint = `debug pages are for loopback callers, or need a service-account token of ${namespaces.join(', ')} (authorization: Bearer …)`;
  if (token === undefined || verifier === undefined) {
    await reply.code(401).send({ error: hint });
    return;
  }
  try {
    const { namespace } = await verifier.verify(token);
    if (!namespaces.includes(namespace))
      await reply.code(401).send({ error: `${hint}; this one is of ${namespace}` });
  } catch (thrown) {
    await reply.code(401).send({ error: MeshError.from(thrown).message });
  }
}
