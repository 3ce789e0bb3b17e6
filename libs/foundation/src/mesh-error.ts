/** Failures of the world outside the configuration: the closed set of codes, each documented in `docs/errors.md`. */
export const MeshErrorCode = {
  /** An address or port is taken or cannot be bound. */
  AddressInUse: 'ADDRESS_IN_USE',
  /** A file or folder cannot be read or written. */
  FileSystem: 'FILE_SYSTEM',
  /** The disk is full. */
  DiskFull: 'DISK_FULL',
  /** A peer cannot be reached, or went away. */
  Unavailable: 'UNAVAILABLE',
  /** A peer answered with something other than what the protocol allows. */
  Protocol: 'PROTOCOL',
  /** A credential is missing, expired, forged, or not for this use. */
  Unauthenticated: 'UNAUTHENTICATED',
  /** The caller is known and may not do this. */
  PermissionDenied: 'PERMISSION_DENIED',
  /** Envoy is missing, of the wrong version, refuses its configuration, or died. */
  Envoy: 'ENVOY',
  /** The operating system lacks something that was asked for. */
  Platform: 'PLATFORM',
  /** An operation took longer than it may. */
  Timeout: 'TIMEOUT',
  /** An argument of a command or an option is wrong. */
  Usage: 'USAGE',
  /** None of the above; `cause` has the original. */
  Unknown: 'UNKNOWN',
} as const;

export type MeshErrorCode = (typeof MeshErrorCode)[keyof typeof MeshErrorCode];

const byErrno: Readonly<Record<string, MeshErrorCode>> = {
  EADDRINUSE: MeshErrorCode.AddressInUse,
  EADDRNOTAVAIL: MeshErrorCode.AddressInUse,
  ENOSPC: MeshErrorCode.DiskFull,
  EDQUOT: MeshErrorCode.DiskFull,
  ENOENT: MeshErrorCode.FileSystem,
  EACCES: MeshErrorCode.FileSystem,
  EROFS: MeshErrorCode.FileSystem,
  EISDIR: MeshErrorCode.FileSystem,
  ENOTDIR: MeshErrorCode.FileSystem,
  ECONNREFUSED: MeshErrorCode.Unavailable,
  ECONNRESET: MeshErrorCode.Unavailable,
  EPIPE: MeshErrorCode.Unavailable,
  ENOTFOUND: MeshErrorCode.Unavailable,
  ETIMEDOUT: MeshErrorCode.Timeout,
};

/** The one error class; thrown at the edges where this program meets the world. */
export class MeshError extends Error {
  readonly code: MeshErrorCode;

  constructor(code: MeshErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = 'MeshError';
    this.code = code;
  }

  /** Any thrown value as a MeshError; an errno of Node decides the code. `doing` says what was being tried. */
  static from(thrown: unknown, doing?: string): MeshError {
    if (thrown instanceof MeshError && doing === undefined) return thrown;
    const text = thrown instanceof Error ? thrown.message : String(thrown);
    const message = doing === undefined ? text : `${doing}: ${text}`;
    return new MeshError(codeOf(thrown), message, { cause: thrown });
  }
}

function codeOf(thrown: unknown): MeshErrorCode {
  if (thrown instanceof MeshError) return thrown.code;
  if (thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string') {
    return byErrno[thrown.code] ?? MeshErrorCode.Unknown;
  }
  return MeshErrorCode.Unknown;
}
