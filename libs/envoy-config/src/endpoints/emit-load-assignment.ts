import { memo } from '@istio-ts/foundation';
import type { LoadAssignmentIr } from '@istio-ts/mesh-ir';
import { encodedResource, endpoint, typeUrls, type EncodedResource } from '@istio-ts/xds-types';
import { appendFragments } from '../fragments.js';
import { encodeLocality } from './load-assignment.js';

/** `ClusterLoadAssignment.endpoints` */
const endpointsField = 2;

/** A service without endpoints is an assignment without localities: Envoy stops waiting for it. */
export const emitLoadAssignment = memo((ir: LoadAssignmentIr): EncodedResource => {
  const shell = endpoint.ClusterLoadAssignment.create({ clusterName: ir.cluster });
  const bytes = appendFragments(
    endpoint.ClusterLoadAssignment.encode(shell).finish(),
    endpointsField,
    ir.localities.map((locality) => encodeLocality(locality)),
  );
  return encodedResource(typeUrls.eds, ir.cluster, bytes);
});
