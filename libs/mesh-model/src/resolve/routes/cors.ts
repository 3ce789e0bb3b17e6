import type { CorsPolicy } from '@istio-ts/config-model';
import type { CorsIr } from '@istio-ts/mesh-ir';
import { durationMs } from '../traffic-policy.js';
import { resolveText } from './match.js';

export function resolveCors(written: CorsPolicy | undefined): CorsIr | undefined {
  if (written === undefined) return undefined;
  const origins = written.allowOrigins ?? (written.allowOrigin ?? []).map((exact) => ({ exact }));
  const maxAgeMs = durationMs(written.maxAge);
  return {
    allowOrigins: origins.map(resolveText),
    allowMethods: written.allowMethods ?? [],
    allowHeaders: written.allowHeaders ?? [],
    exposeHeaders: written.exposeHeaders ?? [],
    maxAgeSeconds: maxAgeMs === undefined ? undefined : Math.floor(maxAgeMs / 1000),
    allowCredentials: written.allowCredentials,
    forwardUnmatchedPreflights: written.unmatchedPreflights !== 'IGNORE',
  };
}
