import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { MeshError, MeshErrorCode } from '@istio-ts/foundation';
import type { core } from '@istio-ts/xds-types';
import type { Environment } from '../pod/pod-environment.js';

/** The version that the configuration is written for. */
export const pinnedEnvoyVersion = '1.40.0';
const wasmRuntime = 'envoy.wasm.runtime.v8';

/**
 * Asks the binary for its version; throws a MeshError where it is not the pinned one.
 * `ISTIO_TS_ALLOW_ENVOY_VERSION=1` lets another version through.
 */
export async function checkEnvoyVersion(binary: string, env: Environment): Promise<void> {
  const version = await readVersion(binary);
  if (version === pinnedEnvoyVersion || env['ISTIO_TS_ALLOW_ENVOY_VERSION'] === '1') return;
  throw new MeshError(
    MeshErrorCode.Envoy,
    `${binary} is Envoy ${version}, istio-ts needs ${pinnedEnvoyVersion}: set ENVOY_BIN to that version, or ` +
      'ISTIO_TS_ALLOW_ENVOY_VERSION=1 to use this one at your own risk',
  );
}

/** What Envoy tells of itself in its first request: a sentence where it cannot run our Wasm filters. */
export function describeMissingWasm(node: core.Node | undefined): string | undefined {
  const extensions = node?.extensions ?? [];
  if (extensions.length === 0 || extensions.some(({ name }) => name === wasmRuntime)) return undefined;
  return `this Envoy has no ${wasmRuntime}, which Istio's metrics need: use the pinned Envoy ${pinnedEnvoyVersion}`;
}

async function readVersion(binary: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(binary, ['--version'], { timeout: 15_000 });
    return /version: [^/\s]+\/([^/\s]+)\//.exec(stdout)?.[1] ?? 'of an unknown version';
  } catch (cause) {
    throw new MeshError(
      MeshErrorCode.Envoy,
      `${binary} does not run as Envoy: ${MeshError.from(cause).message}. Set ENVOY_BIN to an Envoy ${pinnedEnvoyVersion}`,
      { cause },
    );
  }
}
