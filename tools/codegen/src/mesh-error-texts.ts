import { MeshErrorCode } from '@istio-ts/foundation';
import type { CodeText } from '@istio-ts/config-model';

/** What a failure of the world means to the person who sees it, for `docs/errors.md`. */
export const meshErrorTexts: Readonly<Record<MeshErrorCode, CodeText>> = {
  [MeshErrorCode.AddressInUse]: {
    cause: 'An address or port is taken by another program, or is not an address of this machine.',
    example: 'a second `istiod` on port 15012',
    cure: 'End the other program, or choose another address.',
  },
  [MeshErrorCode.FileSystem]: {
    cause: 'A file or folder is not there, or may not be read or written.',
    example: '`--config-dir` of a folder that does not exist',
    cure: 'Look at the path in the message, and at its permissions.',
  },
  [MeshErrorCode.DiskFull]: {
    cause: 'No space is left where something had to be written.',
    example: 'logs of a full disk',
    cure: 'Make room; what was running goes on with what it has.',
  },
  [MeshErrorCode.Unavailable]: {
    cause: 'A peer cannot be reached, or went away.',
    example: 'an agent whose control plane is being restarted',
    cure: 'It is tried again by itself; where it lasts, look at the peer and the network.',
  },
  [MeshErrorCode.Protocol]: {
    cause: 'A peer answered with something that the protocol does not allow.',
    example: 'a plain HTTP server behind a TLS port',
    cure: 'Look at what listens at the address of the message.',
  },
  [MeshErrorCode.Unauthenticated]: {
    cause: 'A credential is missing, expired, forged, or not for this use.',
    example: 'a token of another audience',
    cure: 'Renew the credential; look at clocks and audiences.',
  },
  [MeshErrorCode.PermissionDenied]: {
    cause: 'The caller is known, and may not do this.',
    example: 'a workload that asks for the certificate of another',
    cure: 'Use the identity that is meant.',
  },
  [MeshErrorCode.Envoy]: {
    cause: 'Envoy is missing, of another version, refuses its configuration, or ended.',
    example: '`ENVOY_BIN` of an older build',
    cure: 'Let the pinned version be installed; otherwise the message quotes Envoy.',
  },
  [MeshErrorCode.Platform]: {
    cause: 'The operating system lacks something that was asked for.',
    example: 'traffic capture without iptables',
    cure: 'Install it, or use the mode that does without.',
  },
  [MeshErrorCode.Timeout]: {
    cause: 'Something took longer than it may.',
    example: 'a pod that does not become ready',
    cure: 'Look at what was waited for; the message names it.',
  },
  [MeshErrorCode.Usage]: {
    cause: 'An argument or option of a command is wrong.',
    example: 'an unknown flag',
    cure: '`--help` lists what there is.',
  },
  [MeshErrorCode.Unknown]: {
    cause: 'Something failed in a way that has no code.',
    example: 'a library that throws without one',
    cure: 'The message quotes the original; please report it.',
  },
};
