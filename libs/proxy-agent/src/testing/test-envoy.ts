import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pinnedEnvoyVersion } from '../envoy/envoy-version.js';

const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache');
const cached = join(cache, 'istio-ts/envoy', pinnedEnvoyVersion, 'envoy');

/** The Envoy that set-up fetched, or undefined: tests against a real Envoy then do not run, which the summary shows. */
export const testEnvoy: string | undefined = [process.env['ENVOY_BIN'], cached].find(
  (path) => path !== undefined && existsSync(path),
);
