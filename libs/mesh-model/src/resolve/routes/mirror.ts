import { virtualServiceDefaults, type HttpRoute } from '@istio-ts/config-model';
import type { MirrorIr } from '@istio-ts/mesh-ir';
import { destinationCluster, type RouteScene } from './route-scene.js';

/** Copies of requests go to these clusters; mirrors of 0 % are left out. */
export function resolveMirrors(route: HttpRoute, scene: RouteScene): readonly MirrorIr[] {
  const single =
    route.mirror === undefined ? [] : [{ destination: route.mirror, percent: singlePercent(route) }];
  const several = (route.mirrors ?? []).map(({ destination, percentage }) => ({
    destination,
    percent: percentage === undefined ? virtualServiceDefaults.mirrorPercent : (percentage.value ?? 0),
  }));
  return [...single, ...several]
    .filter(({ percent }) => percent > 0)
    .map(({ destination, percent }) => ({ cluster: destinationCluster(destination, scene), percent }));
}

function singlePercent({ mirrorPercentage, mirrorPercent, mirror_percent }: HttpRoute): number {
  if (mirrorPercentage !== undefined) return mirrorPercentage.value ?? 0;
  return mirrorPercent ?? mirror_percent ?? virtualServiceDefaults.mirrorPercent;
}
