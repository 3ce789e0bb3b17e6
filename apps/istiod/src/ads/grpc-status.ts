import { status, type StatusObject } from '@grpc/grpc-js';
import { MeshError, type MeshErrorCode } from '@istio-ts/foundation';

const codes: Partial<Readonly<Record<MeshErrorCode, status>>> = {
  UNAUTHENTICATED: status.UNAUTHENTICATED,
  PERMISSION_DENIED: status.PERMISSION_DENIED,
  PROTOCOL: status.INVALID_ARGUMENT,
  UNAVAILABLE: status.UNAVAILABLE,
  DISK_FULL: status.UNAVAILABLE,
};

/** What a caller is told of an error: its words, never a stack. */
export function grpcStatus(thrown: unknown): Pick<StatusObject, 'code' | 'details'> {
  if (thrown instanceof MeshError)
    return { code: codes[thrown.code] ?? status.UNKNOWN, details: thrown.message };
  return { code: status.INTERNAL, details: 'internal error of istiod; see its log' };
}
