import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { MeshError, type Logger } from '@istio-ts/foundation';

/**
 * Puts our Wasm module where the generated configuration loads it from, relative to Envoy's working directory. Without the
 * module Envoy refuses every listener that names it, so its absence is said aloud and the rest goes on.
 */
export async function installExtensions(
  extensionsDir: string,
  wasmDir: string,
  logger: Logger,
): Promise<void> {
  const source = join(wasmDir, 'stats.wasm');
  try {
    await mkdir(extensionsDir, { recursive: true });
    await copyFile(source, join(extensionsDir, 'stats.wasm'));
  } catch (error) {
    const { message } = MeshError.from(error);
    logger.error(`the metrics filter is missing (${message}): build wasm-filters, or set ISTIO_TS_WASM_DIR`);
  }
}
