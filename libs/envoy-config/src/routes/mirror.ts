import type { MirrorIr } from '@istio-ts/mesh-ir';
import { route } from '@istio-ts/xds-types';
import { runtimeFraction } from '../fraction.js';

/** The copy's host gets the suffix `-shadow`; its answer is thrown away, and it is in no trace. */
export function mirrorPolicy({ cluster, percent }: MirrorIr): route.RouteAction_RequestMirrorPolicy {
  return route.RouteAction_RequestMirrorPolicy.create({
    cluster,
    runtimeFraction: runtimeFraction(percent),
    traceSampled: false,
  });
}
