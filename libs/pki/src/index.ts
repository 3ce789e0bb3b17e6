export {
  createPluggedAuthority,
  createRootMaterial,
  createSelfSignedAuthority,
  type AuthorityOptions,
  type CertificateAuthority,
  type RootMaterial,
  type ServingCertificate,
} from './certificate-authority.js';
export {
  issueIntermediate,
  issueLeaf,
  issueRoot,
  type LeafRequest,
  type Signer,
  type Validity,
} from './certificate-issue.js';
export {
  createCertificateRequest,
  parseCertificateRequest,
  type CertificateRequest,
} from './certificate-request.js';
export { parseCertificate, parseCertificates, splitPem, type Certificate } from './certificate.js';
export { isIssuedBy, verifyChain, type ChainProblem } from './chain.js';
export { createKeyPair, KeyAlgorithm, parseKeyPair, renderPrivateKeyPem, type KeyPair } from './key-pair.js';
export {
  parsePluggedAuthority,
  type PluggedAuthority,
  type PluggedAuthorityFiles,
} from './plugged-authority.js';
export { rotationDelay, type RotationOptions } from './rotation.js';
export {
  createTokenIssuer,
  createTokenVerifier,
  istioCaAudience,
  readTokenExpiry,
  type ServiceAccountClaims,
  type TokenExpectations,
  type TokenIssuer,
  type TokenRequest,
  type TokenVerifier,
} from './service-account-token.js';
export { noSubjectNames, type SubjectNames } from './subject-names.js';
export { mergeTrustBundle } from './trust-bundle.js';
