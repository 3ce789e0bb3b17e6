import { MeshError, MeshErrorCode } from '@istio-ts/foundation';

/** A failure in words for a person: what the operating system says of a full disk names neither the disk nor a way out. */
export function explainFailure(thrown: unknown, data: string): MeshError {
  const failure = MeshError.from(thrown);
  if (failure.code !== MeshErrorCode.DiskFull) return failure;
  const words = `the disk that holds ${data} is full: make room there, or choose another folder with --data-dir`;
  return new MeshError(MeshErrorCode.DiskFull, words, { cause: thrown });
}
