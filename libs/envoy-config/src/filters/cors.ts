import type { CorsIr } from '@istio-ts/mesh-ir';
import { cors, packAny, type google } from '@istio-ts/xds-types';
import { runtimeFraction } from '../fraction.js';
import { stringMatcher } from '../text-match.js';

/** A route's answer to browsers that ask from another origin. */
export function corsPolicy(ir: CorsIr): google.Any {
  const message = cors.CorsPolicy.create({
    allowOriginStringMatch: ir.allowOrigins.flatMap((match) =>
      match.kind === 'present' ? [] : [stringMatcher(match)],
    ),
    allowMethods: ir.allowMethods.join(','),
    allowHeaders: ir.allowHeaders.join(','),
    exposeHeaders: ir.exposeHeaders.join(','),
    maxAge: ir.maxAgeSeconds === undefined ? '' : String(ir.maxAgeSeconds),
    allowCredentials: ir.allowCredentials,
    filterEnabled: runtimeFraction(100),
    forwardNotMatchingPreflights: ir.forwardUnmatchedPreflights,
  });
  return packAny(cors.CorsPolicy, message);
}
