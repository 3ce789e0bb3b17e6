import { once } from 'node:events';
import { createServer } from 'node:net';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { PlatformPlan } from './platform-plan.js';

/** Nothing of a mesh listens here: it only says that the addresses beside it are taken. */
const claimPort = 15_999;

/** Of a mesh whose pods have loopback addresses; others need no claim. */
export async function claimPodAddresses(
  { network, controlPlaneAddress }: Pick<PlatformPlan, 'network' | 'controlPlaneAddress'>,
  signal: AbortSignal,
): Promise<void> {
  if (controlPlaneAddress === undefined) return;
  await claimAddresses({ host: controlPlaneAddress, port: claimPort, range: network.podRange }, signal);
}

/**
 * Takes the loopback addresses of pods for one mesh until the signal aborts. They are the machine's, so two meshes would
 * share them; namespaces have their own.
 */
export async function claimAddresses(
  { host, port, range }: { readonly host: string; readonly port: number; readonly range: string },
  signal: AbortSignal,
): Promise<void> {
  const claim = createServer((socket) => socket.destroy());
  claim.listen({ host, port, signal });
  try {
    await once(claim, 'listening');
  } catch (thrown) {
    const failure = MeshError.from(thrown, `cannot listen on ${host}:${port}`);
    if (failure.code !== MeshErrorCode.AddressInUse) throw failure;
    const words = `another mesh in mode loopback runs on this machine, and its pods have these addresses (${range}): end it, or choose another mode with --mode`;
    throw new MeshError(MeshErrorCode.AddressInUse, words, { cause: thrown });
  }
  claim.unref();
}
